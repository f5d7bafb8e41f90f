"""An image for a request: from the store, else drawn, once however many ask for it at the same time."""

from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

from layers.catalogue import Catalogue, Edition
from webapp.errors import BusyError
from webapp.images.order import Order
from webapp.rendering.pool import draw_elsewhere
from webapp.rendering.store import Store, keep_image, open_store, read_image
from webapp.rendering.version import image_key

MOST_AT_ONCE = 24
AGAIN_AFTER_S = 2


@dataclass(frozen=True)
class Underway:
    """The images that are being drawn, by key, each with those who wait for it."""

    drawings: dict[str, "Future[bytes]"] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


UNDERWAY = Underway()


def drawn_bytes(catalogue: Catalogue, edition: Edition, order: Order) -> bytes:
    """The file that was ordered.

    Raises what ``draw_order`` does, BusyError where too many are drawn already or it took too long.
    """
    key, store = image_key(catalogue, edition, order), _store()
    kept = read_image(store, key)
    return _drawn(key, order, store) if kept is None else kept


def _drawn(key: str, order: Order, store: Store) -> bytes:
    """Drawn by the first who asks; the others wait for the same image or the same error."""
    with UNDERWAY.lock:
        waiting = UNDERWAY.drawings.get(key)
        if waiting is None and len(UNDERWAY.drawings) >= MOST_AT_ONCE:
            raise BusyError(f"{MOST_AT_ONCE} images are being drawn; ask again in a moment", AGAIN_AFTER_S)
        future = UNDERWAY.drawings.setdefault(key, Future())
    if waiting is not None:
        return waiting.result()
    try:
        image = draw_elsewhere(order)
        keep_image(store, key, image)
        future.set_result(image)
    except BaseException as error:
        future.set_exception(error)
        raise
    finally:
        with UNDERWAY.lock:
            del UNDERWAY.drawings[key]
    return image


@lru_cache(maxsize=1)
def _store() -> Store:
    return open_store()

"""An image for a request: from the store, else drawn, once however many ask for it at the same time."""

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

from layers.catalogue import Catalogue, Edition
from webapp.errors import BusyError
from webapp.images.order import Order
from webapp.rendering.locking import only_one
from webapp.rendering.pool import draw_elsewhere
from webapp.rendering.store import Store, keep_image, open_store, read_image
from webapp.rendering.version import image_key

MOST_AT_ONCE = 24
AGAIN_AFTER_S = 2


@dataclass
class Underway:
    """The images that are being drawn, by key, and how many requests wait for them; the lock holds both together."""

    drawings: dict[str, "Future[bytes]"] = field(default_factory=dict)
    waiting: int = 0
    lock: Lock = field(default_factory=Lock)


UNDERWAY = Underway()


def drawn_bytes(catalogue: Catalogue, edition: Edition, order: Order) -> bytes:
    """The file that was ordered.

    Raises what ``draw_order`` does, BusyError where too many wait already or it took too long.
    """
    key, store = image_key(catalogue, edition, order), _store()
    kept = read_image(store, key)
    if kept is not None:
        return kept
    with _place_in_line():
        return _drawn(key, order, store)


@contextmanager
def _place_in_line() -> Iterator[None]:
    """Whoever waits holds a thread of the worker, also for an image that another one draws: not all may wait."""
    with UNDERWAY.lock:
        if UNDERWAY.waiting >= MOST_AT_ONCE:
            raise BusyError(f"{MOST_AT_ONCE} requests wait for images; ask again in a moment", AGAIN_AFTER_S)
        UNDERWAY.waiting += 1
    try:
        yield
    finally:
        with UNDERWAY.lock:
            UNDERWAY.waiting -= 1


def _drawn(key: str, order: Order, store: Store) -> bytes:
    """Drawn by the first who asks; the others wait for the same image or the same error."""
    with UNDERWAY.lock:
        waiting = UNDERWAY.drawings.get(key)
        future = UNDERWAY.drawings.setdefault(key, Future())
    if waiting is not None:
        return waiting.result()
    try:
        with only_one(store, key):
            kept = read_image(store, key)  # finished since it was looked for, here or by another worker
            image = _draw_and_keep(key, order, store) if kept is None else kept
        future.set_result(image)
    except BaseException as error:
        future.set_exception(error)
        raise
    finally:
        with UNDERWAY.lock:
            del UNDERWAY.drawings[key]
    return image


def _draw_and_keep(key: str, order: Order, store: Store) -> bytes:
    image = draw_elsewhere(order)
    keep_image(store, key, image)
    return image


@lru_cache(maxsize=1)
def _store() -> Store:
    return open_store()

"""What is drawn for a request: from the store, else made in a process, once however many ask at the same time."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar, cast

from layers.catalogue.model import Catalogue, Edition
from webapp.charts.order import ChartOrder, draw_chart_order
from webapp.images.checks import check_order
from webapp.images.order import Order, draw_order
from webapp.rendering.cache_key import chart_key, image_key
from webapp.rendering.image_cache import Store, keep_image, open_store, read_image
from webapp.rendering.locking import only_one
from webapp.rendering.pool import MOST_PROCESSES, run_elsewhere
from webapp.rendering.queue import Line

MOST_AT_ONCE = 24
LONGEST_IN_LINE_S = 60.0

Given = ParamSpec("Given")
Made = TypeVar("Made")

LINE: Line[Any] = Line(MOST_AT_ONCE, MOST_PROCESSES, LONGEST_IN_LINE_S)


def drawn_bytes(catalogue: Catalogue, edition: Edition, order: Order) -> bytes:
    """The image that was ordered.

    Raises what ``draw_order`` does, as far as it can before anything is drawn, and what ``made_bytes`` does.
    """
    check_order(catalogue, edition, order)
    return made_bytes(image_key(catalogue, edition, order), draw_order, order)


def charted_bytes(catalogue: Catalogue, order: ChartOrder) -> bytes:
    """The charts that were ordered. Raises what ``draw_chart_order`` and ``made_bytes`` do."""
    return made_bytes(chart_key(catalogue, order), draw_chart_order, order)


def charts_in_turn(catalogue: Catalogue, order: ChartOrder) -> bytes:
    """The same for whoever has stood in line already: ``make`` of ``in_line``."""
    return kept_bytes(chart_key(catalogue, order), draw_chart_order, order)


def in_line(key: str, make: Callable[[], Made]) -> Made:
    """What ``make`` returns or raises, when it is its turn: for what takes long in the thread of a request.

    It is called once for all who ask for a key at the same time, and may not stand in line itself.
    Raises BusyError where too many wait already or it took too long to begin.
    """
    return cast(Made, LINE.made(key, make))


def made_bytes(key: str, work: Callable[Given, bytes], *given: Given.args, **named: Given.kwargs) -> bytes:
    """What a pure function of a module makes of picklable values, by a key that holds all that it depends on.

    Raises what the function does; BusyError where too many wait already or it took too long.
    """
    kept = read_image(_store(), key)
    return in_line(key, lambda: kept_bytes(key, work, *given, **named)) if kept is None else kept


def kept_bytes(key: str, work: Callable[Given, bytes], *given: Given.args, **named: Given.kwargs) -> bytes:
    """The same for whoever has stood in line already."""
    store = _store()
    with only_one(store, key):
        kept = read_image(store, key)  # drawn since the first look, here or by another worker
        return _made_and_kept(store, key, lambda: run_elsewhere(work, *given, **named)) if kept is None else kept


def _made_and_kept(store: Store, key: str, make: Callable[[], bytes]) -> bytes:
    made = make()
    keep_image(store, key, made)
    return made


@lru_cache(maxsize=1)
def _store() -> Store:
    return open_store()

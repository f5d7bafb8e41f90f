"""A small pool of processes that draw: resvg holds Python's lock while it draws, and a worker has others to answer."""

import atexit
import multiprocessing
import os
import signal
from concurrent.futures import TimeoutError as TookTooLong
from functools import lru_cache

from pebble import ProcessExpired, ProcessPool

from webapp.errors import BusyError
from webapp.images.order import Order, draw_order

MOST_PROCESSES = 2
LONGEST_S = 30.0
NICER = 10  # whoever only passes on finished bytes goes first
AGAIN_AFTER_S = 5


def draw_elsewhere(order: Order) -> bytes:
    """An image drawn by one of the processes. Raises what ``draw_order`` does, BusyError where it took too long."""
    future = _pool().schedule(draw_order, args=(order,), timeout=LONGEST_S)
    try:
        return bytes(future.result())
    except TookTooLong as error:
        raise BusyError(f"the image took longer than {LONGEST_S:g} s to draw; ask for a simpler one", 60) from error
    except ProcessExpired as error:
        raise BusyError("the image could not be drawn; try again", AGAIN_AFTER_S) from error


def close_pool() -> None:
    """End the processes; the next image starts new ones."""
    if _pool.cache_info().currsize:
        _pool().stop()  # type: ignore[no-untyped-call]  # its stubs lack it
        _pool().join()
        _pool.cache_clear()


@lru_cache(maxsize=1)
def _pool() -> ProcessPool:
    """The pool of this process, started with its first image."""
    processes = min(MOST_PROCESSES, os.cpu_count() or 1)
    context = multiprocessing.get_context("spawn")
    atexit.register(close_pool)
    return ProcessPool(max_workers=processes, context=context, initializer=_begin)


def _begin() -> None:
    """Leave signals to the process that started this one, and the processor to those that answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICER)

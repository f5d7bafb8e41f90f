"""A small pool of processes that draw: resvg holds the GIL while it draws, and a worker has other requests."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing.util import Finalize
from threading import Lock, Thread
from typing import Any, ParamSpec, TypeVar, cast

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from webapp.errors import BusyError

MOST_PROCESSES = 2
LONGEST_S = 60.0
LONGEST_IN_POOL_S = 3 * LONGEST_S  # with the start of the processes; only what is broken takes longer
NICER = 10  # processes that only send prebuilt responses go first
AGAIN_AFTER_S = 5
EXIT_PRIORITY = 100  # any will do: those without one run only after the processes were waited for

Given = ParamSpec("Given")
Made = TypeVar("Made")


@dataclass
class Running:
    """The pool of this process, none before it is first needed, and what waits for it; the lock keeps it one."""

    pool: ProcessPool | None = None
    waiting: "set[ProcessFuture[Any]]" = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)


RUNNING = Running()


def run_elsewhere(work: Callable[Given, Made], *given: Given.args, **named: Given.kwargs) -> Made:
    """What a function of a module makes of picklable values, in one of the processes.

    Raises what the function does; BusyError where it took longer than LONGEST_S or its process died.
    """
    future = _schedule(work, given, named)
    try:
        return cast(Made, future.result(LONGEST_IN_POOL_S))
    except TookTooLong as error:
        raise BusyError(
            f"the drawing took longer than {LONGEST_S:g} s; the service is busy or the image too large", 60
        ) from error
    except (ProcessExpired, CancelledError) as error:
        raise BusyError("the drawing could not be made; try again", AGAIN_AFTER_S) from error
    except BrokenProcessPool as error:
        close_pool()
        raise BusyError("the drawing could not be made; try again", AGAIN_AFTER_S) from error
    finally:
        future.cancel()  # type: ignore[no-untyped-call]  # its stubs lack it
        with RUNNING.lock:
            RUNNING.waiting.discard(future)


def close_pool() -> None:
    """End the processes; who waits for one gets BusyError, and whoever comes next starts new ones."""
    with RUNNING.lock:
        _end_pool()


def _schedule(work: Callable[..., object], given: Any, named: Any) -> "ProcessFuture[Any]":
    """Put a call in line; a pool that broke is replaced first, or one failure would be every later one's."""
    with RUNNING.lock:
        if RUNNING.pool is not None and not RUNNING.pool.active:
            _end_pool()
        if RUNNING.pool is None:
            RUNNING.pool = _new_pool()
        future = RUNNING.pool.schedule(work, args=given, kwargs=named, timeout=LONGEST_S)
        RUNNING.waiting.add(future)
        return future


def _new_pool() -> ProcessPool:
    """A pool that ends with this process.

    A worker of the server is forked: it leaves without what ``atexit`` holds, and waits for its children first.
    """
    Finalize(None, close_pool, exitpriority=EXIT_PRIORITY)
    processes = min(MOST_PROCESSES, os.cpu_count() or 1)
    return ProcessPool(max_workers=processes, context=multiprocessing.get_context("spawn"), initializer=_begin)


def _end_pool() -> None:
    """Stop the pool; Pebble leaves those who wait for one that stopped waiting for good."""
    pool, RUNNING.pool = RUNNING.pool, None
    if pool is None:
        return
    pool.stop()  # type: ignore[no-untyped-call]  # its stubs lack it
    for future in RUNNING.waiting:
        future.cancel()  # type: ignore[no-untyped-call]  # its stubs lack it
    pool.join()


def _begin() -> None:
    """Leave signals to the process that started this one, and the processor to those that answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICER)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, as a worker that was killed, who ends no pool."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

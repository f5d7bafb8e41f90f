"""A small pool of processes: work such as drawing holds Python's lock, and a worker has other requests to serve."""

import multiprocessing
import os
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing.util import Finalize
from threading import Lock
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from layers.processes import begin_process
from webapp.errors import BusyError
from webapp.limits import LIMIT_S, MAX_PROCESSES, START_LIMIT_S

if TYPE_CHECKING:
    from pebble import ProcessPool  # imported where the pool is made: a worker starts a tenth of a second sooner

NICENESS = 10  # requests for prebuilt responses go first
RETRY_AFTER_S, RETRY_SLOW_S = 5, 60
EXIT_PRIORITY = 100  # any will do: those without one run only after the processes were waited for

Result = TypeVar("Result")


@dataclass
class Running:
    """The pool of this process, none before it is first needed, and what waits for it; the lock keeps it one.

    ``here``: this process is itself one of several that do such work, and needs no pool.
    """

    pool: "ProcessPool | None" = None
    waiting: "set[Future[Any]]" = field(default_factory=set)
    here: bool = False
    lock: Lock = field(default_factory=Lock)


RUNNING = Running()


def run_in_process(work: Callable[[], Result], limit_s: float = LIMIT_S) -> Result:
    """Run a function in one of the processes and return its result.

    Parameters
    ----------
    work
        A picklable function without arguments, such as ``functools.partial`` of a function of a module.
    limit_s
        Time limit, in seconds, without the time that a process needs to start.

    Raises
    ------
    BusyError
        If it took longer or its process died; also whatever the function raises.
    """
    if RUNNING.here:
        return work()
    from pebble import ProcessExpired

    future = _schedule(work, limit_s)
    try:
        return cast(Result, _awaited(future, limit_s))
    except TookTooLong as error:
        if not future.done():  # nobody began it, or nobody could end it: processes that were stopped, say
            close_pool()
        raise BusyError(
            f"the result took longer than {limit_s:g} s; the service is busy or the request too large", RETRY_SLOW_S
        ) from error
    except (ProcessExpired, CancelledError) as error:
        raise BusyError("the result could not be made; try again", RETRY_AFTER_S) from error
    except BrokenProcessPool as error:
        close_pool()
        raise BusyError("the result could not be made; try again", RETRY_AFTER_S) from error
    finally:
        future.cancel()
        with RUNNING.lock:
            RUNNING.waiting.discard(future)


def _awaited(future: "Future[Any]", limit_s: float) -> object:
    """The result of a call. Raises TimeoutError where no process begins anything, or one takes too long."""
    try:
        return future.result(START_LIMIT_S)
    except TookTooLong:
        with RUNNING.lock:
            if not any(one.running() for one in RUNNING.waiting):
                raise
    return future.result(limit_s + LIMIT_S)


def work_here() -> None:
    """From now on make results in this process, which is itself one of several."""
    RUNNING.here = True


def is_broken() -> bool:
    """Whether there is a pool that can be used no more; the next call replaces it."""
    pool = RUNNING.pool
    return pool is not None and not pool.active


def close_pool() -> None:
    """End the processes; requests that wait for one get BusyError, and the next request starts new ones."""
    with RUNNING.lock:
        _end_pool()


def _schedule(work: Callable[[], object], limit_s: float) -> "Future[Any]":
    """Hand a call to the pool; a pool that broke is replaced first, or one failure would be every later one's."""
    with RUNNING.lock:
        if RUNNING.pool is not None and not RUNNING.pool.active:
            _end_pool()
        if RUNNING.pool is None:
            RUNNING.pool = _new_pool()
        future = RUNNING.pool.schedule(work, timeout=limit_s)
        RUNNING.waiting.add(future)
        return future


def _new_pool() -> "ProcessPool":
    """Return a pool that ends with this process.

    A worker of the server is forked: it leaves without what ``atexit`` holds, and waits for its children first.
    """
    from pebble import ProcessPool
    from pebble.pool import base_pool, process

    for module in (base_pool, process):  # by itself it measures with the clock of the day, which may jump
        setattr(module, "time", SimpleNamespace(time=time.monotonic, sleep=time.sleep))  # noqa: B010  # for mypy
    Finalize(None, close_pool, exitpriority=EXIT_PRIORITY)
    return ProcessPool(max_workers=MAX_PROCESSES, context=multiprocessing.get_context("spawn"), initializer=_begin)


def _end_pool() -> None:
    """Stop the pool; Pebble leaves those who wait for one that stopped waiting for good."""
    pool, RUNNING.pool = RUNNING.pool, None
    if pool is None:
        return
    pool.stop()  # type: ignore[no-untyped-call]  # its stubs lack it
    for future in RUNNING.waiting:
        future.cancel()
    pool.join()


def _begin() -> None:
    """Leave signals to the process that started this one, and the processor to those that serve requests."""
    begin_process()
    if hasattr(os, "nice"):
        os.nice(NICENESS)

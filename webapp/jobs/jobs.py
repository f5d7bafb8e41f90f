"""A job's result: from the disk, else made in a process, once however many request it at the same time."""

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar, cast

from webapp.disk_cache import DiskCache, operator_cache
from webapp.jobs.pool import run_in_process
from webapp.jobs.queue import Queue
from webapp.jobs.readers import CURRENT_ADDRESS
from webapp.limits import LIMIT_S, LOCK_WAIT_S, MAX_PROCESSES, MAX_READERS, MAX_WAIT_S, MAX_WAITING

Result = TypeVar("Result")

QUEUE: Queue[Any] = Queue(MAX_WAITING, MAX_PROCESSES, MAX_WAIT_S, MAX_READERS)
MADE: Counter[str] = Counter()  # by the kind of a job: how many results this process did not find stored


@dataclass(frozen=True)
class Job:
    """A pure function of a module without arguments, such as a ``functools.partial`` with picklable ones.

    ``key`` changes with everything that the result depends on: arguments, data and code. One that is ``large`` takes
    seconds, so that others go first. A process that takes longer than ``limit_s`` seconds is ended. ``kind`` is what it
    makes, by which it is counted.
    """

    key: str
    work: Callable[[], bytes]
    large: bool = False
    limit_s: float = LIMIT_S
    kind: str = "edition"


def job_key(parts: object) -> str:
    """Return the key of a job from what its result depends on, as lists, mappings and texts."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def job_result(job: Job) -> bytes:
    """Return the result of a job: stored, else made in a process of the pool and stored.

    Raises what the job raises; BusyError where too many requests wait, or the job waited or took too long.
    """
    stored = _cache().read(job.key)
    if stored is not None:
        return stored
    return result_in_turn(job) if _thread.has_turn else take_turn(job.key, lambda: result_in_turn(job), large=job.large)


def take_turn(key: str, make: Callable[[], Result], *, large: bool = False) -> Result:
    """Run a function when it is its turn, and return its result; for work that takes long in the thread of a request.

    It is called once for all requests with the same key at the same time. It may not take a turn itself: jobs that it
    needs are part of its turn.

    Parameters
    ----------
    key
        Key of the result.
    make
        Returns the result, which all of these requests get.
    large
        Whether it takes seconds, so that others go first.

    Raises
    ------
    BusyError
        If too many requests wait, or this one waited too long; also whatever ``make`` raises.
    """

    def make_in_turn() -> Result:
        _thread.has_turn = True
        try:
            return make()
        finally:
            _thread.has_turn = False

    return cast(Result, QUEUE.result(key, make_in_turn, large=large, address=CURRENT_ADDRESS.get()))


def result_in_turn(job: Job) -> bytes:
    """Return the result of a job to a caller whose turn it is already. Raises what ``job_result`` raises."""
    return _result(job, lambda: run_in_process(job.work, job.limit_s))


def result_here(job: Job) -> bytes:
    """Return the result of a job, stored or made in this process: for the pool's processes and for commands."""
    return _result(job, job.work)


def _result(job: Job, make: Callable[[], bytes]) -> bytes:
    cache = _cache()
    stored = cache.read(job.key)
    if stored is not None:
        return stored
    with cache.locked(job.key, LOCK_WAIT_S):
        stored = cache.read(job.key)  # another process may have made it meanwhile
        if stored is None:
            stored = make()
            cache.write(job.key, stored)
            _count(job.kind)
        return stored


def _count(kind: str) -> None:
    with _counting:
        MADE[kind] += 1


class _Thread(threading.local):
    """What a thread of requests is doing."""

    has_turn = False


_thread = _Thread()
_counting = threading.Lock()


@lru_cache(maxsize=1)
def _cache() -> DiskCache:
    return operator_cache()

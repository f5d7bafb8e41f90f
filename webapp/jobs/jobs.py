"""A job's result: from the disk, else made in a process, once however many request it at the same time."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar, cast

from webapp.disk_cache import DiskCache, operator_cache
from webapp.jobs.pool import LIMIT_S, MAX_PROCESSES, run_in_process
from webapp.jobs.queue import Queue

MAX_WAITING = 24
MAX_WAIT_S = 60.0

Result = TypeVar("Result")

QUEUE: Queue[Any] = Queue(MAX_WAITING, MAX_PROCESSES, MAX_WAIT_S)


@dataclass(frozen=True)
class Job:
    """A pure function of a module without arguments, such as a ``functools.partial`` with picklable ones.

    ``key`` changes with everything that the result depends on: arguments, data and code. A process that takes longer
    than ``limit_s`` seconds is ended.
    """

    key: str
    work: Callable[[], bytes]
    limit_s: float = LIMIT_S


def job_result(job: Job) -> bytes:
    """Return the result of a job: stored, else made in a process of the pool and stored.

    Raises what the job raises; BusyError where too many requests wait, or the job waited or took too long.
    """
    stored = _cache().read(job.key)
    return take_turn(job.key, lambda: result_in_turn(job)) if stored is None else stored


def take_turn(key: str, make: Callable[[], Result]) -> Result:
    """Return what ``make`` returns, when it is its turn; for work that takes long in the thread of a request.

    It is called once for all who request a key at the same time, and may not take a turn itself; inside it,
    ``result_in_turn`` gives results of jobs. Raises what it raises, and BusyError where too many requests wait or it
    waited too long.
    """
    return cast(Result, QUEUE.result(key, make))


def result_in_turn(job: Job) -> bytes:
    """Return the result of a job to a caller whose turn it is already. Raises what ``job_result`` raises."""
    cache = _cache()
    with cache.locked(job.key):
        stored = cache.read(job.key)  # another worker may have made it meanwhile
        return _made(cache, job) if stored is None else stored


def _made(cache: DiskCache, job: Job) -> bytes:
    result = run_in_process(job.work, job.limit_s)
    cache.write(job.key, result)
    return result


@lru_cache(maxsize=1)
def _cache() -> DiskCache:
    return operator_cache()

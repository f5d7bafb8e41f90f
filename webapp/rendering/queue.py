"""The queue before the processes: each product is made once, the newest request goes first, and no wait is long.

A worker cannot see that a reader has left: granian closes the connection without notice. So the newest request goes
first, the oldest in a full queue are refused, and abandoned requests never delay others.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition
from typing import Generic, TypeVar

from webapp.errors import BusyError

Made = TypeVar("Made")

SOON_S, LATER_S = 2, 10


@dataclass(eq=False)
class Job(Generic[Made]):
    """Something to be made, how many requests wait for it, and whether one of them has begun to make it."""

    future: "Future[Made]" = field(default_factory=Future)
    readers: int = 0
    begun: bool = False


class Line(Generic[Made]):
    """At most ``most_waiting`` requests, each in a thread of its own, of which ``most_begun`` make something.

    Safe among threads. Whoever waits ``longest_s`` seconds without anybody having begun is let go.
    """

    def __init__(self, most_waiting: int, most_begun: int, longest_s: float) -> None:
        self.most_waiting = most_waiting
        self.most_begun = most_begun
        self.longest_s = longest_s
        self._jobs: OrderedDict[str, Job[Made]] = OrderedDict()
        self._begun = 0
        self._changed = Condition()

    def made(self, key: str, make: Callable[[], Made]) -> Made:
        """What ``make`` returns or raises, called once for all who ask for a key at the same time.

        ``make`` may not stand in the same line. Raises BusyError where too many wait or it took too long to begin.
        """
        with self._place(key) as job:
            if self._is_mine(job):
                self._make(key, job, make)
            return job.future.result()

    @property
    def waiting(self) -> int:
        """How many requests wait, those with what they wait for being made included."""
        return sum(job.readers for job in self._jobs.values())

    @contextmanager
    def _place(self, key: str) -> Iterator[Job[Made]]:
        with self._changed:
            job = self._joined(key)
        try:
            yield job
        finally:
            with self._changed:
                job.readers -= 1
                if not (job.readers or job.begun) and self._jobs.get(key) is job:
                    del self._jobs[key]
                    self._changed.notify_all()

    def _joined(self, key: str) -> Job[Made]:
        """The job of a key with one reader more; where the line is full, another one has to go for that."""
        job = self._jobs.get(key) or Job()
        if self.waiting >= self.most_waiting:
            self._let_oldest_go(job)
        self._jobs[key] = job
        if not job.begun:
            self._jobs.move_to_end(key)
        job.readers += 1
        return job

    def _let_oldest_go(self, wanted: Job[Made]) -> None:
        """End the oldest job that nobody has begun. Raises BusyError where there is none but the wanted one."""
        refusal = BusyError(f"{self.most_waiting} requests wait for drawings; ask again in a moment", SOON_S)
        for key, job in self._jobs.items():
            if not job.begun and job is not wanted:
                del self._jobs[key]
                job.future.set_exception(refusal)
                self._changed.notify_all()
                return
        raise refusal

    def _is_mine(self, job: Job[Made]) -> bool:
        """Wait until a job is done, or until it is its reader's to begin."""
        until = time.monotonic() + self.longest_s
        with self._changed:
            while not job.future.done():
                if self._may_begin(job):
                    job.begun, self._begun = True, self._begun + 1
                    self._changed.notify_all()  # there may be room for one more
                    return True
                left_s = None if job.begun else until - time.monotonic()
                if left_s is not None and left_s <= 0:
                    raise BusyError(f"nothing could be drawn for {self.longest_s:g} s; ask again later", LATER_S)
                self._changed.wait(left_s)
        return False

    def _may_begin(self, job: Job[Made]) -> bool:
        newest = next((one for one in reversed(self._jobs.values()) if not one.begun), None)
        return job is newest and self._begun < self.most_begun

    def _make(self, key: str, job: Job[Made], make: Callable[[], Made]) -> None:
        try:
            job.future.set_result(make())
        except BaseException as error:  # raised for every reader
            job.future.set_exception(error)
        finally:
            with self._changed:
                self._begun -= 1
                del self._jobs[key]
                self._changed.notify_all()

"""The queue before the processes: each result is made once, the newest request goes first, and nobody waits for long.

A worker cannot see that a reader has left: granian drops the connection and does not report it to the application. So
the newest request goes first, the oldest of a full queue are refused, and what was given up never delays others.
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

Result = TypeVar("Result")

SOON_S, LATER_S = 2, 10


@dataclass(eq=False)
class Waiting(Generic[Result]):
    """A result that is requested: how many requests wait for it, and whether one of them has begun to make it."""

    future: "Future[Result]" = field(default_factory=Future)
    requests: int = 0
    begun: bool = False


class Queue(Generic[Result]):
    """At most ``max_waiting`` requests, each in a thread of its own, of which ``max_begun`` make something.

    Safe among threads. A request that waits ``max_wait_s`` seconds without anybody having begun is refused.
    """

    def __init__(self, max_waiting: int, max_begun: int, max_wait_s: float) -> None:
        self.max_waiting = max_waiting
        self.max_begun = max_begun
        self.max_wait_s = max_wait_s
        self._entries: OrderedDict[str, Waiting[Result]] = OrderedDict()
        self._begun = 0
        self._changed = Condition()

    def result(self, key: str, make: Callable[[], Result]) -> Result:
        """Run a function once for all who request its key at the same time, and return its result.

        Parameters
        ----------
        key
            Key of the result.
        make
            Returns the result. It may not use the same queue.

        Raises
        ------
        BusyError
            If too many wait, or if it took too long to begin; also whatever ``make`` raises.
        """
        with self._place(key) as entry:
            if self._is_mine(entry):
                self._make(key, entry, make)
            return entry.future.result()

    @property
    def waiting(self) -> int:
        """How many requests wait, including those whose result is being made."""
        return sum(entry.requests for entry in self._entries.values())

    @contextmanager
    def _place(self, key: str) -> Iterator[Waiting[Result]]:
        with self._changed:
            entry = self._joined(key)
        try:
            yield entry
        finally:
            with self._changed:
                entry.requests -= 1
                if not (entry.requests or entry.begun) and self._entries.get(key) is entry:
                    del self._entries[key]
                    self._changed.notify_all()

    def _joined(self, key: str) -> Waiting[Result]:
        """Return the entry of a key with one request more; where the queue is full, another one is refused for that."""
        entry = self._entries.get(key) or Waiting()
        if self.waiting >= self.max_waiting:
            self._refuse_oldest(entry)
        self._entries[key] = entry
        if not entry.begun:
            self._entries.move_to_end(key)
        entry.requests += 1
        return entry

    def _refuse_oldest(self, requested: Waiting[Result]) -> None:
        """Refuse the oldest entry that nobody has begun. Raises BusyError where the requested one is the only one."""
        refusal = BusyError(f"{self.max_waiting} requests are waiting; ask again in a moment", SOON_S)
        for key, entry in self._entries.items():
            if not entry.begun and entry is not requested:
                del self._entries[key]
                entry.future.set_exception(refusal)
                self._changed.notify_all()
                return
        raise refusal

    def _is_mine(self, entry: Waiting[Result]) -> bool:
        """Wait until a result is there, or until it is this request's to make."""
        until = time.monotonic() + self.max_wait_s
        with self._changed:
            while not entry.future.done():
                if self._may_begin(entry):
                    entry.begun, self._begun = True, self._begun + 1
                    self._changed.notify_all()  # there may be room for one more
                    return True
                left_s = None if entry.begun else until - time.monotonic()
                if left_s is not None and left_s <= 0:
                    raise BusyError(f"nothing could be made for {self.max_wait_s:g} s; ask again later", LATER_S)
                self._changed.wait(left_s)
        return False

    def _may_begin(self, entry: Waiting[Result]) -> bool:
        newest = next((one for one in reversed(self._entries.values()) if not one.begun), None)
        return entry is newest and self._begun < self.max_begun

    def _make(self, key: str, entry: Waiting[Result], make: Callable[[], Result]) -> None:
        try:
            entry.future.set_result(make())
        except BaseException as error:  # raised for every request
            entry.future.set_exception(error)
        finally:
            with self._changed:
                self._begun -= 1
                del self._entries[key]
                self._changed.notify_all()

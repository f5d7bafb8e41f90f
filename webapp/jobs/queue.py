"""The queue before the processes: each result is made once, small before large, and nobody waits for long.

A worker cannot see that a reader has left: granian drops the connection and does not report it to the application. So
the newest request goes first, the oldest of a full queue are refused, and what was given up never delays others. Nor do
the many requests of one address: the others' go before them, and when the queue is full its own are refused.
"""

import math
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from webapp.errors import BusyError

Result = TypeVar("Result")

SOONEST_S, LATEST_S = 2, 60
USUAL_S = 1.0  # of a result, until some are made
WEIGHT = 0.2  # of the newest one in how long they take


@dataclass(eq=False)
class Waiting(Generic[Result]):
    """A result that is requested: whether it takes long, who requested it first, and how many wait for it.

    ``turn`` is whether it may be made, once that is settled.
    """

    large: bool
    address: str
    requests: int = 0
    turn: "Future[bool]" = field(default_factory=Future)
    future: "Future[Result]" = field(default_factory=Future)


class Queue(Generic[Result]):
    """At most ``max_waiting`` results in line and ``max_readers`` requests for them; ``max_begun`` are made at once.

    Safe among threads. Of those that are made, one may be small at any time, where there is room for two. A result
    that nobody has begun for ``max_wait_s`` seconds is refused.
    """

    def __init__(self, max_waiting: int, max_begun: int, max_wait_s: float, max_readers: int) -> None:
        self.max_waiting = max_waiting
        self.max_begun = max_begun
        self.max_wait_s = max_wait_s
        self.max_readers = max_readers
        self._entries: OrderedDict[str, Waiting[Result]] = OrderedDict()
        self._lock = Lock()
        self._takes_s = USUAL_S

    def result(self, key: str, make: Callable[[], Result], *, large: bool = False, address: str = "") -> Result:
        """Run a function once for all who request its key at the same time, and return its result.

        Parameters
        ----------
        key
            Key of the result.
        make
            Returns the result. It may not use the same queue.
        large
            Whether it takes long, so that others go first.
        address
            Where the request comes from; empty where that is not known.

        Raises
        ------
        BusyError
            If too many wait, or if it took too long to begin; also whatever ``make`` raises.
        """
        with self._lock:
            entry = self._joined(key, large, address)
            is_first = entry.requests == 1
            self._begin()
        if is_first and self._has_turn(key, entry):
            self._make(key, entry, make)
        return entry.future.result()

    @property
    def waiting(self) -> int:
        """How many requests wait, including those whose result is being made."""
        with self._lock:
            return self._requests()

    @property
    def begun(self) -> int:
        """How many results are being made."""
        with self._lock:
            return len(self._entries) - len(list(self._in_line()))

    def close(self) -> None:
        """Refuse whatever is in line, and all that is requested from now on."""
        with self._lock:
            self.max_readers = 0
            for key, _ in list(self._in_line()):
                self._refuse(key, "the service is stopping")

    def _joined(self, key: str, large: bool, address: str) -> Waiting[Result]:
        """Return the entry of a key with one request more. Raises BusyError where too many wait for the same."""
        entry = self._entries.get(key)
        if self._requests() >= self.max_readers:
            raise self._refusal(f"{self.max_readers} requests are waiting")
        if entry is None:
            self._make_room()
            entry = self._entries[key] = Waiting(large, address)
        elif not entry.turn.done():
            self._entries.move_to_end(key)
        entry.requests += 1
        return entry

    def _requests(self) -> int:
        return sum(entry.requests for entry in self._entries.values())

    def _make_room(self) -> None:
        """Where the line is full, refuse the oldest of the address that has most in it."""
        in_line = list(self._in_line())
        if len(in_line) >= self.max_waiting:
            of_address = Counter(entry.address for _, entry in in_line)
            key, _ = max(in_line, key=lambda one: of_address[one[1].address])
            self._refuse(key, f"{self.max_waiting} requests are waiting")

    def _in_line(self) -> Iterator[tuple[str, Waiting[Result]]]:
        """What nobody has begun, with its key, the oldest first."""
        return ((key, entry) for key, entry in self._entries.items() if not entry.turn.done())

    def _begin(self) -> None:
        """Let as many begin as there is room for."""
        while (entry := self._next()) is not None:
            entry.turn.set_result(True)

    def _next(self) -> Waiting[Result] | None:
        """What begins next: small before large, of the address for which least is made, the newest."""
        begun = [entry for entry in self._entries.values() if entry.turn.done()]
        if len(begun) >= self.max_begun:
            return None
        room_for_large = sum(entry.large for entry in begun) < max(1, self.max_begun - 1)
        of_address = Counter(entry.address for entry in begun)
        may_begin = [entry for _, entry in self._in_line() if room_for_large or not entry.large]
        return min(reversed(may_begin), key=lambda entry: (entry.large, of_address[entry.address]), default=None)

    def _has_turn(self, key: str, entry: Waiting[Result]) -> bool:
        """Wait until a result may be made; False if it is refused."""
        try:
            return entry.turn.result(self.max_wait_s)
        except TookTooLong:
            with self._lock:
                if not entry.turn.done():
                    self._refuse(key, f"nothing could be made for {self.max_wait_s:g} s")
            return entry.turn.result()

    def _refuse(self, key: str, why: str) -> None:
        entry = self._entries.pop(key)
        entry.future.set_exception(self._refusal(why))
        entry.turn.set_result(False)

    def _refusal(self, why: str) -> BusyError:
        """An error with the time after which those in line will be done."""
        takes_s = (len(self._entries) + 1) * self._takes_s / self.max_begun
        again_s = min(max(math.ceil(takes_s), SOONEST_S), LATEST_S)
        return BusyError(f"{why}; ask again in {again_s} s", again_s)

    def _make(self, key: str, entry: Waiting[Result], make: Callable[[], Result]) -> None:
        start = time.monotonic()
        try:
            result = make()
        except BaseException as error:  # raised for every request
            entry.future.set_exception(error)
        else:
            entry.future.set_result(result)
            self._takes_s += WEIGHT * (time.monotonic() - start - self._takes_s)
        finally:
            with self._lock:
                del self._entries[key]
                self._begin()

"""The queue before the processes: the newest first, as many at once as there is room for, errors for all who wait."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from webapp.errors import BusyError
from webapp.jobs.queue import Queue

WAIT_S = 20.0


def _until_waiting(queue: Queue[str], count: int) -> None:
    while queue.waiting < count:
        pass


def test_all_room_is_used_when_several_end_at_once() -> None:
    """Those that wait are woken in any order; whoever may begin is not passed over."""
    for _ in range(8):
        queue: Queue[int] = Queue(max_waiting=30, max_begun=3, max_wait_s=WAIT_S, max_readers=30)
        go, together = threading.Event(), threading.Barrier(3)

        def first(go: threading.Event = go) -> int:
            go.wait(WAIT_S)
            return 0

        def then(together: threading.Barrier = together) -> int:
            return together.wait(WAIT_S)  # ends only where three are begun together

        with ThreadPoolExecutor(24) as readers:
            asked = [readers.submit(queue.result, str(number), first) for number in range(3)]
            while queue.begun < 3:
                pass
            asked += [readers.submit(queue.result, str(number), then) for number in range(3, 24)]
            while queue.waiting < 24:
                pass
            go.set()
            assert all(one.result(WAIT_S) is not None for one in asked)
        assert queue.waiting == queue.begun == 0


def test_whoever_is_let_go_frees_a_place_for_the_next() -> None:
    queue: Queue[str] = Queue(max_waiting=2, max_begun=1, max_wait_s=WAIT_S, max_readers=9)
    go = threading.Event()

    def make() -> str:
        assert go.wait(WAIT_S)
        return "made"

    with ThreadPoolExecutor(8) as readers:
        begun = readers.submit(queue.result, "begun", make)
        while queue.begun < 1:
            pass
        asked = []
        for number in range(5):
            asked.append(readers.submit(queue.result, str(number), make))
            _until_waiting(queue, min(number + 2, 3))
            for old in asked[:-2]:
                with pytest.raises(BusyError, match="2 requests are waiting"):
                    old.result(WAIT_S)
        again = readers.submit(queue.result, "3", make)  # which takes no other place
        _until_waiting(queue, 4)
        go.set()
        assert [one.result(WAIT_S) for one in (begun, asked[3], asked[4], again)] == ["made"] * 4


def test_an_error_is_for_all_who_wait_and_the_line_goes_on() -> None:
    queue: Queue[str] = Queue(max_waiting=9, max_begun=1, max_wait_s=WAIT_S, max_readers=9)
    go = threading.Event()

    def fail() -> str:
        assert go.wait(WAIT_S)
        raise ValueError("wrong")

    with ThreadPoolExecutor(3) as readers:
        asked = [readers.submit(queue.result, "a", fail) for _ in range(3)]
        _until_waiting(queue, 3)
        go.set()
        for one in asked:
            with pytest.raises(ValueError, match="wrong"):
                one.result(WAIT_S)
    assert queue.result("a", lambda: "made") == "made"


class Line:
    """A queue whose results are made when they are told to; ``made`` are those begun, in their order."""

    def __init__(self, *, max_waiting: int = 9, max_begun: int = 2, max_readers: int = 99) -> None:
        self.queue: Queue[str] = Queue(max_waiting, max_begun, WAIT_S, max_readers)
        self.made: list[str] = []
        self.go = {name: threading.Event() for name in "abcdefghij"}
        self.readers = ThreadPoolExecutor(20)

    def ask(self, name: str, **how: object) -> "Future[str]":
        """Request a result; returns when the request is in line or begun."""
        before = self._requests(name)

        def make() -> str:
            self.made.append(name)
            assert self.go[name].wait(WAIT_S)
            return name

        asked = self.readers.submit(self.queue.result, name, make, **how)  # type: ignore[arg-type]  # its options
        while self._requests(name) == before and not asked.done():
            pass
        return asked

    def _requests(self, name: str) -> int:
        entry = self.queue._entries.get(name)
        return entry.requests if entry else 0

    def finish(self, *names: str) -> None:
        """Let results be made, one after the other, each with whatever begins after it."""
        for name in names:
            while name not in self.made:
                pass
            self.go[name].set()


def test_large_ones_hold_one_place_and_wait_for_small_ones() -> None:
    line = Line()
    asked = [line.ask("a", large=True), line.ask("b", large=True), line.ask("c"), line.ask("d"), line.ask("e")]
    assert sorted(line.made) == ["a", "c"], "a second large one waits, though a place was free"
    line.finish("a", "e", "d", "c", "b")
    assert [one.result(WAIT_S) for one in asked] == ["a", "b", "c", "d", "e"]
    assert line.made[2:] == ["e", "d", "b"], "small before large, the newest first"


def test_one_place_is_enough_for_large_ones() -> None:
    line = Line(max_begun=1)
    asked = [line.ask("a", large=True), line.ask("b", large=True)]
    line.finish("a", "b")
    assert [one.result(WAIT_S) for one in asked] == ["a", "b"]


def test_another_address_goes_before_the_one_that_has_places_already() -> None:
    line = Line()
    asked = [line.ask(name, address="192.0.2.1") for name in "abcd"] + [line.ask("e", address="192.0.2.2")]
    for name in "fgh":
        asked.append(line.ask(name, address="192.0.2.1"))
    line.finish("a", "e", "b", "h", "g", "f", "d", "c")
    assert all(one.result(WAIT_S) for one in asked)
    assert line.made[2] == "e"


def test_a_full_line_refuses_the_address_that_has_most_in_it() -> None:
    line = Line(max_waiting=3)
    asked = [line.ask(name, address="192.0.2.1") for name in "ab"]
    patient = line.ask("c", address="192.0.2.2")
    crowd = [line.ask(name, address="192.0.2.1") for name in "defg"]
    for refused in crowd[:2]:
        with pytest.raises(BusyError, match="3 requests are waiting"):
            refused.result(WAIT_S)
    line.finish("a", "b", "c", "g", "f")
    assert [one.result(WAIT_S) for one in (*asked, patient, *crowd[2:])] == ["a", "b", "c", "f", "g"]


def test_readers_of_what_is_made_wait_however_many_they_are_up_to_a_number() -> None:
    line = Line(max_readers=12, max_waiting=2)
    asked = [line.ask("a") for _ in range(12)]
    with pytest.raises(BusyError, match="12 requests are waiting"):
        line.ask("a").result(WAIT_S)
    line.finish("a")
    assert {one.result(WAIT_S) for one in asked} == {"a"}
    assert line.made == ["a"]
    assert line.queue.waiting == line.queue.begun == 0


def test_the_time_to_come_back_follows_the_line() -> None:
    line = Line(max_begun=1, max_readers=3)
    line.queue._takes_s = 7.0
    asked = [line.ask(name) for name in "abc"]
    with pytest.raises(BusyError) as refused:
        line.ask("d").result(WAIT_S)
    assert refused.value.again_after_s == 28, "three are before it, each takes 7 s"
    line.finish("a", "c", "b")
    assert all(one.result(WAIT_S) for one in asked)


def test_a_queue_that_is_closed_finishes_what_is_begun() -> None:
    line = Line(max_begun=1)
    asked = [line.ask(name) for name in "ab"]
    line.queue.close()
    for refused in (asked[1], line.ask("c")):
        with pytest.raises(BusyError, match="ask again in"):
            refused.result(WAIT_S)
    line.finish("a")
    assert asked[0].result(WAIT_S) == "a"

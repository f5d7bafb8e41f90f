"""The queue before the processes: the newest first, as many at once as there is room for, errors for all who wait."""

import threading
from concurrent.futures import ThreadPoolExecutor

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
        queue: Queue[int] = Queue(max_waiting=30, max_begun=3, max_wait_s=WAIT_S)
        go, together = threading.Event(), threading.Barrier(3)

        def first(go: threading.Event = go) -> int:
            go.wait(WAIT_S)
            return 0

        def then(together: threading.Barrier = together) -> int:
            return together.wait(WAIT_S)  # ends only where three are begun together

        with ThreadPoolExecutor(24) as readers:
            asked = [readers.submit(queue.result, str(number), first) for number in range(3)]
            while queue._begun < 3:
                pass
            asked += [readers.submit(queue.result, str(number), then) for number in range(3, 24)]
            while queue.waiting < 24:
                pass
            go.set()
            assert all(one.result(WAIT_S) is not None for one in asked)
        assert queue.waiting == queue._begun == 0


def test_whoever_is_let_go_frees_a_place_for_the_next() -> None:
    queue: Queue[str] = Queue(max_waiting=3, max_begun=1, max_wait_s=WAIT_S)
    go = threading.Event()

    def make() -> str:
        assert go.wait(WAIT_S)
        return "made"

    with ThreadPoolExecutor(8) as readers:
        begun = readers.submit(queue.result, "begun", make)
        while queue._begun < 1:
            pass
        asked = []
        for number in range(5):
            asked.append(readers.submit(queue.result, str(number), make))
            _until_waiting(queue, min(number + 2, 3))
            for old in asked[:-2]:
                with pytest.raises(BusyError, match="3 requests are waiting"):
                    old.result(WAIT_S)
        again = readers.submit(queue.result, "3", make)  # the oldest is wanted again, and so goes to the front
        with pytest.raises(BusyError):
            asked[4].result(WAIT_S)
        go.set()
        assert [one.result(WAIT_S) for one in (begun, asked[3], again)] == ["made"] * 3


def test_an_error_is_for_all_who_wait_and_the_line_goes_on() -> None:
    queue: Queue[str] = Queue(max_waiting=9, max_begun=1, max_wait_s=WAIT_S)
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

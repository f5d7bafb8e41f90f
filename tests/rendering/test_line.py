"""The line before the processes: the newest first, as many at once as there is room for, errors for all who wait."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from webapp.errors import BusyError
from webapp.rendering.queue import Line

WAIT_S = 20.0


def _until_waiting(line: Line[str], count: int) -> None:
    while line.waiting < count:
        pass


def test_all_room_is_used_when_several_end_at_once() -> None:
    """Those that wait are woken in any order; whoever may begin is not passed over."""
    for _ in range(8):
        line: Line[int] = Line(most_waiting=30, most_begun=3, longest_s=WAIT_S)
        go, together = threading.Event(), threading.Barrier(3)

        def first(go: threading.Event = go) -> int:
            go.wait(WAIT_S)
            return 0

        def then(together: threading.Barrier = together) -> int:
            return together.wait(WAIT_S)  # ends only where three are begun together

        with ThreadPoolExecutor(24) as readers:
            asked = [readers.submit(line.made, str(number), first) for number in range(3)]
            while line._begun < 3:
                pass
            asked += [readers.submit(line.made, str(number), then) for number in range(3, 24)]
            while line.waiting < 24:
                pass
            go.set()
            assert all(one.result(WAIT_S) is not None for one in asked)
        assert line.waiting == line._begun == 0


def test_whoever_is_let_go_frees_a_place_for_the_next() -> None:
    line: Line[str] = Line(most_waiting=3, most_begun=1, longest_s=WAIT_S)
    go = threading.Event()

    def make() -> str:
        assert go.wait(WAIT_S)
        return "made"

    with ThreadPoolExecutor(8) as readers:
        begun = readers.submit(line.made, "begun", make)
        while line._begun < 1:
            pass
        asked = []
        for number in range(5):
            asked.append(readers.submit(line.made, str(number), make))
            _until_waiting(line, min(number + 2, 3))
            for old in asked[:-2]:
                with pytest.raises(BusyError, match="3 requests wait"):
                    old.result(WAIT_S)
        again = readers.submit(line.made, "3", make)  # the oldest is wanted again, and so goes to the front
        with pytest.raises(BusyError):
            asked[4].result(WAIT_S)
        go.set()
        assert [one.result(WAIT_S) for one in (begun, asked[3], again)] == ["made"] * 3


def test_an_error_is_for_all_who_wait_and_the_line_goes_on() -> None:
    line: Line[str] = Line(most_waiting=9, most_begun=1, longest_s=WAIT_S)
    go = threading.Event()

    def fail() -> str:
        assert go.wait(WAIT_S)
        raise ValueError("wrong")

    with ThreadPoolExecutor(3) as readers:
        asked = [readers.submit(line.made, "a", fail) for _ in range(3)]
        _until_waiting(line, 3)
        go.set()
        for one in asked:
            with pytest.raises(ValueError, match="wrong"):
                one.result(WAIT_S)
    assert line.made("a", lambda: "made") == "made"

"""The processes that draw: errors come back whole, one that dies or takes too long is replaced."""

import multiprocessing
import os
import pickle
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial

import pytest
from pebble import ProcessPool

from geo.errors import ClausemapError
from layers.catalogue.model import COMMITTED
from layers.errors import ControlError, DateError, UnknownError
from tests.words import INSTALLED
from webapp.errors import BusyError, LimitError, OptionError
from webapp.images.options.options import Options
from webapp.images.order import Order, draw_order
from webapp.jobs import pool
from webapp.jobs.pool import close_pool, run_in_process

ORDER = Order(COMMITTED, INSTALLED, "us-28-points", "2025-11-20", "svg", Options())


class StaysError(Exception):
    """An error that cannot be passed between processes: it is made from two values and tells of one."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first + second)


def _drawn() -> bytes:
    return run_in_process(partial(draw_order, ORDER))


def _works() -> bool:
    return run_in_process(partial(sorted, [3, 1, 2])) == [1, 2, 3]


def _end_itself() -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def _never_end() -> bytes:
    while True:
        pass


def _raise_what_stays() -> bytes:
    raise StaysError("a", "b")


@pytest.mark.parametrize(
    "error",
    [
        UnknownError("zone", "x", ("a", "b")),
        OptionError("size", "y", ("c",)),
        DateError("no day", ("2025",)),
        ControlError("holes", "there are holes"),
        BusyError("too many", 2),
        LimitError("too long", "longest", count=3),
    ],
)
def test_errors_survive_the_way_between_processes(error: ClausemapError) -> None:
    back = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own error, as the pool passes it on
    assert (type(back), str(back), vars(back)) == (type(error), str(error), vars(error))


@pytest.mark.slow
def test_it_draws_what_the_command_line_draws() -> None:
    assert _drawn() == draw_order(ORDER)


def test_any_function_of_a_module_runs_in_a_process_of_its_own() -> None:
    assert run_in_process(partial(sorted, [3, 1, 2], reverse=True)) == [3, 2, 1]
    assert run_in_process(os.getpid) != os.getpid()


def test_what_is_wrong_is_told_as_if_it_were_drawn_here() -> None:
    wrong = Order(COMMITTED, INSTALLED, "us-28-points", "2025-11-20", "svg", Options(zones=("nowhere",)))
    with pytest.raises(OptionError, match="unknown zone 'nowhere'"):
        run_in_process(partial(draw_order, wrong))


def test_a_process_that_dies_fails_one_job_only() -> None:
    with pytest.raises(BusyError, match="try again"):
        run_in_process(_end_itself)
    assert _works()


def test_a_job_that_takes_too_long_is_ended() -> None:
    with pytest.raises(BusyError, match=r"longer than 0\.5 s"):
        run_in_process(_never_end, limit_s=0.5)
    assert _works()


@pytest.mark.costly
@pytest.mark.parametrize("jump_s", [1e6, -1e6])
def test_a_clock_that_jumps_ends_nothing_and_keeps_nothing_going(
    monkeypatch: pytest.MonkeyPatch, jump_s: float
) -> None:
    assert _works()
    now, was = time.time, {"jump_s": 0.0}
    monkeypatch.setattr(time, "time", lambda: now() + was["jump_s"])
    with ThreadPoolExecutor(2) as readers:
        short = readers.submit(run_in_process, partial(time.sleep, 0.3), 5.0)
        endless = readers.submit(run_in_process, _never_end, 0.6)
        time.sleep(0.1)
        was["jump_s"] = jump_s
        assert short.result(5) is None
        with pytest.raises(BusyError, match="longer than"):
            endless.result(5)


def test_a_closed_pool_starts_again() -> None:
    close_pool()
    assert _works()


@pytest.mark.slow
def test_an_error_that_breaks_the_pool_fails_one_job_only() -> None:
    with pytest.raises(BusyError, match="try again"):
        run_in_process(_raise_what_stays)
    assert _drawn()


@pytest.mark.slow
def test_nobody_waits_for_a_pool_that_was_closed() -> None:
    with ThreadPoolExecutor(4) as readers:
        asked = [readers.submit(run_in_process, _never_end) for _ in range(4)]
        while len(pool.RUNNING.waiting) < 4:
            pass
        close_pool()
        for one in asked:
            with pytest.raises(BusyError, match="try again"):
                one.result(10)


@pytest.mark.slow
def test_threads_that_ask_first_at_once_share_one_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[ProcessPool] = []
    start = pool._new_pool

    def slowly() -> ProcessPool:
        time.sleep(0.2)
        made.append(start())
        return made[-1]

    close_pool()
    monkeypatch.setattr(pool, "_new_pool", slowly)
    with ThreadPoolExecutor(4) as readers:
        asked = [readers.submit(_drawn) for _ in range(4)]
        assert all(one.result() for one in asked)
    assert len(made) == 1


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="processes cannot be stopped here")
def test_processes_that_hang_are_ended_and_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that are idle when nobody begins, those that work at their time limit."""
    assert _works()
    for process in multiprocessing.active_children():
        os.kill(process.pid or 0, signal.SIGSTOP)
    with monkeypatch.context() as patch:
        patch.setattr(pool, "START_LIMIT_S", 1.0)
        with pytest.raises(BusyError, match="took longer"):
            run_in_process(_never_end)
    assert _works()
    with pytest.raises(BusyError, match=r"longer than 1 s"):
        run_in_process(_stop_itself, limit_s=1)
    assert _works()


@pytest.mark.slow
def test_a_clock_that_jumps_fails_one_job_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _works()
    told = time.time
    for hours in (1, -1):
        with monkeypatch.context() as patch, ThreadPoolExecutor(1) as reader:
            asked = reader.submit(run_in_process, partial(time.sleep, 1))
            time.sleep(0.2)
            patch.setattr(time, "time", lambda hours=hours: told() + 3600 * hours)
            with suppress(BusyError):
                asked.result(60)
        assert _works()


def _stop_itself() -> bytes:
    os.kill(os.getpid(), signal.SIGSTOP)
    return b""

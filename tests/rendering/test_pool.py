"""The processes that draw: errors come back whole, one that dies or takes too long is replaced."""

import os
import pickle
import signal
from pathlib import Path

import pytest

from layers.catalogue import COMMITTED
from layers.errors import DateError, UnknownError
from webapp.errors import BusyError, OptionError
from webapp.images.options import Options
from webapp.images.order import Order, draw_order
from webapp.rendering import pool
from webapp.rendering.pool import close_pool, draw_elsewhere

ORDER = Order(COMMITTED, "us-28-points", "2025-11-20", "svg", Options())


def _end_itself(order: Order) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def _never_end(order: Order) -> bytes:
    while True:
        pass


@pytest.mark.parametrize(
    "error", [UnknownError("zone", "x", ("a", "b")), OptionError("size", "y", ("c",)), DateError("no day", ("2025",))]
)
def test_errors_survive_the_way_between_processes(error: UnknownError | DateError) -> None:
    back = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own error, as the pool passes it on
    assert (type(back), str(back), back.known) == (type(error), str(error), error.known)


def test_it_draws_what_the_command_line_draws() -> None:
    assert draw_elsewhere(ORDER) == draw_order(ORDER)


def test_what_is_wrong_is_told_as_if_it_were_drawn_here() -> None:
    with pytest.raises(OptionError, match="unknown zone 'nowhere'"):
        draw_elsewhere(Order(COMMITTED, "us-28-points", "2025-11-20", "svg", Options(zones=("nowhere",))))


def test_a_process_that_dies_fails_one_image_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "draw_order", _end_itself)
    with pytest.raises(BusyError, match="try again"):
        draw_elsewhere(ORDER)
    monkeypatch.undo()
    assert draw_elsewhere(ORDER)


def test_a_drawing_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "draw_order", _never_end)
    monkeypatch.setattr(pool, "LONGEST_S", 0.5)
    with pytest.raises(BusyError, match=r"longer than 0\.5 s"):
        draw_elsewhere(ORDER)
    monkeypatch.undo()
    assert draw_elsewhere(ORDER)


def test_a_closed_pool_starts_again(tmp_path: Path) -> None:
    close_pool()
    assert draw_elsewhere(ORDER)

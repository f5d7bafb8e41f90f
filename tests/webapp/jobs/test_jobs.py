"""A job is done once, however often and by how many it is requested; too many at once are refused for a moment."""

import multiprocessing
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from geo.errors import ClausemapError
from layers.catalogue.model import COMMITTED, Catalogue, find_edition, load_catalogue
from webapp.disk_cache import DiskCache
from webapp.errors import BusyError, LimitError, OptionError
from webapp.images.checks import check_order
from webapp.images.jobs import drawn_image, image_key
from webapp.images.options.options import Options
from webapp.images.order import Order, draw_order
from webapp.jobs import jobs
from webapp.jobs.jobs import Job, job_result
from webapp.jobs.pool import close_pool
from webapp.limits import MAX_PROCESSES, MAX_READERS, MAX_WAITING

WAIT_S = 20.0  # whoever hangs fails
MANY = 1000


class Painter:
    """Stands for the processes: counts what it draws, waits until it may end, and may fail."""

    def __init__(self) -> None:
        self.drawn: list[Order] = []
        self.error: Exception | None = None
        self._may_end = threading.Semaphore(0)

    def end(self, drawings: int = MANY) -> None:
        """Let so many drawings end, now or as soon as they are begun."""
        self._may_end.release(drawings)

    def __call__(self, work: partial[bytes], limit_s: float) -> bytes:
        (order,) = work.args
        self.drawn.append(order)
        assert self._may_end.acquire(timeout=WAIT_S)
        if self.error is not None:
            raise self.error
        return repr(order.options.size).encode()


@pytest.fixture
def painter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Painter]:
    made = Painter()
    monkeypatch.setattr(jobs, "run_in_process", made)
    monkeypatch.setattr(jobs, "_cache", lambda: DiskCache(tmp_path, 10**6))
    yield made
    assert jobs.QUEUE.waiting == 0


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(COMMITTED)


def _ask(catalogue: Catalogue, width: int = 1200, **more: object) -> bytes:
    asked, edition = find_edition(catalogue.proposal("us-28-points"), None)
    options = Options(size=(width, 675), **more)  # type: ignore[arg-type]  # a few of its fields
    return drawn_image(
        catalogue, edition, Order(catalogue.root, catalogue.languages, "us-28-points", asked, "png", options)
    )


def test_an_image_asked_for_twice_is_drawn_once(catalogue: Catalogue, painter: Painter) -> None:
    painter.end()
    assert _ask(catalogue) == _ask(catalogue)
    assert len(painter.drawn) == 1
    assert _ask(catalogue, 1300) != _ask(catalogue)
    assert len(painter.drawn) == 2


def test_many_who_ask_at_once_get_one_drawing(catalogue: Catalogue, painter: Painter) -> None:
    with ThreadPoolExecutor(10) as readers:
        asked = [readers.submit(_ask, catalogue) for _ in range(10)]
        _until_drawn(painter, 1)
        painter.end()
        assert {one.result(WAIT_S) for one in asked} == {b"(1200, 675)"}
    assert len(painter.drawn) == 1


def test_many_who_ask_at_once_get_the_same_error_and_the_next_a_new_try(catalogue: Catalogue, painter: Painter) -> None:
    painter.error = LimitError("too long", "longest", count=3)
    with ThreadPoolExecutor(5) as readers:
        asked = [readers.submit(_ask, catalogue) for _ in range(5)]
        painter.end()
        for one in asked:
            with pytest.raises(LimitError, match="too long"):
                one.result(WAIT_S)
    painter.error = None
    assert _ask(catalogue) == b"(1200, 675)"


def _until_waiting(count: int) -> None:
    while jobs.QUEUE.waiting < count:
        time.sleep(0.001)


def _until_drawn(painter: Painter, count: int) -> None:
    while len(painter.drawn) < count:
        time.sleep(0.001)


def test_the_oldest_of_too_many_is_told_when_to_come_back(catalogue: Catalogue, painter: Painter) -> None:
    full = MAX_PROCESSES + MAX_WAITING
    with ThreadPoolExecutor(full + 1) as readers:
        asked = []
        for number in range(full):
            asked.append(readers.submit(_ask, catalogue, 1000 + number))
            _until_waiting(number + 1)
        newest = readers.submit(_ask, catalogue, 999)
        with pytest.raises(BusyError, match="24 requests are waiting") as refused:
            asked[MAX_PROCESSES].result(WAIT_S)
        assert refused.value.again_after_s >= 2
        painter.end(1)
        _until_drawn(painter, MAX_PROCESSES + 1)
        assert painter.drawn[-1].options.size[0] == 999, "the newest goes first"
        painter.end()
        del asked[MAX_PROCESSES]
        assert all(one.result(WAIT_S) for one in (*asked, newest))
    widths = [order.options.size[0] for order in painter.drawn]
    assert set(widths[:MAX_PROCESSES]) == {1000, 1001}
    assert {1003, 1004, 1005} <= set(widths[len(widths) // 2 :])


def test_all_who_wait_for_one_image_get_it(catalogue: Catalogue, painter: Painter) -> None:
    """However many they are, up to the threads that a worker has for them."""
    with ThreadPoolExecutor(MAX_READERS) as readers:
        asked = [readers.submit(_ask, catalogue) for _ in range(MAX_READERS)]
        _until_waiting(MAX_READERS)
        with pytest.raises(BusyError, match="256 requests are waiting"):
            _ask(catalogue)
        painter.end()
        assert {one.result(WAIT_S) for one in asked} == {b"(1200, 675)"}
    assert len(painter.drawn) == 1


def test_large_images_leave_a_process_to_small_ones(catalogue: Catalogue, painter: Painter) -> None:
    with ThreadPoolExecutor(4) as readers:
        asked = [readers.submit(_ask, catalogue, 2000 + number, scale=2.0) for number in range(3)]
        _until_waiting(3)
        asked.append(readers.submit(_ask, catalogue, 800))
        _until_waiting(4)
        while len(painter.drawn) < MAX_PROCESSES:
            pass
        assert {order.options.scale for order in painter.drawn} == {1.0, 2.0}
        painter.end()
        assert all(one.result(WAIT_S) for one in asked)


def test_nobody_waits_in_line_for_long(catalogue: Catalogue, painter: Painter, monkeypatch: pytest.MonkeyPatch) -> None:
    with ThreadPoolExecutor(MAX_PROCESSES) as readers:
        asked = [readers.submit(_ask, catalogue, 1000 + number) for number in range(MAX_PROCESSES)]
        _until_drawn(painter, MAX_PROCESSES)
        monkeypatch.setattr(jobs.QUEUE, "max_wait_s", 0.1)
        with pytest.raises(BusyError, match=r"nothing could be made for 0\.1 s") as refused:
            _ask(catalogue)
        assert refused.value.again_after_s >= 2
        painter.end()
        assert all(one.result(WAIT_S) for one in asked)
    assert _ask(catalogue)


@pytest.mark.parametrize(
    "wrong",
    [{"zones": ("nowhere",)}, {"clauses": ("99",)}, {"extent": "moon"}, {"extent": "1,2,3,4"}, {"extent": ",,,"}],
)
def test_what_is_refused_takes_no_place(catalogue: Catalogue, painter: Painter, wrong: dict[str, object]) -> None:
    with ThreadPoolExecutor(MAX_WAITING) as readers:
        asked = [readers.submit(_ask, catalogue) for _ in range(MAX_WAITING)]
        _until_waiting(MAX_WAITING)
        with pytest.raises((OptionError, LimitError)):
            _ask(catalogue, **wrong)  # type: ignore[arg-type]  # a few of its fields
        painter.end()
        assert all(one.result(WAIT_S) for one in asked)
    assert len(painter.drawn) == 1


def test_it_is_refused_in_the_same_words_as_by_drawing(catalogue: Catalogue) -> None:
    asked, edition = find_edition(catalogue.proposal("us-28-points"), None)
    for extent in ("moon", "1,2,3,4", "a,b,c,d", "30,50,29,51", "30,50,30.1,50.1"):
        order = Order(catalogue.root, catalogue.languages, "us-28-points", asked, "svg", Options(extent=extent))
        with pytest.raises(ClausemapError) as drawing:
            draw_order(order)
        with pytest.raises(ClausemapError) as checking:
            check_order(catalogue, edition, order)
        assert vars(checking.value) == vars(drawing.value)
        assert str(checking.value) == str(drawing.value)


def test_an_image_that_another_worker_draws_is_waited_for(catalogue: Catalogue, painter: Painter) -> None:
    painter.end()
    asked, edition = find_edition(catalogue.proposal("us-28-points"), None)
    order = Order(catalogue.root, catalogue.languages, "us-28-points", asked, "png", Options())
    key, cache = image_key(catalogue, edition, order), jobs._cache()
    with ThreadPoolExecutor(1) as reader:
        with cache.locked(key):  # locks are by open file, so that this thread stands for another process
            waiting = reader.submit(_ask, catalogue)
            with pytest.raises(TimeoutError):
                waiting.result(0.3)
            cache.write(key, b"theirs")
        assert waiting.result(WAIT_S) == b"theirs"
    assert painter.drawn == []
    assert [path.name for path in cache.folder.glob("*/.*")] == []


def test_a_key_tells_what_an_image_is_made_of(catalogue: Catalogue) -> None:
    asked, edition = find_edition(catalogue.proposal("us-28-points"), None)

    def key(form: str = "png", requested: str = asked, **chosen: object) -> str:
        options = Options(**chosen)  # type: ignore[arg-type]  # a few of its fields
        return image_key(
            catalogue, edition, Order(catalogue.root, catalogue.languages, "us-28-points", requested, form, options)
        )

    others = {key("svg"), key(requested="2025-11-21"), key(lang="uk"), key(title="A"), key(zones=("crimea",))}
    assert len(others) == 5
    assert key() not in others
    assert key() == key(size=(1200, 675))


def _count(log: Path, line: str) -> bytes:
    """Report that it ran, slowly enough for another process to request the same meanwhile."""
    with log.open("a") as file:
        file.write(f"{line}\n")
    time.sleep(1)
    return line.encode()


def _worker(log: Path) -> bytes:
    """What a worker of a server does: it has a pool of its own."""
    try:
        return job_result(Job(f"worker-{log.parent.name}", partial(_count, log, "ran")))
    finally:
        close_pool()


@pytest.mark.slow
def test_two_workers_that_request_the_same_at_once_do_it_once(tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as workers:
        requested = [workers.submit(_worker, log) for _ in range(2)]
        assert [one.result(60) for one in requested] == [b"ran", b"ran"]
    assert log.read_text() == "ran\n"


def test_any_pure_function_is_a_job_with_a_time_limit_of_its_own() -> None:
    assert job_result(Job("joined", partial(b"-".join, [b"a", b"b"]))) == b"a-b"
    with pytest.raises(BusyError, match=r"longer than 0\.2 s"):
        job_result(Job("endless", partial(time.sleep, 30), limit_s=0.2))  # type: ignore[arg-type]  # it never returns

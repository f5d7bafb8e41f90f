"""An image is drawn once, however often and by how many it is asked for; too many at once are told to come back."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from geo.errors import ClausemapError
from layers.catalogue.model import COMMITTED, Catalogue, find_edition, load_catalogue
from webapp.errors import BusyError, LimitError, OptionError
from webapp.images.checks import check_order
from webapp.images.options.options import Options
from webapp.images.order import Order, draw_order
from webapp.rendering import service
from webapp.rendering.cache_key import image_key
from webapp.rendering.image_cache import Store, keep_image
from webapp.rendering.locking import only_one
from webapp.rendering.pool import MOST_PROCESSES
from webapp.rendering.service import MOST_AT_ONCE, drawn_bytes

WAIT_S = 20.0  # whoever hangs fails


class Painter:
    """Stands for the processes: counts what it draws, waits until it is let go, and may fail."""

    def __init__(self) -> None:
        self.drawn: list[Order] = []
        self.go = threading.Event()
        self.error: Exception | None = None

    def __call__(self, _: object, order: Order) -> bytes:
        self.drawn.append(order)
        assert self.go.wait(WAIT_S)
        if self.error is not None:
            raise self.error
        return repr(order.options.size).encode()


@pytest.fixture
def painter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Painter]:
    made = Painter()
    monkeypatch.setattr(service, "run_elsewhere", made)
    monkeypatch.setattr(service, "_store", lambda: Store(tmp_path, 10**6))
    yield made
    assert service.LINE.waiting == 0


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(COMMITTED)


def _ask(catalogue: Catalogue, width: int = 1200, **more: object) -> bytes:
    asked, edition = find_edition(catalogue.proposal("us-28-points"), None)
    options = Options(size=(width, 675), **more)  # type: ignore[arg-type]  # a few of its fields
    return drawn_bytes(catalogue, edition, Order(catalogue.root, "us-28-points", asked, "png", options))


def test_an_image_asked_for_twice_is_drawn_once(catalogue: Catalogue, painter: Painter) -> None:
    painter.go.set()
    assert _ask(catalogue) == _ask(catalogue)
    assert len(painter.drawn) == 1
    assert _ask(catalogue, 1300) != _ask(catalogue)
    assert len(painter.drawn) == 2


def test_many_who_ask_at_once_get_one_drawing(catalogue: Catalogue, painter: Painter) -> None:
    with ThreadPoolExecutor(10) as readers:
        asked = [readers.submit(_ask, catalogue) for _ in range(10)]
        while not painter.drawn:
            pass
        painter.go.set()
        assert {one.result(WAIT_S) for one in asked} == {b"(1200, 675)"}
    assert len(painter.drawn) == 1


def test_many_who_ask_at_once_get_the_same_error_and_the_next_a_new_try(catalogue: Catalogue, painter: Painter) -> None:
    painter.error = LimitError("too long", "longest", count=3)
    with ThreadPoolExecutor(5) as readers:
        asked = [readers.submit(_ask, catalogue) for _ in range(5)]
        painter.go.set()
        for one in asked:
            with pytest.raises(LimitError, match="too long"):
                one.result(WAIT_S)
    painter.error = None
    assert _ask(catalogue) == b"(1200, 675)"


def _until_waiting(count: int) -> None:
    while service.LINE.waiting < count:
        time.sleep(0.001)


def test_the_oldest_of_too_many_is_told_when_to_come_back(catalogue: Catalogue, painter: Painter) -> None:
    with ThreadPoolExecutor(MOST_AT_ONCE + 1) as readers:
        asked = []
        for number in range(MOST_AT_ONCE):
            asked.append(readers.submit(_ask, catalogue, 1000 + number))
            _until_waiting(number + 1)
        newest = readers.submit(_ask, catalogue, 999)
        with pytest.raises(BusyError, match="24 requests wait for drawings") as refused:
            asked[MOST_PROCESSES].result(WAIT_S)
        assert refused.value.again_after_s == 2
        painter.go.set()
        del asked[MOST_PROCESSES]
        assert all(one.result(WAIT_S) for one in (*asked, newest))
    widths = [order.options.size[0] for order in painter.drawn]
    assert set(widths[:MOST_PROCESSES]) == {1000, 1001}
    middle = len(widths) // 2
    assert 999 in widths[:middle], "the newest goes first"
    assert {1003, 1004, 1005} <= set(widths[middle:])


def test_those_who_wait_for_one_image_are_bounded_too(catalogue: Catalogue, painter: Painter) -> None:
    """Each of them holds a thread of the worker, which has others to answer."""
    with ThreadPoolExecutor(MOST_AT_ONCE) as readers:
        asked = [readers.submit(_ask, catalogue) for _ in range(MOST_AT_ONCE)]
        _until_waiting(MOST_AT_ONCE)
        with pytest.raises(BusyError, match="24 requests wait"):
            _ask(catalogue)
        painter.go.set()
        assert {one.result(WAIT_S) for one in asked} == {b"(1200, 675)"}
    assert len(painter.drawn) == 1


def test_nobody_waits_in_line_for_long(catalogue: Catalogue, painter: Painter, monkeypatch: pytest.MonkeyPatch) -> None:
    with ThreadPoolExecutor(MOST_PROCESSES) as readers:
        asked = [readers.submit(_ask, catalogue, 1000 + number) for number in range(MOST_PROCESSES)]
        while len(painter.drawn) < MOST_PROCESSES:
            pass
        monkeypatch.setattr(service.LINE, "longest_s", 0.1)
        with pytest.raises(BusyError, match=r"nothing could be drawn for 0\.1 s") as refused:
            _ask(catalogue)
        assert refused.value.again_after_s == 10
        painter.go.set()
        assert all(one.result(WAIT_S) for one in asked)
    assert _ask(catalogue)


@pytest.mark.parametrize(
    "wrong",
    [{"zones": ("nowhere",)}, {"clauses": ("99",)}, {"extent": "moon"}, {"extent": "1,2,3,4"}, {"extent": ",,,"}],
)
def test_what_is_refused_takes_no_place(catalogue: Catalogue, painter: Painter, wrong: dict[str, object]) -> None:
    with ThreadPoolExecutor(MOST_AT_ONCE) as readers:
        asked = [readers.submit(_ask, catalogue) for _ in range(MOST_AT_ONCE)]
        _until_waiting(MOST_AT_ONCE)
        with pytest.raises((OptionError, LimitError)):
            _ask(catalogue, **wrong)  # type: ignore[arg-type]  # a few of its fields
        painter.go.set()
        assert all(one.result(WAIT_S) for one in asked)
    assert len(painter.drawn) == 1


def test_it_is_refused_in_the_same_words_as_by_drawing(catalogue: Catalogue) -> None:
    asked, edition = find_edition(catalogue.proposal("us-28-points"), None)
    for extent in ("moon", "1,2,3,4", "a,b,c,d", "30,50,29,51", "30,50,30.1,50.1"):
        order = Order(catalogue.root, "us-28-points", asked, "svg", Options(extent=extent))
        with pytest.raises(ClausemapError) as drawing:
            draw_order(order)
        with pytest.raises(ClausemapError) as checking:
            check_order(catalogue, edition, order)
        assert vars(checking.value) == vars(drawing.value)
        assert str(checking.value) == str(drawing.value)


def test_an_image_that_another_worker_draws_is_waited_for(catalogue: Catalogue, painter: Painter) -> None:
    painter.go.set()
    asked, edition = find_edition(catalogue.proposal("us-28-points"), None)
    order = Order(catalogue.root, "us-28-points", asked, "png", Options())
    key, store = image_key(catalogue, edition, order), service._store()
    with ThreadPoolExecutor(1) as reader:
        with only_one(store, key):  # locks are by open file, so that this thread stands for another process
            waiting = reader.submit(_ask, catalogue)
            with pytest.raises(TimeoutError):
                waiting.result(0.3)
            keep_image(store, key, b"theirs")
        assert waiting.result(WAIT_S) == b"theirs"
    assert painter.drawn == []
    assert [path.name for path in store.folder.glob("*/.*")] == []


def test_a_key_tells_what_an_image_is_made_of(catalogue: Catalogue) -> None:
    asked, edition = find_edition(catalogue.proposal("us-28-points"), None)

    def key(form: str = "png", requested: str = asked, **chosen: object) -> str:
        options = Options(**chosen)  # type: ignore[arg-type]  # a few of its fields
        return image_key(catalogue, edition, Order(catalogue.root, "us-28-points", requested, form, options))

    others = {key("svg"), key(requested="2025-11-21"), key(lang="uk"), key(title="A"), key(zones=("crimea",))}
    assert len(others) == 5
    assert key() not in others
    assert key() == key(size=(1200, 675))

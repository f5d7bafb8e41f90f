"""An image is drawn once, however often and by how many it is asked for; too many at once are told to come back."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from layers.catalogue import COMMITTED, Catalogue, find_edition, load_catalogue
from webapp.errors import BusyError, LimitError
from webapp.images.options import Options
from webapp.images.order import Order
from webapp.rendering import service
from webapp.rendering.locking import only_one
from webapp.rendering.service import MOST_AT_ONCE, drawn_bytes
from webapp.rendering.store import Store, keep_image
from webapp.rendering.version import image_key

WAIT_S = 20.0  # whoever hangs fails


class Painter:
    """Stands for the processes: counts what it draws, waits until it is let go, and may fail."""

    def __init__(self) -> None:
        self.drawn: list[Order] = []
        self.go = threading.Event()
        self.error: Exception | None = None

    def __call__(self, order: Order) -> bytes:
        self.drawn.append(order)
        assert self.go.wait(WAIT_S)
        if self.error is not None:
            raise self.error
        return repr(order.options.size).encode()


@pytest.fixture
def painter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Painter]:
    made = Painter()
    monkeypatch.setattr(service, "draw_elsewhere", made)
    monkeypatch.setattr(service, "_store", lambda: Store(tmp_path, 10**6))
    yield made
    assert not service.UNDERWAY.drawings


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(COMMITTED)


def _ask(catalogue: Catalogue, width: int = 1200) -> bytes:
    asked, edition = find_edition(catalogue.proposal("us-28-points"), None)
    options = Options(size=(width, 675))
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


def test_too_many_at_once_are_told_when_to_come_back(catalogue: Catalogue, painter: Painter) -> None:
    with ThreadPoolExecutor(MOST_AT_ONCE) as readers:
        asked = [readers.submit(_ask, catalogue, 1000 + number) for number in range(MOST_AT_ONCE)]
        while len(painter.drawn) < MOST_AT_ONCE:
            pass
        with pytest.raises(BusyError, match="24 requests wait for images") as refused:
            _ask(catalogue, 999)
        assert refused.value.again_after_s == 2
        painter.go.set()
        assert all(one.result(WAIT_S) for one in asked)
    assert _ask(catalogue, 999)


def test_those_who_wait_for_one_image_are_bounded_too(catalogue: Catalogue, painter: Painter) -> None:
    """Each of them holds a thread of the worker, which has others to answer."""
    with ThreadPoolExecutor(MOST_AT_ONCE) as readers:
        asked = [readers.submit(_ask, catalogue) for _ in range(MOST_AT_ONCE)]
        while service.UNDERWAY.waiting < MOST_AT_ONCE:
            pass
        with pytest.raises(BusyError, match="24 requests wait"):
            _ask(catalogue)
        painter.go.set()
        assert {one.result(WAIT_S) for one in asked} == {b"(1200, 675)"}
    assert len(painter.drawn) == 1
    assert service.UNDERWAY.waiting == 0


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

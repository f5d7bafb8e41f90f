"""What takes long is drawn elsewhere, and what fails is a status, a time to come back and a line in the log."""

import json
import logging
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from tests.conftest import served
from tests.fire.servers import US, status
from webapp.app import create_app
from webapp.errors import BusyError
from webapp.jobs import jobs, pool
from webapp.typography.fonts import FontError


class Stand:
    """Stands for the processes: what was wanted of them, and what they make or raise."""

    def __init__(self, made: bytes = b"{}", error: Exception | None = None) -> None:
        self.wanted: list[object] = []
        self.made, self.error = made, error

    def __call__(self, *given: object) -> bytes:
        self.wanted.append(given[0])
        if self.error is not None:
            raise self.error
        return self.made


@pytest.mark.parametrize("form", ["svg", "png"])
def test_timelines_are_drawn_elsewhere_and_kept(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    stand = Stand(b"<svg/>" + form.encode())
    monkeypatch.setattr(jobs, "run_in_process", stand)
    for query in ("?from=2025-01-01&to=2025-07-01", "?from=2025-01-01&to=2025-07-01&lang=uk"):
        for _ in range(2):
            answer = create_app(catalogue).test_client().get(f"/timelines/{US}.{form}{query}")
            assert (answer.status_code, answer.data) == (200, stand.made)
    assert len(stand.wanted) == 2, "the second application finds them on disk"


@pytest.mark.slow
def test_a_page_of_some_dates_is_drawn_elsewhere(
    client: FlaskClient, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted: list[object] = []

    def counted(work: Callable[[], bytes], limit_s: float) -> bytes:
        wanted.append(work)
        return pool.run_in_process(work, limit_s)

    monkeypatch.setattr(jobs, "run_in_process", counted)
    page = client.get(f"/en/timeline/{US}?from=2025-03-01&to=2025-08-01")
    assert page.status_code == 200
    assert page.text.count("<svg") > 5
    assert len(wanted) == 1
    assert client.get(f"/en/timeline/{US}?from=2025-11-20&to=2025-11-20").status_code == 200
    assert len(wanted) == 1, "on one date there is nothing to draw"


@pytest.mark.parametrize(
    "path", [f"/timelines/{US}.svg?from=2025-02-01", f"/uk/timeline/{US}?from=2025-02-01", f"/images/{US}/latest.png"]
)
def test_503_says_when_to_come_back_and_is_one_line_in_the_log(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    monkeypatch.setattr(jobs, "run_in_process", Stand(error=BusyError("too many wait", 7)))
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "7")
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert record.exc_info is None
    assert record.getMessage() == f"503 GET '{path}': too many wait"


@pytest.mark.parametrize("path", [f"/timelines/{US}.svg?from=2025-04-01", f"/en/timeline/{US}?from=2025-04-01"])
@pytest.mark.parametrize("error", [RuntimeError("secret\nplace"), FontError("secret\nplace")])
def test_an_error_of_the_service_is_in_the_log_and_not_in_the_answer(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, path: str, error: Exception
) -> None:
    monkeypatch.setattr(jobs, "run_in_process", Stand(error=error))
    answer = client.get(path)
    assert answer.status_code == 500
    assert "secret" not in answer.text
    (record,) = caplog.records
    assert record.getMessage() == f"500 GET '{path}': secret\\nplace"
    assert record.exc_info is not None
    assert record.exc_info[1] is error


def test_what_a_client_writes_stays_on_its_line(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("webapp.routes.images.find_edition", Stand(error=RuntimeError("wrong")))
    assert client.get(f"/images/{US}/2025%0aERROR%1b[31m.svg?utm_source=%0a{'x' * 900}").status_code == 500
    (record,) = caplog.records
    assert "\n" not in record.getMessage()
    assert "\x1b" not in record.getMessage()
    assert len(record.getMessage()) < 400


@pytest.mark.slow
def test_the_log_of_a_server_has_the_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = tmp_path / "said.txt"
    monkeypatch.setenv("CLAUSEMAP_CACHE", str(tmp_path))
    with served(said) as address:
        assert status(f"{address}/oembed?url=x&format=xml") == (501, None)
        assert json.loads(urllib.request.urlopen(f"{address}/healthz").read())["status"] == "ok"
    assert "501 GET '/oembed?url=x&format=xml'" in said.read_text()
    assert "Traceback" in said.read_text()

"""The log of requests: one line of JSON each, with what an operator needs and nothing about the reader."""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from webapp.observing.counts import RequestCounts
from webapp.observing.observed import HEADER, Observed
from webapp.observing.request_log import RequestLog, open_log
from webapp.observing.route_names import RouteNames

ASKED = {"REQUEST_METHOD": "GET", "PATH_INFO": "/en/", "QUERY_STRING": "place=Kyiv", "REMOTE_ADDR": "192.0.2.7"}
RULES = ("/", "/healthz", "/<lang>", "/<lang>/", "/<lang>/map/<proposal_id>", "/layers/<proposal_id>/<date>.geojson",
         "/embed/<lang>/<proposal_id>", "/ogc/<path:path>")  # fmt: skip
ROUTES = RouteNames(RULES, ("en", "uk"), "/of")


def application(asked: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if asked["PATH_INFO"] == "/raise":
        raise RuntimeError("wrong")
    status = asked["PATH_INFO"].removeprefix("/status/") if "status" in asked["PATH_INFO"] else "200 OK"
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]


def ask(observed: Observed, **asked: str) -> dict[str, str]:
    """The headers of a response."""
    sent: list[tuple[str, str]] = []

    def started(_: str, headers: list[tuple[str, str]], __: Any = None) -> Any:
        sent.extend(headers)

    assert list(observed({**ASKED, **asked}, started)) == [b"hello"]
    return dict(sent)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


@pytest.fixture
def log(tmp_path: Path) -> Iterable[RequestLog]:
    found = open_log(str(tmp_path / "log"))
    yield found
    os.close(found.file)


def test_a_line_has_what_is_promised_and_no_more(log: RequestLog, tmp_path: Path) -> None:
    headers = ask(Observed(application, ROUTES, log))
    (line,) = lines(tmp_path / "log")
    assert line.pop("time").endswith("Z")
    assert line.pop("ms") < 1000
    assert line == {"method": "GET", "path": "/en/", "status": 200, "bytes": 5, "id": headers[HEADER]}


def test_the_address_of_a_reader_is_logged_where_it_is_wanted(tmp_path: Path) -> None:
    for proxies in (0, 1):
        log = open_log(str(tmp_path / "log"), proxies)
        ask(Observed(application, ROUTES, log), HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.5")
        os.close(log.file)
    assert [line["address"] for line in lines(tmp_path / "log")] == ["192.0.2.7", "203.0.113.5"]


@pytest.mark.parametrize(
    ("method", "path", "length"),
    [("HEAD", "/en/", 0), ("GET", "/status/304 Not Modified", 0), ("GET", "/status/404 Not Found", 5)],
)
def test_the_bytes_are_those_of_the_body(log: RequestLog, tmp_path: Path, method: str, path: str, length: int) -> None:
    ask(Observed(application, ROUTES, log), REQUEST_METHOD=method, PATH_INFO=path)
    assert lines(tmp_path / "log")[0]["bytes"] == length


def test_what_a_client_writes_stays_on_its_line(log: RequestLog, tmp_path: Path) -> None:
    kyiv = "/Київ".encode().decode("latin-1")
    for path in ('/a"\n{"x": 1}\x1b', kyiv, "/\xff", "/" + "x" * 9000):
        ask(Observed(application, ROUTES, log), PATH_INFO=path, REQUEST_METHOD='G"')
    paths = [line["path"] for line in lines(tmp_path / "log")]
    assert paths[:3] == ['/a"\n{"x": 1}\x1b', "/Київ", "/\ufffd"]
    assert len(paths[3]) == 2000


def test_a_request_that_fails_is_logged_as_500(log: RequestLog, tmp_path: Path) -> None:
    counts = RequestCounts()
    with pytest.raises(RuntimeError):
        ask(Observed(application, ROUTES, log, counts), PATH_INFO="/raise")
    assert lines(tmp_path / "log")[0]["status"] == 500
    assert counts.series['clausemap_requests_total{route="other",status="500"}'] == 1


@pytest.mark.parametrize("given", ["", "a b", 'x"', "x" * 129, "ї", "a\nb"])
def test_an_id_that_is_not_valid_is_replaced(given: str) -> None:
    observed = Observed(application, ROUTES)
    first, second = (ask(observed, HTTP_X_REQUEST_ID=given)[HEADER] for _ in range(2))
    assert given not in (first, second)
    assert first != second


def test_an_id_of_a_proxy_is_taken_and_others_differ_between_workers() -> None:
    assert ask(Observed(application, ROUTES), HTTP_X_REQUEST_ID="proxy.1_a-2")[HEADER] == "proxy.1_a-2"
    assert len({ask(Observed(application, ROUTES))[HEADER] for _ in range(100)}) == 100


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "/"),
        ("/healthz", "/healthz"),
        ("/en", "/<lang>/"),
        ("/uk/", "/<lang>/"),
        ("/en/map/us-28-points", "/<lang>/map"),
        ("/of/en/map/us-28-points", "/<lang>/map"),
        ("/layers/us-28-points/latest.geojson", "/layers"),
        ("/embed/en/us-28-points", "/embed"),
        ("/ogc/collections/x", "/ogc"),
        ("/pl/map/us-28-points", "other"),
        ("/en/nowhere", "other"),
        ("/wp-login.php", "other"),
        ("", "/"),
    ],
)
def test_routes_have_few_names(path: str, name: str) -> None:
    assert ROUTES(path) == name

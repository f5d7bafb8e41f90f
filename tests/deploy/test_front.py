"""The lines for nginx: passed on, limited, and with one id of a request in both logs."""

import json
import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import free_port
from tests.fire.servers import connections, sent
from tests.nginx import front_lines, nginx_server


@pytest.mark.slow
def test_requests_pass_nginx_with_their_id(live_server: str, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    with nginx_server(front_lines(live_server, log), tmp_path, tmp_path) as address:
        with urllib.request.urlopen(f"{address}/en/map/us-28-points?as_of=latest", timeout=60) as answer:
            given = answer.headers["X-Request-ID"]
        assert re.fullmatch(r"[0-9a-f]{32}", given)
        with pytest.raises(urllib.error.HTTPError, match="413"):
            urllib.request.urlopen(urllib.request.Request(f"{address}/en/", data=b"x" * 2000), timeout=60)
    first = log.read_text().splitlines()[0]
    assert '"GET /en/map/us-28-points?as_of=latest HTTP/1.1" 200' in first
    assert first.endswith(given)


@pytest.mark.slow
def test_what_nginx_refuses_itself_gets_a_problem_document(live_server: str, tmp_path: Path) -> None:
    refused = {
        b"\x00\xff\r\n\r\n": 400,
        b"GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n": 400,
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 50_000 + b"\r\n\r\n": 400,
        b"GET /" + b"a" * 50_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n": 414,
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\nConnection: close\r\n\r\n": 413,
    }
    with nginx_server(front_lines(live_server, tmp_path / "access.log"), tmp_path, tmp_path) as address:
        for request, expected in refused.items():
            assert_problem(sent(address, request), expected)
        with connections(address, 80, b"GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n"):
            crowded = sent(address, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert_problem(crowded, 503)
    assert b"\r\nRetry-After: 5\r\n" in crowded


@pytest.mark.slow
def test_a_service_that_is_not_there_is_a_problem_document_of_nginx(tmp_path: Path) -> None:
    lines = front_lines(f"http://127.0.0.1:{free_port()}", tmp_path / "access.log")
    with nginx_server(lines, tmp_path, tmp_path) as address:
        assert_problem(sent(address, b"GET /en/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), 502)


def assert_problem(response: bytes, status: int) -> None:
    """Fail unless a response is a problem document."""
    header, _, body = response.partition(b"\r\n\r\n")
    assert header.split(b" ")[1] == str(status).encode(), response[:300]
    assert b"\r\nContent-Type: application/problem+json\r\n" in header
    document = json.loads(body)
    assert document["status"] == status
    assert document["title"], "each status that nginx gives has a name"

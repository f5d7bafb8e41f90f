"""Connections that say nothing, speak slowly, say half of it or nonsense: others are served, and they are closed."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.conftest import free_port
from tests.documentation.pages import blocks, page
from tests.fire.servers import US, connections, seconds, sent, status
from tests.nginx import front_lines, nginx_server, wait_for_port
from webapp.limits import SILENT_S

SILENT, SLOW = 2000, 300
SOON_S = 5.0
LAYER = f"/layers/{US}/2025-11-20.geojson"
HALF = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"

CLOSE = b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
MALFORMED = {
    "no host": (b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
    "no host, a remembered layer": (f"GET {LAYER} HTTP/1.1\r\nConnection: close\r\n\r\n".encode(), 400),
    "two hosts": (b"GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n", 400),
    "a host of other bytes": (b"GET /healthz HTTP/1.1\r\nHost: \xe9\xff\r\nConnection: close\r\n\r\n", 400),
    "no host, HTTP/1.0": (b"GET /healthz HTTP/1.0\r\n\r\n", 200),
    "nonsense": (b"\x00\xff\r\n\r\n", 400),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"a" * 500, 400),
    "another version": (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 400),
    "a blank in a name": (b"GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400),
    "two lengths": (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
    "a negative length": (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
    "a chunk that is none": (b"POST /" + CLOSE + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", 405),
    "a megabyte of header": (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 1_000_000 + b"\r\n\r\n", 431),
    "thousands of headers": (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: 1\r\n" * 10_000 + b"\r\n", 431),
    "64 kB of query": (b"GET /en/?" + b"a" * 64_000 + CLOSE + b"\r\n", 414),
    "a method that is none": (b"FOO /healthz" + CLOSE + b"\r\n", 405),
    "a tunnel": (b"CONNECT a:1" + CLOSE + b"\r\n", 404),
    "bytes in the path": ("GET /café\x7f".encode("latin-1") + CLOSE + b"\r\n", 400),
    "a path above": (b"GET /static/../../../etc/passwd" + CLOSE + b"\r\n", 404),
    "a path above, encoded": (b"GET /static/%2e%2e/%2e%2e%2fetc/passwd" + CLOSE + b"\r\n", 404),
    "a zero in the path": (b"GET /static/%00" + CLOSE + b"\r\n", 404),
    "a whole address": (b"GET http://elsewhere/healthz" + CLOSE + b"\r\n", 200),
}  # fmt: skip


def slowest_s(address: str) -> float:
    """The longest of some responses."""
    return max(seconds(f"{address}/healthz") for _ in range(10))


@pytest.mark.slow
def test_silent_connections_keep_nobody_out_and_are_closed(live_server: str) -> None:
    opened = time.monotonic()
    with connections(live_server, SILENT) as silent:
        assert slowest_s(live_server) < 1
        assert seconds(f"{live_server}/images/{US}/2025-11-20.svg?size=1201x676"), "drawn with that many files open"
        assert all(one.recv(1) == b"" for one in silent)
    assert time.monotonic() - opened < SILENT_S + 6 * SOON_S


@pytest.mark.slow
@pytest.mark.alone
def test_slow_headers_bodies_and_readers_keep_nobody_out(live_server: str) -> None:
    whole = f"GET {LAYER} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    body = b"GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 99999\r\n\r\nx"
    with (
        connections(live_server, SLOW, HALF),
        connections(live_server, SLOW, body),
        connections(live_server, SLOW, whole),
    ):
        assert slowest_s(live_server) < 1


@pytest.mark.slow
def test_half_a_request_and_what_follows_none_is_closed(live_server: str) -> None:
    with ExitStack() as stack:
        begun = (b"GET / HT", HALF, HALF + b"\r\n")
        halves = [half for part in begun for half in stack.enter_context(connections(live_server, 1, part))]
        start = time.monotonic()
        for half in halves:
            while half.recv(4096):
                pass
        assert time.monotonic() - start < SILENT_S + SOON_S


@pytest.mark.slow
def test_downloads_that_are_broken_off_leave_nothing_behind(live_server: str) -> None:
    for _ in range(200):
        with connections(live_server, 1, f"GET {LAYER} HTTP/1.1\r\nHost: x\r\n\r\n".encode()) as (reader,):
            assert reader.recv(10)
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # closed by a reset
    assert status(f"{live_server}{LAYER}") == (200, None)


@pytest.mark.slow
def test_what_is_no_request_gets_a_status(live_server: str) -> None:
    assert status(f"{live_server}{LAYER}") == (200, None)
    for name, (request, expected) in MALFORMED.items():
        response = sent(live_server, request)
        assert response.split(b" ")[1:2] == [str(expected).encode()], (name, response[:200])
        assert b"root:" not in response
    assert status(f"{live_server}/healthz") == (200, None)


@pytest.mark.slow
def test_nginx_keeps_one_address_from_holding_all_connections(live_server: str, tmp_path: Path) -> None:
    """With the lines that operators get: beyond 64 connections the address gets 503 at once, others are served."""
    lines = front_lines(live_server, tmp_path / "access.log")
    with nginx_server(lines, tmp_path, tmp_path) as front, connections(front, SILENT), connections(front, SLOW, HALF):
        assert slowest_s(front) < 1
        assert slowest_s(live_server) < 1


@contextmanager
def caddy_server(server: str, folder: Path) -> Iterator[str]:
    """Run Caddy with the lines of the docs on a free port; its address."""
    program, port = shutil.which("caddy"), free_port()
    if not program:
        pytest.skip("no Caddy; Debian's package caddy has it")
    (lines,) = blocks("caddy", page("operating.md"))
    lines = lines.replace("{", "{\n  admin off\n  auto_https off", 1).replace(
        "maps.example.org", f"http://127.0.0.1:{port}"
    )
    config = folder / "Caddyfile"
    config.write_text(lines.replace("127.0.0.1:8000", server.removeprefix("http://")))
    environment = {**os.environ, "HOME": str(folder)}
    running = subprocess.Popen([program, "run", "--config", str(config), "--adapter", "caddyfile"], env=environment)
    try:
        wait_for_port(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(timeout=20)


@pytest.mark.slow
def test_caddy_closes_what_is_silent_or_slow(live_server: str, tmp_path: Path) -> None:
    with (
        caddy_server(live_server, tmp_path) as front,
        connections(front, SILENT),
        connections(front, SLOW, HALF) as slow,
    ):
        assert status(f"{front}{LAYER}") == (200, None)
        assert slowest_s(front) < 1
        while slow[0].recv(4096):
            pass

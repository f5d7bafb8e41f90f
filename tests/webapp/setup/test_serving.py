"""Where the server listens, and what it says where it cannot."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import free_port, wait_until_healthy
from webapp.server.serving import ServingError, address_url, check_address
from webapp.setup import ROOT

SECOND_START_S = 10  # a set-up that is done again takes minutes


@pytest.fixture
def taken() -> Iterator[int]:
    """A port of 127.0.0.1 on which something listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_free_port_is_found_and_left_free() -> None:
    address, port = check_address("127.0.0.1", 0)
    assert address == "127.0.0.1"
    assert check_address("127.0.0.1", port) == (address, port)


def test_a_port_in_use_is_refused(taken: int) -> None:
    with pytest.raises(ServingError, match=rf"127\.0\.0\.1:{taken}: the port is in use"):
        check_address("127.0.0.1", taken)


def test_a_port_in_use_is_refused_for_all_addresses_too(taken: int) -> None:
    with pytest.raises(ServingError, match="in use"):
        check_address("0.0.0.0", taken)


@pytest.mark.parametrize("port", [-1, 65536, 80000])
def test_a_port_that_does_not_exist_is_refused(port: int) -> None:
    with pytest.raises(ServingError, match="1 to 65535"):
        check_address("127.0.0.1", port)


@pytest.mark.parametrize("host", ["nosuch.invalid", "a..b", "192.0.2.1"])
def test_a_host_that_is_not_this_machine_is_refused(host: str) -> None:
    with pytest.raises(ServingError, match=r"no such host|not an address of this machine"):
        check_address(host, 0)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("localhost", "http://localhost:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::", "http://[::1]:8000/"),
    ],
)
def test_the_address_that_is_printed_opens_in_a_browser(host: str, url: str) -> None:
    assert address_url(host, 8000) == url


def test_the_server_answers(live_server: str) -> None:
    with urllib.request.urlopen(f"{live_server}/healthz", timeout=5) as answer:
        assert json.load(answer)["status"] == "ok"


@pytest.mark.slow
def test_a_second_server_on_the_port_says_one_line(live_server: str) -> None:
    port = live_server.rpartition(":")[2]
    command = [str(Path(sys.executable).with_name("clausemap")), "serve", "--port", port]
    second = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert second.returncode == 1
    assert second.stdout == ""
    assert len(second.stderr.splitlines()) == 1
    assert f"127.0.0.1:{port}" in second.stderr


@pytest.mark.slow
def test_make_serve_starts_at_once_where_the_set_up_is_done(tmp_path: Path) -> None:
    port, said = free_port(), tmp_path / "said.txt"
    began = time.monotonic()
    with said.open("w") as sink:
        server = subprocess.Popen(
            ["make", "serve"],
            cwd=ROOT,
            env={**os.environ, "HOST": "127.0.0.1", "PORT": str(port)},
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}", server, said)
        assert time.monotonic() - began < SECOND_START_S
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGINT)
        server.wait(timeout=10)
    assert f"http://127.0.0.1:{port}/" in said.read_text()

"""What tests of a service under fire ask of it: processes, connections, statuses."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from tests.conftest import free_port, wait_until_healthy

US = "us-28-points"
SOON_S = 15.0  # whatever is to happen happens then, also on a busy machine
PROC = Path("/proc/self/environ")
CLAUSEMAP = str(Path(sys.executable).with_name("clausemap"))

needs_proc = pytest.mark.skipif(not PROC.exists(), reason="tells processes by /proc")


def seconds(address: str) -> float:
    """How long an answer takes, from its connection to its last byte."""
    start = time.perf_counter()
    with urllib.request.urlopen(address, timeout=60) as answer:
        answer.read()
    return time.perf_counter() - start


def status(address: str) -> tuple[int, str | None]:
    """The status of an answer, and when to ask again."""
    try:
        with urllib.request.urlopen(address, timeout=90) as answer:
            answer.read()
            return answer.status, None
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Retry-After"]


def processes(folder: Path) -> dict[int, int]:
    """The server that keeps its images below a folder and all that it started, each with its parent."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes()
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if f"CLAUSEMAP_CACHE={folder}".encode() in environment.split(b"\0"):
            found[int(process.name)] = int(parent)
    return {one: parent for one, parent in found.items() if one != os.getpid()}


def workers(folder: Path) -> list[int]:
    """The workers: the server's own children."""
    found = processes(folder)
    (server,) = (one for one, parent in found.items() if parent == os.getpid())
    return [one for one, parent in found.items() if parent == server]


def until(reached: Callable[[], bool], within_s: float = SOON_S) -> None:
    """Wait for something that is about to happen."""
    start = time.monotonic()
    while not reached():
        assert time.monotonic() - start < within_s
        time.sleep(0.01)


def answers(address: str) -> bool:
    """Whether the service is up."""
    try:
        return seconds(f"{address}/healthz") < SOON_S
    except OSError:
        return False


def body(address: str) -> bytes:
    """The bytes of an answer."""
    with urllib.request.urlopen(address, timeout=90) as answer:
        return bytes(answer.read())


def alive(server: "subprocess.Popen[bytes]") -> list[int]:
    """A server with a session of its own and all that it started, but those that are dead already."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, _, _, session = (process / "stat").read_text().rpartition(")")[2].split()[:4]
            if int(session) == server.pid and state != "Z":
                found.append(int(process.name))
    return found


@contextmanager
def server_in(folder: Path, *options: str) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Run a server that keeps its images in a folder, in a session of its own; its address and the process.

    What of it is still there at the end is killed, and fails the test.
    """
    port = free_port()
    said = folder / f"said-{port}.txt"
    environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "CLAUSEMAP_CACHE": str(folder)}
    with said.open("w") as sink:
        server = subprocess.Popen(
            [CLAUSEMAP, "serve", *options], env=environment, stdout=sink, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}", server, said)
        yield f"http://127.0.0.1:{port}", server
    finally:
        server.terminate()
        server.wait(timeout=60)
        with suppress(AssertionError):
            until(lambda: not alive(server))
        left = alive(server)
        for one in left:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
    assert not left


@contextmanager
def connections(address: str, count: int, said: bytes = b"") -> Iterator[list[socket.socket]]:
    """Many connections that say the same, or nothing, and then wait."""
    place = ("127.0.0.1", int(address.rpartition(":")[2]))
    with ExitStack() as stack:
        opened = [stack.enter_context(socket.create_connection(place, timeout=60)) for _ in range(count)]
        for one in opened:
            one.sendall(said)
        yield opened


def sent(address: str, request: bytes) -> bytes:
    """The response to what is no request of a client's, as far as it comes."""
    with connections(address, 1, request) as (one,):
        one.settimeout(SOON_S)
        response = b""
        with suppress(OSError):
            while part := one.recv(65536):
                response += part
        return response

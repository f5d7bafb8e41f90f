"""What no client can do to the service: end it, fill it with silence, or have its threads draw; and what it logs."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from tests.conftest import free_port, served
from webapp.app import create_app
from webapp.errors import BusyError
from webapp.jobs import jobs, pool
from webapp.limits import SILENT_S
from webapp.typography.fonts import FontError

US = "us-28-points"
SOON_S = 5.0
SILENT = 1100  # more than granian holds by itself
PROC = Path("/proc/self/environ")
NO_WORKER_STARTS = """
import os, sys
from webapp.server import serving

here, made = os.getpid(), serving.load_worker

def load(*given):
    if os.getpid() != here:
        raise RuntimeError("no memory left")
    return made(*given)

serving.load_worker = load
from webapp.cli import main
main(["serve", "--port", sys.argv[1]])
"""

LIMITED = """
import resource, sys
from webapp.server.workers import connections
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]), int(sys.argv[2])))
print(connections(), resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""

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


def until(reached: Callable[[], bool]) -> None:
    """Wait for something that is about to happen."""
    start = time.monotonic()
    while not reached():
        assert time.monotonic() - start < SOON_S
        time.sleep(0.01)


def answers(address: str) -> bool:
    """Whether the service is up."""
    try:
        return seconds(f"{address}/healthz") < SOON_S
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.costly
@needs_proc
@pytest.mark.parametrize("count", [1, 2])
def test_a_worker_that_is_killed_is_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setenv("CLAUSEMAP_CACHE", str(tmp_path))
    said = tmp_path / "said.txt"
    with served(said, "--workers", str(count)) as address:
        image = f"{address}/images/{US}/2025-11-20.svg"
        assert seconds(image)
        for _ in range(2):  # twice within seconds, which granian takes for a reason to give up
            before = workers(tmp_path)
            assert len(before) == count
            for worker in before:
                os.kill(worker, signal.SIGKILL)
            until(lambda: answers(address))
            until(lambda: len(workers(tmp_path)) == count)
            assert not {*before} & {*processes(tmp_path)}
        until(lambda: len(processes(tmp_path)) == count + 1)  # what drew for the killed ones has ended with them
        assert seconds(f"{image}?lang=uk")
    assert processes(tmp_path) == {}
    assert said.read_text().count("Unexpected exit") == 2 * count


@pytest.mark.slow
def test_workers_that_cannot_start_end_the_server_with_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-c", NO_WORKER_STARTS, str(free_port())]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1] == (
        "clausemap: The workers died again and again, so the server has stopped; see above for why"
    )
    assert "no memory left" in ended.stderr
    assert ended.stderr.count("Unexpected exit") <= 6


def test_a_set_up_that_is_wrong_ends_with_one_line() -> None:
    command = [str(Path(sys.executable).with_name("clausemap")), "serve", "--port", str(free_port())]
    environment = {**os.environ, "CLAUSEMAP_IMAGES_MB": "much"}
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)
    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1
    assert "CLAUSEMAP_IMAGES_MB is 'much'" in ended.stderr


@pytest.mark.costly
@pytest.mark.parametrize(("soft", "held"), [(1024, 8192), (20_000, 8192)])
def test_the_limit_of_open_files_is_raised_for_connections(soft: int, held: int) -> None:
    resource = pytest.importorskip("resource")
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if hard != resource.RLIM_INFINITY and hard < 20_000:
        pytest.skip("fewer files may be opened here")
    told = subprocess.run(
        [sys.executable, "-c", LIMITED, str(soft), str(hard)], capture_output=True, text=True, check=True, timeout=60
    )
    connections, files = map(int, told.stdout.split())
    assert connections == held
    assert files > connections


def test_a_low_limit_of_open_files_leaves_some_for_other_things() -> None:
    pytest.importorskip("resource")
    told = subprocess.run(
        [sys.executable, "-c", LIMITED, "256", "1024"], capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.split() == ["768", "1024"]


@pytest.fixture
def silent(live_server: str) -> Iterator[list[socket.socket]]:
    """Many connections that say nothing."""
    place = ("127.0.0.1", int(live_server.rpartition(":")[2]))
    with ExitStack() as stack:
        yield [stack.enter_context(socket.create_connection(place, timeout=30)) for _ in range(SILENT)]


@pytest.mark.slow
def test_silent_connections_keep_nobody_out_and_are_closed(live_server: str, silent: list[socket.socket]) -> None:
    opened = time.monotonic()
    assert max(seconds(f"{live_server}/healthz") for _ in range(10)) < 1
    assert seconds(f"{live_server}/images/{US}/2025-11-20.svg?size=1201x676"), "drawn with that many files open"
    assert all(one.recv(1) == b"" for one in silent)
    assert time.monotonic() - opened < SILENT_S + SOON_S


@pytest.mark.slow
@pytest.mark.parametrize("begun", [b"GET / HT", b"GET /healthz HTTP/1.1\r\nHost: x\r\n"])
def test_half_a_request_is_closed(live_server: str, begun: bytes) -> None:
    with socket.create_connection(("127.0.0.1", int(live_server.rpartition(":")[2])), timeout=30) as half:
        half.sendall(begun)
        start = time.monotonic()
        assert half.recv(1) == b""
        assert time.monotonic() - start < SILENT_S + SOON_S


@pytest.mark.slow
@pytest.mark.alone
@pytest.mark.parametrize("path", [f"/timelines/{US}.png?", f"/en/timeline/{US}?as_of=latest&"])
def test_others_are_answered_while_64_timelines_are_wanted(live_server: str, catalogue: Catalogue, path: str) -> None:
    days = catalogue.proposal(US).control_dates
    ranges = [(first, last) for first in range(8) for last in range(20, 28)]
    wanted = [f"{live_server}{path}from={days[first]}&to={days[last]}" for first, last in ranges]
    waits = []
    with ThreadPoolExecutor(len(wanted)) as readers:
        asked = [readers.submit(status, address) for address in wanted]
        while not all(one.done() for one in asked):
            waits.append(seconds(f"{live_server}/healthz"))
            time.sleep(0.05)
        told = [one.result() for one in asked]
    assert max(waits) < 1
    assert {code for code, _ in told} == {200, 503}
    assert all(again for code, again in told if code == 503)


@pytest.mark.slow
@pytest.mark.alone
def test_images_that_were_given_up_keep_nobody_waiting(live_server: str) -> None:
    place = ("127.0.0.1", int(live_server.rpartition(":")[2]))
    takes_s = seconds(f"{live_server}/images/{US}/2025-11-20.png?size=1999x1400")
    for number in range(40):
        with socket.create_connection(place) as leaving:
            path = f"/images/{US}/2025-11-20.png?size={2000 + number}x1400"
            leaving.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.02)
    assert seconds(f"{live_server}/healthz") < 1
    assert status(f"{live_server}/images/{US}/2025-11-20.svg?zones=nowhere") == (400, None)
    start = time.monotonic()
    assert status(f"{live_server}/images/{US}/2025-11-20.svg?size=1000x700") == (200, None)
    assert time.monotonic() - start < 5 * takes_s + 1, "two that are being drawn are before it, 24 would be"


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

"""Workers and image processes that die, hang or are told to stop: readers get what they wait for, nothing is left."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import free_port, served
from tests.fire.servers import (
    SOON_S,
    US,
    alive,
    answers,
    body,
    needs_proc,
    processes,
    seconds,
    server_in,
    status,
    until,
    workers,
)

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
main(["serve", "--workers", "1", "--port", sys.argv[1]])
"""

LIMITED = """
import resource, sys
from webapp.server.workers import connections
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]), int(sys.argv[2])))
print(connections(), resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""


@pytest.mark.sweep(1)
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


@pytest.mark.slow
@pytest.mark.costly
@needs_proc
@pytest.mark.parametrize("count", [1, 2])
def test_nothing_outlives_a_server_that_is_killed(tmp_path: Path, count: int) -> None:
    with server_in(tmp_path, "--workers", str(count)) as (address, server):
        assert seconds(f"{address}/images/{US}/2025-11-20.svg")
        assert len(alive(server)) > count + 1
        server.kill()
        server.wait()
        until(lambda: not alive(server))
        with socket.socket() as again:
            again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            again.bind(("127.0.0.1", int(address.rpartition(":")[2])))


@pytest.mark.sweep(1)
@pytest.mark.slow
@pytest.mark.costly
@needs_proc
@pytest.mark.parametrize("to_all", [True, False])
def test_a_stop_leaves_no_reader_without_a_response(tmp_path: Path, to_all: bool) -> None:
    """Also where the signal goes to all processes, as Ctrl+C does."""
    with server_in(tmp_path) as (address, server), ThreadPoolExecutor(20) as readers:
        assert seconds(f"{address}/images/{US}/2025-11-20.svg")
        images = [f"{address}/images/{US}/2025-11-20.png?size={1000 + number}x675" for number in range(20)]
        asked = [readers.submit(status, image) for image in images]
        time.sleep(1)
        os.killpg(server.pid, signal.SIGINT) if to_all else server.terminate()
        told = [one.result() for one in asked]
        assert server.wait(timeout=60) == 0
        assert {code for code, _ in told} <= {200, 503}
        assert all(again for code, again in told if code == 503)
        assert any(code == 200 for code, _ in told)


@pytest.mark.slow
@needs_proc
def test_image_processes_that_die_are_replaced(tmp_path: Path) -> None:
    with server_in(tmp_path, "--workers", "1") as (address, _):
        image = f"{address}/images/{US}/2025-11-20.svg"
        assert seconds(image)
        (worker,) = workers(tmp_path)
        drawing = [one for one, parent in processes(tmp_path).items() if parent == worker]
        assert drawing
        for one in drawing:
            os.kill(one, signal.SIGKILL)
        assert status(f"{image}?lang=uk")[0] in (200, 503)
        until(lambda: status(f"{image}?lang=zh-Hant")[0] == 200)


@pytest.mark.slow
@needs_proc
def test_two_servers_share_a_cache(tmp_path: Path) -> None:
    path = f"/images/{US}/2025-11-20.png?size=1234x700"
    with server_in(tmp_path) as (one, _), server_in(tmp_path) as (other, _), ThreadPoolExecutor(8) as readers:
        bodies = list(readers.map(body, [f"{address}{path}" for address in (one, other) * 4]))
        assert len(set(bodies)) == 1
        shutil.rmtree(tmp_path / "results")
        assert body(f"{one}{path}") == bodies[0], "a cache that vanishes is made again"


@pytest.mark.sweep(1)
@pytest.mark.slow
@needs_proc
@pytest.mark.parametrize("count", ["1", "2"])
def test_a_server_that_has_drawn_ends_at_once(tmp_path: Path, count: str) -> None:
    with server_in(tmp_path, "--workers", count) as (address, server):
        before = len(alive(server))
        assert seconds(f"{address}/images/{US}/2025-11-20.svg")
        assert len(alive(server)) > before
        started = time.monotonic()
        server.terminate()
        server.wait()
        assert time.monotonic() - started < SOON_S, "which is shorter than a stop may take"

"""What the tests share: facts beside the repository, and a server that runs as users run it."""

from __future__ import annotations

import gc
import os
import random
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

from layers.control.workspace import Workspace
from tests.ground import keep_ground
from tests.made_workspace import built_maps, made_workspace
from webapp.disk_cache import DiskCache
from webapp.jobs.pool import close_pool
from webapp.setup import ROOT, in_ci

STARTS_WITHIN_S = 60.0
CASES_OF_A_QUICK_TEST = 2
NEW_OBJECTS = 100_000
PORTS_OF_A_WORKER = 1_000
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
# below those that the system gives out itself: between the choice and the start of a server nobody else takes it
FIRST_PORT = 20_000 + WORKER % 12 * PORTS_OF_A_WORKER
PORTS = cycle(random.sample(range(FIRST_PORT, FIRST_PORT + PORTS_OF_A_WORKER), PORTS_OF_A_WORKER))

keep_ground()
gc.set_threshold(NEW_OBJECTS, 20, 100)  # what is kept for all tests is a million objects, searched each time in vain
settings.register_profile("fixed", derandomize=True, max_examples=30)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `make test` leaves to `make test-slow`, and what that leaves to `make test-wide`.

    Slow are most cases of a test, and most tests in a browser: of a test with many cases the first and the last stay
    quick; of one that is marked as `costly`, since each case starts a program or draws, the first; of the tests in a
    browser the first case of those that are marked as `smoke`. Wide are the cases of a `sweep` but those of its sample.
    """
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for same in cases.values():
        sample = _sample(same)
        for place, item in enumerate(same):
            if place not in sample:
                item.add_marker(pytest.mark.wide)
            if place not in _quick_places(same) or item.get_closest_marker("wide"):
                item.add_marker(pytest.mark.slow)


def _sample(cases: list[pytest.Item]) -> Collection[int]:
    """Which cases of one test CI runs: all, or of a sweep as many as its mark says, evenly spread."""
    sweep = cases[0].get_closest_marker("sweep")
    count = sweep.args[0] if sweep else len(cases)
    if count >= len(cases):
        return range(len(cases))
    return {round(place * (len(cases) - 1) / max(count - 1, 1)) for place in range(count)}


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Have no search for garbage look at modules and tests, which stay."""
    gc.freeze()


def _quick_places(cases: list[pytest.Item]) -> Collection[int]:
    """Which cases of one test `make test` runs."""
    if cases[0].path.parent.name == "browser":
        return {0} if cases[0].get_closest_marker("smoke") else ()
    if cases[0].get_closest_marker("costly"):
        return {0}
    return range(len(cases)) if len(cases) <= CASES_OF_A_QUICK_TEST else {0, len(cases) - 1}


def skip_unless_ci(reason: str) -> NoReturn:
    """End a test that lacks what it needs: skipped on a desk, failed in CI, where nothing may be missing."""
    if in_ci():
        pytest.fail(f"{reason}; in CI this may not be skipped", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the workers of this run share: what one of them has made, the others find."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def made_once(run_folder: Path, name: str, make: Callable[[Path], object]) -> Path:
    """A folder of the run by its name, which its first user fills while the others wait."""
    place, complete = run_folder / name, run_folder / f"{name}.complete"
    with DiskCache(run_folder / "locks").locked(name):
        if not complete.is_file():
            place.mkdir(exist_ok=True)
            make(place)
            complete.touch()
    return place


@pytest.fixture(scope="session", autouse=True)
def drawn_elsewhere(run_folder: Path) -> Iterator[Path]:
    """A folder of this run for images that the service keeps; its drawing processes end with the run."""
    folder = run_folder / "drawn"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAUSEMAP_CACHE", str(folder))
        patch.setattr("webapp.jobs.pool.MAX_PROCESSES", 1)  # a test waits for one image at a time
        yield folder
    close_pool()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of facts and samples beside the repository."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        skip_unless_ci("no ../shared beside the repository")
    return folder


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of ``clausemap serve`` on a free port, without the slash at the end."""
    with served(tmp_path_factory.mktemp("serve") / "said.txt") as address:
        yield address


@pytest.fixture(scope="session")
def built_workspace(run_folder: Path) -> Workspace:
    """A workspace of made control maps, all of them built; nobody writes into it."""
    return Workspace(made_once(run_folder, "workspace", lambda root: built_maps(made_workspace(root))))


@pytest.fixture(scope="session")
def workspace_server(built_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of ``clausemap serve`` with this workspace."""
    said = tmp_path_factory.mktemp("serve") / "said.txt"
    with served(said, "--workspace", str(built_workspace.root)) as address:
        yield address


@contextmanager
def served(said: Path, *options: str) -> Iterator[str]:
    """Run ``clausemap serve`` with options while a test asks it; what it says goes into the file `said`."""
    port = free_port()
    environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port)}
    command = [str(Path(sys.executable).with_name("clausemap")), "serve", *options]
    with said.open("w") as sink:
        server = subprocess.Popen(command, env=environment, stdout=sink, stderr=subprocess.STDOUT)
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}", server, said)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def free_port() -> int:
    """A port of 127.0.0.1 on which nothing listens, and which no other process of this run is given."""
    return next(port for port in PORTS if not listens(port))


def listens(port: int) -> bool:
    """Whether something listens on a port of 127.0.0.1."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until_healthy(address: str, server: subprocess.Popen[bytes], said: Path) -> None:
    """Wait until ``/healthz`` at `address` answers; fail with the server's own words where it does not."""
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    pytest.fail(f"{address}/healthz does not answer; the server said:\n{said.read_text()}", pytrace=False)

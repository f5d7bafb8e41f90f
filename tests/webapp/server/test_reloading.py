"""SIGHUP: what is new in the workspace and in the data is served without a restart, and no request is lost."""

import json
import os
import select
import signal
import socket
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import pytest

from layers.control.workspace import Workspace
from layers.errors import ControlError
from tests.conftest import served
from tests.made_workspace import ONE, made_workspace
from webapp.server import reloading
from webapp.server.draining import stop_accepting
from webapp.server.reloading import ReloadError, forget, found_elsewhere

WITHIN_S = 150  # a map is built
PAUSE_S = 0.05  # else the readers leave no core to what builds the map
US = "us-28-points"


def refused() -> None:
    raise ControlError("gone", "the map is gone")


def ended() -> None:
    os._exit(1)


def test_what_is_found_is_found_in_a_process_of_its_own() -> None:
    assert found_elsewhere(os.getpid) != os.getpid()


@pytest.mark.costly
@pytest.mark.parametrize(("find", "told"), [(refused, "the map is gone"), (ended, "was ended")])
def test_what_cannot_be_found_is_told(find: object, told: str) -> None:
    with pytest.raises(ReloadError, match=told):
        found_elsewhere(find)  # type: ignore[arg-type]


def test_what_was_remembered_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    @lru_cache
    def remembered() -> object:
        return object()

    module = ModuleType("made.module")
    module.__dict__.update(remembered=remembered, other=object())
    monkeypatch.setitem(sys.modules, "made.module", module)
    monkeypatch.setattr(reloading, "HOUSES", ("made",))  # fonts of this process would be opened again
    before = remembered()
    assert remembered() is before
    forget()
    assert remembered() is not before


@pytest.mark.skipif(not hasattr(select, "epoll"), reason="only Linux tells what a process waits at")
def test_a_worker_is_told_of_no_more_connections() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening, select.epoll() as poll, socket.socket() as other:
        poll.register(listening, select.EPOLLIN | select.EPOLLET)
        poll.register(other, select.EPOLLIN)
        with socket.create_connection(listening.getsockname()):
            assert listening.fileno() in dict(poll.poll(5))
            listening.accept()[0].close()
        stop_accepting(listening.fileno())
        with socket.create_connection(listening.getsockname()):
            assert listening.fileno() not in dict(poll.poll(0.05))
            listening.accept()[0].close()  # another process may
        poll.unregister(other)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace without a map; one is beside it."""
    made = made_workspace(tmp_path / "all")
    empty = Workspace(tmp_path / "workspace")
    (empty.root / "control").mkdir(parents=True)
    (made.root / "control" / ONE).rename(tmp_path / ONE)
    return empty


class Readers:
    """Readers that request the same again and again; what they got, by the status or the error."""

    def __init__(self, address: str, count: int) -> None:
        self.address, self.got, self.going = address, Counter[str](), True
        self.threads = [threading.Thread(target=self.read) for _ in range(count)]
        for thread in self.threads:
            thread.start()

    def read(self) -> None:
        while self.going:
            try:
                with urllib.request.urlopen(f"{self.address}/areas/{US}/2025-11-20.json", timeout=30) as answer:
                    answer.read()
                    self.got[str(answer.status)] += 1
                time.sleep(PAUSE_S)
            except OSError as error:
                self.got[repr(error)] += 1

    def ended(self) -> Counter[str]:
        self.going = False
        for thread in self.threads:
            thread.join()
        return self.got


def maps(address: str) -> list[str]:
    """The control maps that the service lists; none where it has the included one alone."""
    with urllib.request.urlopen(f"{address}/catalog.json", timeout=30) as answer:
        return [one["id"] for one in json.load(answer).get("controls", ())]


def reload(said: Path, ending: str) -> None:
    """Send SIGHUP to the server that this process started, and wait for the line that ends it."""
    before = said.read_text()
    (server,) = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()[-1:]
    os.kill(int(server), signal.SIGHUP)
    deadline = time.monotonic() + WITHIN_S
    while ending not in said.read_text()[len(before) :]:
        assert time.monotonic() < deadline, said.read_text()
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.costly
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="tells processes by /proc")
def test_a_new_map_is_served_after_a_signal_and_no_request_is_lost(workspace: Workspace, tmp_path: Path) -> None:
    said = tmp_path / "said.txt"
    with served(said, "--workspace", str(workspace.root), "--workers", "2") as address:
        readers = Readers(address, 8)
        try:
            assert ONE not in maps(address)
            (tmp_path / ONE).rename(workspace.root / "control" / ONE)
            reload(said, "clausemap: reloaded, ")
            until(lambda: all(ONE in maps(address) for _ in range(10)))
            (workspace.root / "corrections.toml").write_text("x = ")
            reload(said, "clausemap: not reloaded, what was served before still is: ")
            assert ONE in maps(address)
            (workspace.root / "corrections.toml").unlink()
            reload(said, "clausemap: reloaded, ")
        finally:
            got = readers.ended()
    assert set(got) == {"200"}, got
    assert got["200"] > 100
    assert said.read_text().endswith("clausemap: stopped\n")


def until(reached: Callable[[], bool]) -> None:
    """Wait for something that is about to happen."""
    deadline = time.monotonic() + WITHIN_S
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.05)

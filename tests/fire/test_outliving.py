"""Commands and starts that are stopped while other processes work for them: none of these lives on."""

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import free_port
from tests.fire.servers import CLAUSEMAP, US, alive, needs_proc, server_in, until
from tests.made_workspace import ONE, made_workspace

STARTED_S = 60.0
WAYS: dict[str, Callable[[Path], list[str]]] = {
    "start": lambda folder: ["serve", "--port", str(free_port()), "--workspace", str(folder / "workspace")],
    "build": lambda folder: [
        *("build", "--workspace", str(folder / "workspace")),
        *("--control", ONE, "--accept-difference", "-o", str(folder / "built")),
    ],
    "publish": lambda folder: ["publish", str(folder / "made"), "--proposal", US, "--few-images"],
    "gallery": lambda folder: ["image", US, "--all", "-o", str(folder / "gallery")],
}


@pytest.mark.sweep(2)
@pytest.mark.slow
@pytest.mark.costly
@needs_proc
@pytest.mark.parametrize(
    ("way", "how"),
    [
        ("start", signal.SIGKILL),
        ("start", signal.SIGTERM),
        ("start", signal.SIGINT),
        ("build", signal.SIGKILL),
        ("publish", signal.SIGKILL),
        ("gallery", signal.SIGKILL),
    ],
)
def test_nothing_outlives_what_started_it(tmp_path: Path, way: str, how: signal.Signals) -> None:
    made_workspace(tmp_path / "workspace")
    environment = {**os.environ, "CLAUSEMAP_CACHE": str(tmp_path)}
    command = [CLAUSEMAP, *WAYS[way](tmp_path)]
    with (tmp_path / "said.txt").open("w") as said:
        running = subprocess.Popen(command, env=environment, stdout=said, stderr=said, start_new_session=True)
    try:
        until(lambda: len(alive(running)) > 2, STARTED_S)
        running.send_signal(how)  # to it alone
        running.wait(timeout=60)
        until(lambda: not alive(running))
        assert how == signal.SIGKILL or "Traceback" not in (tmp_path / "said.txt").read_text()
    finally:
        for one in alive(running):
            os.kill(one, signal.SIGKILL)


@pytest.mark.slow
@needs_proc
def test_nothing_outlives_a_server_that_is_killed_while_it_reloads(tmp_path: Path) -> None:
    (tmp_path / "workspace").mkdir()
    with server_in(tmp_path, "--workspace", str(tmp_path / "workspace")) as (_, server):
        made_workspace(tmp_path / "workspace")
        before = len(alive(server))
        server.send_signal(signal.SIGHUP)
        until(lambda: len(alive(server)) > before + 2, STARTED_S)  # what builds, and what works for it
        server.kill()
        server.wait()
        until(lambda: not alive(server))

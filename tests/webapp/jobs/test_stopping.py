"""A server that has drawn ends at once when it is told to, and its drawing processes with it."""

import os
import time
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import served

ENDS_WITHIN_S = 3.0  # five is when the server kills workers that do not end


def _alive_below(folder: Path) -> list[str]:
    """The processes that keep their images below a folder: a server, its workers and all that they started."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes()
        except OSError:
            continue
        if f"CLAUSEMAP_CACHE={folder}".encode() in environment.split(b"\0"):
            found.append(process.name)
    return [name for name in found if name != str(os.getpid())]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="tells processes by /proc")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_no_process_outlives_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: str) -> None:
    monkeypatch.setenv("CLAUSEMAP_CACHE", str(tmp_path))
    with served(tmp_path / "said.txt", "--workers", workers) as address:
        before = len(_alive_below(tmp_path))
        with urllib.request.urlopen(f"{address}/images/us-28-points/2025-11-20.svg", timeout=60) as answer:
            assert answer.status == 200
        assert len(_alive_below(tmp_path)) > before
        started = time.monotonic()
    assert time.monotonic() - started < ENDS_WITHIN_S
    assert _alive_below(tmp_path) == []

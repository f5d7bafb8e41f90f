"""The unit for systemd: understood, closed, and with what the service needs."""

import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import free_port, wait_until_healthy
from tests.deploy.conftest import bare_environment
from webapp.limits import LAST_WORDS_S
from webapp.settings import VARIABLES, Settings
from webapp.setup import ROOT

UNIT = (ROOT / "deploy" / "clausemap.service").read_text("utf-8")
PROGRAM = "/opt/clausemap/bin/clausemap"
MOST_EXPOSED = 15  # tenths, of 100
# what MemoryDenyWriteExecute=yes does, and then the program
DENIED = """
import ctypes, os, sys
if ctypes.CDLL(None).prctl(65, 1, 0, 0, 0):
    raise SystemExit("no such call")
os.execv(sys.argv[1], sys.argv[1:])
"""
DRAWN = ("images/us-28-points/2025-11-20.png", "images/us-28-points/2025-11-20.pdf", "timelines/us-28-points.png",
         "timelines/us-28-points.xlsx", "layers/us-28-points/2026-01-01.gpkg", "en/map/us-28-points")  # fmt: skip


def values(name: str) -> list[str]:
    """The values of a setting of the unit."""
    return re.findall(rf"^{name}=(.*)$", UNIT, re.MULTILINE)


def test_it_sets_what_the_service_knows_in_folders_that_it_makes() -> None:
    (words,) = values("Environment")
    named = dict(word.split("=") for word in words.split())
    assert set(named) <= set(VARIABLES)
    folders = {"%C": "CacheDirectory", "%S": "StateDirectory", "%L": "LogsDirectory"}
    for path in named.values():
        place, name = path.split("/")[:2]
        assert values(folders[place]) == [name]
    assert [word for word in values("ExecStart")[0].split() if word.startswith("/")] == [PROGRAM]


def test_it_waits_for_a_stop() -> None:
    assert int(values("TimeoutStopSec")[0]) > Settings().stop_within_s + LAST_WORDS_S
    assert values("KillMode") == ["mixed"]


@pytest.mark.slow
def test_systemd_finds_it_right_and_closed(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze; Debian's package systemd has it")
    unit = tmp_path / "clausemap.service"
    unit.write_text(UNIT.replace(PROGRAM, str(Path(sys.executable).with_name("clausemap"))))
    verified = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False, timeout=60
    )
    assert (verified.returncode, verified.stdout + verified.stderr) == (0, "")
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager", str(unit)]
    exposed = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert exposed.returncode == 0, exposed.stdout


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="a call of Linux")
def test_the_service_needs_no_memory_that_is_written_and_executed(tmp_path: Path) -> None:
    port, said = free_port(), tmp_path / "said.txt"
    command = [sys.executable, "-c", DENIED, str(Path(sys.executable).with_name("clausemap")), "serve"]
    environment = bare_environment(PORT=str(port), CLAUSEMAP_CACHE=str(tmp_path / "cache"))
    with said.open("w") as sink:
        server = subprocess.Popen(command, env=environment, stdout=sink, stderr=subprocess.STDOUT)
    try:
        if server.poll() is not None and "no such call" in said.read_text():
            pytest.skip("this Linux cannot deny it")
        wait_until_healthy(f"http://127.0.0.1:{port}", server, said)
        for path in DRAWN:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=150) as answer:
                assert answer.status == 200, path
    finally:
        server.terminate()
        server.wait(timeout=30)

"""Killed in the middle or on a full disk: what was there stays, and nothing half-written is taken for a map."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geo.errors import ClausemapError
from layers.catalogue.model import load_catalogue
from layers.control.workspace import Workspace
from tests.layers.readers.made import collection, feature, polygon, saved, square
from webapp.cli import main

DAY = "2025-11-20"
CLAUSEMAP = str(Path(sys.executable).with_name("clausemap"))
BUILD = ("build", "--control", "own", "--accept-difference")  # a square is far from the other maps of its day
DEADLY = """
import os, signal, sys
from pathlib import Path
from webapp.cli import main

where, count, *arguments = sys.argv[1:]
left = [int(count)]

def deadly(original):
    def call(*given, **named):
        left[0] -= 1
        if left[0] == 0:
            if where == "write":
                given[0].write(bytes(given[1])[:300])
                given[0].flush()
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*given, **named)
    return call

if where == "write":
    opened = os.fdopen
    class File:
        def __init__(self, *given):
            self.file = opened(*given)
        def __enter__(self):
            return self
        def __exit__(self, *given):
            self.file.close()
        def write(self, content):
            deadly(lambda file, content: file.write(content))(self.file, content)
    os.fdopen = lambda *given: File(*given)
elif where == "replace":
    Path.replace = deadly(Path.replace)
elif where == "rename":
    Path.rename = deadly(Path.rename)
main(arguments)
"""
FULL_DISK = """
import resource, signal, sys
from webapp.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
main(sys.argv[1:])
"""


def made(folder: Path, west: float = 36.0) -> Path:
    return saved(folder, collection(feature(polygon(square(west)))), f"west-{west:.0f}.geojson")


def clausemap(*arguments: str | Path) -> Result:
    """A command as it is."""
    return CliRunner().invoke(main, list(map(str, arguments)))


def disturbed(code: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own with something in its way."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=False
    )


def importing(workspace: Path, file: Path) -> list[str | Path]:
    return ["control", "import", file, "--as-of", DAY, "--name", "own", "--accept-difference", "--workspace", workspace]


def listed(workspace: Path) -> dict[str, list[str]]:
    found = json.loads(clausemap("control", "list", "--format", "json", "--workspace", workspace).stdout)
    return {entry["name"]: entry["days"] for entry in found["control"] if entry["name"] != "embedded"}


@pytest.mark.sweep(1)
@pytest.mark.slow
@pytest.mark.parametrize("moment", ["write", "replace"])
def test_an_import_that_is_killed_while_it_writes(tmp_path: Path, moment: str) -> None:
    workspace = tmp_path / "workspace"
    killed = disturbed(DEADLY, moment, "1", *importing(workspace, made(tmp_path)))
    assert killed.returncode == -signal.SIGKILL
    assert listed(workspace) == {}
    assert clausemap(*importing(workspace, made(tmp_path))).exit_code == 0
    before = (workspace / f"control/own/{DAY}.geojson").read_bytes()
    again = disturbed(DEADLY, moment, "1", *importing(workspace, made(tmp_path, 37)))
    assert again.returncode == -signal.SIGKILL
    assert listed(workspace) == {"own": [DAY]}
    assert (workspace / f"control/own/{DAY}.geojson").read_bytes() == before
    assert Workspace(workspace).shelf("own")[DAY].levels["held"].bounds[0] == 36


@pytest.mark.sweep(1)
@pytest.mark.slow
@pytest.mark.parametrize(("moment", "count"), [("replace", 9), ("rename", 1), ("rename", 2)])
def test_a_build_that_is_killed_while_it_writes(tmp_path: Path, moment: str, count: int) -> None:
    workspace, root = tmp_path / "workspace", tmp_path / "built"
    assert clausemap(*importing(workspace, made(tmp_path))).exit_code == 0
    build: list[str | Path] = [*BUILD, "--incomplete", "--workspace", workspace, "-o", root]
    if count == 2:  # between the two renames, which only a folder that is there already needs
        assert clausemap(*build).exit_code == 0
    assert disturbed(DEADLY, moment, str(count), *build).returncode == -signal.SIGKILL
    assert not root.exists()
    with pytest.raises(ClausemapError, match="not there; run 'clausemap build' first"):
        load_catalogue(root)
    done = clausemap(*build)
    assert done.exit_code == 0, done.stderr
    catalogue = load_catalogue(root)
    for proposal in catalogue.proposals.values():
        assert all(catalogue.read(edition.products["layer"]) for edition in proposal.editions.values())


@pytest.mark.sweep(1)
@pytest.mark.slow
@pytest.mark.parametrize("command", ["import", "build"])
def test_killed_at_any_moment(tmp_path: Path, shared: Path, command: str) -> None:
    """Whatever the moment, there is nothing or all of it."""
    workspace, root = tmp_path / "workspace", tmp_path / "built"
    sample = shared / "samples/control/uacontrolmap_2025-11-20.json"
    arguments = importing(workspace, sample)
    if command == "build":
        assert clausemap(*arguments).exit_code == 0
        arguments = ["build", "--control", "own", "--workspace", workspace, "-o", root]
    started = time.monotonic()
    assert subprocess.run([CLAUSEMAP, *map(str, arguments)], capture_output=True, check=False).returncode == 0
    takes_s = time.monotonic() - started
    whole = (root / "catalog.json" if command == "build" else workspace / f"control/own/{DAY}.geojson").read_bytes()
    for step in range(3):
        process = subprocess.Popen(
            [CLAUSEMAP, *map(str, arguments)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(takes_s * (0.4 + 0.2 * step))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        if command == "build":
            assert not root.exists() or load_catalogue(root).index == whole
        else:
            assert listed(workspace) == {"own": [DAY]}
            assert (workspace / f"control/own/{DAY}.geojson").read_bytes() == whole


@pytest.mark.slow
def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    assert clausemap(*importing(workspace, made(tmp_path))).exit_code == 0
    path = workspace / f"control/own/{DAY}.geojson"
    before = path.read_bytes()
    full = disturbed(FULL_DISK, *importing(workspace, made(tmp_path, 37)))
    assert full.returncode == 1
    assert "could not be written (File too large); free space or mend the permissions" in full.stderr
    assert "Traceback" not in full.stderr
    assert full.stdout == ""
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.mark.slow
def test_a_full_disk_leaves_no_half_of_a_build(tmp_path: Path) -> None:
    workspace, root = tmp_path / "workspace", tmp_path / "built"
    assert clausemap(*importing(workspace, made(tmp_path))).exit_code == 0
    full = disturbed(FULL_DISK, *BUILD, "--incomplete", "--workspace", workspace, "-o", root)
    assert full.returncode == 1
    assert "could not be written" in full.stderr
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["west-36.geojson", "workspace"]

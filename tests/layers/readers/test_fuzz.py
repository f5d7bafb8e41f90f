"""Changed files of control maps: the right figure within 0.5 %, or a message of one line, within 20 s and 1 GiB.

Try N again with ``python -m tests.layers.readers.fuzzing ../shared/samples N N+1``.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner

from tests.layers.readers.changes import CHANGES
from tests.layers.readers.fuzzing import FOREIGN, PART_REAL, SMALL, tried
from webapp.cli import main
from webapp.setup import ROOT

QUICK, PART, PARTS = 8, 10, 8
CLAUSEMAP = str(Path(sys.executable).with_name("clausemap"))


def findings(samples: Path, first: int, last: int) -> Iterator[dict[str, Any]]:
    """What is wrong with tries by their numbers; a try that ended its process is one, and the others go on."""
    while first < last:
        command = [sys.executable, "-W", "error::ResourceWarning", "-m", "tests.layers.readers.fuzzing", str(samples)]
        done = subprocess.run(
            [*command, str(first), str(last)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=900
        )
        lines = done.stdout.splitlines()
        yield from (json.loads(line) for line in lines if line.startswith("{"))
        if done.stderr:
            yield {"number": f"{first} to {last}", "problem": f"stderr: {done.stderr[-500:]}"}
        numbers = [int(line) for line in lines if line.isdigit()]
        if done.returncode == 0 or not numbers:
            return
        yield {"number": numbers[-1], "problem": f"ended with {done.returncode}: too long, or too much memory"}
        first = numbers[-1] + 1


def test_some_changed_files_are_read_or_refused(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, so without bounds."""
    monkeypatch.setattr("signal.alarm", lambda seconds: None)
    assert [found for number in range(QUICK) if (found := tried(shared / "samples", number))] == []


@pytest.mark.sweep(1)
@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_many_changed_files_are_read_or_refused(shared: Path, part: int) -> None:
    assert list(findings(shared / "samples", part * PART, (part + 1) * PART)) == []


def test_every_change_changes_something(shared: Path) -> None:
    """A change that never applies would test nothing."""
    faults = shared / "samples/faults"
    contents = {name: {name: (faults / name).read_bytes()} for name in SMALL}
    for change, _ in CHANGES.values():
        made = [change(Random(seed), dict(files)) for seed, files in enumerate(contents.values())]
        assert any(one is not None and one != files for one, files in zip(made, contents.values(), strict=True))
    assert 0 < PART_REAL < 1


@pytest.mark.wide
def test_no_foreign_word_reaches_a_reader(shared: Path) -> None:
    """Every fourth file of the faults, and those beside them, through ``check`` with all warnings on."""
    faults = shared / "samples/faults"
    files = sorted(str(path) for path in faults.iterdir())[::4]
    environment = {**os.environ, "PYTHONWARNINGS": "default"}
    done = subprocess.run(
        [CLAUSEMAP, "control", "check", *files],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 1
    assert done.stderr == ""
    heads = [line for line in done.stdout.splitlines() if line and not line.startswith("  ")]
    assert [head.rpartition(": ")[0] for head in heads] == files
    assert {head.rpartition(": ")[2] for head in heads} == {"usable", "UNUSABLE"}
    told = done.stdout.replace("0x", "")
    assert [word for word in FOREIGN if word in told] == []


@pytest.mark.costly
@pytest.mark.parametrize("name", ["b01_two_layers.gpkg", "t11_map.sqlite", "t04_no_shx.shp", "j34_topojson.json"])
def test_no_foreign_word_reaches_a_reader_of_boundaries(
    shared: Path, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    done = CliRunner().invoke(main, ["boundaries", "check", str(shared / "samples/faults" / name)])
    told = done.stderr + "".join(capfd.readouterr())  # libraries write past Python
    assert [word for word in FOREIGN if word in done.stdout + told] == []
    assert all(line.startswith(("clausemap: ", *"0123456789")) for line in told.splitlines())

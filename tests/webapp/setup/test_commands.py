"""What people are told to type is what runs here too."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from webapp.setup import ROOT


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))


def make_commands(text: str) -> set[str]:
    return set(re.findall(r"(?:^|[`=\s])make ([a-z-]+)", text))


def test_the_readme_names_targets_that_exist() -> None:
    named = make_commands((ROOT / "README.md").read_text("utf-8"))
    assert {"serve", "test"} <= named
    assert named <= targets()


def test_ci_runs_the_test_command_of_the_readme() -> None:
    run = make_commands((ROOT / ".ci" / "run").read_text("utf-8"))
    assert {"test", "test-slow", "lint"} <= run <= targets()


def test_make_alone_lists_every_target() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^  make ([a-z-]+)", listed, flags=re.MULTILINE)) == targets()


def test_make_all_is_the_quick_and_the_slow() -> None:
    assert re.search(r"^test-all: test test-slow\b", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)


@pytest.mark.parametrize(("failing", "status"), [("nothing", 0), ("test", 1), ("lint", 1), ("build", 1)])
def test_ci_runs_every_part_and_fails_where_one_does(tmp_path: Path, failing: str, status: int) -> None:
    stub = f'#!/bin/sh\necho "$*: 3 passed"\n[ "$1" != {failing} ]\n'
    for name in ("make", ".venv/bin/clausemap"):
        program = tmp_path / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(stub)
        program.chmod(0o755)
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    ended = subprocess.run([tmp_path / ".ci" / "run"], env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == status
    assert ended.stdout.count("3 passed") == 8  # four parts, each when it runs and again at the end
    assert ended.stdout.count("FAILED") == status

"""What people are told to type is what runs here too."""

import re
import subprocess

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

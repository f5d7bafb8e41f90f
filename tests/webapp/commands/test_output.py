"""Output that is full, closed or of ASCII, a reader that went away, and help that is readable."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from webapp.cli import main
from webapp.commands.streams import one_line

CLAUSEMAP = str(Path(sys.executable).with_name("clausemap"))
GOOD = "samples/faults/00_good_base.geojson"
UNITS = "samples/boundaries/adm1_osm_land.geojson"
QUICK = (
    ("areas", "us-28-points", "--lang", "uk"),
    ("--help",),
    ("areas", "us-28-points", "--format", "csv"),
    ("proposals", "--format", "json"),
)
SAYING = (
    *QUICK,
    ("--version",),
    ("areas", "us-28-points", "--lang", "zh-Hant"),
    ("areas", "--help"),
    ("proposals",),
    ("control", "list"),
    ("control", "check", GOOD),
)
SLOW = (
    ("areas", "us-28-points", "--format", "json"),
    ("control", "check", GOOD, "--format", "json"),
    ("control", "diff", "2025-11-20", "2026-01-01", "--oblasts"),
    ("boundaries", "check", UNITS),
)
SAYS = pytest.mark.parametrize("words", [*SAYING, *(pytest.param(one, marks=pytest.mark.slow) for one in SLOW)])
SAYS_QUICKLY = pytest.mark.parametrize("words", QUICK, ids=" ".join)


@pytest.fixture
def given(shared: Path, tmp_path: Path) -> Any:
    """Arguments with their samples and a workspace of their own."""

    def filled(words: tuple[str, ...]) -> list[str]:
        found = [str(shared / word) if word.startswith("samples/") else word for word in words]
        return found if words[:2] != ("control", "list") else [*found, "--workspace", str(tmp_path)]

    return filled


def run(arguments: list[str], **how: Any) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **how.pop("env", {})}
    how.setdefault("stderr", subprocess.PIPE)
    return subprocess.run([CLAUSEMAP, *arguments], env=environment, check=False, timeout=60, **how)


def _told(stderr: bytes) -> list[str]:
    return [line for line in stderr.decode().splitlines() if "stdout" in line or "Traceback" in line]


@pytest.mark.costly
@pytest.mark.parametrize("words", [*QUICK, *(pytest.param(one, marks=pytest.mark.slow) for one in SLOW)])
def test_a_full_disk_is_told_in_one_line(given: Any, words: tuple[str, ...]) -> None:
    """Of text, tables, help and files, short and long: what is said does not decide how it is written."""
    with Path("/dev/full").open("wb") as full:
        done = run(given(words), stdout=full)
    assert done.returncode == 1
    assert _told(done.stderr) == [
        "clausemap: stdout cannot be written (No space left on device); send it to another place"
    ]


@pytest.mark.slow
@SAYS_QUICKLY
def test_without_an_output_it_is_told_in_one_line(given: Any, words: tuple[str, ...]) -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$0" "$@" >&-', CLAUSEMAP, *given(words)], stderr=subprocess.PIPE, check=False, timeout=60
    )
    assert done.returncode == 1
    assert _told(done.stderr) == ["clausemap: stdout cannot be written (it is closed); send it to another place"]


@pytest.mark.costly
@SAYS_QUICKLY
def test_a_reader_that_went_away_is_no_failure_to_speak_of(given: Any, words: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = run(given(words), stdout=writing)
    os.close(writing)
    assert done.returncode == 1
    assert _told(done.stderr) == []
    assert b"Broken pipe" not in done.stderr


@pytest.mark.costly
@SAYS
def test_letters_that_a_terminal_lacks_are_marks(given: Any, words: tuple[str, ...]) -> None:
    done = run(given(words), stdout=subprocess.PIPE, env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert done.stderr.isascii()
    as_bytes = words[0] == "areas" and "--format" in words  # the file as it is
    assert as_bytes or done.stdout.isascii()


def test_a_machine_without_a_language_of_its_own_fails_nothing() -> None:
    setting = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run(["areas", "us-28-points", "--lang", "uk"], stdout=subprocess.PIPE, env=setting)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


@pytest.mark.slow
@pytest.mark.parametrize("buffering", ["", "1"])
def test_what_is_not_buffered_is_told_alike(given: Any, buffering: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(given(("proposals",)), stdout=full, env={"PYTHONUNBUFFERED": buffering})
    assert (done.returncode, len(_told(done.stderr))) == (1, 1)


@pytest.mark.slow
@SAYS_QUICKLY
def test_with_nobody_to_tell_it_ends_all_the_same(given: Any, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(given(words), stdout=full, stderr=full)
    assert done.returncode == 1
    closed = subprocess.run(["sh", "-c", 'exec "$0" "$@" >/dev/null 2>&-', CLAUSEMAP, *given(words)], check=False)
    assert closed.returncode == 0


MESSAGES_AND_A_PROCESS = """
import multiprocessing, sys
from webapp.commands.streams import prepare_streams
prepare_streams()
print("something", file=sys.stderr, flush=True)
for way in ("fork", "spawn"):
    process = multiprocessing.get_context(way).Process(target=int)
    process.start()
    process.join()
print("started")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes are forked here")
@pytest.mark.slow
@pytest.mark.parametrize("gone", [False, True], ids=["full", "gone"])
def test_messages_that_cannot_be_told_keep_no_process_from_starting(gone: bool) -> None:
    reading, writing = os.pipe() if gone else (os.open(os.devnull, os.O_RDONLY), os.open("/dev/full", os.O_WRONLY))
    os.close(reading)
    command = [sys.executable, "-c", MESSAGES_AND_A_PROCESS]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=writing, check=False, timeout=60)
    os.close(writing)
    assert (done.returncode, done.stdout) == (0, b"started\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [("nonsense",), ("areas", "nonsense"), ("areas",), ("control", "check", "none.kml")], ids=" ".join
)
def test_refusals_need_no_place_to_be_told(words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(list(words), stdout=full, stderr=full)
    assert done.returncode in {1, 2}


@pytest.mark.costly
@pytest.mark.parametrize("form", ["export", "image", "timeline"])
def test_files_are_written_whatever_becomes_of_the_output(tmp_path: Path, form: str) -> None:
    path = tmp_path / {"export": "x.geojson", "image": "x.txt", "timeline": "x.csv"}[form]
    command = ["sh", "-c", 'exec "$0" "$@" >&-', CLAUSEMAP, form, "us-28-points", "-o", str(path)]
    done = subprocess.run(command, stderr=subprocess.PIPE, check=False, timeout=60)
    assert done.returncode == 0
    assert path.stat().st_size > 500
    assert b"clausemap:" not in done.stderr


def test_an_error_of_the_system_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "x\ny"))

    monkeypatch.setattr("webapp.cli.find_edition", fails)
    result = CliRunner().invoke(main, ["areas", "us-28-points"])
    assert result.exit_code == 1
    assert result.stderr == f"clausemap: {tmp_path}/x y: Permission denied\n"
    assert "Traceback" in CliRunner().invoke(main, ["--debug", "areas", "us-28-points"]).stderr


@pytest.mark.slow
def test_names_that_move_a_cursor_are_shown_as_marks(tmp_path: Path) -> None:
    path = tmp_path / "a\nb\x1b[31m\udcff.geojson"
    path.write_bytes(b"[]")
    done = run(["control", "check", str(path)], stdout=subprocess.PIPE)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0].endswith(b"a b?[31m?.geojson: UNUSABLE")
    again = run(["control", "import", str(path), "--as-of", "2025-11-20"], stdout=subprocess.PIPE)
    assert again.returncode == 1
    assert len(again.stderr.splitlines()) == 1


def test_a_message_is_one_line_whatever_it_names() -> None:
    assert one_line("a\u2028b\x00 ї 🇺🇦") == "a b? ї 🇺🇦"


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command and group by its words."""
    yield path
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


@pytest.mark.parametrize("path", list(commands(main)), ids=" ".join)
def test_help_has_its_examples_on_lines_of_their_own(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*path, "--help"])
    assert result.exit_code == 0
    assert "\b" not in result.output
    assert "\\b" not in result.output
    lines = [line.strip() for line in result.output.splitlines()]
    examples = [line for line in lines if "Example" in line]
    assert all(line.startswith("Example") for line in examples)
    if len(path) and path not in {("control",), ("boundaries",)}:
        assert len(examples) == 1
        assert [line for line in lines if line.startswith((" ".join(("clausemap", *path)), "Example: clausemap"))]

"""``clausemap timeline``: the same files as the service gives, of a range and of some zones."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from webapp.cli import main

US = "us-28-points"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["timeline", *map(str, arguments)])


@pytest.mark.sweep(1)
@pytest.mark.costly
@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "svg", "png"])
def test_the_command_writes_what_the_service_gives(client: FlaskClient, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"timeline.{form}"
    done = run(US, "--lang", "uk", "--from", "2025-06-01", "-o", path)
    assert done.exit_code == 0, done.output
    assert "2025-06-01 to 2026-08-21. A proposal, not in force." in done.stderr
    assert path.read_bytes() == client.get(f"/timelines/{US}.{form}?lang=uk&from=2025-06-01").data


def test_zones_are_named_together_or_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    done = run(US, "--zones", "donetsk-buffer, crimea", "--zone", "russian-held", "--to", "2024-08-14", "-o", path)
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    assert [row["zone"] for row in rows] == ["crimea", "donetsk-buffer", "russian-held"]
    assert {row["as_of"] for row in rows} == {"2024-08-01"}


def test_latest_is_the_newest_map(tmp_path: Path) -> None:
    path = tmp_path / "last.json"
    assert run(US, "--from", "latest", "-o", path).exit_code == 0
    assert json.loads(path.read_bytes())["dates"] == ["2026-08-21"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("nowhere", "-o", "x.csv"), 1, "unknown proposal"),
        ((US, "--zones", "nowhere", "-o", "x.csv"), 1, "donetsk-buffer"),
        ((US, "--from", "2025-11-24", "--to", "2025-11-30", "-o", "x.csv"), 1, "choose a range that holds one"),
        ((US, "--from", "2025-12-01", "--to", "2025-11-01", "-o", "x.csv"), 1, "turn them round"),
        ((US, "--from", "1.12.2025", "-o", "x.csv"), 1, "YYYY-MM-DD"),
        ((US, "-o", "x.pdf"), 2, ".csv, .xlsx, .json, .svg, .png"),
        ((US,), 2, "--output"),
    ],
)
def test_what_is_refused(
    arguments: tuple[str, ...], code: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.exit_code == code
    assert words in done.stderr
    assert list(tmp_path.iterdir()) == []

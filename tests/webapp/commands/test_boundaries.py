"""``clausemap boundaries`` and the table of other outlines on the page of areas."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from layers.proposal.loading import load_proposal
from layers.reference.reference_data import load_reference_data
from layers.reference.register import SOURCES, read_rows
from tests.webapp.markup import read_html
from tests.words import LANGUAGES, text
from webapp.cli import main

EMBEDDED = SOURCES / "oblasts.geojson"


def run(*arguments: str | Path) -> Result:
    """Run a command of the group."""
    return CliRunner().invoke(main, ["boundaries", *map(str, arguments)])


@pytest.mark.parametrize("command", ["check", "effect"])
def test_each_command_says_what_it_does(command: str) -> None:
    shown = run(command, "--help")
    assert shown.exit_code == 0
    assert f"Example: clausemap boundaries {command}" in shown.stdout


def test_check_shows_units_areas_and_findings() -> None:
    shown = run("check", EMBEDDED)
    assert shown.exit_code == 0
    assert next(line for line in shown.stdout.splitlines() if line.startswith("UA-65")).split() == [
        "UA-65", "Kherson", "26,167.0", "28,461", "-8.1", "26,167.0",
    ]  # fmt: skip
    assert "told unit-off: Kyiv City (UA-30)" in shown.stdout
    assert "27 of 27 units; can be used" in shown.stderr


def test_check_as_json_and_exit_1_for_what_cannot_be_used(shared: Path) -> None:
    shown = run("check", shared / "samples/boundaries/kherson_mainland-as-hole.geojson", "--format", "json")
    assert shown.exit_code == 1
    document = json.loads(shown.stdout)
    assert set(document) == {"file", "sha256", "usable", "units", "findings"}
    assert (document["usable"], document["units"]) == (False, [])
    assert {finding["code"] for finding in document["findings"]} == {"mainland-is-hole", "unit-lacking"}


def test_a_file_that_is_none_ends_with_one_line(tmp_path: Path) -> None:
    for command in ("check", "effect"):
        refused = run(command, tmp_path / "absent.geojson")
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert len(refused.stderr.strip().splitlines()) == 1


@pytest.mark.slow
def test_effect_writes_a_table_or_prints_it(tmp_path: Path) -> None:
    assert run("effect", EMBEDDED, "-o", tmp_path / "effect.csv").exit_code == 0
    rows = read_rows(tmp_path / "effect.csv")
    assert {row["difference_km2"] for row in rows} == {"0.0"}
    assert run("effect", EMBEDDED).stdout.encode() == (tmp_path / "effect.csv").read_bytes()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("proposal_id", ["us-28-points", "ukraine-20-points"])
def test_the_page_of_areas_shows_zones_on_both_outlines(client: FlaskClient, proposal_id: str, lang: str) -> None:
    tree = read_html(client.get(f"/{lang}/areas/{proposal_id}?as_of=2026-01-01").text)
    section = tree.one("section", aria_labelledby="outlines-heading")
    assert text(lang, "outlines.note").replace("\u00a0", " ") in section.words
    rows = section.one("tbody").all("tr")
    parts = {zone.id for zone in load_proposal(proposal_id, load_reference_data().names).zones if zone.partition}
    parts |= {f"withdrawal-{oblast}" for oblast in ("kharkiv", "sumy", "dnipropetrovsk")}
    kept = [
        row
        for row in read_rows(SOURCES / "outline-effect.csv")
        if row["proposal"] == proposal_id and row["zone"] in parts
    ]
    assert len(rows) == len(kept)
    if (lang, proposal_id) == ("en", "us-28-points"):
        shown = {row.one("th").words: [cell.words for cell in row.all("td")] for row in rows}
        assert shown["Donetsk buffer zone"] == ["Donetsk oblast", "5,980", "5,910", "\u221264 km² (\u22121.1%)"]
        assert shown["Kherson oblast, frozen part"][1:3] == ["19,100", "19,300"]

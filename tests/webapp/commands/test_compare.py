"""``clausemap build --compare``: what a build has otherwise than an earlier one."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from layers.catalogue.model import COMMITTED, load_catalogue
from webapp.cli import main

PLAN, DATE, ZONE = "us-28-points", "2025-11-20", "donetsk-buffer"


@pytest.fixture
def earlier() -> dict[str, Any]:
    """The committed catalogue, to be changed."""
    document: dict[str, Any] = json.loads(load_catalogue(COMMITTED).document)
    return document


def plan(document: dict[str, Any]) -> dict[str, Any]:
    return next(one for one in document["proposals"] if one["id"] == PLAN)


def zones(document: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = plan(document)["editions"][0]["zones"]
    return found


def compared(old: Path | dict[str, Any], folder: Path, *options: str) -> Result:
    if isinstance(old, dict):
        (folder / "catalog.json").write_text(json.dumps(old))
        old = folder
    return CliRunner().invoke(main, ["build", "--compare", str(old), "-o", str(COMMITTED), *options])


def test_a_build_does_not_differ_from_itself(earlier: dict[str, Any], tmp_path: Path) -> None:
    for old in (COMMITTED, COMMITTED / "catalog.json", earlier | {"data_version": "1-000000000000"}):
        outcome = compared(old, tmp_path)
        assert (outcome.exit_code, outcome.stdout) == (0, "")
        assert "the same proposals, dates, zones and areas" in outcome.stderr


def test_zones_dates_and_proposals_that_differ_are_listed(earlier: dict[str, Any], tmp_path: Path) -> None:
    one, *others = zones(earlier)
    one["area_km2"] += 10.5
    gone = others.pop()
    plan(earlier)["editions"][0]["zones"] = [one, *others, {**gone, "id": "of-old"}]
    plan(earlier)["editions"].append({"as_of": "2020-01-01", "zones": []})
    *_, last = earlier["proposals"] = [*earlier["proposals"], {"id": "old-plan", "editions": []}]
    earlier["proposals"] = [entry for entry in earlier["proposals"] if entry["id"] != "e3-2025-11"]
    outcome = compared(earlier, tmp_path)
    assert outcome.exit_code == 1
    rows = [line.split(maxsplit=5) for line in outcome.stdout.splitlines()]
    assert ["e3-2025-11", "-", "-", "-", "-", "proposal added"] in rows
    assert [last["id"], "-", "-", "-", "-", "proposal removed"] in rows
    assert [PLAN, "2020-01-01", "-", "-", "-", "date removed"] in rows
    assert [PLAN, DATE, "of-old", "-", "-", "zone removed"] in rows
    assert [PLAN, DATE, gone["id"], "-", "-", "zone added"] in rows
    (changed,) = (row for row in rows if row[2] == one["id"])
    assert changed[5] == "-10.5"
    found = json.loads(compared(earlier, tmp_path, "--json").stdout)
    assert (found["differs"], len(found["zones"])) == (True, 3)
    before, after = (next(z for z in found["zones"] if z["zone"] == one["id"])[f"{w}_km2"] for w in ("before", "after"))
    assert round(before - after, 1) == 10.5


def test_rows_for_a_file_of_corrections_are_toml(earlier: dict[str, Any], tmp_path: Path) -> None:
    next(zone for zone in zones(earlier) if zone["id"] == ZONE)["area_km2"] = 1.5
    found = tomllib.loads(compared(earlier, tmp_path, "--toml").stdout)
    assert found["replaces"] == earlier["data_version"]
    (row,) = found["changes"]
    assert (row["zone"], row["before_km2"], row["as_of"].isoformat()) == (ZONE, 1.5, DATE)


def test_what_is_no_build_is_refused_with_a_status_of_its_own(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"proposals": 3}')
    for old, said in ((tmp_path, "cannot be read"), (broken, "not a catalogue"), (tmp_path / "none", "cannot be read")):
        outcome = compared(old, tmp_path)
        assert outcome.exit_code == 2
        assert outcome.stderr.startswith("clausemap: ")
        assert said in outcome.stderr
    for options in (["--json"], ["--compare", str(COMMITTED), "--check"]):
        assert CliRunner().invoke(main, ["build", *options]).exit_code == 2

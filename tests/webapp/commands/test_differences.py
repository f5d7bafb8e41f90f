"""``clausemap control diff`` as people and scripts use it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geo.geojson import read_features
from geo.measure import area_km2
from webapp.cli import main

FIRST, SECOND = "2025-11-20", "2026-01-01"


def diff(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["control", "diff", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_two_days_as_a_table_and_as_ground(tmp_path: Path) -> None:
    path = tmp_path / "changed.geojson"
    done = diff(FIRST, SECOND, "--oblasts", "-o", path)
    assert done.exit_code == 0, done.output
    rows = {line.split("  ")[0]: line.split()[-4:] for line in done.stdout.splitlines() if line}
    assert rows["all"][:2] == ["660.9", "111.1"]
    assert rows["Donetsk"][:2] == ["353.5", "19.3"]
    assert "of that in B 442 km lie apart from A" in done.stdout
    assert "mean 0.79 km, 95th percentile 4.45 km" in done.stdout
    assert "need not have changed hands" in done.stderr
    ground = read_features(path)
    held = {
        which: [part for part in ground if part.properties["held_in"] == which]
        for which in ("second only", "first only")
    }
    assert sum(area_km2(part.geometry) for part in held["second only"]) == pytest.approx(660.9, abs=0.3)
    assert sum(area_km2(part.geometry) for part in held["first only"]) == pytest.approx(111.1, abs=0.3)


@pytest.mark.costly
@pytest.mark.parametrize(("chosen", "won_km2"), [((), 661), (("--boundaries", "adm1_osm_land.geojson"), 692)])
def test_as_json(shared: Path, chosen: tuple[str, ...], won_km2: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shared / "samples/boundaries")
    done = diff(f"embedded@{FIRST}", f"embedded@{SECOND}", "--format", "json", *chosen)
    told = json.loads(done.stdout)
    assert set(told) == {"first", "second", "total", "oblasts", "line", "left_out_of_ground"}
    assert told["total"]["held_in_second_only_km2"] == pytest.approx(won_km2, abs=15)
    assert sum(entry["held_in_second_only_km2"] for entry in told["oblasts"]) == pytest.approx(
        told["total"]["held_in_second_only_km2"], abs=0.1
    )
    assert told["line"]["mean_distance_km"] == pytest.approx(0.8, abs=0.1)


def test_a_file_against_a_day(shared: Path) -> None:
    done = diff(shared / "samples/control/deepstate-mirror_2025-11-20.geojson", FIRST)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("A: deepstate: DeepState (sha256 30e5ba47feaf; one map, no interval), 2025-11-19\n")


def test_the_same_twice() -> None:
    rows = diff("latest", "embedded").stdout.splitlines()
    assert rows[4].split()[:3] == ["all", "0.0", "0.0"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((FIRST,), 2, "Missing argument 'B'"),
        ((FIRST, "nobody"), 1, "unknown control map or file 'nobody'; known: embedded"),
        ((FIRST, "2025-02-30"), 1, "unknown control map or file '2025-02-30'"),
        ((FIRST, "2024-07-31"), 1, "no control map for 2024-07-31: the first is of 2024-08-01"),
        ((FIRST, "embedded@x"), 1, "'x' is not a date; write it as YYYY-MM-DD or 'latest'"),
        ((FIRST, SECOND, "-o", "changed.txt"), 2, "name the file with .geojson or .json"),
        ((FIRST, SECOND, "-o", "/dev/null/changed.geojson"), 1, "could not be written"),
        ((FIRST, SECOND, "--boundaries", "no.geojson"), 1, "no.geojson: cannot be read"),
    ],
)
def test_what_is_refused(tmp_path: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    done = diff(*arguments, "--workspace", tmp_path)
    assert done.exit_code == code, done.output
    assert done.stdout == ""
    assert words in done.stderr.strip().splitlines()[-1]

"""``clausemap measure``: the figures of a drawn line as a table and as JSON, and what is refused in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from shapely import LineString

import layers
from webapp.cli import main

ACROSS = [[31, 44], [33, 48], [36, 49], [38, 53]]
US = "us-28-points"


@pytest.fixture
def line(tmp_path: Path) -> str:
    path = tmp_path / "line.geojson"
    path.write_text(json.dumps({"type": "LineString", "coordinates": ACROSS}), "utf-8")
    return str(path)


def test_json_has_the_figures_of_the_python_function(line: str) -> None:
    result = CliRunner().invoke(main, ["measure", line, "--proposal", US, "--buffer-km", "20", "--format", "json"])
    found, expected = json.loads(result.stdout), layers.measure_geometry(LineString(ACROSS), US, buffer_km=20)
    assert found["area_km2"] == [round(area, 1) for area in expected.km2]
    assert expected.buffer
    assert found["within_buffer"]["area_km2"] == [round(area, 1) for area in expected.buffer.km2]
    assert [row["id"] for row in found["zones"]] == [row.id for row in expected.zones]


def test_people_are_those_before_the_war(line: str) -> None:
    result = CliRunner().invoke(main, ["measure", line, "--lang", "uk"])
    assert "Донецьк" in result.stdout
    assert "People registered before the war" in result.stdout
    assert "GeoNames" in result.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--as-of", "2025-11-20"], "--proposal"),
        (["--proposal", "nothing"], "unknown proposal"),
        (["--buffer-km", "0"], "more than 0"),
    ],
)
def test_what_does_not_fit_is_refused(line: str, options: list[str], message: str) -> None:
    result = CliRunner().invoke(main, ["measure", line, *options])
    assert result.exit_code != 0
    assert message in result.stderr

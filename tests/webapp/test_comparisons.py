"""Comparisons as files: the same figures by URL, on the command line and in Python."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

import layers
from webapp.cli import main

LEFT, RIGHT = "us-28-points@2025-11-20", "ukraine-20-points@2025-12-24"
URL = f"/compare/{LEFT}/{RIGHT}"


def test_files_have_the_figures_of_python(client: FlaskClient) -> None:
    frame = layers.compare_editions(LEFT, RIGHT)
    document = json.loads(client.get(f"{URL}.json").data)
    assert document == json.loads(json.dumps(frame.attrs["comparison"]))
    rows = list(csv.DictReader(io.StringIO(client.get(f"{URL}.csv").text)))
    features = json.loads(client.get(f"{URL}.geojson").data)["features"]
    assert [row["id"] for row in rows] == [feature["id"] for feature in features] == frame["id"].tolist()
    assert sum(float(row["area_km2"]) for row in rows) == pytest.approx(frame["area_km2"].sum())
    assert {row["left_as_of"] for row in rows} == {"2025-11-20"}


@pytest.mark.slow
def test_the_command_gives_the_same(client: FlaskClient, tmp_path: Path) -> None:
    for form in ("csv", "json", "geojson"):
        output = tmp_path / f"compared.{form}"
        result = CliRunner().invoke(main, ["compare", LEFT, RIGHT, "-o", str(output)])
        assert result.exit_code == 0, result.output
        assert output.read_bytes() == client.get(f"{URL}.{form}").data, form
    printed = CliRunner().invoke(main, ["compare", LEFT, RIGHT]).output
    assert "Kramatorsk" in printed
    assert "registered before the war" in printed
    assert CliRunner().invoke(main, ["compare", LEFT, RIGHT, "-o", "x.pages"]).exit_code == 2


def test_a_side_has_a_date_and_a_control_map_or_its_own(client: FlaskClient) -> None:
    own = client.get(f"/compare/us-28-points/{RIGHT}.json").data
    assert own == client.get(f"{URL}.json").data == client.get(f"/compare/{LEFT}@embedded/{RIGHT}.json").data
    latest = json.loads(client.get("/compare/us-28-points/us-28-points@latest.json").data)
    assert latest["left"]["proposal"] == latest["right"]["proposal"]
    for wrong in ("nowhere", "us-28-points@2020-01-01", "us-28-points@2025-11-20@nowhere"):
        assert client.get(f"/compare/{wrong}/{RIGHT}.json").status_code in (400, 404), wrong

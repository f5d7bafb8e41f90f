"""What changed between two days, as a file: the figures are those of ``clausemap control diff``."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from geo.geojson import read_features
from geo.measure import area_km2
from layers.control.comparison import compare, comparison_figures
from layers.control.references import find_map
from layers.control.workspace import Workspace
from layers.reference.study_data import load_study_data

FIRST, SECOND = "2025-11-20", "2026-01-01"
URL = f"/changes/{FIRST}/{SECOND}.geojson"


def test_figures_are_those_of_the_command_and_of_the_areas(client: FlaskClient, tmp_path: Path) -> None:
    answer = client.get(URL)
    assert answer.mimetype == "application/geo+json"
    study, nowhere = load_study_data(), Workspace(tmp_path)
    one, other = (find_map(day, nowhere, study, date.max) for day in (FIRST, SECOND))
    found = json.loads(answer.data)
    assert found["comparison"] == json.loads(json.dumps(comparison_figures(compare(one, other, study.reference))))
    path = tmp_path / "changes.geojson"
    path.write_bytes(answer.data)
    sums = {"first only": 0.0, "second only": 0.0}
    for feature in read_features(path):
        assert feature.properties["area_km2"] == pytest.approx(area_km2(feature.geometry), abs=0.05)
        assert (feature.properties["since"], feature.properties["as_of"]) == (FIRST, SECOND)
        sums[feature.properties["held_in"]] += feature.properties["area_km2"]
    total = found["comparison"]["total"]
    assert sums["second only"] == pytest.approx(total["held_in_second_only_km2"], abs=1)
    assert sums["first only"] == pytest.approx(total["held_in_first_only_km2"], abs=1)


def test_words_are_neutral_and_the_order_of_days_does_not_matter(client: FlaskClient) -> None:
    found = json.loads(client.get(URL).data)
    words = {one["properties"]["held_in"]: one["properties"]["change"] for one in found["features"]}
    assert words == {"second only": "came under Russian control", "first only": "came under Ukrainian control"}
    assert client.get(f"/changes/{SECOND}/{FIRST}.geojson").data == client.get(URL).data


def test_days_between_maps_mean_the_earlier_map_and_one_day_has_no_change(client: FlaskClient) -> None:
    assert client.get(f"/changes/2025-11-22/{SECOND}.geojson").data == client.get(URL).data
    same = json.loads(client.get(f"/changes/{FIRST}/{FIRST}.geojson").data)
    assert same["features"] == []
    assert same["comparison"]["oblasts"] == []


@pytest.mark.parametrize(("days", "said"), [("soon/2026-01-01", "YYYY-MM-DD"), ("2020-01-01/2026-01-01", "2024-08-01")])
def test_what_is_no_day_is_refused(client: FlaskClient, days: str, said: str) -> None:
    answer = client.get(f"/changes/{days}.geojson")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert said in answer.text

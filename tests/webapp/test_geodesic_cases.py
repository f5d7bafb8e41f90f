"""The lengths and areas that the tests of the scripts compare with are pyproj's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyproj import Geod

CASES = json.loads((Path(__file__).parents[1] / "scripts" / "geodesic.json").read_text("utf-8"))
WGS84 = Geod(ellps="WGS84")


def test_lengths_are_those_of_pyproj() -> None:
    for case in CASES["lines"]:
        lon_deg, lat_deg = zip(*case["points"], strict=True)
        assert WGS84.line_length(lon_deg, lat_deg) / 1000 == pytest.approx(case["km"], rel=1e-9)


def test_areas_are_those_of_pyproj() -> None:
    for case in CASES["polygons"]:
        lon_deg, lat_deg = zip(*case["points"], strict=True)
        area_m2, _ = WGS84.polygon_area_perimeter(lon_deg, lat_deg)
        assert abs(area_m2) / 1e6 == pytest.approx(case["km2"], rel=1e-9)

"""The figures that the tests of the drawing page's scripts compare with are those of ``layers.measure_geometry``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from shapely import LineString, MultiPolygon
from shapely.geometry.base import BaseGeometry

import layers

TABLE = json.loads((Path(__file__).parents[1] / "scripts" / "drawings.json").read_text("utf-8"))
EXACT: dict[str, Any] = {"rel": 1e-6, "abs": 2e-3}


def shape_of(case: dict[str, Any]) -> BaseGeometry:
    if case["kind"] == "line":
        return LineString(case["points"])
    return MultiPolygon([(rings[0], rings[1:]) for rings in case.get("polygons", [[case["points"]]])])


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_figures_are_those_of_python(case: dict[str, Any]) -> None:
    found = layers.measure_geometry(shape_of(case), TABLE["proposal"], buffer_km=case["bufferKm"])
    assert found.km2 == pytest.approx(case["km2"], **EXACT)
    assert found.rest_km2 == pytest.approx(case["restKm2"], **EXACT)
    assert found.length_km == pytest.approx(case["lengthKm"], **EXACT)
    assert found.contact_km == pytest.approx(case["contactKm"], **EXACT)
    for name, rows in (("oblasts", found.oblasts), ("zones", found.zones)):
        divided = {row.id: row.km2 for row in rows if min(row.km2) > 1e-3}
        assert divided.keys() == case[name].keys()
        assert all(divided[key] == pytest.approx(pair, **EXACT) for key, pair in case[name].items())
    assert found.buffer
    assert found.buffer.km2 == pytest.approx(case["buffer"]["km2"], **EXACT)
    assert found.buffer.rest_km2 == pytest.approx(case["buffer"]["restKm2"], **EXACT)
    near = {row.id: row.km2 for row in found.buffer.zones if max(row.km2) > 0.01}
    assert near.keys() == case["buffer"]["zones"].keys()
    assert all(near[key] == pytest.approx(pair, **EXACT) for key, pair in case["buffer"]["zones"].items())

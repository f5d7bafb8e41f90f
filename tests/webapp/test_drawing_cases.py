"""The figures that the tests of the drawing page's scripts compare with are those of ``layers.measure_geometry``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from shapely import LineString, Polygon

import layers

TABLE = json.loads((Path(__file__).parents[1] / "scripts" / "drawings.json").read_text("utf-8"))
EXACT: dict[str, Any] = {"rel": 1e-6, "abs": 2e-3}


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_figures_are_those_of_python(case: dict[str, Any]) -> None:
    shape = {"line": LineString, "area": Polygon}[case["kind"]](case["points"])
    found = layers.measure_geometry(shape, TABLE["proposal"])
    assert found.km2 == pytest.approx(case["km2"], **EXACT)
    assert found.rest_km2 == pytest.approx(case["restKm2"], **EXACT)
    assert found.length_km == pytest.approx(case["lengthKm"], **EXACT)
    assert found.contact_km == pytest.approx(case["contactKm"], **EXACT)
    for name, rows in (("oblasts", found.oblasts), ("zones", found.zones)):
        divided = {row.id: row.km2 for row in rows if min(row.km2) > 1e-3}
        assert divided.keys() == case[name].keys()
        assert all(divided[key] == pytest.approx(pair, **EXACT) for key, pair in case[name].items())

"""Areas from points are near the exact ones, and units share no ground."""

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from geo.grid_sampling import sample
from geo.measure import area_km2
from layers.reference.reference_data import load_reference_data

EAST, WEST = shapely.box(36, 46, 38, 49), shapely.box(34, 46, 36, 49)


@pytest.mark.parametrize(
    "ground",
    [
        shapely.box(35, 47, 37, 48),
        shapely.Point(36.2, 47.4).buffer(0.7),
        shapely.Polygon([(34.2, 46.2), (37.9, 48.8), (35, 48.9)]),
        shapely.box(30, 40, 40, 50),
        shapely.MultiPolygon([shapely.box(34.1, 46.1, 35, 47), shapely.box(36.5, 48, 37.9, 48.9)]),
    ],
)
def test_areas_in_units(ground: BaseGeometry) -> None:
    found = sample([WEST, EAST]).areas_km2(ground)
    exact = [area_km2(shapely.intersection(unit, ground)) for unit in (WEST, EAST)]
    assert found == pytest.approx(exact, rel=0.01, abs=25)


def test_nothing_has_no_area() -> None:
    samples = sample([WEST, EAST])
    for nothing in (shapely.MultiPolygon(), shapely.box(0, 0, 1, 1), shapely.Point(36, 47)):
        assert samples.areas_km2(nothing) == [0.0, 0.0]


def test_every_point_is_in_one_unit() -> None:
    outlines = [oblast.outline for oblast in load_reference_data().oblasts.values()]
    samples = sample(outlines)
    assert len(np.unique(np.column_stack([samples.lon, samples.lat]).round(6), axis=0)) == len(samples.lon)
    assert samples.areas_km2(shapely.box(20, 40, 42, 54)) == pytest.approx(list(map(area_km2, outlines)), abs=40)


def test_long_edges_are_counted_by_rows_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = np.linspace(34.2, 37.8, 60)
    teeth = [(lon, 48.9 if place % 2 else 48.1) for place, lon in enumerate(steps)]
    comb = shapely.Polygon([*teeth, (37.8, 48.95), (34.2, 48.95)])
    whole = sample([WEST, EAST]).areas_km2(comb)
    assert sum(whole) == pytest.approx(area_km2(comb), rel=0.01)
    monkeypatch.setattr("geo.grid_sampling.MOST_CROSSINGS", 100)
    assert sample([WEST, EAST]).areas_km2(comb) == whole

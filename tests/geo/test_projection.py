"""The conic of images: equal in area, near to true in scale, and reversible."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import GeometryError
from geo.measure import area_km2
from geo.projection import Conic, Extent, fitted_conic, outline, transform

SOUTH_EAST = Extent(30.0, 44.0, 41.0, 52.0)


@settings(max_examples=40, deadline=None)
@given(st.floats(30, 40), st.floats(44, 51), st.floats(0.1, 1.0))
def test_areas_are_equal_to_geodesic_ones(west: float, south: float, side: float) -> None:
    box = shapely.segmentize(shapely.box(west, south, west + side, south + side), 0.02)
    flat = transform(box, fitted_conic(SOUTH_EAST))
    assert flat.area / 1e6 == pytest.approx(area_km2(box), rel=2e-4)


@settings(max_examples=40, deadline=None)
@given(st.floats(25, 45), st.floats(43, 53))
def test_there_and_back(lon: float, lat: float) -> None:
    conic = fitted_conic(SOUTH_EAST)
    place = np.array([(lon, lat)])
    assert conic.to_lonlat(conic.to_metres(place)) == pytest.approx(place, abs=1e-9)


def test_north_is_up_along_the_middle() -> None:
    conic = fitted_conic(SOUTH_EAST)
    low, high = conic.to_metres(np.array([(35.5, 45.0), (35.5, 51.0)]))
    assert low[0] == pytest.approx(0, abs=1e-6)
    assert high[0] == pytest.approx(0, abs=1e-6)
    assert high[1] > low[1]


def test_parallels_are_a_sixth_in() -> None:
    assert fitted_conic(Extent(30, 40, 40, 52)) == Conic(42, 50, 46, 35)


def test_outline_runs_round_the_box() -> None:
    edge = outline(SOUTH_EAST, steps=4)
    assert edge.shape == (16, 2)
    assert edge[0].tolist() == [30.0, 44.0]
    assert edge[4].tolist() == [41.0, 44.0]
    assert edge[8].tolist() == [41.0, 52.0]


@pytest.mark.parametrize(
    ("extent", "what"),
    [
        (Extent(41, 44, 30, 52), "west below east"),
        (Extent(30, 52, 41, 44), "south below north"),
        (Extent(30, -5, 41, 10), "one side of the equator"),
        (Extent(30, 60, 41, 89), "no pole"),
    ],
)
def test_a_box_that_no_conic_fits_is_refused(extent: Extent, what: str) -> None:
    with pytest.raises(GeometryError, match=what):
        fitted_conic(extent)

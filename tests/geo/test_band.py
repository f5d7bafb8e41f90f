"""A band is as wide on the ground as it says, in every direction."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo.buffering import band_along
from geo.errors import GeometryError

WGS84 = Geod(ellps="WGS84")
NEAR_DEG = 1.0, 0.6  # more than the widest band


def distance_km(line: shapely.LineString, point: shapely.Point) -> float:
    """Geodesic distance from a point to what is near of a finely cut line, by pyproj alone."""
    vertices = shapely.get_coordinates(line)
    vertices = vertices[(np.abs(vertices - (point.x, point.y)) < NEAR_DEG).all(axis=1)]
    lon, lat = np.full(len(vertices), point.x), np.full(len(vertices), point.y)
    return float(WGS84.inv(lon, lat, vertices[:, 0], vertices[:, 1])[2].min(initial=np.inf)) / 1000


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.tuples(st.floats(31, 39), st.floats(46, 50)), min_size=2, max_size=6, unique=True),
    st.sampled_from([5, 10, 40]),
)
def test_the_edge_lies_at_the_width_from_the_line(corners: list[tuple[float, float]], width_km: int) -> None:
    line = shapely.LineString(corners)
    band = band_along(line, width_km)
    edge = shapely.get_coordinates(band.boundary)[::25]
    finely = shapely.segmentize(line, 0.002)
    distances = [distance_km(finely, shapely.Point(vertex)) for vertex in edge]
    assert max(distances) <= width_km * 1.002 + 0.01
    assert min(distances) >= width_km * 0.997 - 0.01


def test_a_band_in_degrees_would_fail_this() -> None:
    line = shapely.LineString([(36, 47), (36, 49)])
    along_48_north = shapely.intersection(band_along(line, 40), shapely.LineString([(30, 48), (42, 48)]))
    west, _, east, _ = along_48_north.bounds
    assert WGS84.inv(west, 48, east, 48)[2] == pytest.approx(80_000, rel=0.01)


def test_no_line_gives_no_band_and_nonsense_is_refused() -> None:
    assert band_along(shapely.MultiLineString(), 5).is_empty
    line = shapely.LineString([(36, 47), (36, 49)])
    with pytest.raises(GeometryError, match="more than 0 km"):
        band_along(line, 0)
    with pytest.raises(GeometryError, match="split the line"):
        band_along(shapely.LineString([(36, 20), (36, 60)]), 5)

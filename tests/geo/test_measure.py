"""Areas and lengths against independent methods."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, Proj

from geo.measure import area_km2, forget_areas, length_km

LON = st.floats(22, 40)
LAT = st.floats(44, 52)
RADIUS_DEG = st.floats(0.05, 2.0)


@st.composite
def blobs(draw: st.DrawFn) -> shapely.Polygon:
    """A star-shaped polygon in degrees, somewhere in Ukraine."""
    lon, lat = draw(LON), draw(LAT)
    radii = draw(st.lists(RADIUS_DEG, min_size=3, max_size=12))
    angles = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    corners = [(lon + r * np.cos(a), lat + r * np.sin(a)) for r, a in zip(radii, angles, strict=True)]
    return shapely.Polygon(corners)


def equal_area_km2(polygon: shapely.Polygon) -> float:
    """The planar area in an equal-area projection of the same ellipsoid, with the edges cut fine."""
    albers = Proj(proj="aea", lat_1=45, lat_2=51, lat_0=48, lon_0=31, ellps="WGS84")
    fine = shapely.segmentize(polygon, 0.005)
    return float(shapely.transform(fine, lambda c: np.column_stack(albers(c[:, 0], c[:, 1]))).area) / 1e6


@given(blobs())
def test_area_is_that_of_an_equal_area_projection(polygon: shapely.Polygon) -> None:
    assert area_km2(polygon) == pytest.approx(equal_area_km2(polygon), rel=5e-5, abs=1e-4)


@given(blobs())
def test_area_does_not_depend_on_the_direction_of_rings(polygon: shapely.Polygon) -> None:
    hole = shapely.affinity.scale(polygon, 0.3, 0.3, origin=polygon.representative_point())
    for exterior in (polygon.exterior.coords, polygon.exterior.coords[::-1]):
        with_hole = shapely.Polygon(exterior, [hole.exterior.coords])
        assert area_km2(with_hole) == pytest.approx(area_km2(polygon) - area_km2(hole), rel=1e-9)


def test_a_parallel_is_an_edge_and_not_a_great_circle() -> None:
    strip = shapely.box(20, 50, 40, 50.1)
    assert area_km2(strip) == pytest.approx(equal_area_km2(strip), rel=1e-5)


def test_points_and_lines_have_no_area() -> None:
    mixed = shapely.GeometryCollection([shapely.Point(30, 50), shapely.LineString([(30, 50), (31, 50)])])
    assert area_km2(mixed) == 0
    assert area_km2(shapely.MultiPolygon()) == 0


def test_length_is_geodesic() -> None:
    line = shapely.MultiLineString([[(30, 46), (30, 47)], [(33, 47), (33, 48)]])
    geod = Geod(ellps="WGS84")
    metres = geod.inv(30, 46, 30, 47)[2] + geod.inv(33, 47, 33, 48)[2]
    assert length_km(line) == pytest.approx(metres / 1000, rel=1e-9)
    assert length_km(shapely.Point(30, 50)) == 0


def test_an_area_does_not_depend_on_the_grid_of_a_polygon() -> None:
    """A polygon that was cut on a grid has the area of the same one read from a file."""
    free = shapely.Polygon([(31.523855, 46.564261), (31.640919, 46.48225), (31.756209, 46.553873)])
    on_grid = shapely.set_precision(free, 1e-6, mode="pointwise")
    measured = []
    for one in (free, on_grid):
        forget_areas()
        measured.append(area_km2(one))
    assert measured[0] == measured[1]

"""Cutting keeps every square kilometre: nothing twice, nothing nowhere."""

import numpy as np
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from geo.measure import area_km2, length_km
from geo.overlay import GRID_DEG, Crumbs, drop_crumbs, halve, multipolygon, shared_edge, unite

UNIT = shapely.box(35, 47, 37, 48)
CORNER = st.tuples(st.integers(3300, 3900), st.integers(4600, 4900)).map(lambda c: (c[0] / 100, c[1] / 100))

KM_PER_DEG = 111.7  # the longest degree of latitude on WGS 84
# Rounding to the grid moves each edge by at most a step; for this one that comes to more than 0.01 km².
MOVED_MOST = shapely.from_wkt("MULTIPOLYGON (((33.38 46.77, 33.66 48, 37.78 47.92, 33.38 46.77)))")


@st.composite
def covers(draw: st.DrawFn) -> shapely.MultiPolygon:
    """Some overlapping triangles and boxes on the grid that control maps have."""
    corners = draw(st.lists(st.tuples(CORNER, CORNER, CORNER), min_size=1, max_size=5))
    return unite([shapely.Polygon(corner) for corner in corners if shapely.Polygon(corner).area > 0.01])


@given(covers())
@example(MOVED_MOST)
def test_halves_make_up_the_unit_and_do_not_overlap(cover: shapely.MultiPolygon) -> None:
    halves = halve(UNIT, cover)
    assert area_km2(halves.inside) + area_km2(halves.outside) == pytest.approx(area_km2(UNIT), abs=0.01)
    assert area_km2(shapely.intersection(halves.inside, halves.outside)) < 1e-4
    moved_at_most_km2 = length_km(halves.inside.boundary) * GRID_DEG * KM_PER_DEG
    assert area_km2(shapely.difference(halves.inside, cover)) <= moved_at_most_km2


@given(covers())
def test_halves_share_their_edge_vertex_for_vertex(cover: shapely.MultiPolygon) -> None:
    halves = halve(UNIT, cover)
    parts = np.array([halves.inside, halves.outside], dtype=object)
    assert shapely.coverage_is_valid(parts)
    assert shapely.is_valid(parts).all()


def test_clipping_to_the_box_changes_no_figure() -> None:
    cover = shapely.Point(36, 47.2).buffer(1.3)
    plain = shapely.intersection(UNIT, cover)
    assert area_km2(halve(UNIT, cover).inside) == pytest.approx(area_km2(plain), rel=1e-6)


def test_a_cover_elsewhere_leaves_the_unit_whole() -> None:
    halves = halve(UNIT, shapely.box(20, 50, 21, 51))
    assert halves.inside.is_empty
    assert halves.outside.equals(UNIT)


def test_crumbs_are_dropped_and_counted() -> None:
    large, small = shapely.box(35, 47, 36, 48), shapely.box(37, 47, 37.005, 47.005)
    kept, crumbs = drop_crumbs(shapely.MultiPolygon([large, small]), minimum_km2=1)
    assert kept.equals(large)
    assert crumbs.parts == 1
    assert crumbs.area_km2 == pytest.approx(area_km2(small))
    assert crumbs + Crumbs(2, 0.5) == Crumbs(3, crumbs.area_km2 + 0.5)


def test_the_shared_edge_is_the_line_between_and_nothing_of_the_outside() -> None:
    halves = halve(UNIT, shapely.box(36, 46, 40, 50))
    edge = shared_edge(halves.inside, halves.outside)
    assert length_km(edge) == pytest.approx(length_km(shapely.LineString([(36, 47), (36, 48)])), rel=1e-6)


def test_points_and_lines_left_by_an_overlay_are_no_ground() -> None:
    touching = shapely.GeometryCollection([shapely.Point(1, 1), shapely.box(0, 0, 1, 1)])
    assert multipolygon(touching).equals(shapely.box(0, 0, 1, 1))
    assert GRID_DEG == 1e-6

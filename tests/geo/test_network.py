"""Edges that areas share: simplified once for both sides, and the areas put together again between them."""

from collections.abc import Mapping

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from geo.edge_network import (
    SCREEN_GRID_DEG,
    cut_at,
    edges_of,
    faces_between,
    for_screens,
    innermost,
    lie_on,
    long_lines,
    meeting_points,
    move_ends,
    simplify_edges,
    split_by,
)

TOLERANCE_DEG = 0.001
NORTH = shapely.box(30, 50, 31, 51)


def drawn_again(shapes: Mapping[str, BaseGeometry]) -> dict[str, shapely.MultiPolygon]:
    """Shapes as a screen shows them."""
    edges = simplify_edges(long_lines(edges_of(shapes.values())), TOLERANCE_DEG)
    faces = faces_between(for_screens(edges.drawn))
    return {name: faces.of(shape) for name, shape in shapes.items()}


def wavy(height_deg: float, waves: int) -> dict[str, shapely.Polygon]:
    """Two squares, one above the other, whose common edge has waves of a height."""
    along = np.linspace(30, 31, 4 * waves + 1)
    edge = np.column_stack([along, 50 + height_deg * np.sin(np.linspace(0, 2 * np.pi * waves, len(along)))])
    above, below = ([(31, end), (30, end)] for end in (51, 49))
    return {"above": shapely.Polygon([*edge, *above]), "below": shapely.Polygon([*edge, *below])}


def test_small_waves_go_and_both_sides_stay_together() -> None:
    units = wavy(0.0004, waves=800)
    drawn = drawn_again(units)
    assert len(shapely.get_coordinates(units["above"])) > 3000
    assert len(shapely.get_coordinates(drawn["above"])) < 20
    assert shapely.coverage_is_valid(list(drawn.values()))
    assert shapely.union_all(list(drawn.values())).equals(shapely.box(30, 49, 31, 51))


@settings(deadline=None, max_examples=50)
@given(st.floats(0.0001, 0.02), st.integers(1, 40))
def test_no_edge_moves_farther_than_the_tolerance(height_deg: float, waves: int) -> None:
    units = wavy(height_deg, waves)
    drawn = drawn_again(units)
    assert shapely.coverage_is_valid(list(drawn.values()))
    for name, unit in units.items():
        far = shapely.hausdorff_distance(unit.boundary, drawn[name].boundary)
        assert far <= TOLERANCE_DEG + SCREEN_GRID_DEG


def test_an_island_and_a_hole_stay() -> None:
    island, hole = shapely.Point(33, 50).buffer(0.003), shapely.Point(30.5, 50.5).buffer(0.003)
    drawn = drawn_again({"island": island, "mainland": shapely.difference(NORTH, hole), "lake": hole})
    assert drawn["island"].area == pytest.approx(island.area, rel=0.4)
    assert drawn["mainland"].intersection(drawn["lake"]).area == 0
    assert shapely.union(drawn["mainland"], drawn["lake"]).equals(NORTH)


def test_a_face_goes_to_what_holds_its_inside_though_its_edge_has_moved() -> None:
    """The middle of the widest place of a face may lie on the other side of where its edge was."""
    strip, beside = shapely.box(30, 50, 31, 50.0301), shapely.box(30, 50.0301, 31, 50.06)
    moved = for_screens([shapely.box(30, 50, 31, 50.031).exterior, shapely.box(30, 50.031, 31, 50.06).exterior])
    faces = faces_between(moved)
    assert faces.of(strip).equals(shapely.box(30, 50, 31, 50.031))
    assert faces.of(beside).equals(shapely.box(30, 50.031, 31, 50.06))
    assert faces.of(shapely.box(40, 50, 41, 51)).is_empty


def test_lines_are_cut_where_a_third_one_meets_them() -> None:
    cross = shapely.MultiLineString([[(0, 0), (1, 0), (2, 0)], [(1, -1), (1, 0), (1, 1)]])
    through = [shapely.LineString([(0, 0), (1, 0), (2, 0)])]
    nowhere, far = np.zeros((0, 2)), shapely.Point(5, 5)
    assert len(cut_at(through, far, nowhere)) == 1
    assert [line.length for line in cut_at(through, far, meeting_points(edges_of([cross])))] == [1, 1]
    assert [line.length for line in cut_at(through, shapely.LineString([(1, -1), (1, 1)]), nowhere)] == [1, 1]


def test_lines_are_sorted_by_the_others_that_they_lie_on() -> None:
    square, line = NORTH.exterior, shapely.LineString([(30, 50), (31, 50)])
    groups = split_by(edges_of([square, line]), [line])
    pieces = [piece for group in groups for piece in long_lines(group)]
    assert sorted(zip([piece.length for piece in pieces], lie_on(pieces, line), strict=True)) == [(1, True), (3, False)]


def test_ends_move_with_the_edge_that_they_lie_on() -> None:
    edge, new = shapely.LineString([(0, 0), (2, 0)]), shapely.LineString([(0, 0.1), (2, 0.1)])
    edges = simplify_edges([shapely.LineString([(1, 0), (1, 1)]), shapely.LineString([(0, 2), (1, 1)])], TOLERANCE_DEG)
    first, second = move_ends(edges, edge, new).drawn
    assert list(first.coords) == [(1, 0.1), (1, 1)]
    assert list(second.coords) == [(0, 2), (1, 1)]


def test_the_innermost_place_is_that_of_the_largest_part_as_a_map_shows_it() -> None:
    neck = shapely.union_all([shapely.box(30, 50, 33, 51), shapely.box(33, 50.4, 36, 50.6)])
    lon, lat = innermost(shapely.union_all([neck, shapely.box(40, 50, 40.5, 50.5)]))
    assert 30.5 < lon < 32.5
    assert lat == pytest.approx(50.5, abs=0.02)
    upright, flat = shapely.box(30, 60, 31, 61), shapely.box(31, 60, 32.9, 60.9)
    lon, _ = innermost(shapely.union_all([upright, flat]))
    assert lon > 31.3  # a degree of longitude is half as long there


def test_nothing_is_simplified_to_nothing() -> None:
    assert simplify_edges([], TOLERANCE_DEG).drawn == []
    assert long_lines(shapely.MultiLineString()) == []


def test_where_there_is_nothing_held_there_is_nothing_to_cut_or_move() -> None:
    nothing, edge = shapely.MultiLineString(), shapely.LineString([(0, 0), (2, 0)])
    assert split_by(nothing, [edge]) == []
    assert lie_on([], edge) == []
    assert cut_at([], edge, meeting_points(nothing)) == []
    assert move_ends(simplify_edges([], TOLERANCE_DEG), edge, edge).drawn == []

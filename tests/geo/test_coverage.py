"""Coverages: units that meet, and neighbours that follow a fixed edge."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.coverage import check_coverage, clean_coverage, follow_edge
from geo.errors import GeometryError

OFFSET_DEG = st.floats(-0.008, 0.008)


@given(OFFSET_DEG, OFFSET_DEG)
def test_units_that_nearly_meet_become_a_coverage(first: float, second: float) -> None:
    row = [shapely.box(30, 50, 31 + first, 51), shapely.box(31, 50, 32 + second, 51), shapely.box(32, 50, 33, 51)]
    cleaned = clean_coverage([*row, shapely.box(30, 49, 33, 50), shapely.box(30, 51, 33, 52)])
    assert shapely.coverage_is_valid(np.array(cleaned, dtype=object))
    assert shapely.union_all(cleaned).equals(shapely.box(30, 49, 33, 52))
    assert sum(unit.area for unit in cleaned) == pytest.approx(9, abs=1e-9)


@given(OFFSET_DEG, OFFSET_DEG, st.floats(50.2, 50.8))
def test_neighbours_follow_a_fixed_edge(north: float, south: float, between: float) -> None:
    fixed = shapely.Polygon([(30, 50), (31, 50), (31, 50.3), (31, 50.7), (31, 51), (30, 51)])
    upper, lower = shapely.box(31 + north, between, 32, 51), shapely.box(31 + south, 50, 32, between)
    followed = follow_edge(fixed, [upper, lower])
    assert shapely.coverage_is_valid(np.array([fixed, *followed], dtype=object))
    assert shapely.intersection(fixed, shapely.union_all(followed)).area < 1e-9
    everything = shapely.union_all([fixed, *followed])
    assert everything.area == pytest.approx(2, abs=0.02)
    assert all(not polygon.interiors for polygon in shapely.get_parts(everything))


def test_a_gap_between_neighbour_and_fixed_edge_goes_to_the_neighbour() -> None:
    fixed = shapely.box(30, 50, 31, 51)
    neighbours = [shapely.Polygon([(31, 50), (32, 50), (32, 51), (31, 51), (31.01, 50.5)])]
    (followed,) = follow_edge(fixed, neighbours)
    assert followed.equals(shapely.box(31, 50, 32, 51))


def test_overlaps_and_unshared_vertices_are_refused() -> None:
    with pytest.raises(GeometryError, match="units 1, 2 overlap"):
        check_coverage([shapely.box(0, 0, 1.1, 1), shapely.box(1, 0, 2, 1)])
    with pytest.raises(GeometryError, match="do not share their vertices"):
        check_coverage([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 0.5), shapely.box(1, 0.5, 2, 1)])


def test_an_invalid_unit_is_refused_though_the_coverage_test_says_yes() -> None:
    crossing = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    with pytest.raises(GeometryError, match="unit 1 of the coverage is invalid: Self-intersection"):
        check_coverage([crossing, shapely.box(5, 5, 6, 6)])

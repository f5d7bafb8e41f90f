"""How many maps show a place, against plain overlays."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from geo.overlay import GRID_DEG
from geo.overlay_count import by_votes

RADII = st.lists(st.integers(5, 90), min_size=5, max_size=12)
CENTRES = st.tuples(st.integers(3500, 3600), st.integers(4700, 4760))


@st.composite
def stars(draw: st.DrawFn) -> shapely.Polygon:
    """A star around a place, its vertices on the grid."""
    radii = np.array(draw(RADII)) / 100
    lon, lat = (centre / 100 for centre in draw(CENTRES))
    turns = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    points = np.column_stack([lon + radii * np.cos(turns), lat + radii * np.sin(turns)])
    star = shapely.set_precision(shapely.Polygon(points), GRID_DEG)
    return shapely.box(lon, lat, lon + 1, lat + 1) if star.is_empty else star


MAPS = st.lists(stars(), min_size=2, max_size=4)


def is_about(found: BaseGeometry, expected: BaseGeometry, maps: list[shapely.Polygon]) -> bool:
    """The same ground but for edges that were moved onto the grid."""
    moved = GRID_DEG * sum(one.length for one in maps) + GRID_DEG
    return bool(shapely.symmetric_difference(found, expected).area < 2 * moved)


@given(MAPS)
def test_all_and_any_are_intersection_and_union(maps: list[shapely.Polygon]) -> None:
    agreed, shown = by_votes(maps, (len(maps), 1))
    assert is_about(agreed, shapely.intersection_all(maps), maps)
    assert is_about(shown, shapely.union_all(maps), maps)


@given(MAPS)
def test_a_majority_is_all_pairs_of_three_maps(maps: list[shapely.Polygon]) -> None:
    (found,) = by_votes(maps, (2,))
    pairs = [shapely.intersection(one, other) for place, one in enumerate(maps) for other in maps[:place]]
    assert is_about(found, shapely.union_all(pairs), maps)


@given(MAPS)
def test_more_votes_lie_exactly_in_fewer(maps: list[shapely.Polygon]) -> None:
    found = by_votes(maps, range(1, len(maps) + 1))
    for outer, inner in pairwise(found):
        assert shapely.difference(inner, outer).area < 1e-13
    assert shapely.is_valid(np.array(found, dtype=object)).all()


@given(MAPS)
def test_the_order_of_maps_does_not_matter(maps: list[shapely.Polygon]) -> None:
    there, back = (by_votes(given_order, (1, 2)) for given_order in (maps, maps[::-1]))
    assert [one.area for one in there] == pytest.approx([one.area for one in back], abs=1e-9)


def test_a_hole_and_an_island_in_it() -> None:
    ring = shapely.box(0, 0, 9, 9) - shapely.box(2, 2, 7, 7)
    island = shapely.box(4, 4, 5, 5)
    one, both = by_votes([ring | island, shapely.box(0, 0, 9, 9)], (1, 2))
    assert one.area == pytest.approx(81)
    assert both.area == pytest.approx(81 - 25 + 1)


def test_maps_that_share_nothing() -> None:
    one, both = by_votes([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)], (1, 2))
    assert one.area == pytest.approx(2)
    assert both.is_empty

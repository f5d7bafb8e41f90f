"""Strips along a coast: given to the held side where they hang together with it, and never taken from the other."""

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from geo.measure import area_km2
from geo.slivers import strips_left

WHOLE = shapely.box(34, 46, 37, 48)
HELD = shapely.box(35.5, 46, 37, 48)
REACH_KM, NECK_KM = 5.0, 0.5
KM = 1 / 111.2  # degrees of latitude


def coastal(west: float, east: float, width_km: float) -> shapely.Polygon:
    """A strip along the southern coast."""
    return shapely.box(west, 46, east, 46 + width_km * KM)


def left(cover: BaseGeometry) -> shapely.MultiPolygon:
    return strips_left(WHOLE, cover, REACH_KM, NECK_KM)


@pytest.mark.parametrize("width_km", [0.3, 1.0, 4.5])
def test_a_strip_behind_held_ground_is_taken_whole(width_km: float) -> None:
    strip = coastal(36, 36.8, width_km)
    assert area_km2(left(HELD - strip)) == pytest.approx(area_km2(strip), rel=0.02)


def test_a_strip_that_opens_to_the_other_side_is_not_taken() -> None:
    assert area_km2(left(HELD - coastal(35, 36.8, 2))) < 0.5


def test_a_passage_of_300_m_does_not_make_it_theirs() -> None:
    passage, strip = coastal(35, 36, 0.3), coastal(36, 36.8, 2)
    taken = left(HELD - passage - strip)
    assert area_km2(taken) > 0.95 * area_km2(strip)


def test_ground_that_is_too_far_from_the_coast_is_not_taken() -> None:
    inland = shapely.box(36, 46.5, 36.1, 46.6)
    assert area_km2(left(HELD - inland)) < 0.01
    assert area_km2(left(HELD - coastal(36, 36.4, 9))) < 0.5


def test_a_large_pocket_on_the_coast_stays_theirs() -> None:
    pocket = shapely.box(36, 46, 36.8, 46.3)  # over 1,000 km²
    assert area_km2(left(HELD - pocket)) < 0.01


def test_nothing_is_left_over_where_all_or_nothing_is_held() -> None:
    assert left(WHOLE).is_empty
    assert left(shapely.MultiPolygon()).is_empty
    assert left(shapely.box(10, 10, 11, 11)).is_empty


def test_an_inner_hole_of_the_whole_is_no_coast() -> None:
    whole = WHOLE - shapely.box(36, 47, 36.2, 47.2)
    around = shapely.box(35.98, 46.98, 36.22, 47.22)
    assert area_km2(strips_left(whole, HELD - around, REACH_KM, NECK_KM)) < 0.01


@st.composite
def lines(draw: st.DrawFn) -> list[tuple[float, float]]:
    """A line of contact from coast to coast that meets either at about a right angle."""
    bends = draw(st.lists(st.integers(-40, 40), min_size=3, max_size=6))
    lats = [46.2 + 1.6 * place / (len(bends) - 1) for place in range(len(bends))]
    inner = [(35.5 + bend / 100, lat) for bend, lat in zip(bends, lats, strict=True)]
    return [(inner[0][0], 46.0), *inner, (inner[-1][0], 48.0)]


@settings(max_examples=40, deadline=None)
@given(lines(), st.integers(2, 45), st.integers(60, 90))
def test_the_other_side_never_loses_ground(line: list[tuple[float, float]], width: int, west: int) -> None:
    held_side = shapely.Polygon([*line, (37, 48), (37, 46)])
    strip = coastal(36 + west / 100 - 0.4, 36.9, width / 10) & held_side
    taken = left(held_side - strip)
    theirs = WHOLE - held_side
    assert area_km2(taken & theirs) < 0.1
    assert area_km2(taken & (held_side - strip)) < 0.01
    assert area_km2(taken) == pytest.approx(area_km2(strip), rel=0.03, abs=0.1)

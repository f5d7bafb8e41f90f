"""A box meets a geometry where shapely, which a web worker does not load, says that they intersect."""

from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from webapp.ogc.boxes import BoundingBox, meets_geometry

STEPS = st.integers(0, 12)
PLACES = st.tuples(STEPS, STEPS)
SQUARE = [[0, 0], [12, 0], [12, 12], [0, 12], [0, 0]]
HOLE = [[2, 2], [2, 10], [10, 10], [10, 2], [2, 2]]


def boxes() -> st.SearchStrategy[BoundingBox]:
    sides = st.tuples(STEPS, STEPS).map(sorted)
    return st.tuples(sides, sides).map(lambda found: BoundingBox(found[0][0], found[1][0], found[0][1], found[1][1]))


def agrees(box: BoundingBox, geometry: dict[str, Any]) -> bool:
    corners = shapely.MultiPoint([(box.west, box.south), (box.east, box.north)])
    expected = corners.envelope.intersects(shape(geometry))  # without a width a line, without any side a point
    return bool(expected) == meets_geometry(box, geometry)


@given(boxes(), PLACES)
def test_points(box: BoundingBox, place: tuple[int, int]) -> None:
    assert agrees(box, {"type": "Point", "coordinates": place})


@given(boxes(), st.lists(PLACES, min_size=2, max_size=5, unique=True))
def test_lines(box: BoundingBox, line: list[tuple[int, int]]) -> None:
    assert agrees(box, {"type": "LineString", "coordinates": line})
    assert agrees(box, {"type": "MultiLineString", "coordinates": [line, line[::-1]]})


@given(boxes(), st.tuples(PLACES, PLACES, PLACES))
def test_triangles(box: BoundingBox, corners: tuple[tuple[int, int], ...]) -> None:
    ring = [*corners, corners[0]]
    if shapely.Polygon(ring).area > 0:
        assert agrees(box, {"type": "Polygon", "coordinates": [ring]})


@pytest.mark.parametrize(
    ("box", "met"),
    [
        (BoundingBox(3, 3, 9, 9), False),  # in the hole
        (BoundingBox(0.5, 0.5, 1, 1), True),  # within
        (BoundingBox(-1, -1, 13, 13), True),  # around
        (BoundingBox(12, 12, 13, 13), True),  # at a corner
        (BoundingBox(13, 0, 14, 12), False),
        (BoundingBox(3, 3, 11, 9), True),  # out of the hole
    ],
)
def test_a_hole_is_no_part_of_its_polygon(box: BoundingBox, met: bool) -> None:
    geometry = {"type": "MultiPolygon", "coordinates": [[SQUARE, HOLE]]}
    assert meets_geometry(box, geometry) is met
    assert agrees(box, geometry)

"""Whether a GeoJSON geometry meets a box, without the libraries of geometry that a web worker never loads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Place = Sequence[float]
PARTS_AT_DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


@dataclass(frozen=True)
class BoundingBox:
    """A box in degrees, its edges included; its west is not east of its east."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, other: "BoundingBox") -> bool:
        """Whether two boxes have a place in common."""
        return (
            self.west <= other.east
            and other.west <= self.east
            and self.south <= other.north
            and other.south <= self.north
        )

    def holds(self, other: "BoundingBox") -> bool:
        """Whether another box lies in this one."""
        return (
            self.west <= other.west
            and other.east <= self.east
            and self.south <= other.south
            and other.north <= self.north
        )

    def has(self, place: Place) -> bool:
        """Whether a place lies in the box."""
        return self.west <= place[0] <= self.east and self.south <= place[1] <= self.north


def meets_geometry(box: BoundingBox, geometry: Mapping[str, Any]) -> bool:
    """Return whether a box and a GeoJSON geometry have a point in common.

    Parameters
    ----------
    box
        West, south, east and north, in degrees, WGS 84.
    geometry
        GeoJSON point, line or polygon, or several of one type, in degrees, WGS 84.

    Examples
    --------
    >>> ring = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
    >>> meets_geometry(BoundingBox(1, 1, 2, 2), {"type": "Polygon", "coordinates": [ring]})
    True
    >>> meets_geometry(BoundingBox(5, 1, 6, 2), {"type": "Polygon", "coordinates": [ring]})
    False
    """
    sort = geometry["type"]
    lines = list(_lines(geometry["coordinates"], PARTS_AT_DEPTH[sort]))
    if any(box.has(place) for line in lines for place in line):
        return True
    if any(_crosses(box, *ends) for line in lines for ends in pairwise(line)):
        return True
    return "Polygon" in sort and _is_inside((box.west, box.south), lines)


def _lines(coordinates: Any, depth: int) -> Iterator[Sequence[Place]]:
    """The lines and rings of a geometry; a point is a line of one place."""
    if depth == 0:
        yield [coordinates]
    elif depth == 1:
        yield coordinates
    else:
        for part in coordinates:
            yield from _lines(part, depth - 1)


def _crosses(box: BoundingBox, start: Place, end: Place) -> bool:
    """Whether a line between two places outside a box runs through it (Liang and Barsky)."""
    entered, left = 0.0, 1.0
    for axis, low, high in ((0, box.west, box.east), (1, box.south, box.north)):
        way = end[axis] - start[axis]
        if way == 0:
            if not low <= start[axis] <= high:
                return False
            continue
        first, last = sorted(((low - start[axis]) / way, (high - start[axis]) / way))
        entered, left = max(entered, first), min(left, last)
    return entered <= left


def _is_inside(place: Place, rings: Sequence[Sequence[Place]]) -> bool:
    """Whether a place lies inside polygons, by the rings between it and the far east: holes count as rings do."""
    inside = False
    for ring in rings:
        for (x, y), (next_x, next_y) in pairwise([(point[0], point[1]) for point in ring]):
            if (y > place[1]) != (next_y > place[1]) and place[0] < x + (place[1] - y) / (next_y - y) * (next_x - x):
                inside = not inside
    return inside

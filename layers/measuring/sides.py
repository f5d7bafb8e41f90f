"""Which side of a drawn line is which: the line closed to a region, on ways from its ends that keep out of Ukraine."""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.errors import DrawingError
from layers.measuring.drawing import MAP, CheckedDrawing

FRAME = MAP.buffer(1.0, join_style="mitre")
DIRECTIONS = 72
LEGS_DEG = (0.15, 0.3, 0.6, 1.2)  # of a way that has a bend, out of a bay
FAR_DEG = 60.0  # beyond the frame from everywhere in it
REACH_DEG = 0.05  # an end that stops so far short of the border is lengthened, about 5 km
ROUNDED = 4  # decimals of a degree by which ways are compared, so that another program chooses the same
TOUCH_DEG = 1e-9


def region_of(drawing: CheckedDrawing, ukraine: BaseGeometry) -> BaseGeometry:
    """Return the region to the left of a line, seen from its first point, or an area itself; degrees, WGS 84.

    From each end a way leads out of the map: of straight ones in 72 directions the one that crosses least of Ukraine,
    at most 0.05°, or one with a bend where there is no such. Outside of Ukraine the region means nothing.

    Parameters
    ----------
    drawing
        A line or an area.
    ukraine
        All oblasts as one geometry, in degrees, WGS 84.

    Raises
    ------
    DrawingError
        ``ends-inside`` if an end of a line has no way out.
    """
    if drawing.kind == "area":
        return drawing.geometry
    line = shapely.LineString(drawing.geometry.coords)
    shapely.prepare(ukraine)
    first, last = (_ways(line, end, ukraine) for end in (0, -1))
    for back, on in product(first, last):
        if not back.intersects(on):
            return shapely.Polygon([*line.coords, *on.coords[1:], *_around(on, back), *back.coords[:0:-1]])
    message = "the ways out from its two ends cross; let it end farther outside of Ukraine"
    raise DrawingError("ends-inside", message)


def _ways(line: shapely.LineString, end: int, ukraine: BaseGeometry) -> list[shapely.LineString]:
    """The ways from an end to the frame that do not meet the line again, the best first."""
    start = line.coords[end]
    ways = _open([_ray((start,), turn) for turn in range(DIRECTIONS)], line, ukraine)
    if not ways:
        legs = [_leg(start, turn, length_deg) for length_deg in LEGS_DEG for turn in range(DIRECTIONS)]
        bent = [_ray(tuple(leg.coords), turn) for leg in _open(legs, line, ukraine) for turn in range(DIRECTIONS)]
        ways = _open([way for way in bent if way.is_simple], line, ukraine)
    if not ways:
        which = "first" if end == 0 else "last"
        message = f"its {which} point lies inside Ukraine, so that it divides nothing; move it beyond the border"
        raise DrawingError("ends-inside", message)
    return ways


def _open(
    ways: Sequence[shapely.LineString], line: shapely.LineString, ukraine: BaseGeometry
) -> list[shapely.LineString]:
    """The ways that cross little of Ukraine and nothing of the line, those that cross least first."""
    crossed_deg = np.round(shapely.length(shapely.intersection(ukraine, list(ways))), ROUNDED)
    order = [ways[place] for place in np.argsort(crossed_deg, kind="stable") if crossed_deg[place] <= REACH_DEG]
    return [way for way in order if _is_clear(way, line)]


def _leg(start: tuple[float, ...], turn: int, length_deg: float) -> shapely.LineString:
    angle = 2 * np.pi * turn / DIRECTIONS
    return shapely.LineString([start, (start[0] + length_deg * np.cos(angle), start[1] + length_deg * np.sin(angle))])


def _ray(begun: Sequence[tuple[float, ...]], turn: int) -> shapely.LineString:
    """A way continued in one of the directions to the frame."""
    within = shapely.intersection(FRAME, _leg(begun[-1], turn, FAR_DEG))
    return shapely.LineString([*begun, within.coords[-1]])


def _is_clear(way: shapely.LineString, line: shapely.LineString) -> bool:
    """Whether a way meets the line at its own start alone."""
    common = shapely.intersection(way, line)
    apart_deg = shapely.distance(shapely.Point(way.coords[0]), shapely.get_parts(common))
    return bool(common.length == 0 and apart_deg.max(initial=0) <= TOUCH_DEG)


def _around(on: shapely.LineString, back: shapely.LineString) -> Iterator[tuple[float, float]]:
    """The corners of the frame from the end of one way to that of the other, counterclockwise."""
    west, south, east, north = FRAME.bounds
    corners = [(west, south), (east, south), (east, north), (west, north)]
    ring = shapely.LinearRing(corners)
    begin, end = (ring.project(shapely.Point(way.coords[-1])) for way in (on, back))
    ahead = [((ring.project(shapely.Point(corner)) - begin) % ring.length, corner) for corner in corners]
    return (corner for way, corner in sorted(ahead) if 0 < way < (end - begin) % ring.length)

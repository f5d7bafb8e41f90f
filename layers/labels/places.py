"""The table of places for zones' labels: the same on all dates, so that no label moves while dates are played.

Each ground (a side of the line of contact in an oblast) has rectangles inside of it in which a name can stand, in
several shapes, and for a name that is larger a place to point at and rectangles around that place on ground that no
zone covers. What a label needs in pixels decides which of them is taken; Python and the map page read the same table.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TypedDict

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.overlay import unite
from layers.control_map import Split
from layers.files import json_bytes
from layers.labels.ground_key import ALONG_LINE, TOGETHER
from layers.labels.grounds import CHOICE, Ground, grounds_of, lasting_places, split_days
from layers.labels.rectangles import DECIMALS, Bounds, grid_of, largest
from layers.reference.study_data import StudyData

INSIDE = (1.0, 1.6, 2.5, 4.0, 6.5, 10.0)  # shapes of rectangles, width by height
BESIDE = (1.3, 2.5, 5.0, 9.0)
REACH_DEG = 2.2  # how far from the place that a leader points at
FROM_LINE_DEG = (0.03, 0.06, 0.09)  # of the place that stands for every band along the line: least, meant, most
STEP_DEG, SHORE_DEG = 0.05, 0.012
ENDS = 6
MOST_TOGETHER, CONNECTED = 5, 0.97
CITY_DEG2 = 0.1
COARSE = 90  # cells of the room beside a ground
ROOMY_DEG2 = 0.5  # with more inside, no name stands beside
MINOR = 0.1  # of an oblast
LEAST_ROOM_DEG2 = 0.2  # with less on land, a name stands on the sea
LEAST_DEPTH_DEG = 0.004

TURNS, AWAY_DEG = 24, (0.12, 0.22, 0.32)  # where else a leader may start

Place = tuple[float, float]


class Places(TypedDict):
    """Where a name can stand: ``inside`` its ground, else ``beside`` it with a leader that ends ``at`` a place in it.

    The leader starts at or near ``start``, around which the rectangles beside lie; it may be the same place. Rectangles
    are west, south, east, north, the largest first, places longitude and latitude, all in degrees.
    """

    inside: list[Bounds]
    at: Place
    start: Place
    beside: list[Bounds]


def label_places(study: StudyData) -> bytes:
    """Return the table as JSON bytes: places by the key of their ground.

    Parameters
    ----------
    study
        Reference data and control maps; the places hold on all their dates.
    """
    return json_bytes(dict(_table(study)))


def _table(study: StudyData) -> Iterator[tuple[str, Places]]:
    days = split_days(study)
    grounds = grounds_of(days)
    outlines = {iso: oblast.outline for iso, oblast in study.reference.oblasts.items()}
    calm = [_calm(iso, outline, grounds) for iso, outline in outlines.items()]
    for key, ground in grounds.items():
        own = outlines[key.rpartition("-")[0]] if key.endswith("-held") else ground.always
        places = _places(ground, unite([own, *calm]))
        if outlines[key.rpartition("-")[0]].area < CITY_DEG2:
            places["beside"] = []  # named with the oblast around it
        elif key.endswith("-held") and _room(places["beside"]) <= LEAST_ROOM_DEG2:
            places = _afloat(ground, study.reference.sea.geometry, places)
        yield key, places
    yield from _together(grounds)
    if grounds:
        free = unite([*calm, *(ground.always for key, ground in grounds.items() if key.endswith("-unheld"))])
        yield from _along_line(days, free)


def _together(grounds: Mapping[str, Ground]) -> Iterator[tuple[str, Places]]:
    """Places in grounds that touch one another, for one name of several zones where none has room of its own."""
    sides = {key: ground for key, ground in grounds.items() if key.endswith("-held")}
    keys = sorted(sides, key=lambda key: -sides[key].always.area)[:MOST_TOGETHER]
    for count in range(2, len(keys) + 1):
        for some in combinations(sorted(keys), count):
            area = unite([sides[key].always for key in some])
            parts = shapely.get_parts(area)
            if max(shapely.area(parts)) > CONNECTED * area.area:
                at = _rounded(lasting_places(sides[some[0]])[0])
                inside = largest(grid_of(area, COARSE), INSIDE)
                yield TOGETHER.join(some), {"inside": inside, "at": at, "start": at, "beside": []}


def _places(ground: Ground, free: BaseGeometry) -> Places:
    """The places of a ground; names beside it stand on its own oblast, or on one in which no zone lies."""
    inside = [] if _is_thin(ground.always) else largest(grid_of(ground.always), INSIDE)
    if inside and _room(inside[:1]) > ROOMY_DEG2:
        at = lasting_places(ground)[0]
        return {"inside": inside, "at": _rounded(at), "start": _rounded(at), "beside": []}
    at, start, beside = _roomiest(lasting_places(ground), free)
    return {"inside": inside, "at": at, "start": start, "beside": beside}


def _afloat(ground: Ground, sea: BaseGeometry, places: Places) -> Places:
    """The same places, beside the ground on the sea, with a leader that ends at the shore, if the ground has one."""
    waters = sea.buffer(2 * SHORE_DEG)
    shore = shapely.intersection(shapely.boundary(ground.always.buffer(-SHORE_DEG)), waters)
    ends = [shore.interpolate(part / ENDS, normalized=True) for part in range(ENDS)] if shore.length else []
    around = [(end.x, end.y) for end in ends]
    found = [(at, start, _around(start, sea)) for at in around for start in _starts(at, waters)[::6]]
    if not found:
        return places
    at, start, beside = max(found, key=lambda one: _room(one[2]))
    return {"inside": places["inside"], "at": _rounded(at), "start": _rounded(start), "beside": beside}


def _calm(iso: str, outline: BaseGeometry, grounds: Mapping[str, Ground]) -> BaseGeometry:
    """What of an oblast no name has to keep clear of: ground that is not Russian-held on any date, where most is so."""
    held = grounds.get(f"{iso}-held")
    if held is None:
        return outline
    return grounds[f"{iso}-unheld"].always if held.ever.area < MINOR * outline.area else shapely.Polygon()


def _roomiest(places: Sequence[Place], free: BaseGeometry) -> tuple[Place, Place, list[Bounds]]:
    """Of some places the one with the most room, where a leader to it starts, and the rectangles there."""
    found = [(at, at, _around(at, free)) for at in places]
    if not found or max(_room(one[2]) for one in found) < LEAST_ROOM_DEG2:
        found += [(at, start, _around(start, free)) for at in places[:2] for start in _starts(at, free)]
    at, start, beside = max(found, key=lambda one: _room(one[2]))
    return _rounded(at), _rounded(start), beside


def _starts(at: Place, free: BaseGeometry) -> list[Place]:
    """Places a little away from one that are seen from it across free ground."""
    turns = 2 * np.pi * np.arange(TURNS) / TURNS
    spots = [(at[0] + away * np.cos(turn), at[1] + away * np.sin(turn)) for away in AWAY_DEG for turn in turns]
    views = shapely.linestrings([[at, spot] for spot in spots])
    return [(float(x), float(y)) for (x, y), seen in zip(spots, shapely.covers(free, views), strict=True) if seen]


def _room(rectangles: Sequence[Bounds]) -> float:
    return sum((east - west) * (north - south) for west, south, east, north in rectangles)


def _rounded(at: Place) -> Place:
    return round(at[0], DECIMALS), round(at[1], DECIMALS)


def _around(at: Place, free: BaseGeometry) -> list[Bounds]:
    near = shapely.intersection(shapely.Point(at).buffer(REACH_DEG), free)
    return largest(grid_of(near, COARSE), BESIDE, at) if near.area else []


def _is_thin(area: BaseGeometry) -> bool:
    return bool(shapely.buffer(area, -LEAST_DEPTH_DEG).is_empty)


def _off(line: BaseGeometry, free: BaseGeometry) -> np.ndarray:
    """Places on one side of a line, at the distance that is meant, of shape (n, 2)."""
    along = shapely.get_coordinates(shapely.segmentize(shapely.simplify(line, STEP_DEG / 5), STEP_DEG))
    turns = 2 * np.pi * np.arange(8) / 8
    spots = (along[:, None] + FROM_LINE_DEG[1] * np.column_stack([np.cos(turns), np.sin(turns)])).reshape(-1, 2)
    shapely.prepare(free)
    return np.asarray(spots[shapely.contains_xy(free, spots)])


def _along_line(days: Sequence[Split], free: BaseGeometry) -> Iterator[tuple[str, Places]]:
    """Places for bands on the Ukrainian-held side: near the line where it is the same on all dates."""
    lines = [shapely.union_all([cut.edge for cut in day.values()]) for day in days]
    spots = _off(max(lines, key=shapely.length), free)
    away = np.array([shapely.distance(shapely.points(spots), line) for line in lines])
    steady = spots[(away.min(axis=0) > FROM_LINE_DEG[0]) & (away.max(axis=0) < FROM_LINE_DEG[2])]
    if len(steady):
        at, start, beside = _roomiest([(x, y) for x, y in steady[:: max(1, len(steady) // CHOICE)].tolist()], free)
        yield ALONG_LINE, {"inside": [], "at": at, "start": start, "beside": beside}

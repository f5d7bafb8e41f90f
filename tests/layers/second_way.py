"""Areas of zones computed a second way: plain overlays in degrees, and areas in an equal-area projection.

Nothing of ``geo`` or of the derivations is used: shapely's own overlays without a grid, edges split so that they are
straight in longitude and latitude, a Lambert azimuthal equal-area projection on WGS 84, and bands as buffers of short
pieces of the line, each in an azimuthal equidistant projection around itself.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

import numpy as np
import shapely
from pyproj import Proj
from shapely.geometry.base import BaseGeometry

from layers.proposal.model import Zone
from tests.layers.conftest import cached_study

to_flat = Proj("+proj=laea +lat_0=48 +lon_0=34 +datum=WGS84 +units=m")
PIECE_DEG = 0.2
EDGE_DEG = 0.02
SMALLEST_KM2 = 1.0
NO_AREA = {"line", "site", "river", "country"}


def areas_km2(zone: Zone, as_of: str) -> dict[str, list[float]]:
    """The areas of a zone by ISO code ("" for all oblasts together): at the level that is drawn, and at all levels."""
    given, function = zone.derivation, str(zone.derivation["function"])
    codes = _codes(given)
    if function == "contested":
        shown, agreed = (_held(as_of, level) for level in ("any", "agreed"))
        between = shapely.intersection(
            shapely.difference(shown, agreed), _area(tuple(cached_study().reference.oblasts))
        )
        return {"": [_measured(between)]}
    if function == "oblast":
        return {_only(codes): [_measured(_area(codes))]}
    levels = ("majority", "agreed", "any")
    if function == "held-each":
        return {iso: [_side(iso, as_of, level, "held") for level in levels] for iso in codes}
    if function == "band":
        return {_only(codes): [_band(given, codes, as_of, level) for level in levels]}
    return {_only(codes): [sum(_side(iso, as_of, level, function) for iso in codes) for level in levels]}


def _codes(given: Mapping[str, object]) -> tuple[str, ...]:
    named, left_out = given.get("oblasts") or list(cached_study().reference.oblasts), given.get("except", ())
    return tuple(iso for iso in named if iso not in left_out)  # type: ignore[attr-defined, operator]


def _only(codes: tuple[str, ...]) -> str:
    return codes[0] if len(codes) == 1 else ""


@cache
def _area(codes: tuple[str, ...]) -> BaseGeometry:
    return shapely.union_all([cached_study().reference.oblasts[iso].outline for iso in codes])


def _held(as_of: str, level: str) -> BaseGeometry:
    return cached_study().control[as_of].levels[level]


@cache
def _part(iso: str, as_of: str, level: str, side: str) -> BaseGeometry:
    outline, held = cached_study().reference.oblasts[iso].outline, _held(as_of, level)
    return shapely.intersection(outline, held) if side == "held" else shapely.difference(outline, held)


@cache
def _side(iso: str, as_of: str, level: str, side: str) -> float:
    return _measured(_part(iso, as_of, level, side))


@lru_cache(maxsize=256)
def _measured(area: BaseGeometry) -> float:
    """The area in km² without parts under 1 km²."""
    flat = shapely.transform(shapely.segmentize(area, EDGE_DEG), lambda at: np.column_stack(to_flat(*at.T)))
    sizes = [part.area / 1e6 for part in shapely.get_parts(flat) if part.geom_type == "Polygon"]
    return float(sum(size for size in sizes if size >= SMALLEST_KM2))


def _band(given: Mapping[str, object], codes: tuple[str, ...], as_of: str, level: str) -> float:
    """The area within a distance of the line in some oblasts, cut to them and to a side of the line."""
    lines = [
        shapely.intersection(shapely.boundary(_part(iso, as_of, level, "held")), shapely.boundary(_held(as_of, level)))
        for iso in codes
    ]
    inside = [shapely.intersection(one, _inner(iso)) for one, iso in zip(lines, codes, strict=True)]
    wide = _widened(shapely.union_all(inside), float(str(given["width_km"])))
    side = given.get("side")
    sides = [_part(iso, as_of, level, str(side)) if side else _area((iso,)) for iso in codes]
    return _measured(shapely.intersection(wide, shapely.union_all(sides)))


@cache
def _inner(iso: str) -> BaseGeometry:
    """An oblast without a hair along its own outline."""
    return shapely.buffer(cached_study().reference.oblasts[iso].outline, -1e-5)


@lru_cache(maxsize=64)
def _widened(line: BaseGeometry, width_km: float) -> BaseGeometry:
    pieces = [piece for part in shapely.get_parts(line) for piece in _pieces(part)]
    return shapely.union_all([_buffered(piece, width_km) for piece in pieces])


def _pieces(line: BaseGeometry) -> list[BaseGeometry]:
    if line.geom_type != "LineString":
        return []
    west, south, east, north = line.bounds
    boxes = [
        shapely.box(x, y, x + PIECE_DEG, y + PIECE_DEG)
        for x in np.arange(west, east + PIECE_DEG, PIECE_DEG)
        for y in np.arange(south, north + PIECE_DEG, PIECE_DEG)
    ]
    cut = shapely.intersection(line, boxes)
    return [one for one in cut if not one.is_empty and one.length > 0]


def _buffered(piece: BaseGeometry, width_km: float) -> BaseGeometry:
    around = piece.centroid
    own = Proj(f"+proj=aeqd +lat_0={around.y} +lon_0={around.x} +datum=WGS84 +units=m")
    flat = shapely.transform(piece, lambda at: np.column_stack(own(*at.T)))
    wide = shapely.segmentize(shapely.buffer(flat, width_km * 1000, quad_segs=16), 5000)
    return shapely.transform(wide, lambda at: np.column_stack(own(at[:, 0], at[:, 1], inverse=True)))

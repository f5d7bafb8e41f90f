"""A drawn line or area, checked: one line that does not cross itself, or valid polygons, within the map."""

from dataclasses import dataclass
from typing import Literal

import shapely
from shapely.geometry.base import BaseGeometry

from geo.overlay import multipolygon
from layers.errors import DrawingError
from layers.reference.extent import EAST_DEG, NORTH_DEG, SOUTH_DEG, WEST_DEG

MOST_POINTS = 20_000
MAP = shapely.box(WEST_DEG, SOUTH_DEG, EAST_DEG, NORTH_DEG)
LINES = frozenset({"LineString", "LinearRing", "MultiLineString"})
AREAS = frozenset({"Polygon", "MultiPolygon"})


@dataclass(frozen=True)
class CheckedDrawing:
    """A line from its first to its last point, or an area, in degrees, WGS 84."""

    kind: Literal["line", "area"]
    geometry: BaseGeometry


def check_drawing(geometry: BaseGeometry) -> CheckedDrawing:
    """Return a geometry as a drawing, its lines joined end to end; a closed line is an area.

    Parameters
    ----------
    geometry
        A line, several that join to one, or polygons, in degrees, WGS 84.

    Raises
    ------
    DrawingError
        ``no-geometry``, ``too-many-points``, ``outside-map``, ``several-lines``, ``mixed`` or ``crosses-itself``.
    """
    parts = [part for part in _parts(shapely.force_2d(geometry)) if not part.is_empty and part.geom_type != "Point"]
    kinds = {"line" if part.geom_type in LINES else "area" for part in parts}
    if not kinds:
        raise DrawingError("no-geometry", "no line and no polygon in it; draw or save one of them")
    _check_positions(parts)
    if len(kinds) > 1:
        raise DrawingError("mixed", "lines and polygons together; keep one line, or polygons alone")
    return _area(parts) if kinds == {"area"} else _line(parts)


def _parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    parts = list(shapely.get_parts(geometry))
    nested = any(part.geom_type.startswith(("Multi", "GeometryCollection")) for part in parts)
    return [inner for part in parts for inner in _parts(part)] if nested else parts


def _check_positions(parts: list[BaseGeometry]) -> None:
    points = int(shapely.get_num_coordinates(parts).sum())
    if points > MOST_POINTS:
        message = f"{points:,} points, at most {MOST_POINTS:,} are measured; simplify it"
        raise DrawingError("too-many-points", message)
    if not all(shapely.covers(MAP, part) for part in parts):
        message = (
            f"leaves the map, which reaches from {WEST_DEG:g} to {EAST_DEG:g} degrees east and from {SOUTH_DEG:g} to "
            f"{NORTH_DEG:g} north; save longitude first, in degrees on WGS 84"
        )
        raise DrawingError("outside-map", message)


def _area(parts: list[BaseGeometry]) -> CheckedDrawing:
    if not all(part.is_valid for part in parts):
        raise DrawingError("crosses-itself", "a polygon crosses or touches itself; move the points where it does")
    return CheckedDrawing("area", multipolygon(shapely.union_all(parts)))


def _line(parts: list[BaseGeometry]) -> CheckedDrawing:
    coordinates = [shapely.get_coordinates(part) for part in parts]
    whole = shapely.line_merge(shapely.MultiLineString(list(coordinates)), directed=True)
    if whole.geom_type != "LineString":
        raise DrawingError("several-lines", f"{len(parts)} lines that do not join to one; keep one of them")
    line = shapely.LineString(shapely.get_coordinates(shapely.remove_repeated_points(whole)))
    if line.length == 0:
        raise DrawingError("no-geometry", "a line on one spot; draw or save one with two points or more")
    if not line.is_simple:
        raise DrawingError("crosses-itself", "the line crosses itself, so that it has no two sides; move its points")
    if line.is_closed:
        return _area([shapely.Polygon(line)])
    return CheckedDrawing("line", line)

"""Esri's geometries: rings without order, of which those that run clockwise are outer ones."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import shapely

from layers.readers.shapes import ReadShape, joined, polygon_shape

MEMBERS = frozenset({"rings", "spatialReference", "hasZ", "hasM", "hasz", "hasm"})
DATES = frozenset({"esriFieldTypeDate", "esriFieldTypeDateOnly", "esriFieldTypeTimestampOffset"})
CURVES = "curveRings"


def is_rings(members: Mapping[str, Any]) -> bool:
    """Whether an object is a polygon as Esri writes it, and nothing else."""
    return isinstance(members.get("rings"), list) and members.keys() <= MEMBERS


def shape_of_rings(rings: Sequence[Any]) -> ReadShape:
    """Esri's rings as a Shape: holes go into the smallest outer ring that they lie in. Raises ValueError."""
    shapes = [polygon_shape([ring]) for ring in rings]
    broken = [shape for shape in shapes if not shape.polygons]
    drawn = [(shape, shape.polygons[0]) for shape in shapes if shape.polygons]
    clockwise = [not shapely.is_ccw(polygon.exterior) for _, polygon in drawn]
    if not any(clockwise):  # turned round as a whole
        clockwise = [True] * len(drawn)
    outer = [place for place, outside in enumerate(clockwise) if outside]
    holes: dict[int, list[int]] = {place: [] for place in outer}
    for place in (place for place, outside in enumerate(clockwise) if not outside):
        holes.setdefault(_around(drawn, outer, place), []).append(place)
    polygons = [
        shapely.Polygon(drawn[place][1].exterior, [drawn[hole][1].exterior for hole in within if hole != place])
        for place, within in holes.items()
    ]
    whole = joined("Polygon" if len(polygons) == 1 else "MultiPolygon", [*(shape for shape, _ in drawn), *broken])
    return ReadShape(whole.kind, tuple(polygons), whole.vertices, whole.with_heights, whole.broken_rings)


def passed_over(geometry: Mapping[str, Any]) -> ReadShape | None:
    """A point or line of Esri's as a Shape without polygons; None where it is neither."""
    kinds = {"x": "Point", "points": "MultiPoint", "paths": "LineString"}
    kind = next((kind for member, kind in kinds.items() if member in geometry), None)
    return ReadShape(kind, passed_over=1) if kind else None


def with_days(properties: Mapping[str, Any], dates: frozenset[str]) -> Mapping[str, Any]:
    """Return attributes with their dates as text.

    Parameters
    ----------
    properties
        Attributes of a feature.
    dates
        Names of the columns that hold dates, as milliseconds since 1970.
    """
    if not dates & properties.keys():
        return properties
    return {key: _day(value) if key in dates else value for key, value in properties.items()}


def date_columns(fields: Any) -> frozenset[str]:
    """The names of the columns of dates among Esri's fields."""
    listed = fields if isinstance(fields, list) else []
    return frozenset(
        str(field.get("name")) for field in listed if isinstance(field, dict) and field.get("type") in DATES
    )


def _day(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 4e12:
        return value
    return datetime.fromtimestamp(value / 1000, UTC).isoformat()


def _around(drawn: Sequence[tuple[ReadShape, shapely.Polygon]], outer: Sequence[int], hole: int) -> int:
    """The smallest outer ring that a hole lies in; the hole itself, as an outer ring, where there is none."""
    x, y = shapely.get_coordinates(drawn[hole][1])[:-1].mean(axis=0)
    corner = shapely.get_coordinates(drawn[hole][1])[0]
    rings = np.array([drawn[place][1] for place in outer], dtype=object)
    inside = shapely.contains_xy(rings, x, y) | shapely.contains_xy(rings, *corner)
    fitting = [place for place, fits in zip(outer, inside, strict=True) if fits]
    return min(fitting, key=lambda place: abs(drawn[place][1].area)) if fitting else hole

"""Polygons from coordinate lists: rings as they are, points and lines passed over, heights left off, all counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

GEOMETRIES = frozenset(
    {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}
)


@dataclass(frozen=True)
class ReadShape:
    """The polygons of one geometry, two-dimensional, and what was passed over on the way to them."""

    kind: str
    polygons: tuple[shapely.Polygon, ...] = ()
    vertices: int = 0
    with_heights: bool = False
    broken_rings: int = 0
    passed_over: int = 0


def shape_of(geometry: Mapping[str, Any]) -> ReadShape:
    """A GeoJSON geometry as a Shape; members of a collection must be Shapes already. Raises ValueError."""
    kind = str(geometry["type"])
    if kind == "Polygon":
        return polygon_shape(geometry["coordinates"])
    if kind == "MultiPolygon":
        return joined(kind, [polygon_shape(rings) for rings in geometry["coordinates"]])
    if kind == "GeometryCollection":
        members = [member for member in geometry["geometries"] if isinstance(member, ReadShape)]
        if len(members) != len(geometry["geometries"]):
            raise ValueError("a collection holds what is no geometry")
        return joined(kind, members)
    return ReadShape(kind, passed_over=1)


def joined(kind: str, shapes: Sequence[ReadShape]) -> ReadShape:
    """Return several shapes as one, their counts added.

    Parameters
    ----------
    kind
        GeoJSON type of the result, such as ``MultiPolygon``.
    shapes
        The shapes; none gives an empty shape.
    """
    return ReadShape(
        kind,
        tuple(polygon for shape in shapes for polygon in shape.polygons),
        sum(shape.vertices for shape in shapes),
        any(shape.with_heights for shape in shapes),
        sum(shape.broken_rings for shape in shapes),
        sum(shape.passed_over for shape in shapes),
    )


def polygon_shape(rings: Sequence[Any], *, lat_lon: bool = False) -> ReadShape:
    """Return a polygon from its rings.

    A ring of fewer than three points, or of one repeated point, encloses nothing: it is left out and counted, with its
    holes if it is the outer one.

    Parameters
    ----------
    rings
        Rings of positions, the outer one first; heights are dropped and noted.
    lat_lon
        Whether positions have latitude first.

    Raises
    ------
    ValueError
        If a coordinate is not a number.
    """
    arrays = [_positions(ring) for ring in rings]
    with_heights = any(array.shape[1] > 2 for array in arrays)
    flat = [array[:, 1::-1] if lat_lon else array[:, :2] for array in arrays]
    broken = sum(not _encloses(array) for array in flat)
    if not flat or not _encloses(flat[0]):
        return ReadShape("Polygon", broken_rings=broken)
    outer, *holes = [shapely.linearrings(array) for array in flat if _encloses(array)]
    vertices = sum(len(array) for array in flat)
    return ReadShape("Polygon", (shapely.Polygon(outer, holes),), vertices, with_heights, broken)


def _positions(ring: Any) -> np.ndarray:
    """The positions of a ring, an array of two or more columns."""
    try:
        array = np.array(ring, dtype=float)
    except (ValueError, TypeError, OverflowError):
        array = _ragged(ring)
    if array.size == 0:
        return np.empty((0, 2))
    if array.ndim != 2 or array.shape[1] < 2:
        raise ValueError("a ring is no list of positions")
    if not np.isfinite(array[:, :2]).all() or _has_truths(ring):
        raise ValueError("a coordinate is no number")
    return array


def _has_truths(ring: Any) -> bool:
    """Whether a ring of JSON has true or false for a coordinate, which numpy takes for 1 and 0."""
    if not isinstance(ring, list):
        return False
    return any(value is True or value is False for position in ring for value in position)


def _ragged(ring: Any) -> np.ndarray:
    """Positions of which some have heights and some have none."""
    try:
        return np.array([(position[0], position[1], 0.0) for position in ring], dtype=float)
    except (ValueError, TypeError, IndexError, KeyError, OverflowError) as error:
        raise ValueError("a coordinate is no number") from error


def _encloses(ring: np.ndarray) -> bool:
    closed = len(ring) > 1 and np.array_equal(ring[0], ring[-1])
    return len(ring) - closed >= 3 and bool((ring != ring[0]).any())

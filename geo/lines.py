"""How far two lines lie apart on the ground."""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import length_km
from geo.projection import Conic, Extent, fitted_conic, transform

MARGIN_DEG = 0.1


def distances_km(line: BaseGeometry, other: BaseGeometry, step_km: float) -> np.ndarray:
    """The distance from places on a line, one every ``step_km``, to the nearest place on the other; km, shape (n,).

    Distances are measured on an equal-area conic fitted to both lines, true to about 1 %; none where a line is empty.
    Coordinates: degrees, WGS 84.
    """
    if line.is_empty or other.is_empty:
        return np.zeros(0)
    conic = _conic_around(line, other)
    places = np.array(shapely.points(_stepped(transform(line, conic), step_km * 1000)), dtype=object)
    target = transform(other, conic)
    shapely.prepare(target)
    return np.asarray(shapely.distance(target, places)) / 1000


def length_apart_km(line: BaseGeometry, other: BaseGeometry, tolerance_km: float) -> float:
    """The geodesic length of the parts of a line that lie farther than a tolerance from the other, in km."""
    if line.is_empty:
        return 0.0
    if other.is_empty:
        return length_km(line)
    conic = _conic_around(line, other)
    near = shapely.buffer(transform(other, conic), tolerance_km * 1000, quad_segs=4)
    apart = shapely.difference(transform(line, conic), near)
    return length_km(shapely.transform(apart, conic.to_lonlat))


def _conic_around(line: BaseGeometry, other: BaseGeometry) -> Conic:
    """A conic fitted to two lines, with a margin: lines along one meridian have no width."""
    west, south, east, north = shapely.total_bounds([line, other])
    return fitted_conic(Extent(west - MARGIN_DEG, south - MARGIN_DEG, east + MARGIN_DEG, north + MARGIN_DEG))


def _stepped(line: BaseGeometry, step_m: float) -> np.ndarray:
    """Places along the parts of a line at equal steps, so that bends with many vertices do not count more."""
    parts = [part for part in shapely.get_parts(line) if part.length > 0]
    along = [np.arange(step_m / 2, part.length, step_m) for part in parts]
    along = [steps if len(steps) else np.array([part.length / 2]) for steps, part in zip(along, parts, strict=True)]
    placed = [shapely.get_coordinates(part.interpolate(steps)) for part, steps in zip(parts, along, strict=True)]
    return np.concatenate(placed) if placed else np.zeros((0, 2))

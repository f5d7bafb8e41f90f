"""Distances between two lines, and from places to a line."""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import WGS84, length_km
from geo.projection import Conic, Extent, fitted_conic, transform

MARGIN_DEG = 0.1
IN_QUESTION = 1.006  # so much farther on the conic, which is true to 0.2 %, and a piece may still be the nearest


def distances_km(line: BaseGeometry, other: BaseGeometry, step_km: float) -> np.ndarray:
    """Return the distances from places on a line to the nearest place on another.

    Distances are measured on an equal-area conic fitted to both lines, true to about 1 %.

    Parameters
    ----------
    line, other
        Lines in degrees, WGS 84.
    step_km
        Distance between the places on ``line``, in km.

    Returns
    -------
    Distances in km, shape (n,); none if a line is empty.

    Examples
    --------
    >>> from shapely import LineString
    >>> apart = distances_km(LineString([(36, 48), (37, 48)]), LineString([(36, 48.1), (37, 48.1)]), step_km=10)
    >>> len(apart), round(float(apart.mean()), 1)
    (7, 11.1)
    """
    if line.is_empty or other.is_empty:
        return np.zeros(0)
    conic = _conic_around(line, other)
    places = np.array(shapely.points(_stepped(transform(line, conic), step_km * 1000)), dtype=object)
    target = transform(other, conic)
    shapely.prepare(target)
    return np.asarray(shapely.distance(target, places)) / 1000


def length_apart_km(line: BaseGeometry, other: BaseGeometry, tolerance_km: float) -> float:
    """Return the geodesic length of the parts of a line that are farther than a tolerance from another.

    Parameters
    ----------
    line, other
        Lines in degrees, WGS 84.
    tolerance_km
        Parts of ``line`` within this distance of ``other`` do not count, in km.

    Returns
    -------
    Length in km.

    Examples
    --------
    >>> from shapely import LineString
    >>> round(length_apart_km(LineString([(36, 48), (37, 48)]), LineString([(36, 48), (36.5, 48)]), 0.1), 1)
    43.8
    """
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


def nearest_km(lonlat: np.ndarray, line: BaseGeometry) -> np.ndarray:
    """Return the geodesic distance from each place to the nearest place on a line.

    Pieces of the line are chosen on an equal-area conic; those that its distortion leaves in question are all measured
    on the ellipsoid, by Karney (2013), doi:10.1007/s00190-012-0578-z.

    Parameters
    ----------
    lonlat
        Longitudes and latitudes in degrees, WGS 84, shape (n, 2).
    line
        Line in degrees, WGS 84.

    Returns
    -------
    Distances in km, shape (n,); infinite where the line is empty.

    Examples
    --------
    >>> from shapely import LineString
    >>> nearest_km(np.array([[36.0, 48.0], [36.5, 48.1]]), LineString([(36, 49), (37, 49)])).round().tolist()
    [111.0, 100.0]
    """
    if line.is_empty or not len(lonlat):
        return np.full(len(lonlat), np.inf)
    around: BaseGeometry = shapely.MultiPoint(lonlat)
    conic = _conic_around(around, line)
    metres = conic.to_metres(lonlat)
    places, ends = np.array(shapely.points(metres), dtype=object), _pieces(transform(line, conic))
    tree = shapely.STRtree(np.asarray(shapely.linestrings(ends), dtype=object))
    _, nearest = tree.query_nearest(places, return_distance=True, all_matches=False)
    place, piece = tree.query(places, predicate="dwithin", distance=nearest * IN_QUESTION + 1.0)
    feet = conic.to_lonlat(_feet(metres[place], ends[piece]))
    _, _, away_m = WGS84.inv(*lonlat[place].T, *feet.T)
    found = np.full(len(lonlat), np.inf)
    np.minimum.at(found, place, np.asarray(away_m) / 1000)
    return found


def _feet(places: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The nearest place of a segment to each place, in metres; a tenth of the time of ``shapely.shortest_line``."""
    starts, ways = ends[:, 0], ends[:, 1] - ends[:, 0]
    length2 = np.maximum((ways * ways).sum(axis=1), np.finfo(float).tiny)
    share = np.clip(((places - starts) * ways).sum(axis=1) / length2, 0, 1)
    return np.asarray(starts + share[:, np.newaxis] * ways)


def _pieces(line: BaseGeometry) -> np.ndarray:
    """The ends of each segment of a line, shape (n, 2, 2)."""
    parts = [shapely.get_coordinates(part) for part in shapely.get_parts(line)]
    return np.concatenate([np.stack([places[:-1], places[1:]], axis=1) for places in parts])

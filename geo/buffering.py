"""Buffers of a given width along a line, measured in kilometres and not in degrees."""

import math
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import shapely
from pyproj import Proj
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError
from geo.measure import EDGE_LIMIT_DEG, WGS84
from geo.overlay import GRID_DEG, multipolygon

SCALE_TOLERANCE = 0.001
QUADRANT_SEGMENTS = 16
BANDS_CACHED = 64


@lru_cache(maxsize=BANDS_CACHED)
def band_along(line: BaseGeometry, width_km: float) -> shapely.MultiPolygon:
    """Return the area within a distance of a line, on both sides and around its ends.

    The line is projected to a Lambert conformal conic fitted to its own extent, where distances are true to 0.1 % in
    every direction, buffered there and projected back.

    Parameters
    ----------
    line
        Line in degrees, WGS 84.
    width_km
        Distance from the line to the edge of the band, in km.

    Returns
    -------
    The band in degrees, WGS 84; empty if the line is.

    Raises
    ------
    GeometryError
        If the line is so long from north to south that distances would be off by more than 0.1 %, or if ``width_km`` is
        not positive.

    Examples
    --------
    A band of 10 km on both sides of 73 km of a parallel:

    >>> from shapely import LineString
    >>> from geo.measure import area_km2
    >>> round(area_km2(band_along(LineString([(36, 48.5), (37, 48.5)]), 10)))
    1792
    """
    if not width_km > 0:
        raise GeometryError(f"band of {width_km} km: the width must be more than 0 km")
    if line.is_empty:
        return shapely.MultiPolygon()
    conic = _conic_fitted_to(line, width_km)
    flat = shapely.transform(shapely.segmentize(line, EDGE_LIMIT_DEG), lambda lonlat: _forward(conic, lonlat))
    wide = shapely.buffer(flat, width_km * 1000, quad_segs=QUADRANT_SEGMENTS)
    wide = shapely.segmentize(wide, 5000)
    back = shapely.transform(wide, lambda metres: _inverse(conic, metres))
    return multipolygon(shapely.set_precision(back, GRID_DEG))


def _conic_fitted_to(line: BaseGeometry, width_km: float) -> Proj:
    west, south, east, north = line.bounds
    reach_deg = width_km / 111
    south, north = south - reach_deg, north + reach_deg
    inset = (north - south) * (1 - math.cos(math.pi / 4)) / 2
    conic = Proj(
        proj="lcc", lat_1=south + inset, lat_2=north - inset, lat_0=(south + north) / 2,
        lon_0=(west + east) / 2, ellps="WGS84",
    )  # fmt: skip
    latitudes = np.linspace(south, north, 9)
    factors = conic.get_factors(np.full_like(latitudes, (west + east) / 2), latitudes)
    worst = float(np.abs(np.asarray(factors.meridional_scale) - 1).max())
    if worst > SCALE_TOLERANCE:
        raise GeometryError(
            f"band along a line from {south:.1f} to {north:.1f} degrees north: distances would be "
            f"off by {worst:.2%}; split the line into shorter ones"
        )
    return conic


def _forward(conic: Proj, lonlat: np.ndarray) -> np.ndarray:
    return np.column_stack(conic(lonlat[:, 0], lonlat[:, 1]))


def _inverse(conic: Proj, metres: np.ndarray) -> np.ndarray:
    return np.column_stack(conic(metres[:, 0], metres[:, 1], inverse=True))


def buffer_along(outline: BaseGeometry, width_km: float) -> shapely.MultiPolygon:
    """Return the area within a distance of lines of any length, to either side and around their ends.

    Edges are cut into pieces of at most 0.05 degrees. The area is the union of a quadrangle on each side of each piece,
    its far corners on geodesics square to the piece, and of fans of 16 steps to a right angle around ends and bends.
    The page to draw on makes its buffers of the same polygons.

    Parameters
    ----------
    outline
        Lines in degrees, WGS 84; closed ones have no ends.
    width_km
        Distance from the line to the edge of the area, in km.

    Examples
    --------
    >>> from shapely import LineString
    >>> from geo.measure import area_km2
    >>> round(area_km2(buffer_along(LineString([(36, 48.5), (37, 48.5)]), 10)))
    1792
    """
    lines = [line for line in shapely.get_parts(shapely.segmentize(outline, EDGE_LIMIT_DEG)) if line.length > 0]
    parts = [part for line in lines for part in _parts_along(shapely.get_coordinates(line), width_km * 1000)]
    return multipolygon(shapely.union_all(parts))


def _parts_along(places: np.ndarray, width_m: float) -> list[BaseGeometry]:
    """The convex parts of a buffer: quadrangles on both sides of each edge, a fan for each bend and end."""
    starts, ends, _ = WGS84.inv(*places[:-1].T, *places[1:].T)
    ends = ends + 180
    sides = [
        (_away(places[:-1], starts + turn, width_m), _away(places[1:], ends + turn, width_m)) for turn in (90, -90)
    ]
    corners = [np.stack([places[:-1], at_start, at_end, places[1:]], axis=1) for at_start, at_end in sides]
    quadrangles = shapely.polygons(np.concatenate(corners))
    fans = [_fan(*bend, width_m) for bend in _bends(places, starts, ends)]
    return [*np.asarray(shapely.convex_hull(quadrangles)), *fans]


def _bends(places: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> Iterator[tuple[np.ndarray, float, float]]:
    """Where a fan is: its place, the azimuth at which it begins, and the angle by which it turns, in degrees."""
    is_closed = (places[0] == places[-1]).all()
    inner = range(len(starts)) if is_closed else range(1, len(starts))
    for edge in inner:
        turn = (starts[edge] - ends[edge - 1] + 180) % 360 - 180
        yield places[edge], ends[edge - 1] + (90 if turn < 0 else -90), turn
    if not is_closed:
        yield places[0], starts[0] - 90, -180
        yield places[-1], ends[-1] + 90, -180


def _fan(place: np.ndarray, begin_deg: float, turn_deg: float, width_m: float) -> BaseGeometry:
    steps = max(1, math.ceil(abs(turn_deg) * QUADRANT_SEGMENTS / 90 - 1e-9))
    azimuths = begin_deg + turn_deg * np.arange(steps + 1) / steps
    arc = _away(np.tile(place, (steps + 1, 1)), azimuths, width_m)
    return shapely.convex_hull(shapely.MultiPoint(np.vstack([place, arc])))


def _away(places: np.ndarray, azimuths_deg: np.ndarray, distance_m: float) -> np.ndarray:
    lon, lat, _ = WGS84.fwd(places[:, 0], places[:, 1], azimuths_deg, np.full(len(places), distance_m))
    return np.column_stack([lon, lat])

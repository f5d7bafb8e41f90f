"""Buffers of a given width along a line, measured in kilometres and not in degrees."""

import math
from functools import lru_cache

import numpy as np
import shapely
from pyproj import Proj
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError
from geo.measure import EDGE_LIMIT_DEG
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

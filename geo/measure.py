"""Geodesic areas and lengths on the WGS 84 ellipsoid.

Edges of a polygon in longitude and latitude are straight lines in degrees (RFC 7946), not geodesics. They are split
to at most 0.05 degrees first; the pieces are measured as in Karney (2013), doi:10.1007/s00190-012-0578-z, through
``pyproj.Geod``.
"""

from functools import lru_cache

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

WGS84 = Geod(ellps="WGS84")
EDGE_LIMIT_DEG = 0.05
AREAS = frozenset({"Polygon", "MultiPolygon", "GeometryCollection"})


def area_km2(geometry: BaseGeometry) -> float:
    """Return the geodesic area of all polygons in a geometry, in km².

    Holes are subtracted whichever way their rings run, so that the area is never negative. Points and lines have the
    area 0. Coordinates: degrees, WGS 84. Method: Karney (2013), doi:10.1007/s00190-012-0578-z.

    >>> from shapely import box
    >>> round(area_km2(box(35, 48, 36, 49)), 1)
    8217.7
    """
    return sum(map(_polygon_area_m2, polygons(geometry))) / 1e6


def length_km(geometry: BaseGeometry) -> float:
    """Return the geodesic length of all lines in a geometry, in km. Coordinates: degrees, WGS 84.

    >>> from shapely import LineString
    >>> round(length_km(LineString([(35, 48), (35, 49)])), 1)
    111.2
    """
    lines = [part for part in shapely.get_parts(geometry) if part.geom_type == "LineString"]
    return sum(_length_m(line) for line in lines) / 1e3


def polygons(geometry: BaseGeometry) -> list[shapely.Polygon]:
    """Return the polygons of a geometry or collection, without its points and lines.

    >>> from shapely import GeometryCollection, Point, box
    >>> len(polygons(GeometryCollection([Point(35, 48), box(35, 48, 36, 49)])))
    1
    """
    if geometry.is_empty:
        return []
    if isinstance(geometry, shapely.Polygon):
        return [geometry]
    parts = shapely.get_parts(geometry)
    if geometry.geom_type == "MultiPolygon":
        return list(parts[~shapely.is_empty(parts)])
    return [polygon for part in parts for polygon in (polygons(part) if part.geom_type in AREAS else [])]


def forget_areas() -> None:
    """Clear the cache of areas, to measure how long measuring takes."""
    _polygon_area_m2.cache_clear()


@lru_cache(maxsize=8192)
def _polygon_area_m2(polygon: shapely.Polygon) -> float:
    holes = sum(_ring_area_m2(ring) for ring in polygon.interiors)
    return _ring_area_m2(polygon.exterior) - holes


def _ring_area_m2(ring: shapely.LinearRing) -> float:
    lon_deg, lat_deg = _coordinates(ring)
    area_m2, _ = WGS84.polygon_area_perimeter(lon_deg, lat_deg)
    return abs(float(area_m2))


def _length_m(line: shapely.LineString) -> float:
    lon_deg, lat_deg = _coordinates(line)
    return float(WGS84.line_length(lon_deg, lat_deg))


def _coordinates(line: BaseGeometry) -> tuple[np.ndarray, np.ndarray]:
    if line.length > 0:  # a line that stays on the spot cannot be cut
        free = shapely.set_precision(line, 0)  # the places where edges are split would be rounded to a grid, too
        line = shapely.segmentize(free, EDGE_LIMIT_DEG)
    coordinates = shapely.get_coordinates(line)
    return coordinates[:, 0], coordinates[:, 1]

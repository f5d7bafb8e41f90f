"""Geometry in the coordinate reference systems that other programs want, by their EPSG codes."""

from functools import cache

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geo.measure import EDGE_LIMIT_DEG

WGS84_EPSG = 4326
DECIMALS_M = 2


def in_system(geometry: BaseGeometry, epsg: int) -> BaseGeometry:
    """Return a geometry in another reference system, in metres to the centimetre.

    Edges are straight in longitude and latitude, so that long ones are split first: they stay where they were.

    Parameters
    ----------
    geometry
        Geometry in degrees, WGS 84.
    epsg
        EPSG code of a projected system in metres; 4326 (WGS 84) leaves the geometry as it is.

    Returns
    -------
    The geometry in x and y, in metres, easting first whatever the axis order of the system is.

    Examples
    --------
    >>> in_system(shapely.Point(35, 48), 3857).wkt
    'POINT (3896182.18 6106854.83)'
    """
    if epsg == WGS84_EPSG:
        return geometry
    split = geometry if geometry.length == 0 else shapely.segmentize(geometry, EDGE_LIMIT_DEG)
    project = _transformer(epsg).transform
    return shapely.transform(
        split, lambda lonlat: np.round(np.column_stack(project(lonlat[:, 0], lonlat[:, 1])), DECIMALS_M)
    )


@cache
def _transformer(epsg: int) -> Transformer:
    return Transformer.from_crs(WGS84_EPSG, epsg, always_xy=True)

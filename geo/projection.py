"""An Albers equal-area conic fitted to an extent, for drawing and for distances."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from pyproj import Proj
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError


@dataclass(frozen=True)
class Extent:
    """A box in longitude and latitude: degrees, WGS 84."""

    west_deg: float
    south_deg: float
    east_deg: float
    north_deg: float


@dataclass(frozen=True)
class Conic:
    """An Albers equal-area conic on WGS 84: two standard parallels and an origin, in degrees."""

    lat_1_deg: float
    lat_2_deg: float
    lat_0_deg: float
    lon_0_deg: float

    @cached_property
    def _projection(self) -> Proj:
        return Proj(
            proj="aea", lat_1=self.lat_1_deg, lat_2=self.lat_2_deg, lat_0=self.lat_0_deg,
            lon_0=self.lon_0_deg, ellps="WGS84",
        )  # fmt: skip

    def to_metres(self, lonlat: np.ndarray) -> np.ndarray:
        """Return eastings and northings in metres of longitudes and latitudes in degrees, both of shape (n, 2)."""
        return np.column_stack(self._projection(lonlat[:, 0], lonlat[:, 1]))

    def to_lonlat(self, metres: np.ndarray) -> np.ndarray:
        """Return longitudes and latitudes in degrees of eastings and northings in metres, both of shape (n, 2)."""
        return np.column_stack(self._projection(metres[:, 0], metres[:, 1], inverse=True))


def fitted_conic(extent: Extent) -> Conic:
    """Return the conic whose scale is closest to true over an extent: parallels a sixth in from its edges.

    The rule of one sixth is that of Snyder (1987), Map Projections: A Working Manual, doi:10.3133/pp1395. Raises
    GeometryError if the box is empty or inverted, or lies on both sides of the equator, where a conic does not fit.

    >>> fitted_conic(Extent(22, 44, 41, 53))
    Conic(lat_1_deg=45.5, lat_2_deg=51.5, lat_0_deg=48.5, lon_0_deg=31.5)
    """
    if not (extent.west_deg < extent.east_deg and extent.south_deg < extent.north_deg):
        raise GeometryError(
            f"extent {extent.west_deg:g} {extent.south_deg:g} {extent.east_deg:g} {extent.north_deg:g}: "
            "give west, south, east, north in degrees, west below east and south below north"
        )
    if extent.south_deg < 0 < extent.north_deg or max(abs(extent.south_deg), abs(extent.north_deg)) > 85:
        raise GeometryError("extent: a conic map needs one side of the equator and no pole; choose a smaller box")
    sixth = (extent.north_deg - extent.south_deg) / 6
    return Conic(
        lat_1_deg=extent.south_deg + sixth,
        lat_2_deg=extent.north_deg - sixth,
        lat_0_deg=(extent.south_deg + extent.north_deg) / 2,
        lon_0_deg=(extent.west_deg + extent.east_deg) / 2,
    )


def outline(extent: Extent, steps: int = 24) -> np.ndarray:
    """Return points along the edge of an extent, since parallels are curved on a conic.

    Parameters
    ----------
    extent
        Box in degrees, WGS 84.
    steps
        Number of points on each of its four sides, at least 1.

    Returns
    -------
    Longitudes and latitudes in degrees, shape (4 * steps, 2).

    Examples
    --------
    >>> outline(Extent(22, 44, 41, 53), steps=1).tolist()
    [[22.0, 44.0], [41.0, 44.0], [41.0, 53.0], [22.0, 53.0]]
    """
    west, south, east, north = extent.west_deg, extent.south_deg, extent.east_deg, extent.north_deg
    corners = np.array([(west, south), (east, south), (east, north), (west, north), (west, south)])
    along = np.arange(4 * steps) / steps
    return np.column_stack([np.interp(along, np.arange(5), corners[:, axis]) for axis in (0, 1)])


def transform(geometry: BaseGeometry, conic: Conic) -> BaseGeometry:
    """Return a geometry in degrees as one in metres on a conic.

    Parameters
    ----------
    geometry
        The geometry, in degrees, WGS 84.
    conic
        The projection; ``fitted_conic`` makes one for an extent.

    Returns
    -------
    The geometry in metres east and north of the middle of the conic's extent.

    Examples
    --------
    >>> conic = fitted_conic(Extent(22, 44, 41, 53))
    >>> point = transform(shapely.Point(31.5, 49.5), conic)
    >>> round(point.x), round(point.y)
    (0, 111358)
    """
    return shapely.transform(geometry, conic.to_metres)

"""An equal-area conic fitted to an extent, for drawing."""

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
    """Albers equal-area conic on WGS 84: two standard parallels and an origin, in degrees."""

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
        """Longitudes and latitudes of shape (n, 2) in degrees as eastings and northings in metres."""
        return np.column_stack(self._projection(lonlat[:, 0], lonlat[:, 1]))

    def to_lonlat(self, metres: np.ndarray) -> np.ndarray:
        """Eastings and northings of shape (n, 2) in metres as longitudes and latitudes in degrees."""
        return np.column_stack(self._projection(metres[:, 0], metres[:, 1], inverse=True))


def fitted_conic(extent: Extent) -> Conic:
    """The conic whose scale is nearest to true over an extent: parallels a sixth in from its edges.

    Raises GeometryError where the box is empty, upside down, or lies on both sides of the equator,
    for which a conic is the wrong kind of projection.
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
    """Points along the edge of an extent, of shape (4 * steps, 2) in degrees; parallels bend on a conic."""
    west, south, east, north = extent.west_deg, extent.south_deg, extent.east_deg, extent.north_deg
    corners = np.array([(west, south), (east, south), (east, north), (west, north), (west, south)])
    along = np.arange(4 * steps) / steps
    return np.column_stack([np.interp(along, np.arange(5), corners[:, axis]) for axis in (0, 1)])


def transform(geometry: BaseGeometry, conic: Conic) -> BaseGeometry:
    """A geometry in degrees as one in metres on the conic."""
    return shapely.transform(geometry, conic.to_metres)

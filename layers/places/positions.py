"""Many positions at once, and which of them lie in an area: found once for an area that several zones have."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.lazy import once

AREAS_KEPT = 256


@dataclass(frozen=True, eq=False)
class Positions:
    """Points in degrees, WGS 84, in an order that their owner knows."""

    points: Sequence[shapely.Point]

    @once
    def lonlat(self) -> np.ndarray:
        """Longitudes and latitudes, shape (n, 2)."""
        return np.asarray(shapely.get_coordinates(self.points))

    @once
    def tree(self) -> shapely.STRtree:
        """The points by where they are."""
        return shapely.STRtree(self.points)

    def numbers_in(self, area: BaseGeometry, away_deg: float = 0.0) -> list[int]:
        """Return which points lie in an area or on its outline, ascending from 0.

        Parameters
        ----------
        area
            Polygons in degrees, WGS 84.
        away_deg
            How far outside a point may be, in degrees.
        """
        return _numbers_in(self, area, away_deg)

    def are_in(self, area: BaseGeometry, away_deg: float = 0.0) -> np.ndarray:
        """Return whether each point lies in an area, as ``numbers_in`` finds it.

        Parameters
        ----------
        area
            Polygons in degrees, WGS 84.
        away_deg
            How far outside a point may be, in degrees.
        """
        found = np.zeros(len(self.points), dtype=bool)
        found[self.numbers_in(area, away_deg)] = True
        return found


@lru_cache(maxsize=AREAS_KEPT)
def _numbers_in(positions: Positions, area: BaseGeometry, away_deg: float) -> list[int]:
    if away_deg:
        found = positions.tree.query(area, predicate="dwithin", distance=away_deg)
    else:
        found = positions.tree.query(area, predicate="intersects")
    return sorted(found.tolist())

"""Areas from points on a grid: approximate, but fast where an exact overlay of many rings may take hours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import WGS84
from geo.overlay import multipolygon
from geo.segments import counting_up, segments_of

STEP_LON_DEG, STEP_LAT_DEG = 0.015, 0.01  # 1.1 km
ROW_WIDTH = 1000.0  # wider than the Earth in degrees
MOST_CROSSINGS = 2_000_000  # at a time


@dataclass(frozen=True)
class Samples:
    """Points of a grid inside units: longitude and latitude in degrees, the unit, and the km² that a point represents.

    Of a unit of 25,000 km², the area comes out within about 30 km² of the exact one.
    """

    lon: np.ndarray
    lat: np.ndarray
    unit: np.ndarray
    km2: np.ndarray
    units: int

    def areas_km2(self, ground: BaseGeometry) -> list[float]:
        """Return the area of a geometry (degrees, WGS 84) in each of the units, in km²."""
        inside = self._are_inside(segments_of(shapely.get_parts(multipolygon(ground)))[0])
        areas: list[float] = np.bincount(self.unit[inside], self.km2[inside], self.units).tolist()
        return areas

    def _are_inside(self, edges: np.ndarray) -> np.ndarray:
        """Which points lie inside valid polygons: those with an odd number of edges to the west in their row.

        Counted by rows, since testing a point against each edge beside it takes minutes if edges are long and many.
        """
        row = _row_of(self.lat)
        odd = np.zeros(len(row), dtype=bool)
        for some in _parts(edges):
            crossings = np.sort(_crossings(some))
            west = np.searchsorted(crossings, row * ROW_WIDTH + self.lon)
            odd ^= (west - np.searchsorted(crossings, row * ROW_WIDTH - ROW_WIDTH / 2)) % 2 == 1
        return odd


def _rows(edges: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The first row of the grid that each edge crosses, and how many."""
    low, high = (_row_of(pick(edges[:, 1], edges[:, 3])) for pick in (np.minimum, np.maximum))
    return np.ceil(low), (np.ceil(high) - np.ceil(low)).astype(np.int64)


def _row_of(lat: np.ndarray) -> np.ndarray:
    """The row of the grid at a latitude; a whole number in the middle of its cells."""
    row: np.ndarray = np.round(lat / STEP_LAT_DEG - 0.5, 9)
    return row


def _parts(edges: np.ndarray) -> Iterator[np.ndarray]:
    """Edges in parts that cross a bounded number of rows."""
    total = np.cumsum(_rows(edges)[1])
    for part in range(int(total[-1]) // MOST_CROSSINGS + 1 if len(total) else 0):
        begin, end = np.searchsorted(total, [part * MOST_CROSSINGS, (part + 1) * MOST_CROSSINGS], side="right")
        yield edges[begin if part else 0 : end]


def _crossings(edges: np.ndarray) -> np.ndarray:
    """Where edges cross rows of the grid: the longitude, and a width for each row before it."""
    first, times = _rows(edges)
    row = np.repeat(first, times) + counting_up(times)
    x, y, end_x, end_y = np.repeat(edges, times, axis=0).T
    along = ((row + 0.5) * STEP_LAT_DEG - y) / (end_y - y)
    crossings: np.ndarray = row * ROW_WIDTH + x + along * (end_x - x)
    return crossings


def sample(units: Sequence[BaseGeometry]) -> Samples:
    """Return the points of the grid in each of several units (degrees, WGS 84) that do not overlap.

    >>> from shapely import box
    >>> samples = sample([box(35, 48, 36, 49), box(36, 48, 37, 49)])
    >>> [round(area) for area in samples.areas_km2(box(35, 48, 36.5, 49))]
    [8259, 4068]
    """
    found = [_points_in(unit) for unit in units]
    lon, lat = (np.concatenate([points[axis] for points in found]) for axis in (0, 1))
    unit = np.repeat(np.arange(len(units)), [len(points[0]) for points in found])
    return Samples(lon, lat, unit, _km2_at(lat), len(units))


def _points_in(unit: BaseGeometry) -> tuple[np.ndarray, np.ndarray]:
    west, south, east, north = unit.bounds
    lon, lat = np.meshgrid(_steps(west, east, STEP_LON_DEG), _steps(south, north, STEP_LAT_DEG))
    own = multipolygon(unit)
    shapely.prepare(own)
    inside = shapely.contains_xy(own, lon, lat)
    return lon[inside], lat[inside]


def _steps(first: float, last: float, step: float) -> np.ndarray:
    """The middles of the cells of one grid for all units."""
    return (np.arange(np.floor(first / step), np.ceil(last / step)) + 0.5) * step


def _km2_at(lat: np.ndarray) -> np.ndarray:
    """The area of a cell of the grid on WGS 84."""
    flat = 1 - WGS84.es * np.sin(np.radians(lat)) ** 2
    square = (WGS84.a / 1000) ** 2 * (1 - WGS84.es) * np.radians(STEP_LON_DEG) * np.radians(STEP_LAT_DEG)
    area: np.ndarray = square * np.cos(np.radians(lat)) / flat**2
    return area

"""The largest upright rectangles of given shapes in an area on Web Mercator, where a rectangle in degrees is one."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

CELLS = 180  # along the longer side of an area, as a rule
LEAST_CELL_DEG = 0.004
DECIMALS = 4

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees


@dataclass(frozen=True)
class Grid:
    """Cells over an area: which lie in it wholly, rows from the south; positions in degrees of the equator."""

    west: float
    south: float
    cell: float
    inside: np.ndarray

    @property
    def sums(self) -> np.ndarray:
        """The number of cells inside, south and west of each corner."""
        return np.pad(self.inside.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))


def mercator(lonlat: np.ndarray) -> np.ndarray:
    """Longitude and latitude, of shape (n, 2), as positions on Web Mercator in degrees of the equator."""
    y = np.degrees(np.arctanh(np.sin(np.radians(lonlat[:, 1]))))
    return np.column_stack([lonlat[:, 0], y])


def degrees(flat: np.ndarray) -> np.ndarray:
    """Positions on Web Mercator, of shape (n, 2), as longitude and latitude."""
    lat = np.degrees(np.arcsin(np.tanh(np.radians(flat[:, 1]))))
    return np.column_stack([flat[:, 0], lat])


def grid_of(area: BaseGeometry, cells: int = CELLS) -> Grid:
    """Return an area as a grid of cells on Web Mercator.

    Parameters
    ----------
    area
        Polygons in degrees, WGS 84; not empty.
    cells
        Number of cells along its longer side. Cells are at least 0.004° wide.

    Returns
    -------
    Which cells lie inside with all four corners.
    """
    flat = shapely.transform(area, mercator)
    west, south, east, north = flat.bounds
    cell = max((east - west) / cells, (north - south) / cells, LEAST_CELL_DEG)
    xs, ys = (np.arange(low, high + cell, cell) for low, high in ((west, east), (south, north)))
    shapely.prepare(flat)
    corners = np.asarray(shapely.contains_xy(flat, *np.meshgrid(xs, ys)))
    whole = corners[:-1, :-1] & corners[1:, :-1] & corners[:-1, 1:] & corners[1:, 1:]
    return Grid(west, south, cell, whole)


def largest(grid: Grid, aspects: Iterable[float], around: tuple[float, float] | None = None) -> list[Bounds]:
    """Return for each aspect the largest upright rectangle in a grid, the largest first.

    Equal ones are returned once.

    Parameters
    ----------
    grid
        Cells of an area.
    aspects
        Widths divided by heights, on the map.
    around
        Longitude and latitude in degrees that a rectangle has to contain; None for no such place.

    Returns
    -------
    West, south, east and north of each, in degrees; none for an aspect that does not fit.
    """
    cell = None if around is None else _cell(grid, around)
    found = {_bounds(grid, *spot) for aspect in aspects if (spot := _largest(grid, aspect, cell))}
    return sorted(found, key=lambda one: ((one[0] - one[2]) * (one[3] - one[1]), one))


def _largest(grid: Grid, aspect: float, around: tuple[int, int] | None) -> tuple[int, int, int, int] | None:
    """Row, column, height and width in cells of the largest rectangle of a shape; the most central of its size."""
    sums, least, most, best = grid.sums, 1, min(grid.inside.shape), None
    while least <= most:
        high = (least + most) // 2
        spot = _fitting(sums, high, max(1, round(high * aspect)), around)
        if spot is None:
            most = high - 1
        else:
            best, least = (*spot, high, max(1, round(high * aspect))), high + 1
    return best


def _fitting(sums: np.ndarray, high: int, wide: int, around: tuple[int, int] | None) -> tuple[int, int] | None:
    if high >= sums.shape[0] or wide >= sums.shape[1]:
        return None
    counts = sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide]
    rows, columns = np.nonzero(counts == high * wide)
    if around is not None:
        near = (rows <= around[0]) & (around[0] < rows + high) & (columns <= around[1]) & (around[1] < columns + wide)
        rows, columns = rows[near], columns[near]
    if not len(rows):
        return None
    middle = np.hypot(rows - np.median(rows), columns - np.median(columns))
    chosen = int(np.argmin(middle))
    return int(rows[chosen]), int(columns[chosen])


def _cell(grid: Grid, lonlat: tuple[float, float]) -> tuple[int, int]:
    x, y = mercator(np.array([lonlat]))[0]
    return int((y - grid.south) // grid.cell), int((x - grid.west) // grid.cell)


def _bounds(grid: Grid, row: int, column: int, high: int, wide: int) -> Bounds:
    low = (grid.west + column * grid.cell, grid.south + row * grid.cell)
    ends = degrees(np.array([low, (low[0] + wide * grid.cell, low[1] + high * grid.cell)]))
    west, south, east, north = (round(float(value), DECIMALS) for value in ends.ravel())
    return west, south, east, north

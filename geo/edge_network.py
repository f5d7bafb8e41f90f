"""Areas and lines as one network of edges, simplified once for all that share them.

Areas that are simplified one by one move apart. Here an edge is simplified once, whatever lies on its two sides, and
the areas are put together again from the ground between the edges. Coordinates: degrees, WGS 84.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import polygons
from geo.overlay import GRID_DEG, multipolygon

SCREEN_GRID_DEG = 1e-4  # 11 m: a sixth of a pixel at the nearest zoom
ON_EDGE_DEG = 2 * GRID_DEG
PLACES_CACHED = 2048

Lines = list[shapely.LineString]


@dataclass(frozen=True)
class Edges:
    """Lines that meet in their ends alone, as they were and simplified: one of ``drawn`` for each of ``exact``."""

    exact: Lines
    drawn: Lines


def edges_of(geometries: Iterable[BaseGeometry]) -> BaseGeometry:
    """The edges of areas, and lines as they are, each once and cut wherever they meet."""
    lines = [shapely.boundary(one) if polygons(one) else one for one in geometries]
    return shapely.union_all(lines, grid_size=GRID_DEG)


def long_lines(lines: BaseGeometry) -> Lines:
    """Lines joined end to end, as far as no third one begins there."""
    merged = shapely.get_parts(shapely.line_merge(lines))
    return [line for line in merged if line.geom_type == "LineString" and not line.is_empty]


def simplify_edges(lines: Lines, tolerance_deg: float) -> Edges:
    """Lines with fewer vertices, nowhere farther from where they were than the tolerance, and no new crossing.

    Ends stay where they are, so that lines that met there still do.
    """
    if not lines:
        return Edges([], [])
    simplified = shapely.simplify(shapely.multilinestrings(lines), tolerance_deg, preserve_topology=True)
    return Edges(lines, list(shapely.get_parts(simplified)))


def for_screens(lines: Iterable[BaseGeometry]) -> BaseGeometry:
    """Lines on the grid of screens, cut wherever they meet there."""
    return shapely.union_all(list(lines), grid_size=SCREEN_GRID_DEG)


@dataclass(frozen=True)
class Faces:
    """The areas between lines, each with its innermost place, which lies as far as can be from the lines."""

    areas: np.ndarray
    places: np.ndarray

    def of(self, shape: BaseGeometry) -> shapely.MultiPolygon:
        """A shape put together from the faces whose innermost place it holds; empty where it holds none.

        The place decides because the lines were moved: the edge of a face is no longer that of the shape.
        """
        shapely.prepare(shape)
        return multipolygon(shapely.coverage_union_all(self.areas[shapely.intersects(shape, self.places)]))


def faces_between(lines: BaseGeometry) -> Faces:
    """The faces of lines that are cut wherever they meet."""
    areas = shapely.get_parts(shapely.polygonize(list(shapely.get_parts(lines))))
    return Faces(areas, np.array([_innermost(area) for area in areas], dtype=object))


@lru_cache(maxsize=PLACES_CACHED)
def _innermost(area: BaseGeometry) -> shapely.Point:
    """The innermost place of a face, found once for all dates: most faces are the same on each."""
    return shapely.get_point(shapely.maximum_inscribed_circle(area), 0)


def cut_at(lines: Lines, edge: BaseGeometry, places: np.ndarray) -> Lines:
    """Lines in pieces, cut at every vertex of theirs on an edge, at a place, or where another line ends."""
    coordinates, of_line = shapely.get_coordinates(lines, return_index=True)
    met = np.isin(_grid_numbers(coordinates), _grid_numbers(np.concatenate([places, _ends(lines)])))
    return _cut(coordinates, of_line, met | _touching(coordinates, edge))


def _cut(coordinates: np.ndarray, of_line: np.ndarray, stops: np.ndarray) -> Lines:
    """Lines, as their coordinates and the number of the line that each belongs to, in pieces from stop to stop."""
    changes = of_line[1:] != of_line[:-1]
    stops = stops | np.append(True, changes) | np.append(changes, True)
    places = np.flatnonzero(stops)
    within = of_line[places[:-1]] == of_line[places[1:]]
    first, last = places[:-1][within], places[1:][within]
    sizes = last - first + 1
    numbers = np.repeat(np.arange(len(first)), sizes)
    of_piece = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(first, sizes)
    return list(shapely.linestrings(coordinates[of_piece], indices=numbers))


def _touching(coordinates: np.ndarray, edge: BaseGeometry) -> np.ndarray:
    """Whether each place lies on an edge; shape (n,)."""
    shapely.prepare(edge)
    return np.asarray(shapely.dwithin(edge, shapely.points(coordinates), ON_EDGE_DEG))


def meeting_points(lines: BaseGeometry) -> np.ndarray:
    """Where more or fewer than two of these lines meet, shape (n, 2); they must be cut there."""
    return _ends(long_lines(lines))


def _ends(lines: Lines) -> np.ndarray:
    both = shapely.get_point(np.repeat(np.asarray(lines, dtype=object), 2), np.tile([0, -1], len(lines)))
    return shapely.get_coordinates(both)


def _grid_numbers(coordinates: np.ndarray) -> np.ndarray:
    """One number for each place on the grid of cuts; the same for the same place."""
    columns, rows = np.round(coordinates / GRID_DEG).astype(np.int64).T
    numbers: np.ndarray = columns * 10**9 + rows
    return numbers


def move_ends(edges: Edges, edge: BaseGeometry, moved_to: BaseGeometry) -> Edges:
    """Edges whose ends on one line are moved to the nearest places on another, which took its place."""
    if not edges.drawn:
        return edges
    coordinates, of_line = shapely.get_coordinates(edges.drawn, return_index=True)
    numbers = np.arange(len(edges.drawn))
    ends = np.unique(
        np.concatenate([np.searchsorted(of_line, numbers), np.searchsorted(of_line, numbers, "right") - 1])
    )
    ends = ends[_touching(coordinates[ends], edge)]
    ways = shapely.shortest_line(moved_to, shapely.points(coordinates[ends]))
    coordinates[ends] = shapely.get_coordinates(shapely.get_point(ways, 0))
    return Edges(edges.exact, list(shapely.linestrings(coordinates, indices=of_line)))


def split_by(lines: BaseGeometry, others: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Lines that are cut where they meet the others, in groups that lie wholly on or wholly off each of the others."""
    groups = [shapely.get_parts(lines)]
    for other in others:
        on = [np.asarray(lie_on(list(group), other), dtype=bool) for group in groups]
        groups = [part for group, is_on in zip(groups, on, strict=True) for part in (group[is_on], group[~is_on])]
    return [shapely.multilinestrings(group) for group in groups if len(group)]


def lie_on(lines: Lines, other: BaseGeometry) -> list[bool]:
    """Which lines lie on another, of those that lie wholly on or wholly off it."""
    middles = shapely.line_interpolate_point(np.asarray(lines, dtype=object), 0.5, normalized=True)
    found: list[bool] = _touching(shapely.get_coordinates(middles), other).tolist()
    return found


@lru_cache(maxsize=PLACES_CACHED)
def innermost(area: BaseGeometry, accuracy_deg: float = 0.005) -> tuple[float, float]:
    """The longitude and latitude that lie farthest inside the largest part of an area, as it looks on a map."""
    largest = max(polygons(area), key=lambda part: part.area)
    narrow = float(np.cos(np.radians(largest.centroid.y)))
    shown = shapely.transform(largest, lambda lonlat: lonlat * [narrow, 1])
    x, y = shapely.get_coordinates(shapely.maximum_inscribed_circle(shown, accuracy_deg))[0]
    return float(x) / narrow, float(y)

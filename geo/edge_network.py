"""Polygons and lines as one network of edges, each simplified once for all polygons that share it.

Polygons that are simplified one by one move apart. Here an edge is simplified once, whatever lies on its two sides, and
polygons are assembled from the faces between the edges. Coordinates: degrees, WGS 84.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import polygons
from geo.overlay import GRID_DEG, multipolygon

SCREEN_GRID_DEG = 1e-4  # 11 m: a twelfth of a pixel at the nearest zoom
ON_EDGE_DEG = 2 * GRID_DEG
PLACES_CACHED = 2048

Lines = list[shapely.LineString]


@dataclass(frozen=True)
class EdgeNetwork:
    """Lines that meet only in their ends, before and after simplification: ``drawn[i]`` belongs to ``exact[i]``."""

    exact: Lines
    drawn: Lines


def edges_of(geometries: Iterable[BaseGeometry]) -> BaseGeometry:
    """Return the boundaries of polygons, and lines as they are, each edge once and split at every junction.

    >>> from shapely import box
    >>> edges_of([box(0, 0, 1, 1), box(1, 0, 2, 1)]).length
    7.0
    """
    lines = [shapely.boundary(one) if polygons(one) else one for one in geometries]
    return shapely.union_all(lines, grid_size=GRID_DEG)


def long_lines(lines: BaseGeometry) -> Lines:
    """Return lines joined end to end up to places where a third line begins.

    >>> from shapely import box
    >>> len(long_lines(edges_of([box(0, 0, 1, 1), box(1, 0, 2, 1)])))
    3
    """
    merged = shapely.get_parts(shapely.line_merge(lines))
    return [line for line in merged if line.geom_type == "LineString" and not line.is_empty]


def simplify_edges(lines: Lines, tolerance_deg: float) -> EdgeNetwork:
    """Return lines with fewer vertices, nowhere farther from the original than a tolerance.

    No new crossing is made. Ends stay where they are, so that lines that met there still do.

    Parameters
    ----------
    lines
        Lines in degrees that meet only in their ends, such as the parts of ``edges_of``. They are simplified together.
    tolerance_deg
        Largest distance of a simplified line from its original, in degrees of longitude and latitude alike.

    Returns
    -------
    The lines as given (``exact``) and simplified (``drawn``), in the same order.

    Examples
    --------
    >>> from shapely import LineString
    >>> edges = simplify_edges([LineString([(35, 48), (35.5, 48.0001), (36, 48)])], 0.001)
    >>> edges.drawn[0].wkt
    'LINESTRING (35 48, 36 48)'
    """
    if not lines:
        return EdgeNetwork([], [])
    simplified = shapely.simplify(shapely.multilinestrings(lines), tolerance_deg, preserve_topology=True)
    return EdgeNetwork(lines, list(shapely.get_parts(simplified)))


def for_screens(lines: Iterable[BaseGeometry]) -> BaseGeometry:
    """Return lines on the grid of screens (1e-4°), split wherever they meet there.

    >>> from shapely import LineString
    >>> for_screens([LineString([(35.00004, 48), (36, 48)])]).wkt
    'LINESTRING (35 48, 36 48)'
    """
    return shapely.union_all(list(lines), grid_size=SCREEN_GRID_DEG)


@dataclass(frozen=True)
class Faces:
    """The areas between lines, each with its innermost place: the place farthest from all lines."""

    areas: np.ndarray
    places: np.ndarray

    def of(self, shape: BaseGeometry) -> shapely.MultiPolygon:
        """Return a shape assembled from the faces whose innermost place it contains; empty if there are none.

        The place decides because the lines were moved: the edge of a face is no longer that of the shape.
        """
        shapely.prepare(shape)
        return multipolygon(shapely.coverage_union_all(self.areas[shapely.intersects(shape, self.places)]))


def faces_between(lines: BaseGeometry) -> Faces:
    """Return the faces of lines that are split wherever they meet.

    >>> from shapely import box
    >>> len(faces_between(edges_of([box(0, 0, 1, 1), box(1, 0, 2, 1)])).areas)
    2
    """
    areas = shapely.get_parts(shapely.polygonize(list(shapely.get_parts(lines))))
    return Faces(areas, np.array([_innermost(area) for area in areas], dtype=object))


@lru_cache(maxsize=PLACES_CACHED)
def _innermost(area: BaseGeometry) -> shapely.Point:
    """The innermost place of a face, found once for all dates: most faces are the same on each."""
    place: shapely.Point = shapely.get_point(shapely.maximum_inscribed_circle([area]), 0)[0]
    return place


def cut_at(lines: Lines, edge: BaseGeometry, places: np.ndarray) -> Lines:
    """Return lines split at their vertices on an edge, at given places, and where another line ends.

    Parameters
    ----------
    lines
        Lines in degrees.
    edge
        Lines are split at each of their vertices that lies on it; it is not split itself.
    places
        Further places to split at, longitude and latitude in degrees, shape (n, 2); may be empty.

    Returns
    -------
    The pieces, in the order of the lines.

    Examples
    --------
    >>> from shapely import LineString
    >>> line = LineString([(35, 48), (36, 48), (37, 48)])
    >>> len(cut_at([line], LineString([(36, 47), (36, 49)]), np.zeros((0, 2))))
    2
    """
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
    return list(np.asarray(shapely.linestrings(coordinates[of_piece], indices=numbers)))


def _touching(coordinates: np.ndarray, edge: BaseGeometry) -> np.ndarray:
    """Whether each place lies on an edge; shape (n,)."""
    shapely.prepare(edge)
    return np.asarray(shapely.dwithin(edge, shapely.points(coordinates), ON_EDGE_DEG))


def meeting_points(lines: BaseGeometry) -> np.ndarray:
    """Return the places where more or fewer than two of these lines meet, shape (n, 2), in degrees.

    >>> from shapely import LineString
    >>> meeting_points(LineString([(35, 48), (36, 48)])).tolist()
    [[35.0, 48.0], [36.0, 48.0]]
    """
    return _ends(long_lines(lines))


def _ends(lines: Lines) -> np.ndarray:
    both = shapely.get_point(np.repeat(np.asarray(lines, dtype=object), 2), np.tile([0, -1], len(lines)))
    return shapely.get_coordinates(both)


def _grid_numbers(coordinates: np.ndarray) -> np.ndarray:
    """One number for each place on the grid of cuts; the same for the same place."""
    columns, rows = np.round(coordinates / GRID_DEG).astype(np.int64).T
    numbers: np.ndarray = columns * 10**9 + rows
    return numbers


def move_ends(edges: EdgeNetwork, edge: BaseGeometry, moved_to: BaseGeometry) -> EdgeNetwork:
    """Return edges whose ends on one line are moved to the nearest places on the line that replaces it.

    Parameters
    ----------
    edges
        Edges whose ``drawn`` lines may end on ``edge``.
    edge
        Line in degrees on which ends lie now.
    moved_to
        Line in degrees that replaces ``edge``.

    Returns
    -------
    The same edges, with their drawn ends on ``moved_to``.

    Examples
    --------
    >>> from shapely import LineString
    >>> line = LineString([(35, 48), (36, 48)])
    >>> before, after = LineString([(36, 47), (36, 49)]), LineString([(36.1, 47), (36.1, 49)])
    >>> move_ends(EdgeNetwork([line], [line]), before, after).drawn[0].wkt
    'LINESTRING (35 48, 36.1 48)'
    """
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
    return EdgeNetwork(edges.exact, list(np.asarray(shapely.linestrings(coordinates, indices=of_line))))


def split_by(lines: BaseGeometry, others: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return lines in groups, each of which lies entirely on or entirely off each of the other lines.

    Parameters
    ----------
    lines
        Lines in degrees, already split where they meet the others.
    others
        The other lines, in degrees.

    Returns
    -------
    Groups of lines; those that are empty are left out. Each line is in one group.

    Examples
    --------
    >>> from shapely import LineString, MultiLineString
    >>> lines = MultiLineString([[(35, 48), (36, 48)], [(36, 48), (37, 48)]])
    >>> groups = split_by(lines, [LineString([(36, 48), (37, 48)])])
    >>> [group.length for group in groups]
    [1.0, 1.0]
    """
    groups = [shapely.get_parts(lines)]
    for other in others:
        on = [np.asarray(lie_on(list(group), other), dtype=bool) for group in groups]
        groups = [part for group, is_on in zip(groups, on, strict=True) for part in (group[is_on], group[~is_on])]
    return [shapely.multilinestrings(list(group)) for group in groups if len(group)]


def lie_on(lines: Lines, other: BaseGeometry) -> list[bool]:
    """Return whether each line lies on another.

    Parameters
    ----------
    lines
        Lines in degrees, each entirely on or entirely off the other.
    other
        The other line, in degrees.

    Returns
    -------
    One value per line. Only the middle of each line is tested.

    Examples
    --------
    >>> from shapely import LineString
    >>> lie_on([LineString([(35, 48), (36, 48)])], LineString([(34, 48), (37, 48)]))
    [True]
    """
    middles = shapely.line_interpolate_point(np.asarray(lines, dtype=object), 0.5, normalized=True)
    found: list[bool] = _touching(shapely.get_coordinates(middles), other).tolist()
    return found


@lru_cache(maxsize=PLACES_CACHED)
def innermost(area: BaseGeometry, accuracy_deg: float = 0.005) -> tuple[float, float]:
    """Return the longitude and latitude farthest inside the largest part of an area, as it looks on a map.

    Parameters
    ----------
    area
        Polygons in degrees, WGS 84.
    accuracy_deg
        How far the result may be from the true place, in degrees of latitude. A smaller value takes longer.

    Returns
    -------
    Longitude and latitude in degrees.

    Examples
    --------
    >>> from shapely import box
    >>> lon, lat = innermost(box(35, 48, 35.6, 48.4))
    >>> round(lon, 1), round(lat, 1)
    (35.3, 48.2)
    """
    largest = max(polygons(area), key=lambda part: part.area)
    narrow = float(np.cos(np.radians(largest.centroid.y)))
    shown = shapely.transform(largest, lambda lonlat: lonlat * [narrow, 1])
    x, y = shapely.get_coordinates(shapely.maximum_inscribed_circle(shown, accuracy_deg))[0]
    return float(x) / narrow, float(y)

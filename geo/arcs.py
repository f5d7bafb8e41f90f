"""Polygons and lines as arcs: each piece of an edge once, whatever lies on its two sides (TopoJSON)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.edge_network import Lines, cut_at
from geo.geojson import DECIMALS

Course = list[int]  # the arcs that a ring or line runs along, by number; ~number where it runs backwards


@dataclass(frozen=True)
class Arcs:
    """Arcs in degrees, shape (n, 2) each, and the course of each line that was cut into them."""

    lines: Sequence[np.ndarray]
    courses: Sequence[Course]


def share_arcs(lines: Lines) -> Arcs:
    """Return lines and rings cut wherever they meet or part, with every piece once.

    >>> from shapely import box
    >>> rings = [shapely.LineString(one.exterior) for one in (box(0, 0, 1, 1), box(1, 0, 2, 1))]
    >>> found = share_arcs(rings)
    >>> len(found.lines), sum(len(course) for course in found.courses)
    (3, 4)
    """
    if not lines:
        return Arcs([], [])
    pieces, of_line = _pieces(lines)
    known: dict[bytes, int] = {}
    arcs: list[np.ndarray] = []
    numbers = [_number(piece, known, arcs) for piece in pieces]
    found = groupby(zip(of_line, numbers, strict=True), key=lambda pair: pair[0])
    return Arcs(arcs, [[number for _, number in pairs] for _, pairs in found])


def _pieces(lines: Lines) -> tuple[list[np.ndarray], list[int]]:
    """The pieces of all lines, in their order, and the number of the line that each is of."""
    places = _junctions(lines)
    rings = [_turned(line, places) if line.is_closed else line for line in lines]
    pieces = cut_at(rings, shapely.LineString(), places)
    starts = np.cumsum([0, *(len(line.coords) - 1 for line in rings)])
    edges = np.cumsum([0, *(len(piece.coords) - 1 for piece in pieces[:-1])])
    of_line = (np.searchsorted(starts, edges, "right") - 1).tolist()
    return [shapely.get_coordinates(piece) for piece in pieces], of_line


def _junctions(lines: Lines) -> np.ndarray:
    """The vertices from which not just two edges lead away, whichever lines these are of; shape (n, 2)."""
    coordinates, of_line = shapely.get_coordinates(lines, return_index=True)
    places, numbers = np.unique(np.round(coordinates, DECIMALS), axis=0, return_inverse=True)
    within = of_line[1:] == of_line[:-1]
    edges = np.column_stack([numbers[:-1], numbers[1:]])[within]
    edges = np.unique(np.sort(edges, axis=1), axis=0)
    found: np.ndarray = places[np.bincount(edges.ravel(), minlength=len(places)) != 2]
    return found


def _turned(ring: BaseGeometry, places: np.ndarray) -> shapely.LineString:
    """A ring that starts where others meet it, else at its smallest vertex: equal rings start alike."""
    vertices = shapely.get_coordinates(ring)[:-1]
    met = np.flatnonzero(_are_among(vertices, places))
    start = int(met[0]) if len(met) else int(np.lexsort((vertices[:, 1], vertices[:, 0]))[0])
    turned = np.roll(vertices, -start, axis=0)
    return shapely.LineString(np.concatenate([turned, turned[:1]]))


def _are_among(vertices: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Whether each vertex is one of the places."""
    return np.isin(_as_numbers(vertices), _as_numbers(places))


def _as_numbers(places: np.ndarray) -> np.ndarray:
    """One number for each place, the same for the same place."""
    rounded = np.round(places, DECIMALS) + 0.0
    return rounded[:, 0] + 1j * rounded[:, 1]


def _number(piece: np.ndarray, known: dict[bytes, int], arcs: list[np.ndarray]) -> int:
    """The number of an arc, which is added where it is new; ~number where it is known the other way round."""
    backwards = known.get(piece[::-1].tobytes())
    if backwards is not None:
        return ~backwards
    number = known.setdefault(piece.tobytes(), len(arcs))
    if number == len(arcs):
        arcs.append(piece)
    return number

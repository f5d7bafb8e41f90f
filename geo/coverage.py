"""Coverages: polygons that lie side by side without gap or overlap."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError
from geo.overlay import GRID_DEG, multipolygon

GAP_WIDTH_DEG = 0.02
ON_EDGE_DEG = 1e-5


def clean_coverage(units: Sequence[BaseGeometry]) -> list[shapely.MultiPolygon]:
    """Return units that nearly meet as a valid coverage, in the order given.

    Overlaps go to the neighbour with the longer common border, gaps narrower than 0.02° are filled, and shared edges
    become equal vertex for vertex. Coordinates: degrees, WGS 84. Raises GeometryError if no valid coverage results.

    Two boxes that overlap by 0.01° become neighbours:

    >>> from shapely import box
    >>> one, other = clean_coverage([box(35, 48, 36.01, 49), box(36, 48, 37, 49)])
    >>> one.intersection(other).area, one.intersection(other).length
    (0.0, 1.0)
    """
    cleaned = _cleaned(units, merge_strategy="longest_border")
    rounded = [multipolygon(unit) for unit in shapely.set_precision(cleaned, GRID_DEG)]
    check_coverage(rounded)
    return rounded


def check_coverage(units: Sequence[BaseGeometry]) -> None:
    """Raise GeometryError if units overlap, do not share their vertices, or are invalid.

    >>> from shapely import box
    >>> check_coverage([box(35, 48, 36, 49), box(35.5, 48, 37, 49)])
    Traceback (most recent call last):
        ...
    geo.errors.GeometryError: units 1, 2 overlap or do not share their vertices; run 'clausemap inputs'
    """
    array = np.array(units, dtype=object)
    invalid = np.flatnonzero(~shapely.is_valid(array))
    if invalid.size:
        reason = shapely.is_valid_reason(array[invalid[0]])
        raise GeometryError(f"unit {invalid[0] + 1} of the coverage is invalid: {reason}; mend it")
    edges = shapely.coverage_invalid_edges(array)
    wrong = np.flatnonzero(~shapely.is_empty(edges))
    if wrong.size:
        numbers = ", ".join(str(index + 1) for index in wrong)
        raise GeometryError(f"units {numbers} overlap or do not share their vertices; run 'clausemap inputs'")


def follow_edge(fixed: BaseGeometry, neighbours: Sequence[BaseGeometry]) -> list[shapely.MultiPolygon]:
    """Return neighbours that follow the edge of a fixed polygon, without gap or overlap.

    The fixed polygon does not move. Overlaps are cut off the neighbours, gaps narrower than 0.02° go to the neighbour
    with the longest common border, and the ends of borders between two neighbours move to the nearest vertex of the
    fixed edge, so that edges are equal vertex for vertex.

    Parameters
    ----------
    fixed
        Polygon in degrees, WGS 84.
    neighbours
        Polygons around it, in degrees, WGS 84.

    Returns
    -------
    The neighbours in their order.

    Examples
    --------
    >>> from shapely import box
    >>> fixed = box(35, 48, 36, 49)
    >>> (neighbour,) = follow_edge(fixed, [box(35.99, 48, 37, 49)])
    >>> neighbour.bounds, neighbour.intersection(fixed).area
    ((36.0, 48.0, 37.0, 49.0), 0.0)
    """
    cleaned = _cleaned([fixed, *neighbours], merge_strategy="min_index")
    grown = _hand_out(shapely.difference(cleaned[0], fixed), list(cleaned[1:]))
    cut = [shapely.difference(unit, fixed) for unit in grown]
    return [multipolygon(unit) for unit in _snap_to_vertices(fixed, cut)]


def _cleaned(units: Sequence[BaseGeometry], *, merge_strategy: str) -> np.ndarray:
    array = np.array(units, dtype=object)
    clean: np.ndarray = shapely.coverage_clean(  # type: ignore[attr-defined]  # its stubs lack it
        array, gap_width=GAP_WIDTH_DEG, merge_strategy=merge_strategy
    )
    return clean


def _hand_out(surplus: BaseGeometry, units: list[BaseGeometry]) -> list[BaseGeometry]:
    for piece in shapely.get_parts(surplus):
        touching = shapely.buffer(piece, ON_EDGE_DEG)
        common = [shapely.length(shapely.intersection(unit.boundary, touching)) for unit in units]
        nearest = int(np.argmax(common))
        units[nearest] = shapely.union(units[nearest], piece)
    return units


def _snap_to_vertices(fixed: BaseGeometry, units: list[BaseGeometry]) -> list[BaseGeometry]:
    vertices = shapely.get_coordinates(fixed)
    tree = STRtree([shapely.Point(vertex) for vertex in vertices])
    edge = fixed.boundary
    shapely.prepare(edge)

    def moved(coordinates: np.ndarray) -> np.ndarray:
        points = np.array(shapely.points(coordinates), dtype=object)
        on_edge = np.flatnonzero(shapely.dwithin(edge, points, ON_EDGE_DEG))
        result = coordinates.copy()
        if on_edge.size:
            result[on_edge] = vertices[tree.nearest(points[on_edge])]
        return result

    snapped = [shapely.transform(unit, moved) for unit in units]
    valid = [shapely.make_valid(shapely.remove_repeated_points(unit, 0)) for unit in snapped]
    return [shapely.difference(unit, fixed) for unit in valid]

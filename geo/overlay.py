"""Overlays of polygons: intersection, difference and union, without slivers.

All overlays are made on a grid of 1e-6 degrees (about 0.1 m), the precision of written files, so that a figure computed
before writing equals the figure computed from the file.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import shapely
from shapely.geometry.base import BaseGeometry

from geo.lazy import once
from geo.measure import area_km2, polygons

GRID_DEG = 1e-6
MARGIN_DEG = 0.1
CUTS_KEPT = 512
NOTHING = shapely.MultiPolygon()


@dataclass(frozen=True)
class Halves:
    """A unit divided by a cover, ``near`` being the cover clipped to the unit (degrees).

    Each half is computed when it is first read.
    """

    unit: BaseGeometry
    near: BaseGeometry

    @once
    def inside(self) -> shapely.MultiPolygon:
        """The part of the unit inside the cover."""
        return NOTHING if self.near.is_empty else _inside(self.unit, self.near)

    @once
    def outside(self) -> shapely.MultiPolygon:
        """The part of the unit outside the cover."""
        return multipolygon(self.unit) if self.inside.is_empty else _outside(self.unit, self.near)


@dataclass(frozen=True)
class Crumbs:
    """Slivers that were dropped: the number of parts and their total area.

    >>> Crumbs(2, 0.5) + Crumbs(1, 0.25)
    Crumbs(parts=3, area_km2=0.75)
    """

    parts: int = 0
    area_km2: float = 0.0

    def __add__(self, other: "Crumbs") -> "Crumbs":
        return Crumbs(self.parts + other.parts, self.area_km2 + other.area_km2)


def halve(unit: BaseGeometry, cover: BaseGeometry) -> Halves:
    """Divide a unit into the part inside a cover and the part outside it.

    The cover is clipped to the unit's bounding box first, which makes the overlay of a large cover several times
    faster. Both halves come from the same clipped cover on the same grid, so that the edge between them is equal
    vertex for vertex.

    Parameters
    ----------
    unit
        Polygon to divide, in degrees, WGS 84.
    cover
        Polygons that divide it, in degrees, WGS 84.

    Returns
    -------
    Both halves, each computed when it is first read.

    Examples
    --------
    >>> from shapely import box
    >>> halves = halve(box(35, 48, 37, 49), box(34, 47, 36, 50))
    >>> halves.inside.bounds, halves.outside.bounds
    ((35.0, 48.0, 36.0, 49.0), (36.0, 48.0, 37.0, 49.0))
    """
    if not boxes_meet(unit.bounds, cover.bounds):
        return Halves(unit, NOTHING)
    return Halves(unit, clip_to_box(cover, *unit.bounds))


@lru_cache(maxsize=CUTS_KEPT)
def _inside(unit: BaseGeometry, near: BaseGeometry) -> shapely.MultiPolygon:
    """The intersection, computed once for all levels and dates on which the cover is the same near the unit."""
    return _on_grid(shapely.intersection, unit, near)


@lru_cache(maxsize=CUTS_KEPT)
def _outside(unit: BaseGeometry, near: BaseGeometry) -> shapely.MultiPolygon:
    return _on_grid(shapely.difference, unit, near)


def _on_grid(overlay: Callable[..., BaseGeometry], one: BaseGeometry, other: BaseGeometry) -> shapely.MultiPolygon:
    """An overlay with each vertex rounded to the grid, which is three times as fast as snapping all lines.

    If a ring crosses itself because of that, the overlay is computed again with all lines snapped.
    """
    rounded = shapely.set_precision(overlay(one, other), GRID_DEG, mode="pointwise")
    return multipolygon(rounded if rounded.is_valid else overlay(one, other, grid_size=GRID_DEG))


def forget_cuts() -> None:
    """Clear the cache of overlays, to measure how long overlays take."""
    _inside.cache_clear()
    _outside.cache_clear()


def boxes_meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Return whether two boxes intersect.

    Parameters
    ----------
    one, other
        West, south, east and north in degrees; those of an empty geometry are not numbers and intersect nothing.

    Examples
    --------
    >>> boxes_meet((35, 48, 36, 49), (36, 48, 37, 49)), boxes_meet((35, 48, 36, 49), (37, 48, 38, 49))
    (True, False)
    """
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def clip_to_box(geometry: BaseGeometry, west: float, south: float, east: float, north: float) -> BaseGeometry:
    """Return the polygons of a geometry inside a box with a margin of 0.1° around it.

    Parameters
    ----------
    geometry
        Geometry in degrees, WGS 84. Lines and points in it are dropped.
    west, south, east, north
        The box without its margin, in degrees.

    Returns
    -------
    The polygons inside, in degrees; lines and points that the cut leaves are dropped.

    Examples
    --------
    >>> from shapely import box
    >>> clip_to_box(box(30, 44, 40, 52), 35, 48, 36, 49).bounds
    (34.9, 47.9, 36.1, 49.1)
    """
    margin = MARGIN_DEG
    clipped = shapely.clip_by_rect(geometry, west - margin, south - margin, east + margin, north + margin)
    return multipolygon(clipped)


def intersect(one: BaseGeometry, other: BaseGeometry) -> shapely.MultiPolygon:
    """Return the area that two geometries share.

    Parameters
    ----------
    one, other
        Geometries in degrees, WGS 84.

    Returns
    -------
    The polygons of the intersection on the grid, in degrees.

    Examples
    --------
    >>> from shapely import box
    >>> intersect(box(35, 48, 37, 49), box(36, 48, 38, 49)).bounds
    (36.0, 48.0, 37.0, 49.0)
    """
    if one.is_empty or other.is_empty:
        return NOTHING
    return multipolygon(shapely.intersection(one, other, grid_size=GRID_DEG))


def subtract(one: BaseGeometry, other: BaseGeometry) -> shapely.MultiPolygon:
    """Return the area of the first geometry that is not in the second.

    Parameters
    ----------
    one, other
        Geometries in degrees, WGS 84.

    Returns
    -------
    The polygons of the difference on the grid, in degrees.

    Examples
    --------
    >>> from shapely import box
    >>> subtract(box(35, 48, 37, 49), box(36, 48, 38, 49)).bounds
    (35.0, 48.0, 36.0, 49.0)
    """
    return multipolygon(shapely.difference(one, other, grid_size=GRID_DEG))


def overlay_quickly(
    one: BaseGeometry, other: BaseGeometry, how: Literal["intersection", "difference"]
) -> shapely.MultiPolygon:
    """Return an intersection or difference whose edges no other polygon shares.

    Vertices are rounded to the grid one by one, which is three times as fast as ``intersect`` and ``subtract``.

    Parameters
    ----------
    one, other
        Geometries in degrees, WGS 84.
    how
        ``"intersection"``, or ``"difference"`` for ``one`` without ``other``.

    Returns
    -------
    The polygons of the result on the grid of 1e-6°, in degrees.

    Examples
    --------
    >>> from shapely import box
    >>> overlay_quickly(box(35, 48, 37, 49), box(36, 48, 38, 49), "difference").area
    1.0
    """
    if one.is_empty or other.is_empty:
        return NOTHING if how == "intersection" else multipolygon(one)
    return _on_grid(shapely.intersection if how == "intersection" else shapely.difference, one, other)


def unite(geometries: list[BaseGeometry]) -> shapely.MultiPolygon:
    """Return the union of several geometries, in degrees on the grid.

    >>> from shapely import box
    >>> unite([box(35, 48, 36, 49), box(36, 48, 37, 49)]).area
    2.0
    """
    return multipolygon(shapely.union_all(geometries, grid_size=GRID_DEG))


def unite_neighbours(geometries: list[BaseGeometry]) -> shapely.MultiPolygon:
    """Return the union of polygons whose common edges are equal vertex for vertex, ten times as fast as ``unite``.

    Polygons that overlap, or whose common edges differ, are united as there. Coordinates: degrees, WGS 84.

    >>> from shapely import box
    >>> unite_neighbours([box(35, 48, 36, 49), box(36, 48, 37, 49)]).area
    2.0
    """
    united = multipolygon(shapely.coverage_union_all(geometries))
    return united if united.is_valid else unite(geometries)


def multipolygon(geometry: BaseGeometry) -> shapely.MultiPolygon:
    """Return the polygons of any geometry as one MultiPolygon, without its points and lines.

    >>> from shapely import GeometryCollection, Point, box
    >>> len(multipolygon(GeometryCollection([box(35, 48, 36, 49), Point(30, 50)])).geoms)
    1
    """
    return _together(polygons(geometry))


def drop_crumbs(geometry: shapely.MultiPolygon, minimum_km2: float) -> tuple[shapely.MultiPolygon, Crumbs]:
    """Return the parts of at least a minimum area, and what was dropped.

    Parameters
    ----------
    geometry
        Polygons in degrees, WGS 84.
    minimum_km2
        Parts with a smaller geodesic area, in km², are dropped.

    Returns
    -------
    The large parts, and the number and total area (km²) of the small ones.

    Examples
    --------
    >>> from shapely import MultiPolygon, box
    >>> large, dropped = drop_crumbs(MultiPolygon([box(35, 48, 36, 49), box(37, 48, 37.01, 48.01)]), 1)
    >>> len(large.geoms), dropped.parts, round(dropped.area_km2, 2)
    (1, 1, 0.83)
    """
    kept, small = by_size(geometry, minimum_km2)
    return kept, Crumbs(len(small.geoms), area_km2(small))


def by_size(geometry: shapely.MultiPolygon, minimum_km2: float) -> tuple[shapely.MultiPolygon, shapely.MultiPolygon]:
    """Return the parts of at least a minimum area, and the smaller parts.

    Parameters
    ----------
    geometry
        Polygons in degrees, WGS 84.
    minimum_km2
        Smallest geodesic area of a large part, in km².

    Returns
    -------
    The large parts, and the small ones; either may be empty.

    Examples
    --------
    >>> from shapely import MultiPolygon, box
    >>> large, small = by_size(MultiPolygon([box(35, 48, 36, 49), box(37, 48, 37.01, 48.01)]), 1)
    >>> large.bounds, small.bounds
    ((35.0, 48.0, 36.0, 49.0), (37.0, 48.0, 37.01, 48.01))
    """
    measured = [(part, area_km2(part) < minimum_km2) for part in polygons(geometry)]
    small = [part for part, is_small in measured if is_small]
    if not small:
        return geometry, NOTHING
    return _together([part for part, is_small in measured if not is_small]), _together(small)


def _together(parts: list[shapely.Polygon]) -> shapely.MultiPolygon:
    return shapely.multipolygons(parts) if parts else NOTHING


def shared_edge(one: BaseGeometry, other: BaseGeometry) -> shapely.MultiLineString:
    """Return the line along which two neighbours touch, merged into as few pieces as possible.

    Parameters
    ----------
    one, other
        Polygons in degrees, WGS 84.

    Returns
    -------
    Lines in degrees on the grid of 1e-6°; empty if the neighbours touch in points only.

    Examples
    --------
    >>> from shapely import box
    >>> shared_edge(box(35, 48, 36, 49), box(36, 48, 37, 49)).bounds
    (36.0, 48.0, 36.0, 49.0)
    """
    shared = shapely.intersection(one.boundary, other.boundary, grid_size=GRID_DEG)
    return merged_lines([shared])


def merged_lines(geometries: list[BaseGeometry]) -> shapely.MultiLineString:
    """Return the lines of several geometries, joined end to end into as few pieces as possible.

    >>> from shapely import LineString
    >>> len(merged_lines([LineString([(35, 48), (36, 48)]), LineString([(36, 48), (37, 49)])]).geoms)
    1
    """
    parts = shapely.get_parts(shapely.get_parts(geometries))
    lines = parts[(shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING) & ~shapely.is_empty(parts)]
    merged = shapely.line_merge(shapely.multilinestrings(lines))
    return shapely.MultiLineString(list(shapely.get_parts(merged)))

"""Repairing polygons: what is wrong with them, and how much the repair changes.

Polygons are arrays of two-dimensional shapely Polygons in degrees, WGS 84. The caller decides which change is too large
and what is reported.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import compress

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import area_km2, length_km, polygons
from geo.overlay import Crumbs

Steps = Callable[[int, int], None]
HOLE_INSIDE = 0.5  # of a hole's area; what lies outside its ring for the most part is no hole
LEAST_KM2_A_SQUARE_DEG = 6000.0  # 7,500 to 8,900 in Ukraine: these two only spare an exact look at what is large
MOST_KM_A_DEG = 112.0
MOST_NARROW_KM2 = 10.0  # a strip of 10 m along 1,000 km of border; what is larger is no sliver, however narrow


@dataclass(frozen=True)
class Mended:
    """Valid polygons, how many were invalid, their areas in km² before and after, and how much changed."""

    polygons: np.ndarray
    repaired: int
    before_km2: float
    after_km2: float
    changed_km2: float


@dataclass(frozen=True)
class WithoutStrays:
    """Polygons without stray specks, the specks that were dropped, and the number of inverted polygons.

    ``mainlands`` counts polygons with a large hole outside their outer ring: the mainland as a hole of an island.
    """

    polygons: np.ndarray
    gone: Crumbs
    mainlands: int


def clockwise(given: np.ndarray) -> int:
    """Return how many polygons have an outer ring that runs clockwise.

    >>> from shapely import Polygon, box
    >>> clockwise(np.array([box(0, 0, 1, 1), Polygon([(0, 0), (0, 1), (1, 1)])]))
    1
    """
    return int((~shapely.is_ccw(shapely.get_exterior_ring(given))).sum())


def without_duplicates(given: np.ndarray) -> tuple[np.ndarray, int]:
    """Return the polygons without repeated ones, wherever their rings begin, and how many there were.

    >>> from shapely import box
    >>> left, repeated = without_duplicates(np.array([box(0, 0, 1, 1), box(0, 0, 1, 1, ccw=False)]))
    >>> len(left), repeated
    (1, 1)
    """
    alike: dict[tuple[float, ...], list[int]] = {}
    for index, (count, box) in enumerate(zip(shapely.get_num_coordinates(given), shapely.bounds(given), strict=True)):
        alike.setdefault((count, *box), []).append(index)
    again: list[int] = []
    for indexes in alike.values():
        seen: set[bytes] = set()
        for index in indexes if len(indexes) > 1 else []:
            form = shapely.normalize(given[index]).wkb
            again += [index] if form in seen else []
            seen.add(form)
    return np.delete(given, again), len(again)


def without_stray_holes(given: np.ndarray, least_km2: float) -> WithoutStrays:
    """Return the polygons without specks among their holes that lie outside their outer ring.

    Parameters
    ----------
    given
        Polygons in degrees, WGS 84, shape (n,).
    least_km2
        Holes outside that are smaller, in km², are specks. Larger ones stay: they are the mainland as a hole of an
        island.

    Returns
    -------
    The polygons, the specks that were dropped, and how many polygons have a larger hole outside.

    Examples
    --------
    >>> from shapely import Polygon, box
    >>> speck = [(37, 48), (37, 48.001), (37.001, 48)]
    >>> found = without_stray_holes(np.array([Polygon(box(35, 48, 36, 49).exterior, [speck])]), least_km2=0.1)
    >>> found.gone.parts, found.mainlands
    (1, 0)
    """
    kept, gone, mainlands = given.copy(), Crumbs(), 0
    for index in np.flatnonzero((shapely.get_num_interior_rings(given) > 0) & ~shapely.is_valid(given)):
        polygon = given[index]
        areas = {place: area_km2(hole) for place, hole in _holes_outside(polygon).items()}
        specks = {place: area for place, area in areas.items() if area < least_km2}
        mainlands += len(specks) < len(areas)
        if specks:
            gone += Crumbs(len(specks), sum(specks.values()))
            rings = [ring for place, ring in enumerate(polygon.interiors) if place not in specks]
            kept[index] = shapely.Polygon(polygon.exterior, rings)
    return WithoutStrays(kept, gone, mainlands)


def _holes_outside(polygon: shapely.Polygon) -> dict[int, BaseGeometry]:
    """The holes of a polygon that lie mostly outside its outer ring, by their index among the holes."""
    shell = _valid(shapely.Polygon(polygon.exterior))
    shapely.prepare(shell)
    holes = [_valid(shapely.Polygon(ring)) for ring in polygon.interiors]
    return {
        place: holes[place]
        for place in np.flatnonzero(~shapely.covers(shell, holes)).tolist()
        if holes[place].area > 0 and shell.intersection(holes[place]).area < HOLE_INSIDE * holes[place].area
    }


def mend(given: np.ndarray, steps: Steps | None = None) -> Mended:
    """Return valid polygons: rings that cross themselves are split, and parts that collapse are dropped.

    The area before is that of the rings as they run, so that an area enclosed against a ring's own direction is
    subtracted, as in programs that do not repair. The change is the sum over the polygons, whatever its sign.

    Parameters
    ----------
    given
        Polygons in degrees, WGS 84, shape (n,); valid ones are not changed.
    steps
        Called with the number of invalid polygons repaired and their total, to report progress; None for no reports.

    Returns
    -------
    The valid polygons, and the areas of the invalid ones before and after, in km².

    Examples
    --------
    A bow tie is split into two triangles:

    >>> from shapely import Polygon
    >>> found = mend(np.array([Polygon([(35, 48), (36, 49), (36, 48), (35, 49)])]))
    >>> len(found.polygons), found.repaired
    (2, 1)
    """
    wrong = np.flatnonzero(~shapely.is_valid(given))
    parts: list[BaseGeometry] = list(given)
    before = after = changed = 0.0
    for done, index in enumerate(wrong, 1):
        repaired = _valid(given[index])
        parts[index] = repaired
        was, now = area_km2(given[index]), area_km2(repaired)
        before, after, changed = before + was, after + now, changed + abs(now - was)
        if steps:
            steps(done, len(wrong))
    whole = [polygon for part in parts for polygon in polygons(part)] if len(wrong) else parts
    return Mended(np.array(whole, dtype=object), len(wrong), before, after, changed)


def _valid(polygon: shapely.Polygon) -> BaseGeometry:
    return shapely.make_valid(polygon, method="structure", keep_collapsed=False)


def without_slivers(
    ground: shapely.MultiPolygon, least_km2: float, least_width_km: float
) -> tuple[shapely.MultiPolygon, Crumbs]:
    """Return an area without slivers: small or narrow parts are dropped, small or narrow gaps closed.

    The width of a part is that of a strip of the same area and perimeter: twice the area divided by the perimeter.

    Parameters
    ----------
    ground
        Polygons in degrees, WGS 84.
    least_km2
        Parts and gaps with a smaller area, in km², are slivers.
    least_width_km
        Parts and gaps of up to 10 km² that are narrower, in km, are slivers too.

    Returns
    -------
    The area without slivers, and the number and total area of the slivers.

    Examples
    --------
    >>> from shapely import MultiPolygon, box
    >>> strip = box(36, 48, 36.0001, 49)
    >>> left, slivers = without_slivers(MultiPolygon([box(35, 48, 35.5, 49), strip]), 0.01, 0.01)
    >>> len(left.geoms), slivers.parts, round(slivers.area_km2, 2)
    (1, 1, 0.82)
    """
    gone = Crumbs()
    kept = []
    for part in ground.geoms:
        if _is_sliver(part, least_km2, least_width_km):
            gone += Crumbs(1, area_km2(part))
            continue
        holes = [shapely.Polygon(ring) for ring in part.interiors]
        narrow = [_is_sliver(hole, least_km2, least_width_km) for hole in holes]
        for hole in compress(holes, narrow):
            gone += Crumbs(1, area_km2(hole))
        open_ones = [hole.exterior for hole, gap in zip(holes, narrow, strict=True) if not gap]
        kept.append(shapely.Polygon(part.exterior, open_ones) if any(narrow) else part)
    return shapely.MultiPolygon(kept), gone


def _is_sliver(part: shapely.Polygon, least_km2: float, least_width_km: float) -> bool:
    near_km2 = part.area * LEAST_KM2_A_SQUARE_DEG
    if near_km2 > least_km2 and 2 * near_km2 > least_width_km * part.length * MOST_KM_A_DEG:
        return False
    area = area_km2(part)
    if not least_km2 <= area <= MOST_NARROW_KM2:
        return area < least_km2
    return 2 * area < least_width_km * length_km(shapely.LineString(part.exterior.coords))

"""Slivers that a cover leaves along a boundary because the two were drawn by different people."""

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geo.overlay import GRID_DEG, multipolygon
from geo.projection import Conic, Extent, fitted_conic, transform

TOUCH_M = 1.0
THINNED_M = 2.0
MANY_VERTICES = 300_000
MAIN_PART_KM2 = 1000.0
CLIP_KM = 30.0
LONGEST_EDGE_DEG = 0.05
QUADRANT_SEGMENTS = 4


@dataclass(frozen=True)
class _Flat:
    """The boundary near a cover, in metres: the covered area, the uncovered area, and the boundary itself as lines."""

    covered: BaseGeometry
    open: BaseGeometry
    outline: BaseGeometry


def strips_left(whole: BaseGeometry, cover: BaseGeometry, reach_km: float, neck_km: float) -> shapely.MultiPolygon:
    """Return sliver polygons to add to ``cover``.

    A part of ``whole - cover`` is a sliver if

    1. no corridor of at least ``neck_km`` connects it to an uncovered part of 1,000 km² or more,
    2. it touches the cover more than it touches the rest of the uncovered area, and
    3. it lies within ``reach_km`` of the boundary of ``whole``, or it is a seam between two parts of the cover: apart
       from the large uncovered parts, and nowhere as wide as ``neck_km``.

    A cover of more than 300,000 vertices is simplified by 2 m first. Distances are measured on an equal-area conic
    fitted to ``whole``, true to about 1 %.

    Parameters
    ----------
    whole
        Polygon that the cover should fill on its side, in degrees, WGS 84.
    cover
        Polygons in degrees, WGS 84; those outside ``whole`` have no effect.
    reach_km
        How far from the boundary of ``whole`` a sliver may lie, in km.
    neck_km
        Width of a corridor, in km: what hangs on the uncovered side by a narrower one counts as cut off.

    Returns
    -------
    The slivers in degrees, WGS 84.

    Examples
    --------
    A cover that ends 0.01° (0.7 km) before the edge leaves a sliver there:

    >>> from shapely import box
    >>> from geo.measure import area_km2
    >>> round(area_km2(strips_left(box(35, 48, 37, 49), box(36, 48, 36.99, 49), reach_km=5, neck_km=0.5)), 1)
    82.2
    """
    if cover.is_empty or not cover.intersects(whole):
        return shapely.MultiPolygon()
    conic = fitted_conic(Extent(*whole.bounds))
    many = int(shapely.get_num_coordinates(cover)) > MANY_VERTICES
    flat = _flattened(whole, cover, conic, THINNED_M if many else 0.0)
    hanging = _hanging_together(flat.open, neck_km * 500, neck_km * 50 if many else 0.0)
    near = shapely.buffer(flat.outline, reach_km * 1000, quad_segs=QUADRANT_SEGMENTS)
    apart = multipolygon(shapely.difference(flat.open, hanging))
    loose = multipolygon(shapely.union_all([shapely.intersection(apart, near), *_seams(apart, hanging, neck_km * 500)]))
    rest = shapely.difference(flat.open, loose)
    for geometry in (flat.covered, rest):
        shapely.prepare(geometry)
    taken = shapely.MultiPolygon([part for part in loose.geoms if _belongs(part, flat.covered, rest)])
    if many:  # over the edge that was thinned, so that no gap is left
        taken = multipolygon(shapely.buffer(taken, 2 * THINNED_M, quad_segs=1))
    back = shapely.transform(taken, conic.to_lonlat)
    return multipolygon(shapely.set_precision(shapely.make_valid(back), GRID_DEG))


def _flattened(whole: BaseGeometry, cover: BaseGeometry, conic: Conic, thinned_m: float) -> _Flat:
    """The surroundings of the cover alone: the rest of a large boundary has no sliver and costs time."""
    covered = _flat(cover, conic, thinned_m)
    west, south, east, north = covered.bounds
    margin = CLIP_KM * 1000
    box = (west - margin, south - margin, east + margin, north + margin)
    ground = _flat(whole, conic)
    outline = shapely.union_all([part.exterior for part in shapely.get_parts(ground)])
    ground = multipolygon(shapely.clip_by_rect(ground, *box))
    return _Flat(
        multipolygon(shapely.intersection(ground, covered)),
        multipolygon(shapely.difference(ground, covered)),
        shapely.clip_by_rect(outline, *box),
    )


def _seams(apart: shapely.MultiPolygon, hanging: BaseGeometry, half_neck_m: float) -> list[BaseGeometry]:
    """The parts that are nowhere as wide as the neck and lie apart from the connected area."""
    shapely.prepare(hanging)
    return [
        part
        for part in apart.geoms
        if not hanging.dwithin(part, TOUCH_M) and shapely.buffer(part, -half_neck_m, quad_segs=1).is_empty
    ]


def _flat(geometry: BaseGeometry, conic: Conic, thinned_m: float = 0.0) -> BaseGeometry:
    """A geometry in metres; edges that nearly touch in degrees may cross there and are repaired.

    A long edge is not straight there, and its curve against an edge with more vertices would look like a sliver.
    """
    flat = transform(shapely.segmentize(geometry, LONGEST_EDGE_DEG), conic)
    if thinned_m:
        flat = shapely.simplify(flat, thinned_m)
    return flat if flat.is_valid else shapely.make_valid(flat)


def _hanging_together(ground: BaseGeometry, half_neck_m: float, thinned_m: float) -> BaseGeometry:
    """The large parts of an area with everything that a corridor connects to them."""
    thin = shapely.make_valid(shapely.simplify(ground, thinned_m)) if thinned_m else ground
    core = shapely.buffer(thin, -half_neck_m, quad_segs=QUADRANT_SEGMENTS)
    large = [part for part in shapely.get_parts(core) if part.area >= MAIN_PART_KM2 * 1e6]
    return shapely.buffer(shapely.union_all(large), 1.5 * half_neck_m, quad_segs=QUADRANT_SEGMENTS)


def _belongs(part: BaseGeometry, covered: BaseGeometry, rest: BaseGeometry) -> bool:
    """Whether a part touches the covered area more than the uncovered one."""
    around = shapely.buffer(part, TOUCH_M, quad_segs=1)
    return bool(shapely.area(shapely.intersection(around, covered)) > shapely.area(shapely.intersection(around, rest)))

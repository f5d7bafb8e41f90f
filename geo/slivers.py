"""Strips along an outline that a cover leaves over because the two were drawn by different hands."""

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
    """The outline near a cover, in metres: ground, what is covered, what is not, and the outline itself as lines."""

    covered: BaseGeometry
    open: BaseGeometry
    outline: BaseGeometry


def strips_left(whole: BaseGeometry, cover: BaseGeometry, reach_km: float, neck_km: float) -> shapely.MultiPolygon:
    """The ground along the outline of a whole, and in seams, that belongs to a cover although the cover leaves it out.

    Taken is what is not covered, does not hang together with the large parts of the uncovered side (of 1,000 km² and
    more) by a passage of at least ``neck_km``, touches the cover more than it touches the uncovered side, and lies
    within ``reach_km`` of the outline, or away from the uncovered side and nowhere as wide as ``neck_km``: a seam
    between two parts of the cover. A cover of more than 300,000 vertices is thinned by 2 m first. Distances are
    measured on an equal-area conic fitted to the whole, true to about 1 %. Coordinates: degrees, WGS 84.
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
    """The surroundings of the cover alone: the rest of a large outline has no strip and costs time."""
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
    """The parts that are nowhere as wide as the neck, and lie away from what hangs together."""
    shapely.prepare(hanging)
    return [
        part
        for part in apart.geoms
        if not hanging.dwithin(part, TOUCH_M) and shapely.buffer(part, -half_neck_m, quad_segs=1).is_empty
    ]


def _flat(geometry: BaseGeometry, conic: Conic, thinned_m: float = 0.0) -> BaseGeometry:
    """A geometry in metres; edges that nearly touch in degrees may cross there, which is mended.

    A long edge is no straight line there, and its bow against one with more vertices would look like a strip.
    """
    flat = transform(shapely.segmentize(geometry, LONGEST_EDGE_DEG), conic)
    if thinned_m:
        flat = shapely.simplify(flat, thinned_m)
    return flat if flat.is_valid else shapely.make_valid(flat)


def _hanging_together(ground: BaseGeometry, half_neck_m: float, thinned_m: float) -> BaseGeometry:
    """The large parts of some ground with all that hangs together with them by more than a narrow passage."""
    thin = shapely.make_valid(shapely.simplify(ground, thinned_m)) if thinned_m else ground
    core = shapely.buffer(thin, -half_neck_m, quad_segs=QUADRANT_SEGMENTS)
    large = [part for part in shapely.get_parts(core) if part.area >= MAIN_PART_KM2 * 1e6]
    return shapely.buffer(shapely.union_all(large), 1.5 * half_neck_m, quad_segs=QUADRANT_SEGMENTS)


def _belongs(part: BaseGeometry, covered: BaseGeometry, rest: BaseGeometry) -> bool:
    """Whether a part touches the covered side more than the other."""
    around = shapely.buffer(part, TOUCH_M, quad_segs=1)
    return bool(shapely.area(shapely.intersection(around, covered)) > shapely.area(shapely.intersection(around, rest)))

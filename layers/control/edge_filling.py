"""Coast and state border: what a control map leaves over along them because its maker draws them differently."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import area_km2
from geo.overlay import by_size, intersect, multipolygon, unite
from geo.slivers import strips_left
from layers.control_map import CRUMB_KM2

REACH_KM = 5.0
NECK_KM = 0.5
OUTWARD_DEG = 0.1
SMALLEST_TOLD_KM2 = 0.05

Edges = Literal["fill", "keep"]


@dataclass(frozen=True)
class Strips:
    """What a map leaves over along coast and border (degrees), and how much of it lies in each oblast, in km²."""

    ground: shapely.MultiPolygon
    by_oblast_km2: Mapping[str, float]


def find_strips(held: BaseGeometry, outlines: Mapping[str, BaseGeometry], ukraine: BaseGeometry) -> Strips:
    """The strips along coast and state border that belong to held territory although a map leaves them out.

    A strip is ground that the map does not show as held, that hangs together with the Ukrainian-held side by no passage
    of 500 m or more, that touches held territory more than the Ukrainian-held side, and that lies within 5 km of the
    coast or the state border, or is nowhere 500 m wide and away from the other side: a seam between two polygons of a
    map.
    ``outlines`` are the oblasts by ISO code, ``ukraine`` all of them as one; degrees, WGS 84.
    """
    strips = strips_left(ukraine, held, REACH_KM, NECK_KM)
    near = {iso: outline for iso, outline in outlines.items() if outline.intersects(strips)}
    areas = {iso: area_km2(intersect(outline, strips)) for iso, outline in near.items()}
    return Strips(strips, {iso: km2 for iso, km2 in areas.items() if km2 >= SMALLEST_TOLD_KM2})


def run_outward(held: BaseGeometry, ukraine: BaseGeometry) -> shapely.MultiPolygon:
    """Held ground carried on past coast and border, 0.1 degrees out, as the embedded control maps are.

    So that several maps agree out there, and that outlines drawn farther out find ground to cut. Where the line of
    contact meets the coast, ground that is as near to the other side is left out.
    """
    inside = intersect(held, ukraine)
    reach = shapely.buffer(inside, OUTWARD_DEG, quad_segs=2)
    outside = shapely.difference(reach, ukraine)
    rest, _ = by_size(multipolygon(shapely.difference(ukraine, inside)), CRUMB_KM2)  # slivers are no other side
    other = shapely.buffer(rest, OUTWARD_DEG, quad_segs=2)
    return unite([inside, shapely.difference(outside, other)])

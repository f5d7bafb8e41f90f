"""Slivers along coast and state border that a control map leaves because its maker draws them differently."""

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
    """The slivers of a map along coast and border (degrees), and their area in each oblast, in km²."""

    ground: shapely.MultiPolygon
    by_oblast_km2: Mapping[str, float]


def find_strips(held: BaseGeometry, outlines: Mapping[str, BaseGeometry], ukraine: BaseGeometry) -> Strips:
    """Return the slivers along coast and state border that belong to held territory although a map leaves them out.

    A part that the map does not show as held is a sliver if (1) no corridor of 500 m or more connects it to the
    Ukrainian-held side, (2) it touches held territory more than the Ukrainian-held side, and (3) it lies within 5 km of
    the coast or the state border, or is nowhere 500 m wide and apart from the other side: a seam between two polygons
    of a map.

    Parameters
    ----------
    held
        Held territory of the map, in degrees, WGS 84.
    outlines
        Oblasts by ISO 3166-2 code, in degrees, WGS 84.
    ukraine
        The union of ``outlines``.

    Returns
    -------
    The slivers, and their area in km² by oblast where it is not negligible.
    """
    strips = strips_left(ukraine, held, REACH_KM, NECK_KM)
    near = {iso: outline for iso, outline in outlines.items() if outline.intersects(strips)}
    areas = {iso: area_km2(intersect(outline, strips)) for iso, outline in near.items()}
    return Strips(strips, {iso: km2 for iso, km2 in areas.items() if km2 >= SMALLEST_TOLD_KM2})


def run_outward(held: BaseGeometry, ukraine: BaseGeometry) -> shapely.MultiPolygon:
    """Return held territory extended beyond coast and border, by 0.1 degrees, like the included control maps.

    Several maps then agree there, and boundaries drawn farther out find territory to cut. Where the line of contact
    meets the coast, territory that is as near to the other side is left out.

    Parameters
    ----------
    held
        Held territory of the map, in degrees, WGS 84.
    ukraine
        The union of the oblasts, in degrees, WGS 84.
    """
    inside = intersect(held, ukraine)
    reach = shapely.buffer(inside, OUTWARD_DEG, quad_segs=2)
    outside = shapely.difference(reach, ukraine)
    rest, _ = by_size(multipolygon(shapely.difference(ukraine, inside)), CRUMB_KM2)  # slivers are no other side
    other = shapely.buffer(rest, OUTWARD_DEG, quad_segs=2)
    return unite([inside, shapely.difference(outside, other)])

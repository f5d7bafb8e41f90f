"""Inland water: which part of an area is lake, lagoon or reservoir, and which the bed of a drained reservoir."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from shapely.geometry.base import BaseGeometry

from geo.geojson import Feature
from geo.measure import area_km2
from geo.overlay import overlay_quickly, unite
from layers.reference.water_kinds import DRAINED, STANDING

AREAS_KEPT = 512


@dataclass(frozen=True)
class Water:
    """Inland water (degrees): lakes, lagoons and reservoirs, and the beds of drained reservoirs."""

    standing: BaseGeometry
    drained: BaseGeometry


@dataclass(frozen=True)
class WaterArea:
    """Inland water of an area in km²: standing water, and beds of drained reservoirs."""

    standing_km2: float
    drained_km2: float


def inland_water(features: Iterable[Feature]) -> Water:
    """Return inland water from the polygons of the hydrography, distinguished by their ``kind``."""
    by_kind: dict[str, list[BaseGeometry]] = {}
    for feature in features:
        by_kind.setdefault(str(feature.properties["kind"]), []).append(feature.geometry)
    standing = [area for kind in STANDING for area in by_kind.get(kind, ())]
    return Water(unite(standing), unite(by_kind.get(DRAINED, [])))


@lru_cache(maxsize=AREAS_KEPT)
def water_in(area: BaseGeometry, water: Water) -> WaterArea:
    """Return the inland water of an area, measured once for all zones of the same shape.

    Parameters
    ----------
    area
        Polygons in degrees, WGS 84.
    water
        Standing and drained inland water, in degrees, WGS 84.

    Returns
    -------
    Their areas inside, in km².
    """
    parts = (overlay_quickly(part, area, "intersection") for part in (water.standing, water.drained))
    return WaterArea(*map(area_km2, parts))

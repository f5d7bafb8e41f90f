"""All land of the image as one coverage: zones, what is left of their oblasts, other oblasts, neighbours.

Simplified together, so that no gap opens between two neighbours whatever the tolerance.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geojson import Feature
from geo.overlay import intersect, subtract, unite
from webapp.images.map.projection_frame import Frame
from webapp.svg_path import STEP_PX

HOME = "UKR"
TOLERANCE_PX = 0.5


@dataclass(frozen=True)
class Unit:
    """A piece of land that belongs to one country and, in Ukraine, to one oblast and at most one zone."""

    country: str
    oblast: str | None
    zone: str | None
    shape: BaseGeometry


def cut_units(oblasts: Iterable[Feature], neighbours: Iterable[Feature], zones: Sequence[Feature]) -> list[Unit]:
    """Return the land as a coverage in degrees: every oblast cut by the partition zones, and the neighbours whole.

    Parameters
    ----------
    oblasts
        Oblasts, in degrees, WGS 84.
    neighbours
        Neighbouring countries, in degrees, WGS 84.
    zones
        Zones of the partition, in degrees, WGS 84.
    """
    units = [unit for oblast in oblasts for unit in _cut_oblast(oblast, zones)]
    return units + [Unit(feature.id, None, None, feature.geometry) for feature in neighbours]


def to_frame(units: Sequence[Unit], frame: Frame, tolerance_px: float = TOLERANCE_PX) -> list[Unit]:
    """Return the coverage in pixels, simplified as a whole so that neighbours share their edges.

    Vertices that only one of two neighbours has, such as where a control line ends on the border, are added to the
    other first.

    Parameters
    ----------
    units
        The coverage, in degrees.
    frame
        Projection and rectangle of the map.
    tolerance_px
        Largest distance of a simplified edge from the original, in pixels.
    """
    flat = np.array([frame.project(unit.shape) for unit in units], dtype=object)
    clean: np.ndarray = shapely.coverage_clean(  # type: ignore[attr-defined]  # its stubs lack it
        flat, gap_width=STEP_PX / 10
    )
    simple = shapely.coverage_simplify(clean, tolerance_px)
    return [replace(unit, shape=shape) for unit, shape in zip(units, simple, strict=True) if not shape.is_empty]


def _cut_oblast(oblast: Feature, zones: Sequence[Feature]) -> list[Unit]:
    inside = [zone for zone in zones if _lies_in(zone, oblast)]
    parts = [Unit(HOME, oblast.id, zone.id, _part(zone, oblast)) for zone in inside]
    taken = unite([part.shape for part in parts]) if parts else None
    rest = subtract(oblast.geometry, taken) if taken is not None else oblast.geometry
    whole = [*parts, Unit(HOME, oblast.id, None, rest)]
    return [unit for unit in whole if not unit.shape.is_empty]


def _lies_in(zone: Feature, oblast: Feature) -> bool:
    if zone.properties["oblast"] is not None:
        return bool(zone.properties["oblast"] == oblast.id)
    return bool(zone.geometry.intersects(oblast.geometry))


def _part(zone: Feature, oblast: Feature) -> BaseGeometry:
    if zone.properties["oblast"] is not None:
        return zone.geometry
    return intersect(zone.geometry, oblast.geometry)

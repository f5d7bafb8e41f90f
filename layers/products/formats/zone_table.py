"""The zones of an edition as flat formats take them: typed columns beside geometry, apart by shape."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from geo.geojson import Feature, canonical
from geo.reference_systems import in_system
from layers.products.edition import EditionContent
from layers.text.languages import in_language

FIGURES = ("_km2", "_km", "_pct")  # what columns of numbers end with
SWITCHES = frozenset({"partition"})
SHAPES = {"areas": "MultiPolygon", "lines": "MultiLineString", "points": "Point"}
Properties = Mapping[str, Any]


@dataclass(frozen=True)
class ZoneTable:
    """Zones as columns: ``shape`` is the type of their geometry as OGC calls it, ``Unknown`` where they differ."""

    name: str
    shape: str
    crs: int
    zones: Sequence[Feature]

    @property
    def wkb(self) -> np.ndarray:
        """Their geometry as well-known binary."""
        return np.array(shapely.to_wkb([zone.geometry for zone in self.zones]), dtype=object)

    @property
    def columns(self) -> dict[str, np.ndarray]:
        """Their properties: numbers (NaN for none), true or false, and text (None for none)."""
        names = self.zones[0].properties if self.zones else ()
        return {name: _typed(name, [zone.properties[name] for zone in self.zones]) for name in names}


def zone_table(edition: EditionContent) -> ZoneTable:
    """Return all zones as they are wanted, as one table."""
    zones = wanted_zones(edition)
    found = {_shape(zone) for zone in zones}
    shape = SHAPES[found.pop()] if len(found) == 1 else "Unknown"
    return ZoneTable(edition.members["name"], shape, edition.wanted.crs, zones)


def tables_by_shape(edition: EditionContent) -> list[ZoneTable]:
    """Return the zones apart by shape, for formats that hold one in a layer: ``areas``, ``lines``, ``points``."""
    zones = wanted_zones(edition)
    parts = {name: [zone for zone in zones if _shape(zone) == name] for name in SHAPES}
    return [ZoneTable(name, SHAPES[name], edition.wanted.crs, part) for name, part in parts.items() if part]


def wanted_zones(edition: EditionContent) -> list[Feature]:
    """Return the zones in the reference system and the language that are wanted."""
    wanted = edition.wanted
    return [
        replace(
            zone,
            properties=in_language(zone.properties, edition.languages, wanted.lang),
            geometry=in_system(canonical(zone.geometry), wanted.crs),
        )
        for zone in edition.zones
    ]


def _shape(zone: Feature) -> str:
    kind = zone.geometry.geom_type
    return next(name for name, shape in SHAPES.items() if kind.removeprefix("Multi") == shape.removeprefix("Multi"))


def _typed(name: str, values: list[Any]) -> np.ndarray:
    if name in SWITCHES:
        return np.array(values, dtype=bool)
    if name.endswith(FIGURES):
        return np.array([np.nan if value is None else value for value in values], dtype=float)
    return np.array(values, dtype=object)

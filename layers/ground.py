"""The ground that zones are cut from: oblasts, river, neighbours and control, read strictly."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geo.coverage import check_coverage
from geo.cutting import unite
from geo.geojson import Feature, read_features
from geo.measure import area_km2
from layers.control import LEVELS, ControlMap
from layers.errors import SourceError
from layers.register import SOURCES, Source, check_source, read_register, read_rows


@dataclass(frozen=True)
class Oblast:
    """A first-level unit: ISO 3166-2 code, names, outline (degrees) and two areas in km²."""

    iso: str
    slug: str
    names: Mapping[str, str]
    outline: BaseGeometry
    area_km2: float
    official_km2: int


@dataclass(frozen=True)
class Ground:
    """Everything that a derivation may use, and what to cite for it."""

    oblasts: Mapping[str, Oblast]
    control: Mapping[str, ControlMap]
    countries: Mapping[str, BaseGeometry]
    rivers: Mapping[str, BaseGeometry]
    register: Mapping[str, Source]

    @cached_property
    def ukraine(self) -> BaseGeometry:
        """All oblasts as one outline."""
        return unite([oblast.outline for oblast in self.oblasts.values()])

    @cached_property
    def ukraine_km2(self) -> float:
        """The area of all oblasts together, the denominator of shares of Ukraine."""
        return sum(oblast.area_km2 for oblast in self.oblasts.values())

    @property
    def dates(self) -> tuple[str, ...]:
        """The days that there is a control map for, ascending."""
        return tuple(self.control)


def load_ground(folder: Path = SOURCES) -> Ground:
    """Read all sources of a folder. Raises SourceError or GeometryError that names the file."""
    register = read_register(folder)
    for source in register.values():
        check_source(folder, source)
    oblasts = [_oblast(feature) for feature in read_features(folder / "oblasts.geojson")]
    check_coverage([oblast.outline for oblast in oblasts])
    neighbours = read_features(folder / "neighbours.geojson")
    return Ground(
        oblasts={oblast.iso: oblast for oblast in oblasts},
        control=_control_maps(folder / "control.geojson"),
        countries={feature.id: feature.geometry for feature in neighbours},
        rivers={"dnipro": _course(folder / "dnipro.csv")},
        register=register,
    )


def _oblast(feature: Feature) -> Oblast:
    properties = feature.properties
    names = {language: properties[f"name_{language}"] for language in ("en", "uk", "zh_hant")}
    return Oblast(
        iso=feature.id,
        slug=str(names["en"]).lower().replace(" ", "-"),
        names={"en": names["en"], "uk": names["uk"], "zh-Hant": names["zh_hant"]},
        outline=feature.geometry,
        area_km2=area_km2(feature.geometry),
        official_km2=int(properties["official_km2"]),
    )


def _control_maps(path: Path) -> dict[str, ControlMap]:
    found: dict[str, dict[str, BaseGeometry]] = {}
    for feature in read_features(path):
        day, level = feature.properties.get("date"), feature.properties.get("level")
        if not isinstance(day, str) or level not in LEVELS:
            raise SourceError(f"{path}: feature {feature.id}: needs a date and a level of {', '.join(LEVELS)}")
        found.setdefault(day, {})[level] = feature.geometry
    for day, levels in found.items():
        if set(levels) != set(LEVELS):
            missing = ", ".join(sorted(set(LEVELS) - set(levels)))
            raise SourceError(f"{path}: {day} has no level {missing}; add it or take the day out")
    return {day: ControlMap(day, found[day]) for day in sorted(found)}


def _course(path: Path) -> BaseGeometry:
    return shapely.LineString([(float(row["lon"]), float(row["lat"])) for row in read_rows(path)])

"""The reference data that zones are derived from, the same on all dates: oblasts, rivers, neighbours; read strictly."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.coverage import check_coverage
from geo.geojson import Feature, read_features
from geo.measure import area_km2
from geo.overlay import unite
from layers.errors import SourceError
from layers.reference.control_series import read_digests
from layers.reference.inland_water import Water, inland_water
from layers.reference.register import SOURCES, InputSource, check_sources, read_register
from layers.text.languages import Language, Languages, flat, installed_languages, source_name, suffix

EMBEDDED_OUTLINES = "Natural Earth 1:10m admin 1"
OTHER_LAND = "other-land"


@dataclass(frozen=True)
class Oblast:
    """A first-level unit: ISO 3166-2 code, names, boundary (degrees) and two areas in km²."""

    iso: str
    slug: str
    names: Mapping[str, str]
    outline: BaseGeometry
    area_km2: float
    official_km2: int

    @property
    def feature(self) -> Feature:
        """Return the unit as a feature of the layers."""
        names = flat("name", self.names)
        areas = {"area_km2": round(self.area_km2, 1), "official_km2": self.official_km2}
        return Feature(self.iso, {"iso": self.iso, **names, **areas}, self.outline)


@dataclass(frozen=True)
class Names:
    """What a proposal may name: oblasts (ISO 3166-2), control dates (ISO, ascending), rivers, countries (alpha-3).

    ``languages`` are those that its texts are in.
    """

    oblasts: tuple[str, ...]
    dates: tuple[str, ...]
    rivers: tuple[str, ...]
    countries: tuple[str, ...]
    languages: Languages


@dataclass(frozen=True)
class ReferenceData:
    """Everything that a derivation may use and that does not change with the date.

    ``embedded_dates`` are those of the included control maps, which a proposal may name whichever maps are used.
    ``version`` is empty for the included boundaries and changes with the bytes of others.
    """

    oblasts: Mapping[str, Oblast]
    countries: Mapping[str, BaseGeometry]
    rivers: Mapping[str, BaseGeometry]
    water: Water
    hydrography: tuple[Feature, ...]
    register: Mapping[str, InputSource]
    neighbours: tuple[Feature, ...]
    sea: Feature
    languages: Languages
    embedded_dates: tuple[str, ...]
    outlines: str = EMBEDDED_OUTLINES
    version: str = ""

    @cached_property
    def ukraine(self) -> BaseGeometry:
        """All oblasts as one polygon."""
        return unite([oblast.outline for oblast in self.oblasts.values()])

    @cached_property
    def _united(self) -> dict[tuple[str, ...], BaseGeometry]:
        return {tuple(self.oblasts): self.ukraine}

    def area_of(self, codes: tuple[str, ...]) -> BaseGeometry:
        """Return oblasts as one polygon."""
        if codes not in self._united:
            self._united[codes] = unite([self.oblasts[iso].outline for iso in codes])
        return self._united[codes]

    @cached_property
    def _nearest(self) -> dict[shapely.Point, tuple[Oblast, shapely.Point]]:
        return {}

    def nearest_oblast(self, position: shapely.Point) -> tuple[Oblast, shapely.Point]:
        """Return the oblast that is nearest to a position in degrees, and its nearest place; found once."""
        if position not in self._nearest:
            oblasts = list(self.oblasts.values())
            nearest = oblasts[int(np.argmin(shapely.distance([oblast.outline for oblast in oblasts], position)))]
            landed = shapely.get_point(shapely.shortest_line(nearest.outline, position), 0)
            self._nearest[position] = nearest, landed
        return self._nearest[position]

    @cached_property
    def ukraine_km2(self) -> float:
        """The area of all oblasts together in km², the denominator of shares of Ukraine."""
        return sum(oblast.area_km2 for oblast in self.oblasts.values())

    @property
    def names(self) -> Names:
        """What a proposal may name."""
        countries = tuple(name for name in self.countries if name != OTHER_LAND)
        return Names(tuple(self.oblasts), self.embedded_dates, tuple(self.rivers), countries, self.languages)


def load_reference_data(folder: Path = SOURCES, languages: Languages | None = None) -> ReferenceData:
    """Read the sources of a folder.

    Parameters
    ----------
    folder
        Folder of the sources.
    languages
        Languages of the names; None for the installed ones.

    Raises
    ------
    SourceError, GeometryError
        If a file is missing, changed or wrong; the message names it.
    LanguageError
        If a language cannot be used.
    """
    languages = languages or installed_languages()
    register = read_register(folder)
    check_sources(folder)
    oblasts = _oblasts(folder / "oblasts.geojson", languages)
    check_coverage([oblast.outline for oblast in oblasts])
    neighbours = tuple(_named(feature, languages) for feature in read_features(folder / "neighbours.geojson"))
    dates = tuple(read_digests(folder))
    hydrography = read_features(folder / "hydrography.geojson")
    return ReferenceData(
        oblasts={oblast.iso: oblast for oblast in oblasts},
        countries={feature.id: feature.geometry for feature in neighbours},
        rivers={feature.id: feature.geometry for feature in hydrography if _is_named_river(feature)},
        water=inland_water(hydrography),
        hydrography=tuple(hydrography),
        register=register,
        neighbours=neighbours,
        sea=read_features(folder / "sea.geojson")[0],
        languages=languages,
        embedded_dates=dates,
    )


def _oblasts(path: Path, languages: Languages) -> list[Oblast]:
    features = read_features(path)
    try:
        return [_oblast(feature, languages) for feature in features]
    except (KeyError, ValueError) as error:
        raise SourceError(f"{path}: a name or the official area is missing or no number ({error}); mend it") from error


def _oblast(feature: Feature, languages: Languages) -> Oblast:
    properties = feature.properties
    names = {language.tag: _name(properties, feature.id, language) for language in languages}
    return Oblast(
        iso=feature.id,
        slug=str(names["en"]).lower().replace(" ", "-"),
        names=names,
        outline=feature.geometry,
        area_km2=area_km2(feature.geometry),
        official_km2=int(properties["official_km2"]),
    )


def _name(properties: Mapping[str, object], key: str, language: Language) -> str:
    name = source_name(language, properties, key)
    if name is None:
        raise KeyError(f"name_{suffix(language.tag)} of {key}")
    return name


def _named(neighbour: Feature, languages: Languages) -> Feature:
    """A neighbour with its names in the languages that the source lacks; other land has no name."""
    own = {
        f"name_{suffix(language.tag)}": source_name(language, neighbour.properties, neighbour.id) or ""
        for language in languages
    }
    return replace(neighbour, properties={**neighbour.properties, **own})


def _is_named_river(feature: Feature) -> bool:
    return feature.properties.get("kind") == "river" and bool(feature.properties.get("name_en"))

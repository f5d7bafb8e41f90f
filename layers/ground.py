"""The ground that zones are cut from: oblasts, river, neighbours and control, read strictly."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geo.coverage import check_coverage
from geo.cutting import unite
from geo.geojson import Feature, read_features
from geo.measure import area_km2
from layers.control import LEVELS, ControlMap, ControlSource
from layers.dates import is_day
from layers.embedded import EMBEDDED, EMBEDDED_MAPS
from layers.errors import SourceError
from layers.languages import LANGUAGES, flat, source_name, suffix
from layers.register import SOURCES, Source, check_sources, read_register, read_rows

EMBEDDED_SOURCE = ControlSource(EMBEDDED, "Clausemap reading of three public control maps", EMBEDDED_MAPS, "CC BY 4.0")
EMBEDDED_OUTLINES = "Natural Earth 1:10m admin 1"
NESTING_TOLERANCE_KM2 = 0.01
OTHER_LAND = "other-land"


@dataclass(frozen=True)
class Oblast:
    """A first-level unit: ISO 3166-2 code, names, outline (degrees) and two areas in km²."""

    iso: str
    slug: str
    names: Mapping[str, str]
    outline: BaseGeometry
    area_km2: float
    official_km2: int

    @property
    def feature(self) -> Feature:
        """The unit as it stands in layers."""
        names = flat("name", self.names)
        areas = {"area_km2": round(self.area_km2, 1), "official_km2": self.official_km2}
        return Feature(self.iso, {"iso": self.iso, **names, **areas}, self.outline)


@dataclass(frozen=True)
class Names:
    """What a proposal may name: oblasts (ISO 3166-2), control dates (ISO, ascending), rivers, countries (alpha-3)."""

    oblasts: tuple[str, ...]
    dates: tuple[str, ...]
    rivers: tuple[str, ...]
    countries: tuple[str, ...]


@dataclass(frozen=True)
class Ground:
    """Everything that a derivation may use, and what to cite for it.

    ``version`` is empty for the embedded data and changes with the bytes of other control maps or outlines.
    """

    oblasts: Mapping[str, Oblast]
    control: Mapping[str, ControlMap]
    countries: Mapping[str, BaseGeometry]
    rivers: Mapping[str, BaseGeometry]
    register: Mapping[str, Source]
    neighbours: tuple[Feature, ...]
    sea: Feature
    source: ControlSource = EMBEDDED_SOURCE
    outlines: str = EMBEDDED_OUTLINES
    embedded_dates: tuple[str, ...] = ()
    version: str = ""

    @cached_property
    def ukraine(self) -> BaseGeometry:
        """All oblasts as one outline."""
        return unite([oblast.outline for oblast in self.oblasts.values()])

    @cached_property
    def ukraine_km2(self) -> float:
        """The area of all oblasts together, the denominator of shares of Ukraine."""
        return sum(oblast.area_km2 for oblast in self.oblasts.values())

    @property
    def names(self) -> Names:
        """What a proposal may name; dates are those of the embedded control maps, whichever are used."""
        countries = tuple(name for name in self.countries if name != OTHER_LAND)
        return Names(tuple(self.oblasts), self.embedded_dates or self.dates, tuple(self.rivers), countries)

    @property
    def is_embedded(self) -> bool:
        """Whether control maps and outlines are the project's own."""
        return self.source.id == EMBEDDED and self.outlines == EMBEDDED_OUTLINES

    @property
    def licence(self) -> str:
        """The licence of what is made: other makers of control maps and outlines decide on theirs."""
        if self.outlines == EMBEDDED_OUTLINES:
            return self.source.licence
        control, name = self.source.licence.partition("; ")[0], self.outlines.partition(" (")[0]
        control = "control data CC BY 4.0" if self.source.id == EMBEDDED else control
        return f"{control}; the maker of the outlines decides ({name}); texts CC BY 4.0"

    @property
    def dates(self) -> tuple[str, ...]:
        """The days that there is a control map for, ascending."""
        return tuple(self.control)


def load_ground(folder: Path = SOURCES) -> Ground:
    """Read all sources of a folder. Raises SourceError or GeometryError that names the file."""
    register = read_register(folder)
    check_sources(folder)
    oblasts = _oblasts(folder / "oblasts.geojson")
    check_coverage([oblast.outline for oblast in oblasts])
    neighbours = tuple(_named(feature) for feature in read_features(folder / "neighbours.geojson"))
    control = _control_maps(folder / "control.geojson", register["control.geojson"].sha256)
    return Ground(
        oblasts={oblast.iso: oblast for oblast in oblasts},
        control=control,
        countries={feature.id: feature.geometry for feature in neighbours},
        rivers={"dnipro": _course(folder / "dnipro.csv")},
        register=register,
        neighbours=neighbours,
        sea=read_features(folder / "sea.geojson")[0],
        embedded_dates=tuple(control),
    )


def _oblasts(path: Path) -> list[Oblast]:
    features = read_features(path)
    try:
        return [_oblast(feature) for feature in features]
    except (KeyError, ValueError) as error:
        raise SourceError(f"{path}: a name or the official area is missing or no number ({error}); mend it") from error


def _oblast(feature: Feature) -> Oblast:
    properties = feature.properties
    names = {tag: _name(properties, feature.id, tag) for tag in LANGUAGES}
    return Oblast(
        iso=feature.id,
        slug=str(names["en"]).lower().replace(" ", "-"),
        names=names,
        outline=feature.geometry,
        area_km2=area_km2(feature.geometry),
        official_km2=int(properties["official_km2"]),
    )


def _name(properties: Mapping[str, object], key: str, tag: str) -> str:
    name = source_name(tag, properties, key)
    if name is None:
        raise KeyError(f"name_{suffix(tag)} of {key}")
    return name


def _named(neighbour: Feature) -> Feature:
    """A neighbour with its names in the languages that the source has not; other land has none in any."""
    own = {f"name_{suffix(tag)}": source_name(tag, neighbour.properties, neighbour.id) or "" for tag in LANGUAGES}
    return replace(neighbour, properties={**neighbour.properties, **own})


def _control_maps(path: Path, sha256: str) -> dict[str, ControlMap]:
    found: dict[str, dict[str, BaseGeometry]] = {}
    for feature in read_features(path):
        where = f"{path}: feature {feature.id}"
        day, level = feature.properties.get("date"), feature.properties.get("level")
        if not is_day(day) or level not in LEVELS:
            raise SourceError(f"{where}: needs a date (YYYY-MM-DD) and a level of {', '.join(LEVELS)}")
        if level in found.setdefault(str(day), {}):
            raise SourceError(f"{where}: {day} has the level {level} twice; leave one")
        if feature.geometry.geom_type not in {"Polygon", "MultiPolygon"}:
            raise SourceError(f"{where}: is a {feature.geometry.geom_type}; held ground is drawn as polygons")
        found[str(day)][level] = feature.geometry
    for day, levels in found.items():
        check_levels(path, day, levels)
    return {day: ControlMap(day, found[day], EMBEDDED_SOURCE.name, sha256) for day in sorted(found)}


def check_levels(path: Path, day: str, levels: Mapping[str, BaseGeometry]) -> None:
    """Refuse a day that lacks a level, or whose levels do not lie in one another. Raises SourceError."""
    if set(levels) != set(LEVELS):
        missing = ", ".join(sorted(set(LEVELS) - set(levels)))
        raise SourceError(f"{path}: {day} has no level {missing}; add it or take the day out")
    for inner, outer in pairwise(LEVELS):
        outside_km2 = area_km2(shapely.difference(levels[inner], levels[outer]))
        if outside_km2 > NESTING_TOLERANCE_KM2:
            raise SourceError(f"{path}: {day}: {outside_km2:.1f} km² of {inner} lie outside {outer}; mend the levels")


def _course(path: Path) -> BaseGeometry:
    try:
        return shapely.LineString([(float(row["lon"]), float(row["lat"])) for row in read_rows(path)])
    except (KeyError, TypeError, ValueError) as error:
        raise SourceError(f"{path}: needs a lon and a lat in degrees in every row ({error})") from error

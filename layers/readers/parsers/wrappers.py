"""What maps are wrapped in: API responses, lists of features, collections in collections, text in JSON."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from layers.readers.dates.spellings import epoch_day
from layers.readers.dates.words import is_of_the_map
from layers.readers.shapes import ReadShape

DEEPEST = 8
MOST_MAPS = 500
# an outline of what is described, which is no map
OUTLINES = frozenset({"bbox", "extent", "spatial", "spatialextent", "bounds", "boundingbox", "envelope", "coverage",
                      "spatialcoverage", "geographicextent", "initialextent", "fullextent", "viewport"})  # fmt: skip
TIMES = frozenset({"datetime", "timestamp", "time", "mapdate"})
DESCRIBED = ("properties", "metadata", "meta", "info")
KYIV = ("Europe/Kyiv", "Europe/Kiev")


@dataclass(frozen=True)
class Found:
    """A map in JSON: itself, the objects around it from the outermost, and the name under which it stands."""

    value: Any
    around: tuple[Mapping[str, Any], ...]
    key: str


def maps_in(value: Any, inner: Callable[[str], Any]) -> list[Found]:
    """Return the maps in a JSON value, however deep it wraps them.

    Parameters
    ----------
    value
        The parsed JSON.
    inner
        Parses text that holds JSON itself.

    Returns
    -------
    The maps, in the order of the file; reading stops after the first too many.
    """
    found: list[Found] = []
    for one in _maps(value, (), "", inner):
        found.append(one)
        if len(found) > MOST_MAPS:
            break
    return found


def day_of(found: Found) -> str | None:
    """What a map, or what it is wrapped in, says of its day; DeepState's ids are seconds, by Kyiv's clock."""
    own = [found.value] if isinstance(found.value, dict) else []
    for members, wraps in [*((one, False) for one in own), *((one, True) for one in reversed(found.around))]:
        if wraps and "map" in members and (day := _kyiv_day(members.get("id"))):
            return day
        for described in (members, *(members.get(key) for key in DESCRIBED)):
            day = _stated_day(described, wraps)
            if day:
                return day
    return None


def is_collection(value: Any) -> bool:
    """Whether an object holds features: GeoJSON's, Esri's, or without saying what it is."""
    if not isinstance(value, dict) or not isinstance(value.get("features"), list):
        return False
    return value.get("type") == "FeatureCollection" or all(map(is_part, value["features"]))


def is_part(value: Any) -> bool:
    """Whether a value may be one of the features of a list: a feature, a geometry, a collection, a row with a shape."""
    if isinstance(value, ReadShape) or is_collection(value):
        return True
    return isinstance(value, dict) and (is_feature(value) or shape_column(value) is not None)


def is_feature(value: Mapping[str, Any]) -> bool:
    """Whether an object is a feature: GeoJSON's or Esri's."""
    return value.get("type") == "Feature" or ("geometry" in value and ("properties" in value or "attributes" in value))


def shape_column(row: Mapping[str, Any]) -> str | None:
    """The column of a row of a database that holds its only geometry."""
    columns = [key for key, value in row.items() if isinstance(value, ReadShape) and key.casefold() not in OUTLINES]
    return columns[0] if len(columns) == 1 else None


def is_areas(value: Any) -> bool:
    """Whether an object holds rings of latitude, longitude under ``areas``, as UA Control Map does."""
    if not isinstance(value, dict) or "type" in value or not isinstance(value.get("areas"), list):
        return False
    return all(isinstance(ring, list) for ring in value["areas"])


def _is_map(value: Any) -> bool:
    if isinstance(value, ReadShape) or is_collection(value) or is_areas(value):
        return True
    if isinstance(value, dict):
        return is_feature(value) or (value.get("type") == "Topology" and isinstance(value.get("objects"), dict))
    return isinstance(value, list) and bool(value) and all(map(is_part, value))


def _maps(value: Any, around: tuple[Mapping[str, Any], ...], key: str, inner: Callable[[str], Any]) -> Iterator[Found]:
    if isinstance(value, str):
        value = inner(value) if value.lstrip()[:1] in {"{", "["} else None
    if _is_map(value):
        yield Found(value, around, key)
    elif len(around) < DEEPEST and isinstance(value, dict):
        for name, member in value.items():
            if isinstance(member, dict | list | str | ReadShape) and name.casefold().replace("_", "") not in OUTLINES:
                yield from _maps(member, (*around, value), name, inner)
    elif len(around) < DEEPEST and isinstance(value, list):
        for place, member in enumerate(value):
            if isinstance(member, dict | ReadShape):
                yield from _maps(member, (*around, {}), f"{key}[{place}]" if key else f"[{place}]", inner)


def _stated_day(members: Any, wraps: bool) -> str | None:
    if not isinstance(members, dict):
        return None
    for key, value in members.items():
        named = is_of_the_map(key) or (wraps and key.casefold() in TIMES)
        if named and isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value)
    return None


def _kyiv_day(value: Any) -> str | None:
    text = str(value)
    if isinstance(value, bool) or not text.isdigit() or epoch_day(text) is None:
        return None
    seconds = int(text) / (1 if len(text) == 10 else 1000)
    for name in KYIV:
        try:
            return datetime.fromtimestamp(seconds, ZoneInfo(name)).date().isoformat()
        except ZoneInfoNotFoundError:
            continue
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()

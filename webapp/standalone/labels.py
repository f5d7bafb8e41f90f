"""Names on a map that stands alone, by rank: sites, zones in words, countries and seas, larger towns, oblasts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from layers.text.languages import Language
from webapp.map.folium_map import COUNTRY_LABELS, named_places, water_names
from webapp.text.interface import has_text, property_text, region_text, text, water_name
from webapp.text.zones import ZoneWords

LINE_LETTERS = 12  # of a zone's label
TOWN_ZOOM = 7  # smaller towns than those of this zoom are left out
SITES_FROM, REGIONS_FROM, PLACES_TO, EVER = 6.5, 6.75, 9, 99

Label = dict[str, Any]
Features = Sequence[Mapping[str, Any]]


def labels(
    lang: Language, zones: Mapping[str, ZoneWords], shown: Features, ground: Features, towns: Sequence[Any]
) -> list[Label]:
    """Return the labels that ``standalone.js`` places, the most important first.

    ``shown`` and ``ground`` are features of the display layers, ``towns`` those of the display's list. ``at`` is
    longitude and latitude; a label is shown ``from`` a zoom ``to`` another.
    """
    return [
        *_sites(zones, shown),
        *_zones(lang, zones, shown),
        *_places(lang),
        *_towns(towns),
        *_waters(lang, ground),
        *_regions(lang, ground),
        *_countries(lang, ground),
    ]


def _label(
    kind: str, lines: list[str], at: Sequence[float], first: float = 0, last: float = EVER, **more: Any
) -> Label:
    return {"kind": kind, "lines": lines, "at": at, "from": first, "to": last, **more}


def _sites(zones: Mapping[str, ZoneWords], shown: Features) -> Iterator[Label]:
    for feature in shown:
        zone = zones[feature["id"]]
        if feature["geometry"]["type"] == "Point":
            yield _label("site", [zone.name], feature["geometry"]["coordinates"], SITES_FROM, dot="site")


def _zones(lang: Language, zones: Mapping[str, ZoneWords], shown: Features) -> Iterator[Label]:
    """What would become of a zone, in words, with the number of its clause; nothing where no clause says so."""
    for feature in shown:
        zone, at = zones[feature["id"]], feature["properties"].get("label")
        key = f"map.zone_{zone.style.key.replace('-', '_')}"
        if at and has_text(lang, key):
            lines = _wrapped(text(lang, key))
            yield _label("zone", lines, at, zone=zone.id, clause=zone.clause or "")


def _wrapped(words: str) -> list[str]:
    lines = [""]
    for word in words.split():
        joined = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], joined] if len(joined) <= LINE_LETTERS or not lines[-1] else [*lines, word]
    return lines


def _places(lang: Language) -> Iterator[Label]:
    for place in named_places(lang):
        yield _label(place["kind"], [place["text"]], place["at"], last=PLACES_TO)


def _towns(towns: Sequence[Any]) -> Iterator[Label]:
    for lon, lat, name, zoom, big, _ in towns:
        if big or zoom <= TOWN_ZOOM:
            yield _label("town", [name], [lon, lat], zoom - 0.75, dot="town")


def _waters(lang: Language, ground: Features) -> Iterator[Label]:
    """The names of rivers and waters that have one in the language."""
    named = water_names(lang)
    for feature in ground:
        properties = feature["properties"]
        if properties["part"] == "water" and properties.get(named["name"]):
            for at in properties["label"]:
                words = water_name(lang, properties)
                yield _label("water", [words], at, named["zooms"][properties["level"]])


def _regions(lang: Language, ground: Features) -> Iterator[Label]:
    for feature in ground:
        properties = feature["properties"]
        if properties["part"] == "region":
            name = region_text(lang, properties["iso"], property_text(lang, properties, "name"))
            yield _label("region", [name], feature["geometry"]["coordinates"], REGIONS_FROM, PLACES_TO)


def _countries(lang: Language, ground: Features) -> Iterator[Label]:
    for feature in ground:
        place = COUNTRY_LABELS.get(feature.get("id", ""))
        if place and feature["properties"]["part"] == "neighbour":
            yield _label("land", [property_text(lang, feature["properties"], "name")], place, last=PLACES_TO - 1)

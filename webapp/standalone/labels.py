"""Names on a map that stands alone, as ``labels.js`` places them: those of the map page, towns of first zooms alone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from shapely import Point
from shapely.geometry import shape

from layers.text.languages import Language
from webapp.context import View
from webapp.labels.ranks import RANKS
from webapp.map.labels import Label, chief_towns, label_of, shared_labels
from webapp.map.names import COUNTRY_LABELS, named_places, water_names
from webapp.text.interface import property_text, region_text, water_name
from webapp.text.zones import ZoneWords

TOWN_ZOOM = 7  # smaller towns than those of this zoom are left out
LARGE_ZOOM = 6
REGIONS_FROM, PLACES_TO = 6.75, 9
Features = Sequence[Mapping[str, Any]]


def labels(
    view: View, zones: Mapping[str, ZoneWords], shown: Features, ground: Features, towns: Sequence[Any]
) -> list[Label]:
    """Return the labels that ``labels.js`` places by their ranks.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    zones
        Zones with their texts, by id.
    shown
        Features of the edition's display layer.
    ground
        Features of the base map.
    towns
        Rows of the list of towns for screens.

    Returns
    -------
    Labels; ``at`` is longitude and latitude in degrees, and each is shown ``from`` a zoom ``to`` another.
    """
    places = [place | {"rank": RANKS["water"], "to": PLACES_TO} for place in named_places(view.lang)]
    return [
        *_zones(view, zones, shown),
        *(label | {"zone": zone} for zone, label in shared_labels(view, zones.values()).items()),
        *places,
        *_towns(towns, chief_towns(zones.values())),
        *_waters(view.lang, ground),
        *_regions(view.lang, ground),
        *_countries(view.lang, ground),
    ]


def _zones(view: View, zones: Mapping[str, ZoneWords], shown: Features) -> Iterator[Label]:
    for feature in shown:
        label, geometry = label_of(view, zones[feature["id"]]), shape(feature["geometry"])
        if not label:
            continue
        if isinstance(geometry, Point):
            label |= {"at": [geometry.x, geometry.y]}
        elif not geometry.contains(Point(label["at"])):
            label |= {"beside": []}  # the zone is elsewhere on this date
        yield label | {"zone": feature["id"]}


def _towns(towns: Sequence[Any], chief: Sequence[str]) -> Iterator[Label]:
    for place, (lon, lat, name, zoom, big, _) in enumerate(towns):
        if big or zoom <= TOWN_ZOOM or name in chief:
            row = "chief_town" if name in chief else "large_town" if zoom <= LARGE_ZOOM else "town"
            rank, shown = RANKS[row] + place / len(towns), 0 if name in chief else zoom - 0.75
            kind = "town big" if big else "town"
            yield {"kind": kind, "text": name, "at": [lon, lat], "rank": rank, "from": shown, "dot": "town"}


def _waters(lang: Language, ground: Features) -> Iterator[Label]:
    """The names of rivers and waters that have one in the language."""
    named = water_names(lang)
    for feature in ground:
        properties = feature["properties"]
        if properties["part"] == "water" and properties.get(named["name"]):
            for place, at in enumerate(properties["label"]):  # those after the first a zoom later
                words = water_name(lang, properties)
                shown = {"from": named["zooms"][properties["level"]] + min(place, 1)}
                yield {"kind": "water", "text": words, "at": at, "rank": RANKS["river"] + properties["level"], **shown}


def _regions(lang: Language, ground: Features) -> Iterator[Label]:
    for feature in ground:
        properties = feature["properties"]
        if properties["part"] == "region":
            name = region_text(lang, properties["iso"], property_text(lang, properties, "name"))
            at, shown = feature["geometry"]["coordinates"], {"from": REGIONS_FROM, "to": PLACES_TO}
            yield {"kind": "region", "text": name, "at": at, "rank": RANKS["region"], **shown}


def _countries(lang: Language, ground: Features) -> Iterator[Label]:
    for feature in ground:
        place = COUNTRY_LABELS.get(feature.get("id", ""))
        if place and feature["properties"]["part"] == "neighbour":
            name = property_text(lang, feature["properties"], "name")
            yield {"kind": "land", "text": name, "at": place, "rank": RANKS["country"], "to": PLACES_TO - 1}

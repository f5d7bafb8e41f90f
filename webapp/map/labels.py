"""The labels of zones as ``labels.js`` places them, on the map page and on the map that stands alone."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from layers.kinds.table import kind_of
from layers.labels.ground_key import TOGETHER, ground_key
from webapp.context import View
from webapp.labels.places import label_places
from webapp.labels.ranks import RANKS
from webapp.text.zone_labels import zone_label
from webapp.text.zones import ZoneWords
from webapp.typography.line_choices import SEGMENT, line_choices

MOST_SITE_LINES = 2

Label = dict[str, Any]


def label_of(view: View, zone: ZoneWords) -> Label | None:
    """Return the label of a zone, without its id; None if it has none.

    A place is labelled at its own position, an area where the table of places has room for its text.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    zone
        The zone with its texts.
    """
    kind = kind_of(zone.properties)
    if kind.shape == "place":
        dot = "plant" if zone.style.key == "site-plant" else "site"
        breaks = line_choices(zone.name, most=MOST_SITE_LINES)
        return {"kind": "site", "text": zone.name, "rank": RANKS["site"], "breaks": breaks, "dot": dot}
    words, key = zone_label(view.lang, view.proposal, zone.properties), ground_key(zone.properties)
    places = label_places(view.catalogue).get(key or "")
    return _area_label(words, zone.clause, places) if words and places else None


def shared_labels(view: View, zones: Iterable[ZoneWords]) -> dict[str, Label]:
    """Return one label for several zones that touch and have the same text, by the id of the zone that it stands in.

    It is shown if none of its ``members`` has room for a label of its own.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    zones
        The zones in words.
    """
    groups: dict[tuple[str, str | None], dict[str, str]] = {}
    for zone in zones:
        words, key = zone_label(view.lang, view.proposal, zone.properties), ground_key(zone.properties)
        if words and key:
            groups.setdefault((words, zone.clause), {})[key] = zone.id
    places = label_places(view.catalogue)
    found = ((words, clause, grounds, _touching(grounds, places)) for (words, clause), grounds in groups.items())
    return {
        grounds[keys[0]]: _area_label(words, clause, places[TOGETHER.join(keys)])
        | {"rank": RANKS["zone"] + 0.5, "members": [grounds[key] for key in keys]}
        for words, clause, grounds, keys in found
        if keys
    }


def chief_towns(zones: Iterable[ZoneWords]) -> list[str]:
    """Return the name of the largest town of each zone that Ukraine holds and a clause takes from it.

    Readers look for these first: maps of any size name them if they have room.
    """
    taken = (zone for zone in zones if zone.properties["held_by"] == "ukraine" and not kind_of(zone.properties).minor)
    return [zone.towns[0].name for zone in taken if zone.partition and zone.towns]


def _touching(keys: Iterable[str], places: Mapping[str, Any]) -> tuple[str, ...]:
    """The most of some grounds that have a place together."""
    ordered = sorted(keys)
    counts = range(len(ordered), 1, -1)
    some = (chosen for count in counts for chosen in combinations(ordered, count))
    return next((chosen for chosen in some if TOGETHER.join(chosen) in places), ())


def _area_label(words: str, clause: str | None, places: Mapping[str, Any]) -> Label:
    breaks = line_choices(words, f"\u00a0{clause}")
    named = {"text": words.replace(SEGMENT, ""), "clause": clause, "breaks": breaks}
    rank = RANKS["zone"] + 0.4 * (1 - min(max(map(_size, places["inside"]), default=0.0), 1.0))
    return {"kind": "zone", "rank": round(rank, 3), **named, **places}


def _size(rectangle: Sequence[float]) -> float:
    """In square degrees. The larger goes first: zones that some dates lack are small, and take no place from others."""
    west, south, east, north = rectangle
    return (east - west) * (north - south)

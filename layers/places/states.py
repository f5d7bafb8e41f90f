"""Where every place stands on a date: who holds it, how far the line of contact is, which zones it lies in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geojson import Feature
from geo.lines import nearest_km
from layers.control_map import ControlMap
from layers.kinds.table import kind_of
from layers.places.gazetteer import ON_OUTLINE_DEG, contested_places
from layers.places.index import IndexedPlace
from layers.places.positions import Positions

# A letter a place; a capital where the control maps disagree, by the side that the place is drawn on.
HELD, UNHELD = "r", "u"


@dataclass(frozen=True)
class ControlOfPlaces:
    """Who holds the places of the index and how far away the line of contact is, on the control map of a date.

    ``held`` has a letter for each place: ``r`` Russian-held, ``u`` not; capitals where control maps disagree.
    ``line_km`` is the geodesic distance to the line, rounded to km, or None where there is no line.
    """

    held: str
    line_km: tuple[int, ...] | None


def control_of_places(
    places: Sequence[IndexedPlace], landed: Positions, control: ControlMap, line: BaseGeometry
) -> ControlOfPlaces:
    """Return who holds places and how far they are from the line of contact, worked out on full-detail geometry.

    Parameters
    ----------
    places
        The places, in the order of the index.
    landed
        Where each of them lies in its oblast or on its outline.
    control
        The control map of the date.
    line
        The line of contact in degrees, WGS 84; empty if there is none.

    Returns
    -------
    One letter per place for who holds it, upper case where the maps disagree, and distances in whole km; None for
    distances without a line.
    """
    drawn = landed.are_in(control.levels[control.drawn], ON_OUTLINE_DEG)
    letters = np.where(drawn, HELD, UNHELD)
    disputed = contested_places(landed, control)
    held = "".join(letter.upper() if both else letter for letter, both in zip(letters.tolist(), disputed, strict=True))
    if line.is_empty:
        return ControlOfPlaces(held, None)
    away_km = nearest_km(shapely.get_coordinates([one.place.position for one in places]), line)
    return ControlOfPlaces(held, tuple(np.rint(away_km).astype(int).tolist()))


def places_in_zones(
    places: Sequence[IndexedPlace], landed: Positions, zones: Sequence[Feature]
) -> dict[str, list[int]]:
    """Return the numbers of the places in each zone with an area in Ukraine, by the zone's id; none without a place.

    A place lies in one zone of those that divide the territory: on an edge in that of its own oblast. Contested
    territory is left out, since ``ControlOfPlaces`` has it.

    Parameters
    ----------
    places
        The places, in the order of the index.
    landed
        Where each of them lies in its oblast or on its outline.
    zones
        Zones of an edition, with their geometry in degrees, WGS 84.

    Returns
    -------
    Positions of the places in ``places``, ascending from 0.
    """
    taken: dict[int, str] = {}
    found: dict[str, list[int]] = {}
    for zone in (zone for zone in zones if _counts(zone)):
        inside = landed.numbers_in(zone.geometry, ON_OUTLINE_DEG)
        if zone.properties["partition"]:
            inside = [number for number in inside if _is_free(number, zone, places, taken, found)]
            taken |= dict.fromkeys(inside, zone.id)
        found[zone.id] = [*inside]
    return {name: numbers for name, numbers in found.items() if numbers}


def _counts(zone: Feature) -> bool:
    kind = kind_of(zone.properties)
    return kind.has_area and not kind.abroad and not kind.is_contested


def _is_free(
    number: int, zone: Feature, places: Sequence[IndexedPlace], taken: Mapping[int, str], found: dict[str, list[int]]
) -> bool:
    """Whether a place is in no zone yet; on a common edge it goes over to the zone of its own oblast."""
    if number not in taken:
        return True
    if zone.properties["oblast"] != places[number].oblast:
        return False
    found[taken[number]].remove(number)
    return True

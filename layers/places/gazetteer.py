"""Towns: their positions, the zoom from which they are shown, and the zone of an edition that each lies in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from geo.geojson import Feature
from geo.measure import length_km
from layers.control_map import ControlMap
from layers.files import json_bytes
from layers.places.positions import Positions
from layers.places.registered import NOTE
from layers.reference.reference_data import ReferenceData
from layers.reference.register import SOURCES, read_rows
from layers.text.languages import Languages, flat, source_name

MAPPED_POPULATION = 5000
LARGE_POPULATION = 250_000
ZOOM_BY_POPULATION = ((600_000, 5), (200_000, 6), (90_000, 7), (40_000, 8), (15_000, 9))
LAST_ZOOM = 10
CURATED_LAST_ZOOM = 8
CENTRES_LAST_ZOOM = 6  # a town that an oblast is named after
NEAR_KM = 3.0  # outlines at 1:10 million leave out shores on which towns stand
ON_OUTLINE_DEG = 1e-5
DECIMALS = 4


@dataclass(frozen=True)
class Place:
    """A town: GeoNames id, names by language, position (degrees), population, the zoom from which it is shown.

    ``own`` are the languages in which it has a name; in the others its English name is used.
    """

    geonameid: int
    names: Mapping[str, str]
    own: frozenset[str]
    position: shapely.Point
    population: int
    min_zoom: int


def read_places(reference: ReferenceData, folder: Path = SOURCES) -> tuple[Place, ...]:
    """Return the towns, largest first: those with names in three languages, then the others from 5,000 people.

    Parameters
    ----------
    reference
        Reference data with the oblasts.
    folder
        Folder of the sources.
    """
    centres = {oblast.names["en"] for oblast in reference.oblasts.values()}
    places = []
    for row in sorted(read_rows(folder / "towns.csv"), key=_size):
        last = CENTRES_LAST_ZOOM if row["name_en"] in centres else CURATED_LAST_ZOOM
        places.append(_place(row, min(_zoom(row), last), reference.languages))
    for row in read_rows(folder / "places.csv"):
        if int(row["population"]) >= MAPPED_POPULATION:
            places.append(_place(row, max(_zoom(row), CURATED_LAST_ZOOM - 1), reference.languages))
    return tuple(places)


def read_gazetteer(reference: ReferenceData, folder: Path = SOURCES) -> tuple[Place, ...]:
    """Return every place of the gazetteer, however small, largest first.

    Parameters
    ----------
    reference
        Reference data with the languages.
    folder
        Folder of the sources.
    """
    rows = [*read_rows(folder / "towns.csv"), *read_rows(folder / "places.csv")]
    return tuple(_place(row, _zoom(row), reference.languages) for row in sorted(rows, key=_size))


def _size(row: dict[str, str]) -> tuple[int, int]:
    return -int(row["population"]), int(row["geonameid"])


def _zoom(row: dict[str, str]) -> int:
    population = int(row["population"])
    return next((zoom for least, zoom in ZOOM_BY_POPULATION if population >= least), LAST_ZOOM)


def _place(row: dict[str, str], min_zoom: int, languages: Languages) -> Place:
    own = {language: source_name(language, row, row["geonameid"]) for language in languages}
    return Place(
        geonameid=int(row["geonameid"]),
        names={one.tag: (name or row["name_en"]).replace("'", one.apostrophe) for one, name in own.items()},
        own=frozenset(one.tag for one, name in own.items() if name),
        position=shapely.Point(float(row["lon"]), float(row["lat"])),
        population=int(row["population"]),
        min_zoom=min_zoom,
    )


def place_feature(place: Place) -> Feature:
    """Return a town as a feature of the context layer."""
    about = {"geonameid": place.geonameid, **flat("name", place.names)}
    sizes = {"population": place.population, "min_zoom": place.min_zoom}
    return Feature(str(place.geonameid), {**about, **sizes}, place.position)


def towns_for_screens(places: Iterable[Place], tag: str) -> bytes:
    """Return what a map page needs of the towns in a language, as JSON bytes: one list per town.

    Longitude, latitude, name, zoom from which it is shown, then 0 or 1 for whether it is large, and whether the name is
    in that language.

    Parameters
    ----------
    places
        The towns, largest first.
    tag
        Language tag, such as ``uk``; a town without a name in it has the English one.
    """
    return json_bytes({"towns": [_row(place, tag) for place in places]})


def _row(place: Place, tag: str) -> list[Any]:
    lon, lat = (round(degrees, DECIMALS) for degrees in (place.position.x, place.position.y))
    flags = (place.population > LARGE_POPULATION, tag in place.own)
    return [lon, lat, place.names[tag], place.min_zoom, *map(int, flags)]


def towns_by_zone(
    zones: Sequence[Feature],
    places: Sequence[Place],
    positions: Positions,
    reference: ReferenceData,
    control: ControlMap,
) -> dict[str, list[dict[str, Any]]]:
    """Return the towns in each zone that divides the territory, largest first, by the zone's id.

    A town just outside all boundaries counts for the zone of the nearest oblast, and ``near`` is true; ``contested`` is
    true if the control maps of the date disagree about it.

    Parameters
    ----------
    zones
        Zones of an edition, with their geometry in degrees, WGS 84.
    places
        Towns, largest first.
    positions
        Where each of them stands.
    reference
        Reference data with the oblasts.
    control
        The control map of the date.

    Returns
    -------
    Each town with its names, population, ``near`` and ``contested``.
    """
    parts = [zone for zone in zones if zone.properties["partition"]]
    found: dict[str, list[dict[str, Any]]] = {zone.id: [] for zone in parts}
    disputed = contested_places(positions, control)
    outside, holding = ~positions.are_in(reference.ukraine), _holding(positions, parts)
    for place, near, contested, around in zip(places, outside.tolist(), disputed, holding, strict=True):
        zone = _nearest(place.position, parts, reference) if near else around
        if zone:
            found[zone.id].append(_entry(place, near=near, contested=contested))
    return {name: sorted(towns, key=_largest_first) for name, towns in found.items()}


def _entry(place: Place, *, near: bool, contested: bool) -> dict[str, Any]:
    about = {"geonameid": place.geonameid, **flat("name", place.names), "population": place.population}
    return {**about, "contested": contested, "near": near}


def _largest_first(town: Mapping[str, Any]) -> tuple[int, int]:
    return -town["population"], town["geonameid"]


def contested_places(positions: Positions, control: ControlMap) -> list[bool]:
    """Return whether some maps show each position as held and others do not, or a single one gives it to neither side.

    Parameters
    ----------
    positions
        Points in degrees, WGS 84.
    control
        The control map of the date.
    """
    if control.drawn == "majority":
        disputed = positions.are_in(control.levels["any"]) & ~positions.are_in(control.levels["agreed"])
    elif control.contested is not None:
        disputed = positions.are_in(control.contested)
    else:
        return [False] * len(positions.points)
    return list(disputed.tolist())


def _holding(positions: Positions, parts: Sequence[Feature]) -> list[Feature | None]:
    """The zone that contains each position, the first if it lies on an edge; None for positions in none."""
    found: list[Feature | None] = [None] * len(positions.points)
    for zone in reversed(parts):
        for number in positions.numbers_in(zone.geometry):
            found[number] = zone
    return found


def _nearest(position: shapely.Point, parts: Sequence[Feature], reference: ReferenceData) -> Feature | None:
    """The zone at the nearest place of the nearest oblast, or None if that is more than 3 km away."""
    nearest, landed = reference.nearest_oblast(position)
    if length_km(shapely.LineString([landed, position])) > NEAR_KM:
        return None
    there = [zone for zone in parts if shapely.dwithin(zone.geometry, landed, ON_OUTLINE_DEG)]
    return min(there, key=lambda zone: zone.properties["oblast"] != nearest.iso, default=None)


def towns_json(
    proposal_id: str, as_of: str, control_source: str, towns: Mapping[str, Sequence[Mapping[str, Any]]]
) -> bytes:
    """Return the towns of all zones of an edition as JSON bytes.

    Parameters
    ----------
    proposal_id
        Id of the proposal.
    as_of
        ISO date of the control map.
    control_source
        Citation of the control map.
    towns
        Towns by the id of their zone, as ``towns_by_zone`` returns them.
    """
    document = {
        "proposal": proposal_id,
        "requested_as_of": as_of,
        "as_of": as_of,
        "control_source": control_source,
        "zones": [{"zone": zone, "towns": list(found)} for zone, found in towns.items()],
        "note": NOTE,
    }
    return json_bytes(document)

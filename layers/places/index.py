"""All places of the gazetteer, as a search on the page reads them: names, other spellings, position, oblast."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from layers.files import json_bytes
from layers.places.gazetteer import DECIMALS, Place, read_gazetteer
from layers.reference.reference_data import ReferenceData
from layers.reference.register import SOURCES, read_rows

BETWEEN = "|"  # of the aliases in a row
NEAR_OUTLINE_DEG = 1e-9


@dataclass(frozen=True)
class IndexedPlace:
    """A place with the oblast that it lies in or is nearest to, and where it lies on that oblast's outline or in it.

    ``landed`` is its position, or the nearest place of the oblast where it stands just outside all outlines.
    """

    place: Place
    aliases: tuple[str, ...]
    oblast: str
    landed: shapely.Point


def index_places(reference: ReferenceData, folder: Path = SOURCES) -> tuple[IndexedPlace, ...]:
    """Return every place of the gazetteer, from 500 people on, in an order that all files of a build share.

    Parameters
    ----------
    reference
        Reference data with the oblasts.
    folder
        Folder of the sources.

    Raises
    ------
    SourceError
        If a file cannot be read.
    """
    places = read_gazetteer(reference, folder)
    aliases = {int(row["geonameid"]): row["aliases"].split(BETWEEN) for row in read_rows(folder / "place-aliases.csv")}
    landed = _land([place.position for place in places], reference)
    return tuple(
        IndexedPlace(place, tuple(aliases.get(place.geonameid, ())), oblast, position)
        for place, (oblast, position) in zip(places, landed, strict=True)
    )


def _land(positions: Sequence[shapely.Point], reference: ReferenceData) -> list[tuple[str, shapely.Point]]:
    """The oblast of each position, the nearest one for those outside, and the nearest place of it."""
    oblasts = list(reference.oblasts.values())
    outlines = np.array([oblast.outline for oblast in oblasts], dtype=object)
    nearest = shapely.STRtree(outlines).nearest(positions)
    inside = shapely.dwithin(outlines[nearest], positions, NEAR_OUTLINE_DEG)
    return [
        (oblasts[number].iso, position if within else shapely.get_point(shapely.shortest_line(outline, position), 0))
        for number, within, outline, position in zip(nearest, inside, outlines[nearest], positions, strict=True)
    ]


def places_json(places: Iterable[IndexedPlace], reference: ReferenceData) -> bytes:
    """Return what a search needs to find places, as JSON bytes.

    ``languages`` are the tags of the names; ``oblasts`` the names of the oblasts by ISO code; each row of ``places`` is
    a GeoNames id, longitude, latitude, population, the place of its oblast in ``oblasts``, its names in the languages
    (empty where the English one is used), and further names as one list.

    Parameters
    ----------
    places
        The places, as ``index_places`` returns them.
    reference
        Reference data with the oblasts and the languages.
    """
    codes = {iso: number for number, iso in enumerate(reference.oblasts)}
    tags = reference.languages.tags
    document = {
        "languages": list(tags),
        "oblasts": [[iso, *(oblast.names[tag] for tag in tags)] for iso, oblast in reference.oblasts.items()],
        "places": [_row(one, codes, tags) for one in places],
    }
    return json_bytes(document)


def _row(one: IndexedPlace, codes: Mapping[str, int], tags: Sequence[str]) -> list[Any]:
    place = one.place
    lon, lat = (round(degrees, DECIMALS) for degrees in (place.position.x, place.position.y))
    names = [place.names[tag] if tag in place.own else "" for tag in tags]
    return [place.geonameid, lon, lat, place.population, codes[one.oblast], *names, list(one.aliases)]

"""The table of places for zones' labels, which the build computes for map pages and images."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from layers.catalogue.model import Catalogue
from layers.labels.ground_key import ground_key
from layers.products.shared import LABELS
from layers.zone_properties import ZoneProperties

CATALOGUES_KEPT = 8


def home_of(catalogue: Catalogue, zone: ZoneProperties) -> tuple[float, float] | None:
    """Return the middle of the largest room that a zone has on all dates.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    zone
        Properties of the zone.

    Returns
    -------
    Longitude and latitude in degrees; None if there is none.
    """
    inside = label_places(catalogue).get(ground_key(zone) or "", {}).get("inside")
    if not inside:
        return None
    west, south, east, north = inside[0]
    return (west + east) / 2, (south + north) / 2


def label_places(catalogue: Catalogue) -> Mapping[str, Any]:
    """Return the table by the key of a zone's area (``layers.labels.ground_key``); empty if the build made none."""
    file = catalogue.display.get(LABELS)
    return _read(catalogue.read(file)) if file else {}


@lru_cache(maxsize=CATALOGUES_KEPT)
def _read(table: bytes) -> Mapping[str, Any]:
    places: Mapping[str, Any] = json.loads(table)
    return places

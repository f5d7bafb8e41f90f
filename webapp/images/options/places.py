"""Places by name that an image can show: an oblast, or a town with a radius, such as ``Kramatorsk:40``."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from layers.catalogue.model import Catalogue
from layers.catalogue.store import Store
from webapp.errors import LimitError, OptionError
from webapp.images.options.degrees import KM_PER_DEG, LEAST_KM, Degrees

WRITTEN = "NAME:KM"
NAMED = ("name_en", "name_uk", "name_zh_hant")
RADIUS_KM, MOST_RADIUS_KM = 50.0, 400.0
APOSTROPHES = re.compile("['ʼ`]")
MARGIN = 0.06  # of the width and height of an oblast, on every side


def place_degrees(words: str, catalogue: Catalogue) -> Degrees | None:
    """Return the box around a place: a town or an oblast by its name in any language or its code.

    Of towns with one name the largest is meant.

    Parameters
    ----------
    words
        Name or code of the place, for a town also with a radius in km after a colon.
    catalogue
        Catalogue of a control map: its proposals, their editions and files.

    Returns
    -------
    West, south, east and north in degrees; None if there is no such place.

    Raises
    ------
    LimitError
        If the radius cannot be drawn.
    """
    name, _, radius = words.partition(":")
    sought, store = _folded(name), catalogue.store
    town = _towns(store, catalogue.context["towns"].path).get(sought)
    if town is not None:
        return _around(*town.lonlat_deg, _radius_km(words, radius))
    return _oblasts(store, catalogue.context["oblasts"].path).get(sought)


def town_ids(names: Sequence[str], catalogue: Catalogue) -> Mapping[str, str]:
    """Return the names of towns by their ids.

    Of towns with one name the largest is meant.

    Parameters
    ----------
    names
        Names in any language of the data.
    catalogue
        Catalogue of a control map: its proposals, their editions and files.

    Raises
    ------
    OptionError
        If there is no such town; lists those with the most similar names.
    """
    towns = _towns(catalogue.store, catalogue.context["towns"].path) if names else {}
    found = {}
    for name in names:
        town = towns.get(_folded(name))
        if town is None:
            like = get_close_matches(_folded(name), towns, n=4) or [*towns][-3:]
            raise OptionError("highlight", name, tuple(dict.fromkeys(towns[one].name for one in like)))
        found[town.id] = name
    return found


@dataclass(frozen=True)
class _Town:
    """A town of the data by one of its names."""

    id: str
    name: str
    lonlat_deg: tuple[float, float]


def _radius_km(words: str, radius: str) -> float:
    try:
        read = float(radius) if radius.strip() else RADIUS_KM
    except ValueError:
        read = math.nan
    if not LEAST_KM / 2 <= read <= MOST_RADIUS_KM:
        least, most = LEAST_KM / 2, MOST_RADIUS_KM
        message = f"extent '{words}': write a radius of {least:g} to {most:g} km, as in Kramatorsk:40"
        raise LimitError(message, "radius", extent=words, least=least, most=most)
    return read


def _around(lon_deg: float, lat_deg: float, radius_km: float) -> Degrees:
    high = radius_km / KM_PER_DEG
    wide = high / math.cos(math.radians(lat_deg))
    return lon_deg - wide, lat_deg - high, lon_deg + wide, lat_deg + high


@lru_cache(maxsize=4)
def _towns(store: Store, path: str) -> Mapping[str, _Town]:
    features = sorted(_features(store, path), key=lambda one: one["properties"]["population"])
    named = ((one, one["properties"][key]) for one in features for key in NAMED)
    return MappingProxyType(
        {_folded(name): _Town(one["id"], name, tuple(one["geometry"]["coordinates"])) for one, name in named}
    )


@lru_cache(maxsize=4)
def _oblasts(store: Store, path: str) -> Mapping[str, Degrees]:
    found: dict[str, Degrees] = {}
    for one in _features(store, path):
        west, south, east, north = one["bbox"]
        wide, high = (east - west) * MARGIN, (north - south) * MARGIN
        degrees = (west - wide, south - high, east + wide, north + high)
        names = [one["properties"][key] for key in NAMED]
        found |= {_folded(name): degrees for name in (one["id"], *names, f"{names[0]} oblast")}
    return MappingProxyType(found)


def _folded(name: str) -> str:
    """A name as it is compared: whatever its letters' case and its apostrophes."""
    return APOSTROPHES.sub("’", name.strip().casefold())


def _features(store: Store, path: str) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(store.read(path))["features"]
    return features

"""What JSON states of its coordinate reference system: at any place, in any spelling."""

import json
from collections.abc import Mapping
from typing import Any

PLACES = (
    "crs", "srid", "srs", "srsname", "epsg", "spatialreference", "coordinatereferencesystem", "coordrefsys",
    "projection",
)  # fmt: skip
WITHIN = ("latestWkid", "wkid", "code", "name", "srid", "epsg", "href", "wkt", "init", "id")
PROJJSON = "$schema"
OF_NUMBERS = frozenset({"latestWkid", "wkid", "code", "srid", "epsg", "id"})


def stated_crs(members: Mapping[str, Any]) -> str | None:
    """What an object states of its CRS, as text for PROJ where it can be; None where it states none."""
    places = {key.casefold().replace("_", ""): value for key, value in members.items()}
    for place in PLACES:
        text = _text(places.get(place), numbers=place != "projection")
        if text:
            return text
    return None


def _text(value: Any, *, numbers: bool) -> str | None:
    """A CRS as text: ``{"name": …}``, ``{"properties": {"code": …}}``, ``{"wkid": …}``, a name or a number."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"EPSG:{int(value)}" if numbers and 0 < value < 1e6 else None
    return _of_object(value, numbers=numbers) if isinstance(value, dict) and value else None


def _of_object(value: Mapping[str, Any], *, numbers: bool) -> str | None:
    if PROJJSON in value:
        return json.dumps(value)
    for key in WITHIN:
        text = _text(value.get(key), numbers=key in OF_NUMBERS)
        if text:
            return f"EPSG:{text}" if key == "code" and text.isdigit() else text
    return _text(value.get("properties"), numbers=numbers) or str(value)

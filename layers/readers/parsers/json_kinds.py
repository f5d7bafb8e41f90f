"""What JSON is that is no map which can be read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from layers.errors import ControlError
from layers.readers.files.kinds import AS_GEOJSON, ERROR, KNOWN, NO_DATA, not_read

MESSAGES = ("error", "errors", "message", "detail", "exceptions", "error_description", "msg", "fault")
# members that a kind of JSON has, with what it is and what to do
KINDS: tuple[tuple[frozenset[str], str, str], ...] = (
    (frozenset({"elements", "generator"}), "OpenStreetMap data (Overpass)", "export it from overpass turbo as GeoJSON"),
    (frozenset({"version", "sources", "layers"}), "a style of a map", NO_DATA),
    (frozenset({"tilejson"}), "the head of map tiles", NO_DATA),
    (frozenset({"nbformat"}), "a notebook", NO_DATA),
    (frozenset({"operationalLayers"}), "a web map of ArcGIS", "query its layer with f=geojson"),
    (frozenset({"currentVersion"}), "the description of a layer of ArcGIS", "query it with where=1=1 and f=geojson"),
    (frozenset({"resources"}), "the description of a data package", "give the map that it names"),
    (frozenset({"stac_version"}), "a STAC catalogue", "give the map that it names"),
    (frozenset({"content", "encoding", "sha"}), "GitHub's word on a file", "download the raw file"),
    (frozenset({"CityObjects"}), "CityJSON", AS_GEOJSON),
    (frozenset({"openapi"}), "the description of an interface", "fetch a layer as GeoJSON"),
    (frozenset({"links", "collections"}), "a list of a server's layers", "fetch the items of a layer as GeoJSON"),
    (frozenset({"log"}), "a record of a browser (HAR)", "save the answer in it as a file"),
)


def not_a_map(path: Path, parsed: Any) -> ControlError:
    """Return the error for JSON without a map; it names what the JSON is if that is known.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    parsed
        The parsed JSON.
    """
    members = parsed if isinstance(parsed, dict) else {}
    for names, what, advice in KINDS:
        if names <= members.keys():
            return not_read(path, what, advice)
    said = _message(members)
    if said:
        return not_read(path, f"{ERROR} ({said})", "ask it again")
    if isinstance(parsed, list) and any(isinstance(one, dict) and one.get("id") == "document" for one in parsed[:3]):
        return not_read(path, "CZML", AS_GEOJSON)
    return ControlError("unknown-format", f"{path}: JSON, but no control map that is known; what is read: {KNOWN}")


def _message(members: Mapping[str, Any]) -> str | None:
    for name in MESSAGES:
        value = members.get(name)
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, dict):
            value = _message(value) or name
        if isinstance(value, str) and value:
            return " ".join(value.split())[:80]
    return None

"""JSON in its forms: GeoJSON, GeoJSON inside ``value``, and rings of latitude, longitude under ``areas``."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from layers.errors import ControlError
from layers.readers.document import Document, Item
from layers.readers.limits import check_json
from layers.readers.raw import Progress
from layers.readers.shapes import GEOMETRIES, Shape, polygon_shape, shape_of

KNOWN = (
    "DeepState (mirror or dump), UA Control Map, NZZ, ISW, KML or KMZ, GeoJSON, GeoPackage and Shapefile (also zipped)"
)


def read_json(path: Path, content: bytes, progress: Progress | None) -> Document:
    """A JSON file as a document. Raises ControlError: ``unreadable``, ``too-many-vertices``, ``unknown-format``."""
    check_json(path, content)
    try:
        return _document(path, _parsed(content, progress))
    except RecursionError as error:
        raise ControlError("unreadable", f"{path}: nested too deeply to be a map; get the file again") from error
    except (ValueError, TypeError, KeyError) as error:
        raise ControlError(
            "unreadable", f"{path}: cannot be read as JSON ({error}); damaged or cut off, get the file again"
        ) from error


def _parsed(content: bytes, progress: Progress | None) -> Any:
    """The document with every geometry turned into a Shape as soon as it is complete, which frees its lists."""
    brackets = max(content.count(b"["), 1)
    done = 0

    def build(members: dict[str, Any]) -> Any:
        nonlocal done
        if not _is_geometry(members):
            return members
        shape = shape_of(members)
        done += shape.vertices
        if progress:
            progress("Reading", min(done, brackets), brackets)
        return shape

    parsed = json.loads(content, object_hook=build)
    if progress:
        progress("Reading", brackets, brackets)
    return parsed


def _is_geometry(members: dict[str, Any]) -> bool:
    kind = members.get("type")
    if not isinstance(kind, str) or kind not in GEOMETRIES:
        return False
    return isinstance(members.get("geometries" if kind == "GeometryCollection" else "coordinates"), list)


def _document(path: Path, parsed: Any) -> Document:
    if isinstance(parsed, Shape):
        return Document("geojson", (Item({}, parsed),))
    if isinstance(parsed, dict):
        if isinstance(parsed.get("value"), dict):
            return _document(path, parsed["value"])
        if isinstance(parsed.get("areas"), list) and "type" not in parsed:
            return Document("areas", tuple(_areas(parsed)))
        if parsed.get("type") == "Feature":
            return Document("geojson", (_item(parsed),), crs=_crs(parsed))
        if parsed.get("type") == "FeatureCollection" and isinstance(parsed.get("features"), list):
            items = tuple(_item(feature) for feature in parsed["features"])
            return Document("geojson", items, str(parsed.get("name") or ""), _crs(parsed))
    raise ControlError("unknown-format", f"{path}: JSON, but no control map that is known; what is read: {KNOWN}")


def _item(feature: Any) -> Item:
    if not isinstance(feature, dict):
        raise ValueError("a feature is no object")
    properties = feature.get("properties") or {}
    geometry = feature.get("geometry")
    if geometry is not None and not isinstance(geometry, Shape):
        raise ValueError("a geometry has no type or no coordinates")
    return Item(properties if isinstance(properties, dict) else {}, geometry)


def _areas(parsed: dict[str, Any]) -> Iterator[Item]:
    for name in ("areas", "areas_ua"):
        rings = parsed.get(name)
        for ring in rings if isinstance(rings, list) else []:
            yield Item({"class": name}, polygon_shape([ring], lat_lon=True))


def _crs(parsed: dict[str, Any]) -> str | None:
    """The legacy ``crs`` member: its name, or what it holds where that has none."""
    member = parsed.get("crs")
    if member is None:
        return None
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return str(name if name is not None else member)

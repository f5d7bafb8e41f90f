"""JSON in its forms: GeoJSON, Esri JSON, TopoJSON and rings under ``areas``, bare, wrapped or in a sequence."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from layers.errors import ControlError
from layers.readers.dates.finding import day_in_name
from layers.readers.document import Document, Item
from layers.readers.files.kinds import not_read
from layers.readers.files.limits import check_json, check_vertices
from layers.readers.parsers.esri import CURVES, date_columns, is_rings, passed_over, shape_of_rings, with_days
from layers.readers.parsers.gdal_files import several_layers
from layers.readers.parsers.json_kinds import not_a_map
from layers.readers.parsers.partial import check_whole
from layers.readers.parsers.stated_crs import stated_crs
from layers.readers.parsers.topojson import layers_of
from layers.readers.parsers.wrappers import Found, day_of, is_areas, is_collection, is_feature, maps_in, shape_column
from layers.readers.raw_map import Progress
from layers.readers.shapes import GEOMETRIES, ReadShape, polygon_shape, shape_of

BLANKS = " \t\r\n\x1e\ufeff"  # with the mark before each text of a sequence (RFC 8142)
TOPOLOGY = b'"Topology"'
ARC_BRACKETS = 2  # for a position of an arc, whose lists stay in memory until all of them are read


@dataclass
class _Reading:
    """What is known while a file is parsed: geometries become Shapes at once, which frees their lists."""

    path: Path
    progress: Progress | None
    brackets: int
    done: int = 0
    crs: dict[int, tuple[ReadShape, str]] = field(default_factory=dict)  # of geometries that state one, by identity

    def build(self, members: dict[str, Any]) -> Any:
        """An object of JSON: a geometry as a Shape, anything else as it is."""
        shape = _shape(members)
        if shape is None:
            return members
        self.done += shape.vertices
        if self.progress:
            self.progress("Reading", min(self.done, self.brackets), self.brackets)
        stated = stated_crs(members) or self._of_members(members)
        if stated:
            self.crs[id(shape)] = shape, stated
        return shape

    def _of_members(self, members: Mapping[str, Any]) -> str | None:
        inner = members.get("geometries", ())
        return next((self.crs[id(one)][1] for one in inner if id(one) in self.crs), None)

    def values(self, text: str) -> Any:
        """The value in a text; of several one after another, a list."""
        decoder = json.JSONDecoder(object_hook=self.build)
        values: list[Any] = []
        place = _next(text, 0)
        while place < len(text) or not values:
            value, place = decoder.raw_decode(text, place)
            values.append(value)
            place = _next(text, place)
        return values[0] if len(values) == 1 else values

    def inner(self, text: str) -> Any:
        """The value in text that stands in JSON; None where it is none."""
        try:
            check_json(self.path, text.encode("utf-8", "replace"))
            return self.values(text)
        except (ValueError, TypeError, KeyError, RecursionError):
            return None


@dataclass(frozen=True)
class _Layer:
    """One map of a file: its features with the CRS that each states, and what it says of itself."""

    kind: str
    name: str
    items: tuple[tuple[Item, str | None], ...]
    members: frozenset[str]
    day: str | None

    @property
    def has_polygons(self) -> bool:
        return any(item.shape and (item.shape.polygons or item.shape.broken_rings) for item, _ in self.items)


def read_json(path: Path, content: bytes, progress: Progress | None) -> Document:
    """Read JSON in UTF-8 as a document.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    content
        Bytes of the file, in UTF-8.
    progress
        Called with the name of the step, the units done and their total; None for no reports.

    Raises
    ------
    ControlError
        ``unreadable``, ``too-many-vertices``, ``unknown-format``, ``several-layers``, ``partial-answer`` or
        ``unknown-crs``.
    """
    check_json(path, content)
    brackets = max(content.count(b"["), 1)
    if TOPOLOGY in content:
        check_vertices(path, brackets * ARC_BRACKETS)
    reading = _Reading(path, progress, brackets)
    try:
        parsed = reading.values(content.decode())
        if progress:
            progress("Reading", brackets, brackets)
        layers = [layer for one in maps_in(parsed, reading.inner) for layer in _layers(reading, one)]
        if not layers:
            raise not_a_map(path, parsed)
        return _document(reading, parsed, layers)
    except RecursionError as error:
        raise ControlError("unreadable", f"{path}: nested too deeply to be a map; get the file again") from error
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        reason = " ".join(str(error).split())[:100]
        message = f"{path}: cannot be read as JSON ({reason}); damaged or cut off, get the file again"
        raise ControlError("unreadable", message) from error


def _next(text: str, place: int) -> int:
    while place < len(text) and text[place] in BLANKS:
        place += 1
    return place


def _shape(members: Mapping[str, Any]) -> ReadShape | None:
    """The shape of an object that is a geometry; of a collection whose members are none yet (TopoJSON) none."""
    if is_rings(members):
        return shape_of_rings(members["rings"])
    kind = members.get("type")
    if not isinstance(kind, str) or kind not in GEOMETRIES:
        return None
    parts = members.get("geometries" if kind == "GeometryCollection" else "coordinates")
    if not isinstance(parts, list) or any(isinstance(part, dict) for part in parts):
        return None
    return shape_of(members)


def _document(reading: _Reading, parsed: Any, layers: Sequence[_Layer]) -> Document:
    """The one map with polygons; maps of several days together, each as a folder."""
    path = reading.path
    drawn = [layer for layer in layers if layer.has_polygons] or list(layers[:1])
    if len(drawn) > 1 and all(layer.day or day_in_name(layer.name) for layer in drawn):
        drawn = [_of_days(drawn)]
    if len(drawn) > 1:
        raise several_layers(path, [layer.name or f"map {place}" for place, layer in enumerate(drawn, 1)])
    (layer,) = drawn
    outermost = frozenset(parsed) if isinstance(parsed, dict) else frozenset[str]()
    items = tuple(item for item, _ in layer.items)
    return Document(layer.kind, items, layer.name, _one_crs(path, layer), layer.members | outermost, layer.day)


def _of_days(layers: Sequence[_Layer]) -> _Layer:
    items = tuple(
        (replace(item, properties={**item.properties, "folder": layer.day or layer.name}), crs)
        for layer in layers
        for item, crs in layer.items
    )
    return _Layer(layers[0].kind, "", items, layers[0].members, None)


def _one_crs(path: Path, layer: _Layer) -> str | None:
    """The CRS of all features. Raises ControlError ``unknown-crs`` where they are in several."""
    stated = dict.fromkeys(crs for item, crs in layer.items if item.shape and item.shape.polygons)
    if len(stated) > 1:
        listed = ", ".join("none" if crs is None else crs[:40] for crs in list(stated)[:3])
        message = f"{path}: its features state several CRSs ({listed}); save all of them as EPSG:4326"
        raise ControlError("unknown-crs", message)
    return next(iter(stated), None)


def _layers(reading: _Reading, found: Found) -> Iterator[_Layer]:
    """A map that was found, as layers: a topology has one an object."""
    value = found.value
    crs = next((crs for one in reversed(found.around) if (crs := stated_crs(one))), None)
    members = frozenset(value) if isinstance(value, dict) else frozenset[str]()
    name = str(value.get("name") or "") if isinstance(value, dict) and not is_feature(value) else ""
    whole = _Layer("geojson", name or (found.key if found.around else ""), (), members, day_of(found))
    if isinstance(value, dict) and value.get("type") == "Topology":
        for key, features in layers_of(reading.path, value).items():
            yield replace(whole, kind="topojson", name=key, items=tuple((item, stated_crs(value)) for item in features))
    elif is_areas(value):
        yield replace(whole, kind="areas", items=tuple((item, None) for item in _areas(value)))
    else:
        items = tuple(_items(reading, value, "", crs))
        if not isinstance(value, ReadShape) and not (isinstance(value, dict) and is_feature(value)):
            own = (value,) if isinstance(value, dict) else ()
            check_whole(reading.path, (*found.around, *own), len(items))
        kind = _kind(value)
        if kind == "esrijson" and isinstance(value, dict) and "transform" in value:
            raise not_read(reading.path, "Esri JSON in steps of a grid", "query it without quantizationParameters")
        yield replace(whole, kind=kind, items=items)


def _kind(value: Any) -> str:
    parts = value.get("features", [value]) if isinstance(value, dict) else value if isinstance(value, list) else []
    return "esrijson" if any(isinstance(part, dict) and "attributes" in part for part in parts[:5]) else "geojson"


def _items(reading: _Reading, value: Any, folder: str, crs: str | None) -> Iterator[tuple[Item, str | None]]:
    """The features of a value with the CRS of each; what stands in a collection of its own gets that as folder."""
    if isinstance(value, ReadShape):
        _, own = reading.crs.get(id(value), (value, None))
        yield Item({"folder": folder} if folder else {}, value), own or crs
    elif isinstance(value, list):
        for part in value:
            yield from _items(reading, part, _called(part) or folder, crs)
    elif is_collection(value) or (isinstance(value, dict) and value.get("type") == "FeatureCollection"):
        dates = date_columns(value.get("fields"))
        for part in value["features"]:
            for item, own in _items(reading, part, _called(part) or folder, stated_crs(value) or crs):
                yield (replace(item, properties=with_days(item.properties, dates)) if dates else item), own
    elif isinstance(value, dict):
        yield _item(reading, value, folder, stated_crs(value) or crs if is_feature(value) else crs)
    else:
        raise ValueError("a feature is no object")


def _called(value: Any) -> str:
    return str(value.get("name") or value.get("title") or "") if is_collection(value) else ""


def _item(reading: _Reading, feature: Mapping[str, Any], folder: str, crs: str | None) -> tuple[Item, str | None]:
    """One feature: GeoJSON's, Esri's, or a row of a database with a geometry in it."""
    if is_feature(feature):
        geometry = feature.get("geometry")
        properties = feature.get("properties") or feature.get("attributes") or {}
    else:
        column = shape_column(feature)
        geometry = feature[column] if column else None
        properties = {key: value for key, value in feature.items() if not isinstance(value, dict | list | ReadShape)}
    if isinstance(geometry, dict):
        geometry = _other(reading.path, geometry)
    if geometry is not None and not isinstance(geometry, ReadShape):
        raise ValueError("a geometry has no type or no coordinates")
    own = dict(properties) if isinstance(properties, dict) else {}
    named = {"folder": folder, **own} if folder else own
    return Item(named, geometry), reading.crs.get(id(geometry), (None, None))[1] or crs


def _other(path: Path, geometry: Mapping[str, Any]) -> ReadShape | None:
    """A geometry that has not become a Shape: Esri's points and lines are passed over, its curves are refused."""
    if CURVES in geometry:
        raise not_read(path, "Esri JSON with curves", "query it with f=geojson, or densify the curves before")
    shape = passed_over(geometry)
    if shape is None and geometry:
        raise ValueError("a geometry has no type or no coordinates")
    return shape


def _areas(parsed: Mapping[str, Any]) -> Iterator[Item]:
    for name in ("areas", "areas_ua"):
        rings = parsed.get(name)
        for ring in rings if isinstance(rings, list) else []:
            yield Item({"class": name}, polygon_shape([ring], lat_lon=True))

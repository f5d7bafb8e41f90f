"""Drawings from files: GeoJSON, KML and GPX of at most 5 MB; document types and entities of XML are refused."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.errors import ControlError, DrawingError
from layers.readers.files.limits import read_bytes
from layers.readers.parsers.kml_positions import positions

MOST_BYTES = 5 * 2**20
MOST_READ = 200_000  # positions; a drawing may have far fewer
MARKUP = re.compile(r"<[a-z!/?]", re.IGNORECASE)
NAMES = ("name", "title")
GPX_LINES, GPX_POINTS = frozenset({"trkseg", "rte"}), frozenset({"trkpt", "rtept"})
KML_LINES, KML_RINGS = frozenset({"LineString", "Track"}), frozenset({"outerBoundaryIs", "innerBoundaryIs"})


def read_drawing(path: Path) -> BaseGeometry:
    """Return what a file draws: its lines and polygons as one geometry, in degrees, WGS 84.

    Parameters
    ----------
    path
        GeoJSON, KML or GPX.

    Raises
    ------
    DrawingError
        ``unreadable``, ``too-large``, ``too-many-points``, ``xml-entities``, ``markup`` or ``no-geometry``; the message
        names the file.
    """
    try:
        content = read_bytes(path)
    except ControlError as error:
        raise DrawingError(error.code, str(error)) from error
    try:
        return parse_drawing(content)
    except DrawingError as error:
        raise DrawingError(error.code, f"{path}: {error}") from error


def parse_drawing(content: bytes) -> BaseGeometry:
    """Return what the bytes of a file draw, as ``read_drawing`` does; the messages name no file."""
    if len(content) > MOST_BYTES:
        raise DrawingError("too-large", f"larger than {MOST_BYTES // 2**20} MB; simplify it")
    try:
        parts = list(_of_xml(content) if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" else _of_json(content))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, expat.ExpatError) as error:
        message = "cannot be read as GeoJSON, KML or GPX; save it again as one of them"
        raise DrawingError("unreadable", message) from error
    except shapely.errors.ShapelyError as error:
        raise DrawingError("unreadable", "a geometry in it is damaged; save it again") from error
    return shapely.GeometryCollection(parts)


def _of_json(content: bytes) -> Iterator[BaseGeometry]:
    _check_count(content.count(b"[") // 2)
    yield from _features(json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant))


def _features(value: Any) -> Iterator[BaseGeometry]:
    if value["type"] == "FeatureCollection":
        for feature in value["features"]:
            yield from _features(feature)
    elif value["type"] == "Feature":
        for key in NAMES:
            _check_name(str((value.get("properties") or {}).get(key) or ""))
        if value["geometry"] is not None:
            yield from _features(value["geometry"])
    else:
        geometry = shapely.from_geojson(json.dumps(value))
        if not np.isfinite(shapely.get_coordinates(geometry)).all():
            raise ValueError("a coordinate is no number")
        yield geometry


def _refuse_constant(text: str) -> None:
    raise ValueError(f"{text} is no number")


class _Xml:
    """Where a parser of KML or GPX stands, and the lines and polygons that it has found."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.text: list[str] = []
        self.points: list[tuple[float, float]] = []
        self.rings: list[np.ndarray] = []
        self.found: list[BaseGeometry] = []
        self.read = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if not self.path and name not in {"kml", "gpx"}:
            raise ValueError("XML, but no KML and no GPX")
        self.path.append(name)
        self.text.clear()
        if name in GPX_POINTS:
            self.points.append((float(attributes["lon"]), float(attributes["lat"])))

    def end(self, tag: str) -> None:
        name, text = self.path.pop(), "".join(self.text).strip()
        self.text.clear()
        if name == "name":
            _check_name(text)
        elif name == "coordinates":
            self._coordinates(np.asarray(positions(text))[:, :2])
        elif name == "Polygon" and self.rings:
            self.found.append(shapely.Polygon(self.rings[0], self.rings[1:]))
            self.rings = []
        elif name in GPX_LINES:
            self.found += [shapely.LineString(self.points)] if len(self.points) > 1 else []
            self.points = []

    def _coordinates(self, found: np.ndarray) -> None:
        self.read += len(found)
        _check_count(self.read)
        if KML_RINGS.intersection(self.path):
            self.rings.append(found)
        elif KML_LINES.intersection(self.path) and len(found) > 1:
            self.found.append(shapely.LineString(found))


def _of_xml(content: bytes) -> Iterator[BaseGeometry]:
    state, parser = _Xml(), expat.ParserCreate()
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse_entities
    parser.StartElementHandler, parser.EndElementHandler = state.start, state.end
    parser.CharacterDataHandler = state.text.append
    parser.buffer_text = True
    _check_count(content.count(b"pt "))
    parser.Parse(content, True)
    yield from state.found


def _refuse_entities(*_: object) -> None:
    raise DrawingError("xml-entities", "XML with a document type or entities; save it without them")


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _check_count(points: int) -> None:
    if points > MOST_READ:
        raise DrawingError("too-many-points", f"about {points:,} points, at most {MOST_READ:,} are read; simplify it")


def _check_name(name: str) -> None:
    if MARKUP.search(name):
        raise DrawingError("markup", "a name in it has markup; take it out, names are plain text")

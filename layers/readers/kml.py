"""KML, read event by event with the standard library's parser; document types and entities are refused."""

import warnings
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

import numpy as np

from layers.errors import ControlError
from layers.readers.document import Document, Item
from layers.readers.limits import check_vertices
from layers.readers.raw import Progress
from layers.readers.shapes import Shape, joined, polygon_shape

CHUNK = 1 << 20
OTHER_GEOMETRIES = frozenset({"Point", "LineString", "Track", "Model"})
TEXTS = frozenset({"name", "styleUrl", "coordinates", "value", "SimpleData"})


class _EntitiesError(Exception):
    pass


def read_kml(path: Path, content: bytes, progress: Progress | None) -> Document:
    """A KML file as a document; properties: ``name``, ``style``, ``folder`` and those of ExtendedData.

    Raises ControlError: ``xml-entities``, ``too-many-vertices``, ``unreadable``, ``unknown-format``.
    """
    check_vertices(path, content.count(b",") // 3)  # "lon,lat,height " has two commas, other text has some
    state = _State()
    parser = _parser(state)
    try:
        for start in range(0, len(content), CHUNK):
            parser.Parse(content[start : start + CHUNK], False)
            if progress:
                progress("Reading", min(start + CHUNK, len(content)), len(content))
        parser.Parse(b"", True)
    except _EntitiesError as error:
        message = f"{path}: XML with a document type or entities; save it without them"
        raise ControlError("xml-entities", message) from error
    except (expat.ExpatError, ValueError, LookupError, DeprecationWarning) as error:
        raise ControlError("unreadable", f"{path}: cannot be read as KML ({error}); get the file again") from error
    if state.root != "kml":
        raise ControlError("unknown-format", f"{path}: XML, but no KML; save it as KML or GeoJSON")
    return Document("kml", tuple(state.items), state.document_name)


@dataclass
class _State:
    """Where the parser stands, and what it has found."""

    path: list[str] = field(default_factory=list)
    root: str = ""
    document_name: str = ""
    folders: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    properties: dict[str, str] | None = None
    key: str = ""
    rings: list[np.ndarray] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


def _parser(state: _State) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = CHUNK

    def refuse(*_: object) -> None:
        raise _EntitiesError

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda tag, attributes: _start(state, _local(tag), attributes)
    parser.EndElementHandler = lambda tag: _end(state, _local(tag))
    parser.CharacterDataHandler = lambda text: _characters(state, text)
    return parser


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _start(state: _State, tag: str, attributes: dict[str, str]) -> None:
    state.root = state.root or tag
    state.path.append(tag)
    state.text.clear()
    if len(state.path) > 500:
        raise ValueError("nested too deeply")
    if tag == "Placemark":
        state.properties, state.shapes = {"folder": "/".join(filter(None, state.folders))}, []
    elif tag in {"Folder", "Document"}:
        state.folders.append("")
    elif tag == "Polygon":
        state.rings = []
    elif tag in {"Data", "SimpleData"}:
        state.key = attributes.get("name", "")


def _characters(state: _State, text: str) -> None:
    if state.path and state.path[-1] in TEXTS:
        state.text.append(text)


def _end(state: _State, tag: str) -> None:
    text = "".join(state.text).strip() if tag in TEXTS else ""
    parent = state.path[-2] if len(state.path) > 1 else ""
    if tag == "coordinates" and "Polygon" in state.path:
        state.rings.append(_positions(text))
    elif tag == "Polygon":
        state.shapes.append(polygon_shape(state.rings))
    elif tag in OTHER_GEOMETRIES and state.properties is not None:
        state.shapes.append(Shape(tag, passed_over=1))
    elif tag == "Placemark" and state.properties is not None:
        _close_placemark(state)
    elif tag in {"Folder", "Document"}:
        state.folders.pop()
    else:
        _property(state, tag, parent, text)
    state.path.pop()
    state.text.clear()


def _property(state: _State, tag: str, parent: str, text: str) -> None:
    if state.properties is not None:
        if tag in {"value", "SimpleData"}:
            state.properties[state.key] = text
        elif parent == "Placemark" and tag in {"name", "styleUrl"}:
            state.properties["style" if tag == "styleUrl" else "name"] = text.rpartition("#")[2]
    elif tag == "name" and parent == "Folder":
        state.folders[-1] = text
    elif tag == "name" and parent == "Document":
        state.document_name = text


def _close_placemark(state: _State) -> None:
    shapes = state.shapes
    shape = None if not shapes else shapes[0] if len(shapes) == 1 else joined("MultiGeometry", shapes)
    state.items.append(Item(dict(state.properties or {}), shape))
    state.properties = None


def _positions(text: str) -> np.ndarray:
    """Positions written as ``lon,lat[,height]`` with white space between them."""
    first = text.split(None, 1)
    if not first:
        return np.empty((0, 2))
    columns = first[0].count(",") + 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # numpy only warns of what is no number
        numbers = np.fromstring(text.replace(",", " "), sep=" ")
    if columns < 2 or numbers.size % columns:
        raise ValueError("coordinates are no list of lon,lat or lon,lat,height")
    return numbers.reshape(-1, columns)

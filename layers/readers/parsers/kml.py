"""KML, read event by event with the standard library's parser; document types and entities are refused."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.parsers import expat

import numpy as np

from layers.errors import ControlError
from layers.readers.document import Document, Item
from layers.readers.files.limits import check_vertices
from layers.readers.parsers.kml_positions import positions
from layers.readers.parsers.kml_styles import Styles
from layers.readers.raw_map import Progress
from layers.readers.shapes import ReadShape, joined, polygon_shape

CHUNK = 1 << 20
OTHER_GEOMETRIES = frozenset({"Point", "LineString", "LinearRing", "Track", "Model"})
OVERLAYS = frozenset({"GroundOverlay", "PhotoOverlay", "ScreenOverlay"})
FOLDERS = frozenset({"Folder", "Document"})
PLACED = FOLDERS | {"Placemark"}
LONGEST_TEXT = 2000  # characters; a description may be a web page
TIMES = frozenset({"begin", "end", "when"})
TEXTS = TIMES | {
    "name", "description", "styleUrl", "coordinates", "value", "SimpleData", "visibility", "href", "color", "key",
}  # fmt: skip


class _EntitiesError(Exception):
    pass


def read_kml(path: Path, content: bytes, progress: Progress | None) -> Document:
    """Read a KML file as a document.

    Properties are ``name``, ``description``, ``style``, ``fill``, ``folder``, and those of ExtendedData. Hidden
    features have ``visibility`` 0, those with a time ``begin``, ``end`` or ``when``, also from a folder. Links and
    pictures are named, not fetched.

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
        ``xml-entities``, ``too-many-vertices``, ``unreadable`` or ``unknown-format``.
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
    return Document("kml", tuple(map(state.coloured, state.items)), state.document_name, links=tuple(state.links))


@dataclass
class _Folder:
    """A folder or document that is open: its name, whether it is hidden, and its time."""

    name: str = ""
    hidden: bool = False
    times: dict[str, str] = field(default_factory=dict)


@dataclass
class _State:
    """Where the parser stands, and what it has found."""

    path: list[str] = field(default_factory=list)
    root: str = ""
    document_name: str = ""
    folders: list[_Folder] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    properties: dict[str, str] | None = None
    key: str = ""
    rings: list[np.ndarray] = field(default_factory=list)
    shapes: list[ReadShape] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    styles: Styles = field(default_factory=Styles)
    links: list[str] = field(default_factory=list)

    def coloured(self, item: Item) -> Item:
        """A placemark with the colour of its shared style, which may stand behind it in the file."""
        colour = self.styles.colour(str(item.properties.get("style", "")))
        return replace(item, properties={"fill": colour, **item.properties}) if colour else item


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
        _open_placemark(state)
    elif tag in FOLDERS:
        state.folders.append(_Folder())
    elif tag == "Polygon":
        state.rings = []
    elif tag in {"Data", "SimpleData"}:
        state.key = attributes.get("name", "")
    elif tag in {"Style", "StyleMap"}:
        state.styles.begin("" if state.properties is not None else attributes.get("id", ""))


def _open_placemark(state: _State) -> None:
    state.shapes = []
    state.properties = {"folder": "/".join(folder.name for folder in state.folders if folder.name)}
    for folder in state.folders:
        state.properties |= folder.times
    if any(folder.hidden for folder in state.folders):
        state.properties["visibility"] = "0"


def _characters(state: _State, text: str) -> None:
    if state.path and state.path[-1] in TEXTS:
        state.text.append(text)


def _end(state: _State, tag: str) -> None:
    text = "".join(state.text).strip() if tag in TEXTS else ""
    parent = state.path[-2] if len(state.path) > 1 else ""
    if tag == "coordinates" and "Polygon" in state.path:
        state.rings.append(positions(text))
    elif tag == "Polygon":
        state.shapes.append(polygon_shape(state.rings))
    elif tag in OTHER_GEOMETRIES and state.properties is not None and "Polygon" not in state.path:
        state.shapes.append(ReadShape(tag, passed_over=1))
    elif tag == "Placemark" and state.properties is not None:
        _close_placemark(state)
    elif tag in FOLDERS:
        state.folders.pop()
    elif tag == "href":
        _link(state, text)
    elif tag == "NetworkLink" and not state.links:
        state.links.append("an address that it does not name")
    elif text:
        _property(state, tag, parent, text)
    state.path.pop()
    state.text.clear()


def _link(state: _State, address: str) -> None:
    """What a file points to: another file, or a picture; icons are neither."""
    overlay = next((tag for tag in state.path if tag in OVERLAYS), None)
    if "NetworkLink" in state.path:
        state.links.append(address[:200])
    elif overlay:
        state.links.append(f"picture ({overlay} {address[:200]})")


def _property(state: _State, tag: str, parent: str, text: str) -> None:
    """What an element says of the placemark or folder that it stands in, or of a style."""
    properties, folder = state.properties, state.folders[-1] if state.folders else _Folder()
    owner = state.path[-3] if len(state.path) > 2 else ""
    state.styles.end(tag, parent, text)
    if tag in TIMES and parent in {"TimeSpan", "TimeStamp"} and owner in PLACED:
        (folder.times if properties is None else properties)[tag] = _whole_day(tag, text)
    elif tag == "visibility" and text == "0" and parent in PLACED:
        folder.hidden = folder.hidden or parent != "Placemark"
        if properties is not None:
            properties["visibility"] = text
    elif properties is not None:
        if tag in {"value", "SimpleData"}:
            properties[state.key] = text
        elif parent == "Placemark" and tag == "styleUrl":
            properties["style"] = text.rpartition("#")[2]
        elif parent == "Placemark" and tag in {"name", "description"}:
            properties[tag] = text[:LONGEST_TEXT]
    elif tag == "name" and parent == "Document" and len(state.folders) == 1:
        state.document_name = text
    elif tag == "name" and parent in FOLDERS:
        folder.name = text


def _whole_day(tag: str, text: str) -> str:
    """A time as KML writes it, which may be a year or a month: its first day, or of an end the last."""
    if len(text) not in {4, 7}:
        return text
    return f"{text}{('-12-31' if tag == 'end' else '-01-01')[len(text) - 4 :]}"


def _close_placemark(state: _State) -> None:
    shapes, properties = state.shapes, dict(state.properties or {})
    if colour := state.styles.colours.pop("", None):
        properties["fill"] = colour
    shape = None if not shapes else shapes[0] if len(shapes) == 1 else joined("MultiGeometry", shapes)
    state.items.append(Item(properties, shape))
    state.properties = None

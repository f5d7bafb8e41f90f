"""The known formats, one row each: how one is recognised by its content, and what its classes mean."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from layers.readers.classes import deepstate
from layers.readers.classes.deepstate import normalised
from layers.readers.document import Document, Item
from layers.readers.raw_map import Role

OWN_MEMBER = "clausemap"
EMBEDDED_LEVELS = frozenset({"agreed", "majority", "any"})
EMBEDDED_COLUMNS = frozenset({"date", "level", "maps"})
NZZ_HELD = frozenset({"nochange", "gains"})
ISW_LAYER = "ukraine_control_map"
NZZ_COLUMNS = frozenset({"_datefrom", "_dateto"})
UACONTROLMAP_MEMBERS = frozenset({"unit_count", "geos"})
ISW_NAMES = ("ukrainecontrolmap", "assessed russian control of", "assessed russian control in")
STYLES = frozenset({"ru", "ua"})
MIRROR_NAME = re.compile(r"deepstatemap_data_\d")
ALL = "all polygons"


@dataclass(frozen=True)
class Format:
    """A format: ``told`` recognises its content, ``classed`` gives a feature's class and its role.

    ``publisher`` is set only by what no other publisher has. ``dates_changes`` is true if the date in the content is
    that of the last change, which an edition of a later date may still have.
    """

    id: str
    told: Callable[[Document], bool]
    classed: Callable[[Item], tuple[str, Role]]
    publisher: str | None = None
    slug: str | None = None
    published_morning_after: bool = False
    plain: bool = False
    dates_changes: bool = False

    def counts(self, item: Item) -> bool:
        """Whether a feature has territory that is taken."""
        return item.shape is not None and bool(item.shape.polygons) and self.classed(item)[1] != "left out"


def _text(item: Item, column: str) -> str:
    return str(item.properties.get(column) or "")


def _is_mirror(document: Document) -> bool:
    return document.kind == "geojson" and MIRROR_NAME.match(document.name) is not None


def _is_lone(document: Document) -> bool:
    """Whether all is one MultiPolygon without a property, as in the mirror when its name has been taken off."""
    if document.kind != "geojson" or len(document.items) != 1:
        return False
    (item,) = document.items
    return not item.properties and item.shape is not None and item.shape.kind == "MultiPolygon"


def _is_dump(document: Document) -> bool:
    return any(deepstate.is_its_own(name) for name in _polygon_names(document))


def _is_named_like_dump(document: Document) -> bool:
    return any(deepstate.is_a_side(name) for name in _polygon_names(document))


def _polygon_names(document: Document) -> list[str]:
    return [_text(item, "name") for item in document.items if item.shape is None or item.shape.polygons]


def _is_nzz(document: Document) -> bool:
    types = {_text(item, "type") for item in document.items}
    return document.kind == "geojson" and ("nochange" in types or types >= {"gains", "losses"})


def _is_its_nzz(document: Document) -> bool:
    return _is_nzz(document) and all(item.properties.keys() >= NZZ_COLUMNS for item in document.items)


def _is_its_uacontrolmap(document: Document) -> bool:
    return document.kind == "areas" and bool(document.members & UACONTROLMAP_MEMBERS)


def _is_isw(document: Document) -> bool:
    if any(_text(item, "layer_type") == ISW_LAYER for item in document.items):
        return True
    name = normalised(document.name.replace("_", " "))
    return any(word in name for word in ISW_NAMES)


def _is_styled(document: Document) -> bool:
    return any(normalised(_text(item, "style")) == "ru" for item in document.items)


def _is_creamy(document: Document) -> bool:
    """Whether a KML is Creamy Caprice's: called '1', in one folder 'Polygon', without names, in these two styles."""
    named = any(_text(item, "name").strip() or _text(item, "folder") != "Polygon" for item in document.items)
    styles = {_text(item, "style") for item in document.items}
    return document.kind == "kml" and document.name == "1" and not named and "ru" in styles <= STYLES


def _dump_class(item: Item) -> tuple[str, Role]:
    name = _text(item, "name")
    return deepstate.label(name), deepstate.role(name)


def _uacontrolmap_class(item: Item) -> tuple[str, Role]:
    name = _text(item, "class")
    return name, "held" if name == "areas" else "left out"


def _nzz_class(item: Item) -> tuple[str, Role]:
    name = _text(item, "type")
    return name, "held" if name in NZZ_HELD else "left out"


def _isw_class(item: Item) -> tuple[str, Role]:
    name = _text(item, "layer_type") or ISW_LAYER
    return name, "held" if name == ISW_LAYER else "left out"


def _styled_class(item: Item) -> tuple[str, Role]:
    style = _text(item, "style")
    return f"style {style}" if style else "no style", "held" if normalised(style) == "ru" else "left out"


def _plain_class(_: Item) -> tuple[str, Role]:
    return ALL, "held"


def _plain(kind: str) -> Callable[[Document], bool]:
    return lambda document: document.kind == kind


FORMATS = (
    Format("deepstate-mirror", _is_mirror, _plain_class, "DeepState", "deepstate", published_morning_after=True),
    Format("deepstate-mirror", _is_lone, _plain_class),
    Format("deepstate-dump", _is_dump, _dump_class, "DeepState", "deepstate"),
    Format("deepstate-dump", _is_named_like_dump, _dump_class, plain=True),
    Format("uacontrolmap", _is_its_uacontrolmap, _uacontrolmap_class, "UA Control Map", "uacontrolmap"),
    Format("uacontrolmap", _plain("areas"), _uacontrolmap_class),
    Format("nzz", _is_its_nzz, _nzz_class, "NZZ", "nzz", dates_changes=True),
    Format("nzz", _is_nzz, _nzz_class, plain=True, dates_changes=True),
    Format("isw", _is_isw, _isw_class, "ISW", "isw", plain=True, dates_changes=True),
    Format("kml", _is_creamy, _styled_class, "Creamy Caprice", "kml", plain=True),
)


def format_of(document: Document, file_name: str) -> Format:
    """Return the first row that recognises a document, else a plain format of its kind.

    Parameters
    ----------
    document
        The parsed file: its features, and the CRS and dates that it states.
    file_name
        Name of the file without its ending; it decides only the publisher of a single MultiPolygon without properties.
    """
    row = next((row for row in FORMATS if row.told(document)), None)
    if row is None:
        classed = _styled_class if _is_styled(document) else _plain_class
        return Format(document.kind, _plain(document.kind), classed, plain=True)
    return FORMATS[0] if row.id == FORMATS[0].id and "deepstate" in file_name.casefold() else row


def is_united(row: Format) -> bool:
    """Whether a format has no classes, so that all its polygons are taken."""
    return row.plain and row.classed is _plain_class


def is_own_form(document: Document) -> bool:
    """Whether a document is written in the project's own form: by its member, or as the embedded data is."""
    levels = {_text(item, "level") for item in document.items}
    embedded = all(item.properties.keys() == EMBEDDED_COLUMNS for item in document.items)
    return OWN_MEMBER in document.members or (levels == EMBEDDED_LEVELS and embedded)

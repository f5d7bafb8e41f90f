"""The features of a document sorted into the classes of its format."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from layers.readers.classes.formats import Format
from layers.readers.document import Document, Item
from layers.readers.raw_map import Role
from layers.readers.shapes import ReadShape


@dataclass(frozen=True)
class Class:
    """One class of a document and its shapes; features without a geometry count, but have no shape."""

    name: str
    role: Role
    features: int
    shapes: tuple[ReadShape, ...]

    @property
    def polygons(self) -> list[shapely.Polygon]:
        """All polygons of the class."""
        return [polygon for shape in self.shapes for polygon in shape.polygons]

    @property
    def vertices(self) -> int:
        """Vertices of all its polygons."""
        return sum(shape.vertices for shape in self.shapes)


def sorted_out(document: Document, row: Format) -> list[Class]:
    """Return the classes of a document, the held ones first, each group in the order of the file, without points.

    Parameters
    ----------
    document
        The parsed file: its features, and the CRS and dates that it states.
    row
        The format that was recognised.
    """
    found: dict[tuple[str, Role], list[Item]] = {}
    for item in document.items:
        if item.shape is None or item.shape.polygons or item.shape.broken_rings:
            found.setdefault(row.classed(item), []).append(item)
    classes = [_class(name, role, items) for (name, role), items in found.items()]
    return sorted(classes, key=lambda part: ("held", "contested", "left out").index(part.role))


def _class(name: str, role: Role, items: Sequence[Item]) -> Class:
    return Class(name, role, len(items), tuple(item.shape for item in items if item.shape is not None))

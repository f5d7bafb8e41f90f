"""What there is to tell of a file that was read: what has no geometry, what was passed over, what was left out."""

from collections.abc import Iterator, Sequence

from layers.gate.findings import Finding
from layers.readers.document import Document
from layers.readers.formats import Format
from layers.readers.shapes import Shape
from layers.readers.sorting import Class

SHOWN = 6


def findings_of(document: Document, row: Format, classes: Sequence[Class]) -> list[Finding]:
    """Findings of reading, in the order in which they matter."""
    taken = [shape for part in classes if part.role != "left out" for shape in part.shapes]
    return [*_of_format(row), *_of_document(document, classes), *_of_shapes(taken)]


def _of_format(row: Format) -> Iterator[Finding]:
    if row.id == "nzz":
        yield Finding(
            "missing-before-2022",
            "told",
            "NZZ LEAVES OUT ALL THAT WAS HELD BEFORE 2022 (Crimea and parts of Donetsk and Luhansk): on its own it is "
            "short by about 43,000 km²; complete it with --add and another map",
        )


def _of_document(document: Document, classes: Sequence[Class]) -> Iterator[Finding]:
    empty = sum(item.shape is None for item in document.items)
    if empty:
        message = f"without a geometry, passed over: {empty} of {_features(len(document.items))}; ask its maker why"
        yield Finding("null-geometry", "told", message)
    others = sum(item.shape.passed_over for item in document.items if item.shape)
    if others:
        yield Finding("not-polygons", "told", f"points and lines are passed over ({others}); only polygons are ground")
    left_out = [part for part in classes if part.role == "left out"]
    if left_out:
        names = ", ".join(f"{part.name} ({part.features})" for part in left_out[:SHOWN])
        more = f" and {len(left_out) - SHOWN} more classes" if len(left_out) > SHOWN else ""
        yield Finding("left-out", "told", f"classes left out: {names}{more}; look whether one of them is held ground")
    if document.kind in {"geopackage", "shapefile"} and document.crs is None and document.items:
        yield Finding("no-crs", "told", "states no CRS; read as longitude, latitude (EPSG:4326)")


def _of_shapes(taken: Sequence[Shape]) -> Iterator[Finding]:
    heights = sum(shape.with_heights for shape in taken)
    if heights:
        yield Finding("three-dimensional", "repaired", f"heights are left off ({_features(heights)})")
    collections = sum(shape.kind == "GeometryCollection" for shape in taken)
    if collections:
        message = f"of GeometryCollections the polygons are taken ({_features(collections)})"
        yield Finding("geometry-collection", "repaired", message)
    broken = sum(shape.broken_rings for shape in taken)
    if broken:
        yield Finding(
            "broken-ring", "repaired", f"rings of fewer than three points enclose nothing and are left out ({broken})"
        )


def _features(count: int) -> str:
    return f"{count} feature{'' if count == 1 else 's'}"

"""Findings about a file that was read: what has no geometry, what was skipped, what was left out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from layers.errors import ControlError
from layers.findings import Finding
from layers.readers.classes.formats import Format
from layers.readers.classes.sorting import Class
from layers.readers.document import Document
from layers.readers.shapes import ReadShape

SHOWN = 6
WITH_A_CRS = frozenset({"kml", "geojson", "topojson", "esrijson", "areas"})  # longitude, latitude by their rule


def findings_of(document: Document, row: Format, classes: Sequence[Class]) -> list[Finding]:
    """Return the findings of reading a file, in the order in which they matter.

    Parameters
    ----------
    document
        The parsed file: its features, and the CRS and dates that it states.
    row
        The format that was recognised.
    classes
        Classes of the map, those left out included.
    """
    taken = [shape for part in classes if part.role != "left out" for shape in part.shapes]
    return [*_of_format(row), *_of_document(document, classes), *_of_shapes(taken)]


def check_polygons(path: Path, document: Document) -> None:
    """Refuse a file without polygons.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    document
        The parsed file: its features, and the CRS and dates that it states.

    Raises
    ------
    ControlError
        ``network-link`` if the map is elsewhere, ``no-polygons`` with what the file has instead.
    """
    shapes = [item.shape for item in document.items if item.shape]
    if any(shape.polygons or shape.broken_rings for shape in shapes):
        return
    if document.links:
        raise ControlError("network-link", f"{path}: holds only {_linked(document)}")
    kinds = Counter(shape.kind for shape in shapes)
    if kinds:
        listed = ", ".join(f"{kind} ({count})" for kind, count in kinds.most_common(SHOWN))
        message = f"holds no polygons, only {listed}; a front line has to be closed to the area that is held"
        raise ControlError("no-polygons", f"{path}: {message}")


def _linked(document: Document) -> str:
    """What a KML points to, and what to do about it."""
    listed = ", ".join(document.links[:2]) + (" and others" if len(document.links) > 2 else "")
    if any(link.startswith("picture") for link in document.links):
        return f"a {listed}; polygons are needed, export them from where the picture was drawn"
    return (
        f"a link to {listed}, which is not followed; open the link and save what it gives, in My Maps untick 'keep "
        "data up to date' when exporting"
    )


def _of_format(row: Format) -> Iterator[Finding]:
    if row.id == "nzz":
        yield Finding(
            "missing-before-2022",
            "told",
            f"{row.publisher or 'A MAP WITH THESE CLASSES'} LEAVES OUT ALL THAT WAS HELD BEFORE 2022 (Crimea and parts "
            "of Donetsk and Luhansk): on its own it is short by about 43,000 km²; complete it with --add and another "
            "map",
        )


def _of_document(document: Document, classes: Sequence[Class]) -> Iterator[Finding]:
    empty = sum(item.shape is None for item in document.items)
    if empty:
        message = f"without a geometry, passed over: {empty} of {_features(len(document.items))}; ask its maker why"
        yield Finding("null-geometry", "told", message)
    others = sum(item.shape.passed_over for item in document.items if item.shape)
    if others:
        yield Finding("not-polygons", "told", f"points and lines are passed over ({others}); only polygons are ground")
    if document.links:
        yield Finding("network-link", "told", f"holds also {_linked(document)}")
    left_out = [part for part in classes if part.role == "left out"]
    if left_out:
        names = ", ".join(f"{part.name} ({part.features})" for part in left_out[:SHOWN])
        more = f" and {len(left_out) - SHOWN} more classes" if len(left_out) > SHOWN else ""
        yield Finding("left-out", "told", f"classes left out: {names}{more}; see whether one of them is held territory")
    if document.kind not in WITH_A_CRS and document.crs is None and document.items:
        yield Finding("no-crs", "told", "states no CRS; read as longitude, latitude (EPSG:4326)")


def _of_shapes(taken: Sequence[ReadShape]) -> Iterator[Finding]:
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

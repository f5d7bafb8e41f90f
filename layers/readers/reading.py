"""From a file to a RawMap: unpack, parse, tell the format, sort features into classes, put axes right."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from shapely.geometry.base import BaseGeometry

from geo.measure import area_km2
from layers.errors import ControlError
from layers.gate.findings import Finding
from layers.readers.archives import is_zip, main_member, unpack
from layers.readers.axes import lon_lat
from layers.readers.days import DAY, day_spoken_of, days_in, file_day
from layers.readers.document import Document
from layers.readers.formats import Format, format_of, is_own_form
from layers.readers.json_files import KNOWN, read_json
from layers.readers.kml import read_kml
from layers.readers.limits import check_vertices, read_bytes, sha256
from layers.readers.raw import Progress, RawMap, Role, Taken
from layers.readers.sorting import Class, sorted_out
from layers.readers.tables import (
    GEOPACKAGE,
    SHAPEFILE,
    read_geopackage,
    read_shapefile,
    sidecars_in,
    sidecars_of,
)
from layers.readers.telling import findings_of
from layers.readers.where import only

MARKS = b"\xef\xbb\xbf \t\r\n"
MAGICS = (b"{", b"[", b"<", GEOPACKAGE, SHAPEFILE)


def read_control(path: Path, *, where: str | None = None, progress: Progress | None = None) -> RawMap:
    """Read a control map of any known format; nothing is repaired but the order and the CRS of coordinates.

    ``where`` is ``column=value`` and picks a class of a plain format. Raises ControlError with the name of the check:
    ``unreadable``, ``too-large``, ``too-many-vertices``, ``zip-bomb``, ``xml-entities``, ``unknown-format``,
    ``own-form``, ``several-layers``, ``several-days``, ``unknown-class``, ``unknown-crs``, ``not-degrees``,
    ``swapped-axes``.
    """
    content = read_bytes(path)
    digest = sha256(content)
    document = _parsed(path, content, progress)
    del content
    if where is None and is_own_form(document):
        message = f"{path}: is written in the project's own form; name it where a control map is asked for"
        raise ControlError("own-form", message)
    row = format_of(document, path.stem)
    if where is not None:
        document = only(path, document, where, row.plain)
        row = replace(row, classed=lambda _: (where, "held"))
    _check_days(path, document)
    return _raw_map(path, digest, document, row, progress)


def _parsed(path: Path, content: bytes, progress: Progress | None) -> Document:
    beside: dict[str, bytes] | None = None
    if is_zip(content):
        files = unpack(path, content)
        name = main_member(path, files, MAGICS)
        content, beside = files[name], sidecars_in(files, name)
    start = content[:64].lstrip(MARKS)
    if content.startswith(GEOPACKAGE):
        return read_geopackage(path, content)
    if content.startswith(SHAPEFILE):
        return read_shapefile(path, content, sidecars_of(path) if beside is None else beside)
    if start.startswith(b"<"):
        return read_kml(path, content.lstrip(MARKS), progress)
    if start.startswith((b"{", b"[")):
        return read_json(path, content, progress)
    if not content.strip():
        raise ControlError("unreadable", f"{path}: is empty; get the file again")
    raise ControlError("unknown-format", f"{path}: no control map that is known; what is read: {KNOWN}")


def _check_days(path: Path, document: Document) -> None:
    days = days_in(document)
    if len(days) > 1:
        raise ControlError(
            "several-days",
            f"{path}: speaks of {len(days)} days ({days[0]} to {days[-1]}); choose one with --where date={days[-1]}",
        )


def _raw_map(path: Path, digest: str, document: Document, row: Format, progress: Progress | None) -> RawMap:
    classes = sorted_out(document, row)
    taken = [part for part in classes if part.role != "left out"]
    vertices = sum(part.vertices for part in taken)
    check_vertices(path, vertices)
    placed, findings = _placed(path, document, taken)
    stated = file_day(path, document)
    return RawMap(
        path=path,
        file_name=path.name,
        sha256=digest,
        format=row.id,
        publisher=row.publisher,
        slug=row.slug or _slug(path),
        file_date=stated,
        as_of=day_spoken_of(stated, row.published_morning_after),
        held=_of_role("held", taken, placed),
        contested=_of_role("contested", taken, placed),
        classes=_told(classes, _areas(placed, progress)),
        findings=(*findings_of(document, row, classes), *findings),
        vertices=vertices,
    )


def _placed(path: Path, document: Document, taken: Sequence[Class]) -> tuple[list[np.ndarray], list[Finding]]:
    """The polygons of each class in longitude and latitude."""
    together = np.array([polygon for part in taken for polygon in part.polygons], dtype=object)
    placed, findings = lon_lat(path, document.crs, together)
    ends = np.cumsum([len(part.polygons) for part in taken])
    return np.split(placed, ends[:-1]) if taken else [], findings


def _areas(placed: Sequence[np.ndarray], progress: Progress | None) -> list[float]:
    areas: list[float] = []
    total, done = sum(map(len, placed)), 0
    for polygons in placed:
        areas.append(0.0)
        for polygon in polygons:
            areas[-1] += area_km2(polygon)
            done += 1
            if progress:
                progress("Measuring", done, total)
    return areas


def _of_role(role: Role, taken: Sequence[Class], placed: Sequence[np.ndarray]) -> tuple[BaseGeometry, ...]:
    return tuple(
        polygon for part, polygons in zip(taken, placed, strict=True) if part.role == role for polygon in polygons
    )


def _told(classes: Sequence[Class], areas: Sequence[float]) -> tuple[Taken, ...]:
    measured = iter(areas)
    return tuple(
        Taken(part.name, part.role, part.features, None if part.role == "left out" else next(measured))
        for part in classes
    )


def _slug(path: Path) -> str:
    """A name for a workspace from a file's name: ASCII letters, digits and hyphens, without its day."""
    plain = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", DAY.sub("", plain)).strip("-") or "control"

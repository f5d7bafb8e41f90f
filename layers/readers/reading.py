"""From a file to a RawMap: unpack, parse, recognise the format, sort features into classes, correct axes."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from shapely.geometry.base import BaseGeometry

from geo.measure import area_km2
from layers.errors import ControlError
from layers.findings import Finding
from layers.readers.classes.formats import Format, format_of, is_own_form, is_united
from layers.readers.classes.selecting import columns_of, named, only
from layers.readers.classes.sides import separate
from layers.readers.classes.sorting import Class, sorted_out
from layers.readers.coordinates.axes import lon_lat
from layers.readers.dates.choosing import Wish, choose_day
from layers.readers.dates.finding import day_spoken_of
from layers.readers.dates.stated import Stated, check_named, stated
from layers.readers.document import Document
from layers.readers.files.limits import check_vertices
from layers.readers.findings import check_polygons, findings_of
from layers.readers.naming import slug_of, written_name
from layers.readers.opening import open_map
from layers.readers.raw_map import Progress, RawMap, Role, Taken


def read_control(
    path: Path,
    *,
    where: str | None = None,
    day: str | None = None,
    prefer: str | None = None,
    progress: Progress | None = None,
) -> RawMap:
    """Read a control map of any known format; nothing is repaired except the order and the CRS of coordinates.

    Parameters
    ----------
    path
        The file to read, or the folder of a File Geodatabase.
    where
        ``COLUMN=VALUE``, to choose a class of a plain format; None for all.
    day
        ISO date to use of a file with several, ``all``, or None to let the file decide.
    prefer
        ISO date to use if the file has it among several and ``day`` is None.
    progress
        Called with the name of the step, the units done and their total; None for no reports.

    Raises
    ------
    ControlError
        With the name of the check: ``unreadable``, ``too-large``, ``too-many-vertices``, ``zip-bomb``,
        ``xml-entities``, ``unknown-format``, ``own-form``, ``several-layers``, ``several-days``, ``unknown-day``,
        ``unknown-class``, ``both-sides``, ``no-polygons``, ``network-link``, ``unknown-crs``, ``not-degrees`` or
        ``swapped-axes``.
    """
    opened = open_map(path, progress)
    document = opened.document
    if is_own_form(document):
        message = (
            f"{path}: is written in the project's own form; name it where a control map is asked for; if that says the "
            "same, another program has changed it: import its source again"
        )
        raise ControlError("own-form", message)
    check_polygons(path, document)
    row = format_of(document, path.stem)
    free = row.plain
    united = is_united(row) or where is not None
    if where is not None:
        document = only(path, document, where, row.plain)
        row = replace(row, classed=lambda _: (named(where), "held"))
    chosen = choose_day(path, document, row.counts, Wish(day, prefer), in_names=free)
    about = stated(path, chosen, row)
    check_named(path, about, day)
    row, told = _separated(path, chosen.document, row, columns_of(where)) if united else (row, [])
    return _raw_map(path, opened.sha256, chosen.document, row, about, told, progress)


def _separated(path: Path, document: Document, row: Format, skip: frozenset[str]) -> tuple[Format, list[Finding]]:
    """A format that tells contested territory of a plain file, too, and what there is to tell of its classes."""
    is_contested, told = separate(path, document, row.counts, skip)
    taken = row.classed
    return replace(row, classed=lambda item: ("contested", "contested") if is_contested(item) else taken(item)), told


def _raw_map(  # what reading found out, each in its own form
    path: Path,
    digest: str,
    document: Document,
    row: Format,
    about: Stated,
    told: list[Finding],
    progress: Progress | None,
) -> RawMap:
    classes = sorted_out(document, row)
    taken = [part for part in classes if part.role != "left out"]
    vertices = sum(part.vertices for part in taken)
    check_vertices(path, vertices)
    placed, findings = _placed(path, document, taken)
    return RawMap(
        path=path,
        file_name=written_name(path),
        sha256=digest,
        format=row.id,
        publisher=row.publisher,
        slug=row.slug or slug_of(path),
        file_date=about.day,
        changed=about.changed,
        as_of=day_spoken_of(about.day, row.published_morning_after),
        held=_of_role("held", taken, placed),
        contested=_of_role("contested", taken, placed),
        classes=_told(classes, _areas(placed, progress)),
        findings=(*document.findings, *about.findings, *told, *findings_of(document, row, classes), *findings),
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

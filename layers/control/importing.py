"""From a publisher's file to a control map in the project's own format."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.overlay import subtract
from layers.control.checks.cleaning import CleanMap, clean
from layers.control.checks.dates import check_dates, check_jump, check_repeated
from layers.control.checks.other_maps import OtherMaps, Way
from layers.control.completion import complete_from
from layers.control.edge_filling import Edges
from layers.control.preparation import Near
from layers.control.stored import COMPARED, StoredMap, is_own, read_own, rounded_ground
from layers.control.towns import check_sides, check_towns, towns_held_since_2014
from layers.control.workspace import Workspace, check_name
from layers.control_map import ControlMap
from layers.dates import parse_date
from layers.errors import ControlError
from layers.findings import Finding
from layers.readers import Progress, RawMap, read_control
from layers.readers.naming import title_of
from layers.reference.study_data import StudyData


@dataclass(frozen=True)
class ImportRequest:
    """What a user requests: name and date of the map, a class, another map to complete it with, permission to jump.

    ``accept_difference`` permits a map far from the others of its date. ``day`` chooses a date of a file that has
    several, or 'all' of them; ``else_day`` is the date of a file that states none, and of one that has it among
    several.
    """

    name: str | None = None
    as_of: str | None = None
    where: str | None = None
    edges: Edges = "fill"
    accept_jump: bool = False
    accept_difference: bool = False
    else_day: str | None = None
    day: str | None = None


@dataclass(frozen=True)
class Imported:
    """A control map ready to be stored, and what was found in its file."""

    stored: StoredMap
    findings: tuple[Finding, ...]


def import_control(
    path: Path,
    wanted: ImportRequest,
    study: StudyData,
    *,
    today: date,
    kept: Workspace | None = None,
    add: Near | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Read, check and complete a file; nothing is written.

    Parameters
    ----------
    path
        The file to read.
    wanted
        Name, date, class and permissions that the user gives.
    study
        Reference data with the oblasts and the included control maps.
    today
        Current date. A map may be of the next day at the latest, since the sun rises earlier elsewhere.
    kept
        Workspace with other dates of the same source, and with other makers' maps, whose names are not reused unasked;
        None for no comparison.
    add
        Returns the map to complete this one with, for its date; None to leave it as it is.
    progress
        Called with the name of the step, the units done and their total; None for no reports.

    Raises
    ------
    ControlError
        If the file or its name cannot be used; the message says why, and what to do.
    """
    raw = _read(path, wanted, progress)
    as_of = _day(path, wanted.as_of, raw.as_of or wanted.else_day)
    name = check_name(wanted.name or raw.slug)
    if kept and wanted.name is None:
        kept.check_maker(name, path.name, raw.publisher)
    dates = check_dates(raw, date.fromisoformat(as_of), today)
    _refuse(path, dates)
    cleaned = clean(raw, study.reference.ukraine, progress)
    _refuse(path, check_sides(cleaned.held))
    others = OtherMaps(study)
    beside = _compared(cleaned, as_of, kept.totals(name) if kept else {}, others, wanted)
    _refuse(path, beside)
    held, added = _completed(cleaned.held, add(as_of) if add else None)
    findings = (*cleaned.findings, *dates, *beside, *check_towns(held, towns_held_since_2014()))
    stored = StoredMap(
        name=name,
        as_of=as_of,
        title=raw.publisher or title_of(path),
        maps=1,
        edges=wanted.edges,
        levels={"held": held},
        contested=_contested(cleaned, held),
        provenance={**_provenance(cleaned, findings, added), COMPARED: list(others.days_near(as_of))},
    )
    return Imported(stored, findings)


def read_map(
    path: Path, wanted: ImportRequest, study: StudyData, *, today: date, progress: Progress | None = None
) -> Imported:
    """Return the control map in a file: one in the project's own format unchanged, any other imported.

    Parameters
    ----------
    path
        The file to read.
    wanted
        Name, date, class and permissions that the user gives.
    study
        Reference data with the oblasts and the included control maps.
    today
        Current date. A map may be of the next day at the latest, since the sun rises earlier elsewhere.
    progress
        Called with the name of the step, the units done and their total; None for no reports.

    Raises
    ------
    ControlError
        As ``import_control`` does, and if another date is requested of a file in the project's own format.
    """
    if not is_own(path):
        return import_control(path, wanted, study, today=today, progress=progress)
    stored = read_own(path)
    for option, day in (("--as-of", wanted.as_of), ("--day", wanted.day)):
        if day not in {None, stored.as_of}:
            message = f"{path}: speaks of {stored.as_of}, not of {day}; leave {option} out"
            raise ControlError("date-mismatch", message)
    return Imported(stored, ())


def _read(path: Path, wanted: ImportRequest, progress: Progress | None) -> RawMap:
    """Read the file, with the date and class requested."""
    prefer = wanted.as_of or wanted.else_day
    return read_control(path, where=wanted.where, day=wanted.day, prefer=prefer, progress=progress)


def _day(path: Path, asked: str | None, likely: str | None) -> str:
    day = parse_date(asked, ()) if asked else likely
    if day is None:
        advice = "say which one it speaks of with --as-of YYYY-MM-DD of an import, or in its name"
        raise ControlError("no-date", f"{path}: names no day; {advice}")
    return day


def _compared(
    cleaned: CleanMap, as_of: str, totals: Mapping[str, float], others: OtherMaps, wanted: ImportRequest
) -> list[Finding]:
    """Findings about a map beside other dates of the same source, and beside other maps of its date."""
    total = cleaned.inside_km2
    jumps = check_jump(as_of, total, totals, wanted.accept_jump)
    repeated = check_repeated(as_of, total, totals, wanted.accept_jump)
    way: Way = "accept" if wanted.accept_difference else "refuse"
    return [*jumps, *repeated, *others.compare(cleaned.held, as_of, cleaned.raw.publisher, way)]


def _refuse(path: Path, findings: Iterable[Finding]) -> None:
    """Raise the first refusal among findings as an error."""
    for finding in findings:
        if finding.verdict == "refused":
            raise ControlError(finding.code, f"{path}: {finding.message}")


def _completed(held: shapely.MultiPolygon, add: ControlMap | None) -> tuple[shapely.MultiPolygon, list[dict[str, Any]]]:
    """Held territory as it is stored, and the provenance of what completed it, piece by piece."""
    if add is None:
        return held, []
    done, entry = complete_from(held, add)
    return rounded_ground(done.held), [{**entry, "pieces": [asdict(piece) for piece in done.pieces]}]


def _contested(cleaned: CleanMap, held: BaseGeometry) -> BaseGeometry | None:
    """What the map gives to neither side, outside of what it shows as held; None if it has no such class."""
    if cleaned.contested.is_empty:
        return None
    rest = subtract(cleaned.contested, held)
    return None if rest.is_empty else rest


def _provenance(cleaned: CleanMap, findings: tuple[Finding, ...], added: list[dict[str, Any]]) -> dict[str, Any]:
    raw = cleaned.raw
    return {
        "file": raw.file_name,
        "sha256": raw.sha256,
        "format": raw.format,
        "publisher": raw.publisher,
        "file_date": raw.file_date,
        "changed": raw.changed,
        "classes": [asdict(taken) for taken in raw.classes],
        "findings": [asdict(finding) for finding in findings],
        "area_before_km2": round(cleaned.area_before_km2, 1),
        "area_after_km2": round(cleaned.inside_km2, 1),
        "outside_ukraine_km2": round(cleaned.outside_km2, 1),
        "added": added,
        "licence": "the maker of the control map decides",
    }

"""Everything that a check finds in a file, ready to be printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import area_km2
from geo.overlay import halve, intersect
from layers.control.checks.cleaning import clean
from layers.control.checks.dates import check_dates
from layers.control.checks.other_maps import OtherMaps
from layers.control.towns import check_sides, check_towns
from layers.errors import ControlError
from layers.findings import Finding
from layers.readers import Progress, RawMap, Taken, read_control
from layers.reference.reference_data import ReferenceData
from layers.reference.study_data import StudyData

LEAST_TOLD_KM2 = 0.05


@dataclass(frozen=True)
class Report:
    """What a check found in a file; None and empty where it could not get so far. Areas in km².

    ``held_km2`` and ``contested_km2`` are inside Ukraine; ``before_km2`` is all held territory as read;
    ``by_oblast_km2`` is the held area in each oblast by ISO code, with edges as the map has them.
    """

    path: Path
    usable: bool
    findings: tuple[Finding, ...]
    sha256: str | None = None
    format: str | None = None
    publisher: str | None = None
    file_date: str | None = None
    as_of: str | None = None
    vertices: int | None = None
    classes: tuple[Taken, ...] = field(default=())
    before_km2: float | None = None
    held_km2: float | None = None
    contested_km2: float | None = None
    outside_km2: float | None = None
    by_oblast_km2: Mapping[str, float] = field(default_factory=dict)
    changed: str | None = None


def check_file(
    path: Path,
    study: StudyData,
    towns: Mapping[str, shapely.Point],
    today: date,
    where: str | None = None,
    progress: Progress | None = None,
    *,
    day: str | None = None,
) -> Report:
    """Read and clean a file, and return all findings; a refusal is a finding, not an error.

    Parameters
    ----------
    path
        The file to check.
    study
        Reference data with the oblasts.
    towns
        Towns held since 2014 with their positions in degrees, WGS 84: a map without them is incomplete.
    today
        Current date. A map may be of the next day at the latest, since the sun rises earlier elsewhere.
    where
        Features to use, as ``COLUMN=VALUE``; None for the classes of the format.
    progress
        Called with the name of the step, the units done and their total; None for no reports.
    day
        ISO date to use of a file with several, or ``all``; None to let the file decide.

    Returns
    -------
    Whether the file can be used, what it holds, and the findings.
    """
    try:
        raw = read_control(path, where=where, day=day, progress=progress)
    except ControlError as error:
        return Report(path, False, (_refusal(path, error),))
    return _checked(raw, study, towns, check_dates(raw, None, today), progress)


def _checked(
    raw: RawMap,
    study: StudyData,
    towns: Mapping[str, shapely.Point],
    of_dates: Sequence[Finding],
    progress: Progress | None,
) -> Report:
    impossible = any(finding.code == "impossible-date" for finding in of_dates)
    report = Report(
        raw.path, False, (*of_dates, *raw.findings), raw.sha256, raw.format, raw.publisher, raw.file_date,
        None if impossible else raw.as_of,
        raw.vertices, raw.classes, changed=raw.changed,
    )  # fmt: skip
    try:
        cleaned = clean(raw, study.reference.ukraine, progress)
    except ControlError as error:
        return replace(report, findings=(*report.findings, _refusal(raw.path, error)))
    beside = [] if impossible else OtherMaps(study).compare(cleaned.held, raw.as_of, raw.publisher, "tell")
    findings = (*of_dates, *cleaned.findings, *check_sides(cleaned.held), *check_towns(cleaned.held, towns), *beside)
    return replace(
        report,
        usable=not any(finding.verdict == "refused" for finding in findings),
        findings=findings,
        before_km2=cleaned.area_before_km2,
        held_km2=cleaned.inside_km2,
        contested_km2=area_km2(intersect(cleaned.contested, study.reference.ukraine)) if raw.contested else None,
        outside_km2=cleaned.outside_km2,
        by_oblast_km2=_by_oblast(cleaned.held, study.reference),
    )


def _by_oblast(held: BaseGeometry, reference: ReferenceData) -> dict[str, float]:
    """The exact held area in each oblast, in km²; oblasts with next to nothing are left out."""
    around = shapely.box(*held.bounds) if not held.is_empty else held
    near = {iso: oblast.outline for iso, oblast in reference.oblasts.items() if oblast.outline.intersects(around)}
    areas = {iso: area_km2(halve(outline, held).inside) for iso, outline in near.items()}
    return {iso: area for iso, area in areas.items() if area >= LEAST_TOLD_KM2}


def _refusal(path: Path, error: ControlError) -> Finding:
    return Finding(error.code, "refused", str(error).removeprefix(f"{path}: "))

"""Several control maps combined into one with three levels: what all, most or any of them show."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import area_km2
from geo.overlay import intersect
from geo.overlay_count import by_votes
from layers.control.checks.other_maps import OtherMaps
from layers.control.edge_filling import run_outward
from layers.control.preparation import check_complete, check_others, completed, with_edges
from layers.control.references import find_near, find_stored, nearest
from layers.control.selection import ControlChoice, with_outlines
from layers.control.stored import COMPARED, StoredMap, digest, rounded_ground
from layers.control.workspace import check_name
from layers.control_map import LEVELS
from layers.dates import parse_date
from layers.embedded import EMBEDDED
from layers.errors import ControlError
from layers.findings import Tell, say_nothing
from layers.reference.reference_data import ReferenceData
from layers.reference.study_data import StudyData, load_study_data

DAYS_APART = timedelta(days=3)
METHOD = (
    "exact overlay; each map cut to Ukraine, strips along coast and border filled within 5 km, carried on by 0.1 "
    "degrees beyond; agreed: all maps, majority: more than half, any: at least one"
)
MOST_MAPS = 9


def combine_maps(
    references: Sequence[str], as_of: str, name: str, choice: ControlChoice, *, today: date, tell: Tell = say_nothing
) -> StoredMap:
    """Combine several maps of about the same date into one with ``agreed``, ``majority`` and ``any``.

    A map that lacks towns held since 2014 is completed with ``choice.add`` or refused. A map that is far from the
    others of its date, or a combination that is, is refused unless the choice accepts it.

    Parameters
    ----------
    references
        From two to nine names of the workspace (the date nearest to ``as_of`` is used), NAME@DATE, or files.
    as_of
        ISO date of the combination.
    name
        Name under which the combination is stored.
    choice
        Control map, boundaries and permissions that the user gives.
    today
        Current date. A map may be of the next day at the latest, since the sun rises earlier elsewhere.
    tell
        Called with each remark, a line of text.

    Raises
    ------
    ControlError, DateError, UnknownError
        If a map does not exist or cannot be used.
    """
    check_name(name)
    check_number(len(references))
    parse_date(as_of, ())
    study = load_study_data()
    if choice.boundaries is not None:
        study = replace(study, reference=with_outlines(study.reference, choice.boundaries, tell))
    accept, others = choice.accept_difference, OtherMaps(study)
    add = find_near(choice.add, choice.workspace, study, today, accept=accept) if choice.add else None
    parts = [_part(reference, as_of, choice, study, today) for reference in references]
    _check_different(references, parts)
    parts = [completed(part, add) for part in parts]
    _check_usable(parts, choice, others, tell)
    held = [with_edges(part, study.reference, "fill", tell).levels["held"] for part in parts]
    levels = {level: rounded_ground(shape) for level, shape in combine(held, study.reference.ukraine).items()}
    areas = {level: round(area_km2(intersect(shape, study.reference.ukraine)), 1) for level, shape in levels.items()}
    stored = StoredMap(
        name=name,
        as_of=as_of,
        title=" + ".join(dict.fromkeys(part.title for part in parts)),
        maps=len(parts),
        edges="keep",
        levels=levels,
        contested=None,
        provenance=_provenance(parts, study.reference, areas),
    )
    check_others(stored, others, accept=accept, tell=tell)
    return replace(stored, provenance={**stored.provenance, COMPARED: list(others.days_near(as_of))})


def _check_usable(parts: Sequence[StoredMap], choice: ControlChoice, others: OtherMaps, tell: Tell) -> None:
    """Refuse a map that lacks towns or is far from the others, unless the choice accepts it."""
    for part in parts:
        tell(f"{part.citation}, {part.as_of}")
        if not choice.incomplete:
            check_complete(part)
        check_others(part, others, accept=choice.accept_difference, tell=tell)


def _part(reference: str, as_of: str, choice: ControlChoice, study: StudyData, today: date) -> StoredMap:
    """One of the maps; for a name without a date, the date nearest to the requested one."""
    if reference == EMBEDDED:
        raise _combination(reference)
    if reference in choice.workspace.names:
        part = nearest(choice.workspace.shelf(reference), as_of, DAYS_APART)
    else:
        part = find_stored(reference, choice.workspace, study, today, accept=choice.accept_difference)
    if "held" not in part.levels:
        raise _combination(reference)
    if abs(date.fromisoformat(part.as_of) - date.fromisoformat(as_of)) > DAYS_APART:
        raise ControlError(
            "date-mismatch",
            f"{reference}: speaks of {part.as_of}, more than {DAYS_APART.days} days from {as_of}; name another day",
        )
    return part


def _combination(reference: str) -> ControlError:
    return ControlError("combine", f"{reference}: is a combination itself; name the maps that it was made of")


def _check_different(references: Sequence[str], parts: Sequence[StoredMap]) -> None:
    """Refuse one map under two names: it would agree with itself. Raises ControlError."""
    seen: dict[str, str] = {}
    for reference, part in zip(references, parts, strict=True):
        if part.sha256 in seen:
            message = f"{reference}: is read from the same file as {seen[part.sha256]}; name each map once"
            raise ControlError("combine", message)
        seen[part.sha256] = reference


def _provenance(parts: Sequence[StoredMap], reference: ReferenceData, areas: dict[str, float]) -> dict[str, object]:
    return {
        "sha256": digest({f"{part.name} {part.as_of}": part.sha256 for part in parts}),
        "titles": [part.title for part in parts],
        "parts": [{"name": part.name, "as_of": part.as_of, **part.provenance} for part in parts],
        "method": METHOD,
        "outlines": reference.outlines,
        "levels_km2": areas,
        "licence": "the makers of the control maps decide",
    }


def check_number(maps: int) -> None:
    """Raise ControlError for fewer than two maps or more than nine."""
    if not 2 <= maps <= MOST_MAPS:
        raise ControlError("combine", f"combine: control maps named: {maps}; name from 2 to {MOST_MAPS}")


def combine(grounds: Sequence[BaseGeometry], ukraine: BaseGeometry) -> dict[str, shapely.MultiPolygon]:
    """Return the levels of several control maps of about the same date.

    An exact overlay: ``agreed`` is shown as held by all maps, ``majority`` by more than half of them, ``any`` by at
    least one. The edges of each map must have been filled. Beyond coast and border every map is extended by 0.1
    degrees, so that it makes no difference how far a maker draws out to sea.

    Parameters
    ----------
    grounds
        Held territory of each map, in degrees, WGS 84; two to nine.
    ukraine
        The union of the oblasts, in degrees, WGS 84.

    Returns
    -------
    Held territory by level: ``agreed``, ``majority``, ``any``.

    Raises
    ------
    ControlError
        For fewer than two maps or more than nine.
    """
    check_number(len(grounds))
    carried = [run_outward(ground, ukraine) for ground in grounds]
    least = (len(grounds), len(grounds) // 2 + 1, 1)
    return dict(zip(LEVELS, by_votes(carried, least), strict=True))

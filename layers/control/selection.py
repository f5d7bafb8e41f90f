"""Which control maps and boundaries the figures come from: the included ones, or those that a user names."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from layers.boundaries.reading import read_boundaries
from layers.boundaries.surroundings import refitted
from layers.control.checks.other_maps import OtherMaps
from layers.control.edge_filling import Edges
from layers.control.importing import ImportRequest, read_map
from layers.control.preparation import Use, ready
from layers.control.references import find_near
from layers.control.stored import StoredMap, added_entry, digest
from layers.control.workspace import Workspace
from layers.control_map import ControlMap, ControlSource
from layers.embedded import EMBEDDED
from layers.errors import UnknownError
from layers.findings import Tell, say_nothing
from layers.readers import Progress, is_there
from layers.reference.control_series import ControlSeries
from layers.reference.reference_data import ReferenceData
from layers.reference.study_data import StudyData, load_study_data
from layers.text.languages import Languages


@dataclass(frozen=True)
class ControlChoice:
    """What a user names instead of the included data.

    ``control`` is the name of a map in the workspace or a file; ``boundaries`` a file with other boundaries of the 27
    units; ``edges`` None means as the map was imported; ``as_of`` is the date of a file that states none, or has it
    among several, ``day`` one of the dates of a file, or 'all'. ``accept_difference`` permits a map far from the others
    of its date.
    """

    workspace: Workspace
    control: str | None = None
    boundaries: Path | None = None
    edges: Edges | None = None
    add: str | None = None
    incomplete: bool = False
    accept_difference: bool = False
    where: str | None = None
    as_of: str | None = None
    day: str | None = None


def choose_study_data(
    choice: ControlChoice,
    *,
    today: date,
    tell: Tell = say_nothing,
    progress: Progress | None = None,
    languages: Languages | None = None,
) -> StudyData:
    """Return the reference data with the control maps and boundaries that were chosen.

    Parameters
    ----------
    choice
        Control map, boundaries and permissions that the user gives.
    today
        Current date. A map may be of the next day at the latest, since the sun rises earlier elsewhere.
    tell
        Called with each remark, a line of text, such as a repair.
    progress
        Called with the name of the step, the units done and their total; None for no reports.
    languages
        Languages of the names; None for the installed ones.

    Raises
    ------
    ControlError, BoundaryError, UnknownError
        If a map or file does not exist or cannot be used. A map that lacks towns held since 2014 is refused when its
        date is requested, unless the choice completes or accepts it.
    """
    study = load_study_data(languages=languages)
    if choice.boundaries is not None:
        study = replace(study, reference=with_outlines(study.reference, choice.boundaries, tell))
    if choice.control is None or choice.control == EMBEDDED:
        return study
    stored, version = _stored(choice, study, today, tell, progress)
    accept = choice.accept_difference
    add = find_near(choice.add, choice.workspace, study, today, accept=accept) if choice.add else None
    use = Use(choice.edges, add, choice.incomplete, OtherMaps(study), accept)
    newest = stored[max(stored)]
    added = add(newest.as_of) if add else None
    parts = {
        "control": version,
        "outlines": study.reference.version,
        "edges": choice.edges or newest.edges,
        "add": _version_of_added(choice, added) if added else "",
    }

    def load(day: str, heard: Tell) -> ControlMap:
        return ready(stored[day], study.reference, use, heard)

    series = ControlSeries(tuple(stored), load, _source(newest, added), digest(parts), tell)
    return replace(study, control=series)


def with_outlines(reference: ReferenceData, path: Path, tell: Tell = say_nothing) -> ReferenceData:
    """Return the reference data with other boundaries of its oblasts, neighbours and sea fitted to them.

    Parameters
    ----------
    reference
        Reference data with the included boundaries.
    path
        File with other boundaries of the 27 units.
    tell
        Called with each remark, a line of text.

    Raises
    ------
    BoundaryError
        If the file may not be used.
    """
    boundaries = read_boundaries(path, reference.oblasts)
    for finding in boundaries.findings:
        tell(finding.message)
    changed = replace(
        reference,
        oblasts=boundaries.oblasts,
        outlines=f"{boundaries.source_name} (sha256 {boundaries.sha256[:12]})",
        version=boundaries.sha256,
    )
    return refitted(changed)


def _stored(
    choice: ControlChoice, study: StudyData, today: date, tell: Tell, progress: Progress | None
) -> tuple[Mapping[str, StoredMap], str]:
    """The maps that were named, by date, and a version that changes with their bytes."""
    name = str(choice.control)
    if name in choice.workspace.names:
        shelf = choice.workspace.shelf(name)
        return shelf, shelf.version
    if not is_there(Path(name)):
        raise UnknownError("control map or file", name, (EMBEDDED, *choice.workspace.names))
    wanted = ImportRequest(else_day=choice.as_of, where=choice.where, edges=choice.edges or "fill", day=choice.day)
    wanted = replace(wanted, accept_difference=choice.accept_difference)
    imported = read_map(Path(name), wanted, study, today=today, progress=progress)
    for finding in imported.findings:
        tell(f"{finding.verdict}: {finding.code}: {finding.message}")
    return {imported.stored.as_of: imported.stored}, imported.stored.sha256


def _version_of_added(choice: ControlChoice, newest: ControlMap) -> str:
    """A version that changes with the bytes of the maps that complete others."""
    name = str(choice.add)
    shelf = choice.workspace.shelf(name).version if name in choice.workspace.names else ""
    return f"{newest.citation}, {newest.as_of} {shelf}"


def _source(stored: StoredMap, add: ControlMap | None) -> ControlSource:
    if stored.maps == 1:
        who, decides = stored.title, "maker of the control map decides"
    else:
        who, decides = ", ".join(stored.provenance["titles"]), "makers of the control maps decide"
    licence = f"the {decides} ({who}); outlines and texts CC BY 4.0"
    entries = [*stored.provenance.get("added", ()), *([added_entry(add)] if add else [])]
    added = tuple(dict.fromkeys(entry["title"].partition(": ")[2] or entry["title"] for entry in entries))
    return ControlSource(stored.name, stored.title, stored.maps, licence, added)

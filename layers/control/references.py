"""What a user means by a control map: a name of the workspace, a name and a date, an included date, or a file."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

from layers.control.importing import ImportRequest, read_map
from layers.control.preparation import Near, with_edges
from layers.control.stored import StoredMap
from layers.control.workspace import Shelf, Workspace
from layers.control_map import ControlMap
from layers.dates import LATEST, control_date, is_day, parse_date
from layers.embedded import EMBEDDED
from layers.errors import DateError, UnknownError
from layers.readers import is_there
from layers.reference.control_series import ControlSeries, included_series
from layers.reference.study_data import StudyData

MAPS_CACHED = 4


def find_map(
    reference: str, workspace: Workspace, study: StudyData, today: date, *, accept: bool = False
) -> ControlMap:
    """Return the control map that a reference means: NAME, NAME@DATE, an included date, or a file.

    Without a date the newest is used; with one, the last on or before it. Edges are filled as the map was imported.

    Parameters
    ----------
    reference
        NAME, NAME@DATE, an ISO date of the included maps, ``latest``, or the path of a file.
    workspace
        Where names are looked up.
    study
        Reference data with the included control maps.
    today
        Current date. A map may be of the next day at the latest, since the sun rises earlier elsewhere.
    accept
        Permit a file that is far from the included maps of its date.

    Raises
    ------
    UnknownError, DateError, ControlError
        If the map does not exist or cannot be used.
    """
    name, day = _parted(reference)
    if name == EMBEDDED or (name not in workspace.names and (is_day(reference) or reference == LATEST)):
        return _embedded(day if name == EMBEDDED else reference)
    return with_edges(find_stored(reference, workspace, study, today, accept=accept), study.reference)


def find_stored(
    reference: str, workspace: Workspace, study: StudyData, today: date, *, accept: bool = False
) -> StoredMap:
    """Return the map of the workspace, or in a file, that NAME, NAME@DATE or FILE means.

    Parameters
    ----------
    reference
        NAME, NAME@DATE, or the path of a file.
    workspace
        Where names are looked up.
    study
        Reference data and control maps.
    today
        Current date. A map may be of the next day at the latest, since the sun rises earlier elsewhere.
    accept
        Permit a file that is far from the included maps of its date.

    Raises
    ------
    UnknownError, DateError, ControlError
        If the map does not exist or cannot be used.
    """
    name, day = _parted(reference)
    if name in workspace.names:
        shelf = workspace.shelf(name)
        return shelf.on(parse_date(day, shelf.days))
    if not is_there(Path(reference)):
        raise UnknownError("control map or file", reference, (EMBEDDED, *workspace.names))
    return read_map(Path(reference), ImportRequest(accept_difference=accept), study, today=today).stored


def find_near(reference: str, workspace: Workspace, study: StudyData, today: date, *, accept: bool = False) -> Near:
    """Return the maps that a reference means for completing others: of NAME, the date nearest to theirs.

    NAME@DATE, an included date and a file mean one map for all dates.

    Parameters
    ----------
    reference
        NAME, NAME@DATE, an ISO date of the included maps, or the path of a file.
    workspace
        Where names are looked up.
    study
        Reference data and control maps.
    today
        Current date. A map may be of the next day at the latest, since the sun rises earlier elsewhere.
    accept
        Permit a file that is far from the included maps of its date.

    Returns
    -------
    A function that returns the map for an ISO date.

    Raises
    ------
    UnknownError, DateError, ControlError
        If the map does not exist or cannot be used.
    """
    if reference == EMBEDDED:
        return lambda day: _embedded(_nearest_day(_included().dates, day))
    if reference in workspace.names:
        shelf = workspace.shelf(reference)
        prepared = lru_cache(MAPS_CACHED)(
            lambda day: with_edges(shelf[day], study.reference)
        )  # its slivers are found once
        return lambda day: prepared(_nearest_day(shelf.days, day))
    found = find_map(reference, workspace, study, today, accept=accept)
    return lambda _: found


def nearest(shelf: Shelf, as_of: str, within: timedelta) -> StoredMap:
    """Return the map of the date nearest to another date, the earlier of two.

    Parameters
    ----------
    shelf
        All dates of a map in the workspace.
    as_of
        ISO date that is wanted.
    within
        Largest distance of the map's date from it.

    Raises
    ------
    DateError
        If none is near enough.
    """
    day = _nearest_day(shelf.days, as_of)
    if _apart(day, as_of) > within:
        raise DateError(
            f"{shelf.folder.name}: no map within {within.days} days of {as_of}, the nearest is of {day}; import one",
            shelf.days,
        )
    return shelf[day]


def _parted(reference: str) -> tuple[str, str]:
    """The name, and the date after the @; the newest if there is none."""
    name, _, day = reference.partition("@")
    return name, day or LATEST


def _embedded(day: str) -> ControlMap:
    maps = _included()
    return maps[control_date(parse_date(day, maps.dates), maps.dates)]


@cache
def _included() -> ControlSeries:
    """The included control maps, without the rest of the sources."""
    return included_series()


def _nearest_day(days: Iterable[str], as_of: str) -> str:
    return min(days, key=lambda found: (_apart(found, as_of), found))


def _apart(day: str, other: str) -> timedelta:
    return abs(date.fromisoformat(day) - date.fromisoformat(other))

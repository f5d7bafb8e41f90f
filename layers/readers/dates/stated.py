"""The dates that a file states: of its edition, and of the last change in it."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from layers.errors import ControlError
from layers.findings import Finding
from layers.readers.classes.formats import Format
from layers.readers.dates.choosing import ALL, ChosenDay
from layers.readers.dates.finding import APART, named_day
from layers.readers.dates.spellings import calendar_day

STANDS = timedelta(days=31)  # how long after its last change a map may be of


@dataclass(frozen=True)
class Stated:
    """The date of a file, that of its last change if its format has one, and findings about both."""

    day: str | None
    changed: str | None
    findings: tuple[Finding, ...]


def stated(path: Path, chosen: ChosenDay, row: Format) -> Stated:
    """Return the date of a file: the chosen one or that of its content, else the one in its name.

    If the content has the date of the last change, an edition up to 31 days later counts; dates within two days of each
    other are the same to makers who publish in the night.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    chosen
        The features chosen, with their date.
    row
        The format that was recognised.

    Returns
    -------
    The date of the map, that of its last change if the file has both, and findings.
    """
    named = named_day(chosen.document, path, its_own=not row.plain)
    if not row.dates_changes or chosen.day is None:
        return Stated(chosen.day or named, None, chosen.findings)
    edition, changed = calendar_day(named), calendar_day(chosen.day)
    if edition is None or changed is None or not timedelta(0) < edition - changed <= STANDS:
        return Stated(chosen.day, chosen.day, chosen.findings)
    day = named if edition - changed > APART else chosen.day
    told = Finding("last-change", "told", f"its edition is of {named}, its last change of {chosen.day}")
    return Stated(day, chosen.day, (*chosen.findings, told))


def check_named(path: Path, about: Stated, day: str | None) -> None:
    """Refuse a date that was requested if the file states another, or none.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    about
        The dates that the file states.
    day
        ISO date that the user requests, ``all``, or None.

    Raises
    ------
    ControlError
        ``unknown-day``.
    """
    if day in {None, ALL, about.day}:
        return
    known = f"it is of {about.day}" if about.day else "it names no day; give it with --as-of"
    raise ControlError("unknown-day", f"{path}: has nothing of {day}; {known}")

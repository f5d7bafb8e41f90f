"""Choosing a date of a file that has several: dates are never combined silently."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import shapely

from layers.errors import ControlError
from layers.findings import Finding
from layers.readers.dates.columns import DayColumn
from layers.readers.dates.finding import day_columns
from layers.readers.dates.overlaps import lie_on_one_another
from layers.readers.dates.spans import with_spans
from layers.readers.dates.words import says_time
from layers.readers.document import Document, Item

ALL = "all"
SHOWN = 6
HIDDEN = frozenset({"0", "false"})


@dataclass(frozen=True)
class ChosenDay:
    """A document with the features of one date, that date or None if no column has one, and findings about it."""

    document: Document
    day: str | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Wish:
    """What is requested: ``day`` is a date, 'all' or None; ``prefer`` is used if the file has it among others."""

    day: str | None = None
    prefer: str | None = None


def choose_day(
    path: Path, document: Document, counts: Callable[[Item], bool], wish: Wish, *, in_names: bool = False
) -> ChosenDay:
    """Return a document with the features of the date requested; those without a date belong to every date.

    Features that a KML hides are left out if others are shown, unless they are of the date.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    document
        The parsed file: its features, and the CRS and dates that it states.
    counts
        Returns whether a feature belongs to the map; others, such as labels, are ignored.
    wish
        Date that the user requests, ``all``, or None; and a date to prefer.
    in_names
        Whether to read dates in names and folders of features too.

    Raises
    ------
    ControlError
        ``several-days`` if no date is requested of a file with several, or ``unknown-day``.
    """
    shown, findings = _shown(document, counts)
    if wish.day not in {None, ALL} and shown is not document and not _knows(shown, counts, wish.day, in_names):
        shown, findings = document, ()
    items = [item for item in shown.items if counts(item)]
    columns = with_spans(items, day_columns(items, in_names=in_names))
    settled = next((column.only_day for column in columns if column.rank == 0 and column.only_day), None)
    several = [column for column in columns if len(set(filter(None, column.days))) > 1]
    states = [column for column in several if _is_of_states(column, items, settled is not None)]
    if states and wish.day != ALL:
        chosen = _of_states(path, shown, items, states, wish)
    elif wish.day in {None, ALL}:
        told = (*_united(several), *_undated(columns), *_unclear(columns, wish))
        chosen = ChosenDay(shown, settled or _only_day(columns, wish.prefer), told)
    else:
        chosen = _of_others(path, shown, items, columns, wish)
    return replace(chosen, findings=(*findings, *chosen.findings))


def _shown(document: Document, counts: Callable[[Item], bool]) -> tuple[Document, tuple[Finding, ...]]:
    """A document without what is hidden in it; all of it where everything is hidden."""
    hidden = [item for item in document.items if counts(item) and _is_hidden(item)]
    if not hidden or len(hidden) == sum(map(counts, document.items)):
        return document, ()
    gone = set(map(id, hidden))
    message = f"hidden in the file (visibility 0) and left out: {len(hidden)}; show in it what is to count"
    items = tuple(item for item in document.items if id(item) not in gone)
    return replace(document, items=items), (Finding("hidden", "told", message),)


def _is_hidden(item: Item) -> bool:
    return str(item.properties.get("visibility", "")).strip().casefold() in HIDDEN


def _knows(document: Document, counts: Callable[[Item], bool], day: str | None, in_names: bool) -> bool:
    items = [item for item in document.items if counts(item)]
    return any(day in one.all_days for column in day_columns(items, in_names=in_names) for one in column.orders)


def _is_of_states(column: DayColumn, items: Sequence[Item], settled: bool) -> bool:
    """Whether the days of a column are those of different maps, and not when parts of one were drawn or captured.

    Where a column is named for the latter, or another tells one day for all, its polygons have to lie on one another.
    """
    if column.rank == 0 or (column.rank == 1 and not settled):
        return True
    groups: dict[str, list[shapely.Polygon]] = {}
    for item, days in zip(items, column.days, strict=True):
        for day in days:
            groups.setdefault(day, []).extend(item.shape.polygons if item.shape else ())
    return lie_on_one_another(groups)


def _of_states(
    path: Path, document: Document, items: Sequence[Item], states: Sequence[DayColumn], wish: Wish
) -> ChosenDay:
    """The features of the date requested. Raises ControlError if none is, or if it does not exist."""
    wanted = wish.day or wish.prefer
    for column in states:
        fits = [one for one in column.orders if wanted in one.all_days]
        if len(fits) == 1:
            undated = sum(not found for found in column.days)
            more = f", and {undated} without a day" if undated else ""
            message = f"of {len(column.all_days)} days ({_named(column)}) {wanted} is taken{more}"
            return ChosenDay(_on(document, items, fits[0], wanted), wanted, (Finding("several-days", "told", message),))
    column = states[0]
    if wish.day and not any(wish.day in one.all_days for one in column.orders):
        raise _unknown(path, wish.day, f"there are: {_listed(column.all_days)}")
    if column.other is not None:
        message = (
            f"days that can be read in two ways ({_named(column)}); write them as YYYY-MM-DD, or choose with --where"
        )
        raise ControlError("several-days", f"{path}: {message}")
    known = column.all_days
    kind = "times" if column.is_of_periods else "days"
    choice = f'--where "{column.name}={known[-1]}"' if column.is_of_periods else f"--day {known[-1]}"
    raise ControlError(
        "several-days",
        f"{path}: speaks of {len(known)} {kind} ({_listed(known)}; {_named(column)}); choose one with {choice}, or "
        f"take all together with --day {ALL}",
    )


def _of_others(
    path: Path, document: Document, items: Sequence[Item], columns: Sequence[DayColumn], wish: Wish
) -> ChosenDay:
    """The features of a day where no column has several days of maps. Raises ControlError where it is in none."""
    for column in columns:
        for one in column.orders:
            if wish.day in one.all_days:
                return ChosenDay(_on(document, items, one, wish.day), wish.day)
    known = sorted({day for column in columns if column.rank < 2 for day in column.all_days})
    if known:
        raise _unknown(path, str(wish.day), f"there are: {_listed(known)}")
    return ChosenDay(document, None)


def _on(document: Document, items: Sequence[Item], column: DayColumn, day: str | None) -> Document:
    gone = {id(item) for item, days in zip(items, column.days, strict=True) if days and day not in days}
    return replace(document, items=tuple(item for item in document.items if id(item) not in gone))


def _only_day(columns: Sequence[DayColumn], prefer: str | None) -> str | None:
    """The one day of all features by a column named for days or times; of two readings the one that is preferred."""
    for column in columns:
        if column.rank < 2 and (column.rank == 0 or says_time(column.name)):
            if column.only_day:
                return column.only_day
            readings = {one.all_days for one in column.orders}
            if column.other is not None and (prefer,) in readings:
                return prefer
            if column.other is None and len(column.all_days) == 1:
                return column.all_days[0]
    return None


def _united(several: Sequence[DayColumn]) -> Iterator[Finding]:
    """Findings about columns whose dates are combined."""
    for column in several[:SHOWN]:
        days = column.all_days
        yield Finding(
            "several-days",
            "told",
            f"{len(days)} days ({days[0]} to {days[-1]}; {_named(column)}) are taken together; --day takes one alone",
        )


def _undated(columns: Sequence[DayColumn]) -> Iterator[Finding]:
    for column in columns:
        missing = sum(not days for days in column.days)
        if column.rank == 0 and missing and len(column.all_days) == 1:
            message = f"features without a day ({_named(column)}), taken with those of {column.all_days[0]}: {missing}"
            yield Finding("several-days", "told", message)


def _unclear(columns: Sequence[DayColumn], wish: Wish) -> Iterator[Finding]:
    for column in columns:
        if column.rank < 2 and column.other is not None and len(column.all_days) == 1 and wish.prefer is None:
            readings = " or ".join(day for one in column.orders for day in one.all_days)
            yield Finding(
                "unclear-date", "told", f"{_named(column)} can be read as {readings}; give the day with --as-of"
            )


def _named(column: DayColumn) -> str:
    return "folders" if column.name == "folder" else f"column '{column.name}'"


def _listed(days: Sequence[str]) -> str:
    if len(days) <= SHOWN:
        return ", ".join(days)
    return f"{', '.join(days[: SHOWN - 1])} and {len(days) - SHOWN} more to {days[-1]}"


def _unknown(path: Path, day: str, known: str) -> ControlError:
    return ControlError("unknown-day", f"{path}: no features of {day}; {known}")

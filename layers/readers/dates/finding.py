"""The dates that a file states: in its columns and folders, in its own name for itself, else in its file name."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from layers.readers.dates.columns import DayColumn, period_column
from layers.readers.dates.spellings import ORDERS, calendar_day, epoch_day, spellings_in, spelt
from layers.readers.dates.words import (
    NAMES,
    REMARKS,
    after_since,
    is_difference,
    is_of_editing,
    is_of_the_map,
    says_time,
)
from layers.readers.document import Document, Item

MISSING = frozenset({"", "none", "null", "nan", "nat", "n/a", "-"})
FULL_SCALE = date(2022, 2, 24)  # what a layer is called after before is an event, and hardly the day of a map
APART = timedelta(days=2)


def day_columns(items: Sequence[Item], *, in_names: bool) -> list[DayColumn]:
    """Return the columns of features that contain only dates, those with the date of the map first.

    Parameters
    ----------
    items
        Features of the file.
    in_names
        Whether to read dates in names and folders too, such as 'Front on 20 Nov 2025'.
    """
    names = dict.fromkeys(key for item in items for key in item.properties)
    found = [column for name in names if (column := _column(name, items, in_names)) is not None]
    return sorted(found, key=lambda column: column.rank)


def named_day(document: Document, path: Path, *, its_own: bool) -> str | None:
    """Return the date that a file states or has in its own name, else that in the name on disk.

    ``its_own`` says that the name inside is written by a maker who puts the day there.

    Parameters
    ----------
    document
        The parsed file: its features, and the CRS and dates that it states.
    path
        Path of the file, whose name may have a date.
    its_own
        Whether the name inside the file is by a maker who writes the date there.

    Returns
    -------
    ISO date; None if there is none, or if the two names differ by days.
    """
    stated = _stated(document.day)
    if stated:
        return stated
    inside, outside = day_in_name(document.name), day_in_name(path.stem) or _epoch_name(path)
    if its_own or inside is None or outside is None:
        return (inside if its_own or not _is_event(inside) else None) or outside
    if _is_event(inside):
        return outside
    first, second = calendar_day(inside), calendar_day(outside)
    return inside if first is None or second is None or abs(first - second) <= APART else None


def day_in_name(text: str) -> str | None:
    """The one day in a name, as YYYY-MM-DD; not one that something began on, and none in a name of differences."""
    days = set()
    for one in spellings_in(text):
        readings = set(one.days.values())
        if len(readings) > 1:
            return None
        if not after_since(text[: one.start], text[one.end :]):
            days |= readings
    return days.pop() if len(days) == 1 and not is_difference(text) else None


def day_spoken_of(file_date: str | None, published_morning_after: bool) -> str | None:
    """Return the date that a file most likely shows; None if it states no possible one.

    Parameters
    ----------
    file_date
        Date that the file states, or None.
    published_morning_after
        Whether its format is published on the morning after the date that it shows.

    Returns
    -------
    ISO date, or None.
    """
    day = calendar_day(file_date)
    if day is None:
        return None
    earlier = published_morning_after and day > date.min
    return (day - timedelta(days=1) if earlier else day).isoformat()


def _stated(text: str | None) -> str | None:
    readings = set(spelt(text, epochs=True).values()) if text else set()
    return readings.pop() if len(readings) == 1 else None


def _epoch_name(path: Path) -> str | None:
    return epoch_day(path.stem) if path.stem.isdigit() else None


def _is_event(day: str | None) -> bool:
    found = calendar_day(day)
    return found is not None and found < FULL_SCALE


def _column(name: str, items: Sequence[Item], in_names: bool) -> DayColumn | None:
    """A column as days; None where a value is none, in columns of times most of them, or where there is no value."""
    values = [list(_values(item.properties.get(name))) for item in items]
    if in_names and name.casefold() in NAMES | REMARKS and (found := _named_column(name, values)):
        return found
    epochs = says_time(name)
    readings: list[list[Mapping[str, str]]] = []
    for row in values:
        readings.append([spelt(value, epochs=epochs) for value in row])
        if not all(readings[-1]) and not epochs:
            return period_column(name, values)
    if 2 * sum(map(bool, chain(*readings))) < sum(map(len, readings)):  # a column of times may have other words, too
        return period_column(name, values)
    orders = [order for order in ORDERS if all(order in reading for row in readings for reading in row if reading)]
    columns = list(dict.fromkeys(tuple(_days(row, order) for row in readings) for order in orders))
    if not columns or not any(columns[0]):
        return None
    rank = 2 if is_of_editing(name) else 0 if is_of_the_map(name) else 1
    return DayColumn(name, rank, columns[0], columns[1] if len(columns) > 1 else None)


def _named_column(name: str, values: Sequence[Sequence[Any]]) -> DayColumn | None:
    """The days in names, of which every one must have one, or in folders.

    Names that differ in more than the day are those of places, and the days may be when they changed hands; so may
    those in remarks.
    """
    texts = [str(row[0]) if row else "" for row in values]
    days = [_day_of_path(text) for text in texts]
    folders = name.casefold() == "folder"
    if not any(days) or not (folders or all(days)):
        return period_column(name, [[text.rpartition("/")[2]] for text in texts])
    rank = 0 if folders else 1 if name.casefold() in NAMES and _differ_in_the_day(texts) else 2
    return DayColumn(name, rank, tuple(frozenset({day} if day else ()) for day in days))


def _day_of_path(text: str) -> str | None:
    """The day in the innermost folder that has one; names are taken as they are."""
    whole = day_in_name(text)
    return whole or next((day for part in reversed(text.split("/")) if (day := day_in_name(part))), None)


def _differ_in_the_day(texts: Sequence[str]) -> bool:
    return len({_without_day(text) for text in texts}) == 1


def _without_day(text: str) -> str:
    (one, *_) = spellings_in(text)
    return (text[: one.start] + text[one.end :]).strip(" ,-_.").casefold()


def _days(row: Sequence[Mapping[str, str]], order: str) -> frozenset[str]:
    return frozenset(reading[order] for reading in row if reading)


def _values(value: Any) -> Iterator[Any]:
    """What stands in a cell: one value, each of a list, the begin of a span, or nothing."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("begin", "start", "when", "end") if key in value), None)
    for one in value if isinstance(value, list) else [value]:
        if not isinstance(one, bool) and str(one).strip().casefold() not in MISSING:
            yield one

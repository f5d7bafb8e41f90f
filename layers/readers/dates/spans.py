"""Columns that say from when to when a feature is valid, read as one column of days."""

from collections.abc import Sequence
from dataclasses import dataclass

from layers.readers.dates.columns import DayColumn
from layers.readers.document import Item, plain_name

PAIRS = {
    "begin": "end",
    "start": "end",
    "from": "to",
    "startdate": "enddate",
    "datefrom": "dateto",
    "validfrom": "validto",
    "starttime": "endtime",
    "timestart": "timeend",
}


@dataclass(frozen=True)
class _Span:
    begin: str | None
    end: str | None

    def holds(self, day: str, begins: frozenset[str]) -> bool:
        """Whether it holds on a day; on its last one only where no other begins then."""
        if self.begin is not None and day < self.begin:
            return False
        if self.end is None or day < self.end or self.begin == self.end == day:
            return True
        return day == self.end and day not in begins


def with_spans(items: Sequence[Item], columns: Sequence[DayColumn]) -> list[DayColumn]:
    """Return the columns of dates, with the first pair of begin and end joined as one column.

    In it a feature has every date on which a span begins and its own span holds.

    Parameters
    ----------
    items
        Features of the file.
    columns
        Columns of dates, by rank.
    """
    by_name = {plain_name(column.name): column for column in columns}
    for first, last in PAIRS.items():
        if first in by_name and last in by_name:
            begin, end = by_name[first], by_name[last]
            rest = [column for column in columns if column not in (begin, end)]
            return sorted([*rest, _joined(begin, end, len(items))], key=lambda column: column.rank)
    return list(columns)


def _joined(begin: DayColumn, end: DayColumn, count: int) -> DayColumn:
    spans = [_Span(min(begin.days[row], default=None), max(end.days[row], default=None)) for row in range(count)]
    begins = frozenset(span.begin for span in spans if span.begin)
    moments = sorted(begins | {span.end for span in spans if span.end and span.begin is None})
    days = tuple(frozenset(day for day in moments if span.holds(day, begins)) for span in spans)
    return DayColumn(f"{begin.name} to {end.name}", 0 if begin.rank == 0 else 1, days)

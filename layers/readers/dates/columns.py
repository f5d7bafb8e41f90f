"""A column of days, or of months, weeks or years."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from layers.readers.dates.spellings import NUMBER_OF

YEAR = re.compile(r"year|рік|год|年", re.IGNORECASE)
MONTH = re.compile(
    r"(20[1-3]\d)[-/._ ]?(0?[1-9]|1[0-2]|w\d{1,2}|q[1-4])|(0?[1-9]|1[0-2])[-/._](20[1-3]\d)", re.IGNORECASE
)
MONTH_IN_WORDS = re.compile(r"([^\W\d_]{3,})[-._ ]*20[1-3]\d", re.IGNORECASE)
ONE_YEAR = re.compile(r"20[1-3]\d(\.0)?")
LENGTH_OF_A_DAY = len("2025-11-20")


@dataclass(frozen=True)
class DayColumn:
    """A column whose values are all dates, by feature: none, one or several.

    ``rank`` 0 is a column with the date of the map, 1 any other, 2 one with the date when a feature was drawn, edited
    or captured. ``other`` is the same with day and month exchanged, if the values permit both.
    """

    name: str
    rank: int
    days: tuple[frozenset[str], ...]
    other: tuple[frozenset[str], ...] | None = None

    @property
    def all_days(self) -> tuple[str, ...]:
        """Its different days, ascending."""
        return tuple(sorted(frozenset[str]().union(*self.days)))

    @property
    def orders(self) -> "list[DayColumn]":
        """The column in each order in which it can be read."""
        return [self] if self.other is None else [self, replace(self, days=self.other)]

    @property
    def only_day(self) -> str | None:
        """The date that all features have, if it is certain; else None."""
        days = self.all_days
        return days[0] if len(days) == 1 and self.other is None and all(self.days) else None

    @property
    def is_of_periods(self) -> bool:
        """Whether its days are months, weeks or years, as they are written."""
        return any(len(day) != LENGTH_OF_A_DAY or not day[-1].isdigit() or day[4] != "-" for day in self.all_days)


def period_column(name: str, values: Sequence[Sequence[Any]]) -> DayColumn | None:
    """Return a column if all its values are months, weeks or quarters, or years in a column named for them, else None.

    They may be when parts of a map changed hands, so that its rank is 2.

    Parameters
    ----------
    name
        Name of the column.
    values
        Values of the column, one row per feature; a row may be empty.
    """
    texts = [str(row[0]).strip() if row else "" for row in values]
    if not any(texts) or not all(_is_period(name, text) for text in texts if text):
        return None
    return DayColumn(name, 2, tuple(frozenset({text} if text else ()) for text in texts))


def _is_period(name: str, text: str) -> bool:
    if YEAR.search(name) and ONE_YEAR.fullmatch(text):
        return True
    words = MONTH_IN_WORDS.fullmatch(text)
    if words:
        return words.group(1).casefold()[:3] in NUMBER_OF
    return MONTH.fullmatch(text) is not None and not text.isdigit()

"""The dates of control maps as pages have them, maybe those of ten years: short lists, and all of them for scripts.

A list of many dates has each one of the years that matter, of other years the last one of each month; whoever chooses
one of these finds all of its year.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

from layers.text.figures import date_text, month_words
from layers.text.languages import Language

FEW = 100  # dates that are listed whole
LISTS = 64  # that stay in memory
YEAR, MONTH = len("2025"), len("2025-11")  # of a date


def listed_days(days: Sequence[str], *kept: str) -> tuple[str, ...]:
    """Return those of some ISO dates, ascending, to choose from: all of the years of the dates to keep."""
    return _listed(tuple(days), tuple(sorted({day[:YEAR] for day in kept})))


@lru_cache(maxsize=LISTS)
def _listed(days: tuple[str, ...], years: tuple[str, ...]) -> tuple[str, ...]:
    if len(days) <= FEW:
        return days
    last = set({day[:MONTH]: day for day in days}.values())
    return tuple(day for day in days if day[:YEAR] in years or day in last)


@lru_cache(maxsize=LISTS)
def days_in_words(lang: Language, days: tuple[str, ...], pattern: str | None = None) -> tuple[str, ...]:
    """Return dates in words, as ``date_text`` does each.

    Parameters
    ----------
    lang
        Language of the text.
    days
        ISO dates.
    pattern
        Date pattern of Unicode CLDR; None for the language's own.
    """
    return tuple(date_text(lang, day, pattern) for day in days)


def days_data(lang: Language, days: Sequence[str]) -> dict[str, Any]:
    """Return dates for scripts: the first, the days from each to the next, and what a date of each month is called.

    Parameters
    ----------
    lang
        Language of the text.
    days
        ISO dates, ascending.
    """
    return {"first": days[0], "steps": _steps(tuple(days)), "words": month_words(lang)}


@lru_cache(maxsize=LISTS)
def _steps(days: tuple[str, ...]) -> tuple[int, ...]:
    ordinals = [date.fromisoformat(day).toordinal() for day in days]
    return tuple(later - earlier for earlier, later in pairwise(ordinals))

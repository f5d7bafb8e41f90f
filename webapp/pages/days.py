"""The dates of control maps as pages have them, maybe those of ten years: short lists, and all of them for scripts.

A list of many dates has each one of the years that matter, of other years the last one of each month; whoever chooses
one of these finds all of its year.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

from layers.text.figures import month_words
from layers.text.languages import Language

FEW = 100  # dates that are listed whole
YEAR, MONTH = len("2025"), len("2025-11")  # of a date


def listed_days(days: Sequence[str], *kept: str) -> tuple[str, ...]:
    """Return those of some ISO dates, ascending, to choose from: all of the years of the dates to keep."""
    if len(days) <= FEW:
        return tuple(days)
    years = {day[:YEAR] for day in kept}
    last = set({day[:MONTH]: day for day in days}.values())
    return tuple(day for day in days if day[:YEAR] in years or day in last)


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


@lru_cache(maxsize=64)
def _steps(days: tuple[str, ...]) -> tuple[int, ...]:
    ordinals = [date.fromisoformat(day).toordinal() for day in days]
    return tuple(later - earlier for earlier, later in pairwise(ordinals))

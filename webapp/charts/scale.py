"""Scales of a chart: few round figures up the side, months along the bottom."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

INTERVALS = 5  # at most so many steps up the side
NEAR_ZERO = 0.5  # a scale starts at zero where the lowest figure is below this part of the highest
FLAT = 0.002  # or where the figures differ by less than this part
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
MONTHS = (1, 2, 3, 6, 12)
LABEL_GAP_PX = 6.0

Label = Callable[[str], str]
Width = Callable[[str], float]


@dataclass(frozen=True)
class Scale:
    """Where an axis starts and ends, and the figures that are written beside it, ascending."""

    base: float
    top: float
    ticks: tuple[float, ...]


def area_scale(lowest: float, highest: float, *, from_zero: bool = False) -> Scale:
    """Return the scale for areas from the lowest to the highest.

    It starts at zero, or at a round figure at or below the lowest where zero would flatten the line.

    Parameters
    ----------
    lowest
        Lowest area, in km², 0 or more.
    highest
        Highest area, in km², 0 or more.
    from_zero
        Whether the scale has to begin at 0.
    """
    far = lowest > NEAR_ZERO * highest and highest - lowest > FLAT * highest
    starts_above = far and not from_zero
    step = _round_step((highest - (lowest if starts_above else 0.0)) / INTERVALS)
    base = math.floor(lowest / step) * step if starts_above else 0.0
    count = math.floor((highest - base) / step + 1e-9)
    ticks = tuple(base + step * place for place in range(count + 1))
    if len(ticks) < 3:
        ticks = (*ticks, base + step * (count + 1))
    return Scale(base, max(ticks[-1], highest + (highest - base) * 0.04), ticks)


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 2.5, 5 and their tens that is at least so much; nothing finer than 1 km²."""
    if least <= 1.0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(least))
    steps = [step * size for step in STEPS if (step * size).is_integer()]
    return next(step for step in steps if step >= least * (1 - 1e-9))


def day_ticks(dates: Sequence[str], place: Callable[[str], float], label: Label, width: Width) -> tuple[str, ...]:
    """Return first days of months between the first and the last date, as many as their labels leave room for.

    Parameters
    ----------
    dates
        ISO dates, ascending; at least one.
    place
        Returns the place of an ISO date along the axis, in pixels.
    label
        Returns the text for an ISO date.
    width
        Returns the width of a label, in pixels.

    Returns
    -------
    ISO dates; empty if fewer than two labels fit.
    """
    first, last = date.fromisoformat(dates[0]), date.fromisoformat(dates[-1])
    for every in MONTHS:
        days = tuple(_months(first, last, every))
        if len(days) > 1 and _fit(days, place, label, width):
            return days
    return ()


def _months(first: date, last: date, every: int) -> list[str]:
    """The first days of every so many months, counted from January, between two dates."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    days = [date(month // 12, month % 12 + 1, 1) for month in months if month % 12 % every == 0]
    return [day.isoformat() for day in days if first <= day <= last]


def _fit(days: Sequence[str], place: Callable[[str], float], label: Label, width: Width) -> bool:
    ends = [(place(day) - width(label(day)) / 2, place(day) + width(label(day)) / 2) for day in days]
    return all(right + LABEL_GAP_PX <= left for (_, right), (left, _) in pairwise(ends))

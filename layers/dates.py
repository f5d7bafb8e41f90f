"""Which control map speaks for a day: the last one on or before it."""

from collections.abc import Sequence
from datetime import date

from layers.errors import DateError

LATEST = "latest"


def parse_date(text: str, known: Sequence[str]) -> str:
    """An ISO date (YYYY-MM-DD) as it is, checked; ``latest`` becomes the newest known date."""
    if text == LATEST and known:
        return known[-1]
    if not is_day(text):
        choice = " or 'latest'" if known else ""
        raise DateError(f"'{text}' is not a date; write it as YYYY-MM-DD{choice}", known)
    return text


def is_day(text: object) -> bool:
    """Whether something is a day of the calendar, written YYYY-MM-DD."""
    try:
        return isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def control_date(requested: str, known: Sequence[str]) -> str:
    """The last known date on or before a requested one. All are ISO dates; known is ascending.

    Raises DateError that names the first date when the requested one is before it.
    """
    earlier = [day for day in known if day <= requested]
    if not earlier:
        raise DateError(
            f"no control map for {requested}: the first is of {known[0]}; ask for that day or later",
            known,
        )
    return earlier[-1]


def own_control_date(proposed: str, known: Sequence[str]) -> str:
    """The known date that a proposal is shown on first: the last on or before its own, else the first of all."""
    return control_date(max(proposed, known[0]), known)

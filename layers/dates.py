"""Which control map is used for a date: the last one on or before it."""

from collections.abc import Sequence
from datetime import date

from layers.errors import DateError

LATEST = "latest"


def parse_date(text: str, known: Sequence[str]) -> str:
    """Return an ISO date (YYYY-MM-DD) after checking it; ``latest`` gives the newest known date.

    Parameters
    ----------
    text
        The date as a user wrote it.
    known
        ISO dates of control maps, ascending; if it is empty, ``latest`` is refused.

    Raises
    ------
    DateError
        If ``text`` is neither a date nor ``latest``.
    """
    if text == LATEST and known:
        return known[-1]
    if not is_day(text):
        choice = " or 'latest'" if known else ""
        raise DateError(f"'{text}' is not a date; write it as YYYY-MM-DD{choice}", known)
    return text


def is_day(text: object) -> bool:
    """Return whether a value is a calendar date, written YYYY-MM-DD."""
    try:
        return isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def control_date(requested: str, known: Sequence[str]) -> str:
    """Return the last known date on or before a requested one.

    Parameters
    ----------
    requested
        ISO date, whether a map of it exists or not.
    known
        ISO dates of control maps, ascending.

    Raises
    ------
    DateError
        If the requested date is before the first known one, which the message names.
    """
    earlier = [day for day in known if day <= requested]
    if not earlier:
        raise DateError(
            f"no control map for {requested}: the first is of {known[0]}; ask for that day or later",
            known,
        )
    return earlier[-1]


def own_control_date(proposed: str, known: Sequence[str]) -> str:
    """Return the date of the control map that a proposal opens on.

    Parameters
    ----------
    proposed
        ISO date of the proposal.
    known
        ISO dates of control maps, ascending.

    Returns
    -------
    The last known date on or before the proposal's, or the first of all if the proposal is older.
    """
    return control_date(max(proposed, known[0]), known)

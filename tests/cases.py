"""Many cases in one test, which share what is dear to open or to draw: a failure says in which of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def case(*what: object) -> Iterator[None]:
    """Name the case in which a check fails."""
    try:
        yield
    except AssertionError as error:
        error.add_note(f"in the case {what}")
        raise

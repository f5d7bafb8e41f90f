"""What a check finds in a file: its name, the outcome, and a sentence that says what to do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["told", "repaired", "refused"]
Tell = Callable[[str], None]


def some_of(names: Sequence[str], most: int, between: str = ", ") -> str:
    """Return a list of names for a message: the first ones, and how many more there are.

    Parameters
    ----------
    names
        All names.
    most
        How many to list, at least 1.
    between
        Separator of those listed.
    """
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return between.join(names[:most]) + more


@dataclass(frozen=True)
class Finding:
    """Something that is wrong or worth knowing about a file; ``code`` is the check's name."""

    code: str
    verdict: Verdict
    message: str


def say_nothing(_: str) -> None:
    """Ignore remarks."""

"""What a check finds in a file: its name, what became of it, and one sentence that says what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["told", "repaired", "refused"]


def some_of(names: Sequence[str], most: int, between: str = ", ") -> str:
    """Names as a message lists them: the first ones, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return between.join(names[:most]) + more


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong or worth knowing about a file; ``code`` is the check's name."""

    code: str
    verdict: Verdict
    message: str

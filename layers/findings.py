"""What a check finds in a file: its name, the outcome, and a sentence that says what to do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["told", "repaired", "refused"]
Tell = Callable[[str], None]

MOST_PROBLEMS = 100  # listed of one file
LONGEST_PROBLEM = 500  # characters


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


def to_mend(where: object, problems: Sequence[str]) -> str:
    """Return a message that lists problems: how many there are, and the first of them, a line each.

    Parameters
    ----------
    where
        The file that has them, or what else is to be mended.
    problems
        All problems, at least one.
    """
    left = len(problems) - MOST_PROBLEMS
    more = [f"{left} more"] if left > 0 else []
    lines = [f"  {one_line(problem)}" for problem in (*problems[:MOST_PROBLEMS], *more)]
    return "\n".join([f"{where}: {len(problems)} to mend", *lines])


def one_line(problem: str) -> str:
    """Return a problem on one line, shortened where it repeats much of a file."""
    words = " ".join(problem[: 2 * LONGEST_PROBLEM].split())
    return words if len(words) <= LONGEST_PROBLEM else f"{words[:LONGEST_PROBLEM]} …"


@dataclass(frozen=True)
class Finding:
    """Something that is wrong or worth knowing about a file; ``code`` is the check's name."""

    code: str
    verdict: Verdict
    message: str


def say_nothing(_: str) -> None:
    """Ignore remarks."""

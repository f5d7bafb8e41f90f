"""Ways to break a label into one line or a few, between words or segments only."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise

from webapp.typography.fonts import BOLD, text_width

SEGMENT = "\u200b"  # between the segments of a Chinese label, where a line may end
MOST_LINES = 3
SIZE_PX = 13.0

Lines = tuple[str, ...]


@lru_cache(maxsize=1024)
def line_choices(words: str, last: str = "", most: int = MOST_LINES) -> tuple[Lines, ...]:
    """Return a label on one line, on two and so on, each as narrow as possible.

    Parameters
    ----------
    words
        Text of the label; Chinese has ``SEGMENT`` where a line may end.
    last
        Text that follows on its last line, such as the number of a clause.
    most
        Largest number of lines.
    """
    joint = "" if SEGMENT in words else " "
    parts = words.split(SEGMENT if SEGMENT in words else " ")
    counts = range(1, min(most, len(parts)) + 1)
    return tuple(min(_broken(parts, joint, count), key=lambda lines: _width(lines, last)) for count in counts)


def _broken(parts: Sequence[str], joint: str, count: int) -> list[Lines]:
    ends = ((0, *cuts, len(parts)) for cuts in combinations(range(1, len(parts)), count - 1))
    return [tuple(joint.join(parts[start:end]) for start, end in pairwise(cuts)) for cuts in ends]


def _width(lines: Lines, last: str) -> float:
    return max(text_width(line, SIZE_PX, BOLD) for line in (*lines[:-1], lines[-1] + last))

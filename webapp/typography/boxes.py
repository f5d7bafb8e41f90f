"""Rectangles round lines of text."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from typing import Literal

from webapp.typography.fonts import ASCENT, DESCENT, REGULAR, text_width

Anchor = Literal["start", "middle", "end"]
FIRST_WIDE = "\u2e80"  # of Chinese signs
PART_LEFT: dict[Anchor, float] = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """The centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, margin: float) -> "Box":
        """The same box, larger by a margin on every side."""
        return Box(self.left - margin, self.top - margin, self.right + margin, self.bottom + margin)

    def holds(self, place: tuple[float, float]) -> bool:
        """Whether a place lies in the box or on its edge."""
        return self.left <= place[0] <= self.right and self.top <= place[1] <= self.bottom

    def overlaps(self, other: "Box") -> bool:
        """Whether two boxes share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def round_point(x: float, y: float, radius: float) -> Box:
    """Return the box of a mark round a point, in pixels.

    Parameters
    ----------
    x
        Distance of the point from the left, in pixels.
    y
        Distance from the top, in pixels.
    radius
        Radius of the mark, in pixels.
    """
    return Box(x - radius, y - radius, x + radius, y + radius)


@dataclass(frozen=True)
class Lettering:
    """A text style: size and leading in pixels, weight, letter spacing, colour and halo.

    ``tail`` follows on the last line, in regular weight, such as the number of a clause, or with ``tail_below`` on a
    line of its own.

    A colour of an image is the name of a role, such as ``ink``, that its theme fills.
    """

    key: str
    size_px: float
    colour: str
    weight: int = REGULAR
    letter_space_px: float = 0.0
    halo: str | None = None
    tail: str = ""
    tail_below: bool = False

    @property
    def tail_words(self) -> str:
        """The tail with a space in front, if it follows other words; empty without a tail."""
        return f"\u00a0{self.tail}" if self.tail and not self.tail_below else self.tail

    @property
    def leading_px(self) -> float:
        """From one baseline to the next."""
        return round(self.size_px * 1.18, 1)

    def width(self, line: str) -> float:
        """The width of a line in pixels."""
        return text_width(line, self.size_px, self.weight) + self.letter_space_px * len(line)

    def size(self, lines: Sequence[str]) -> tuple[float, float]:
        """Width and height of a few lines in pixels."""
        return _size(self, tuple(lines))


@dataclass(frozen=True)
class Setting:
    """Lines of text in a place: the anchor's x, the first baseline's y."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: Anchor
    lettering: Lettering

    @property
    def words(self) -> str:
        """All of it in one line, with no blank between Chinese signs."""
        return reduce(_continued, (*self.lines[1:], self.lettering.tail), self.lines[0]).strip()

    @property
    def lines_below(self) -> tuple[str, ...]:
        """The lines, with an empty one for a tail that stands below them."""
        return _lines(self.lettering, self.lines)

    @property
    def tailed_left(self) -> float:
        """Where the line with the tail begins: not every program centres words of two weights as one line."""
        width = self.lettering.width(self.lines_below[-1]) + tail_width(self.lettering)
        return self.x - PART_LEFT[self.anchor] * width

    @cached_property
    def box(self) -> Box:
        """The rectangle that the lines fill."""
        width, height = self.lettering.size(self.lines)
        left = self.x - PART_LEFT[self.anchor] * width
        top = self.y - ASCENT * self.lettering.size_px
        return Box(left, top, left + width, top + height)


def tail_width(lettering: Lettering) -> float:
    """The width of a tail in pixels, with the space in front if it follows other words."""
    return text_width(lettering.tail_words, lettering.size_px, REGULAR)


def _continued(words: str, more: str) -> str:
    """Words with more after a blank, or without one between Chinese signs."""
    return words + ("" if words[-1:] >= FIRST_WIDE <= more[:1] else " ") + more


def _lines(lettering: Lettering, lines: tuple[str, ...]) -> tuple[str, ...]:
    return (*lines, "") if lettering.tail and lettering.tail_below else lines


@lru_cache(maxsize=1024)
def _size(lettering: Lettering, above: tuple[str, ...]) -> tuple[float, float]:
    lines = _lines(lettering, above)
    height = (ASCENT + DESCENT) * lettering.size_px + (len(lines) - 1) * lettering.leading_px
    tail = tail_width(lettering)
    return max(*(lettering.width(line) for line in lines[:-1]), lettering.width(lines[-1]) + tail, 0.0), height

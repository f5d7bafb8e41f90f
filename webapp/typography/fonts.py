"""How wide a text is, from the fonts that the images are drawn with."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from geo.errors import ClausemapError

FOLDER = Path(__file__).parents[1] / "vendor" / "fonts"
FAMILY = (
    "'Noto Sans', 'Noto Sans TC', 'PingFang TC', 'Microsoft JhengHei', 'Segoe UI', Arial, Helvetica, "
    "'Liberation Sans', sans-serif"
)
REGULAR = 400
BOLD = 700
WEIGHTS = (REGULAR, BOLD)

# Above and below the baseline, in parts of the size: capitals, Chinese characters and descenders fit.
ASCENT = 0.86
DESCENT = 0.24


class FontError(ClausemapError):
    """The fonts of the images are not there."""


@dataclass(frozen=True)
class Typeface:
    """One weight: the advance of every character, relative to the size, and its characters with marks."""

    advances: Mapping[int, float]
    clusters: frozenset[str] = frozenset()

    def width(self, text: str) -> float:
        """Return the width of a text at size 1; a character that the font lacks counts as a full square."""
        return sum(self.advances.get(ord(character), 1.0) for character in text)


def font_file(weight: int) -> Path:
    """Return the font file of a weight, 400 or 700. Raises FontError if the set-up has not made it."""
    path = FOLDER / f"NotoSans-{weight}.ttf"
    if not path.exists():
        raise FontError(f"{path}: the font is not there; run 'make setup' first")
    return path


@lru_cache(maxsize=len(WEIGHTS))
def typeface(weight: int = REGULAR) -> Typeface:
    """A weight of the font, read once a process from the widths that the set-up wrote beside it. Raises FontError."""
    path = font_file(weight).with_suffix(".json")
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise FontError(f"{path}: the widths of the font are not there; run 'make setup' first") from error
    units_per_em = content["units_per_em"]
    advances = {int(code): advance / units_per_em for code, advance in content["advances"].items()}
    return Typeface(advances, frozenset(content.get("clusters", ())))


def text_width(text: str, size_px: float, weight: int = REGULAR) -> float:
    """Return the width of a line of text in pixels, without kerning.

    Parameters
    ----------
    text
        Text on one line.
    size_px
        Font size, in pixels.
    weight
        Weight of the font: 400 (regular) or 700 (bold).

    Raises
    ------
    FontError
        If a font is missing.
    """
    return typeface(weight).width(text) * size_px


def missing_characters(text: str, weight: int = REGULAR) -> set[str]:
    """Return the characters of a text for which the font has no glyph.

    Parameters
    ----------
    text
        Text in any script.
    weight
        Weight of the font: 400 (regular) or 700 (bold).

    Raises
    ------
    FontError
        If a font is missing.
    """
    advances = typeface(weight).advances
    return {character for character in text if ord(character) not in advances}

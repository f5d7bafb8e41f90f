"""Breaking text into lines by the rules of each script."""

import re
from functools import cache
from itertools import pairwise

from layers.text.languages import Language, installed_languages
from webapp.typography.fonts import REGULAR, text_width
from webapp.typography.signs import drawable

NO_BREAK, JOINER = "\u00a0", "\u2060"
CHINESE = r"\u2e80-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef"
NEVER_FIRST = "，。：；、！？）」』》〉】,.;:!?)%²’”»…–—·"
NEVER_LAST = "（「『《〈【(‘“«"
MEASURES = ("平方公里", "公里")  # which stay with their number
DASHES = ("–", "—")
DATE = r"(?:\d+年)?\d+月\d+日"  # a Chinese date, which is one word

_UNIT = rf"[{CHINESE}]|[^\s{CHINESE}]+|[ \t\n]+".replace(r"\s", r" \t\n")
_SHORT_WORD = re.compile(r"(?<![^\s(«„])(?!(?:б|би|ж|же) )([A-Za-zА-ЯІЇЄҐа-яіїєґ]{1,2}) (?=\S)")
_PARTICLE = re.compile(r" (?=(?:б|би|ж|же)(?![\w’]))")
_TIED = re.compile(
    r"(?<=\b\d) (?=[^\W\d_])|(?<=\b\d\d) (?=[^\W\d_])"  # 20 November, 28 пунктів
    r"|(?<=\d) (?=(?:km²?|км²?|року)\b)|(?<=\bCC) (?=BY)|(?<=\bBY) (?=\d)|(?<=\bpoint) (?=\d)|(?<=\bпункт) (?=\d)"
    r"|(?<=\bclause) (?=\d)|(?<=\bde) (?=(?:facto|jure)\b)"
)
_IN_WORD = re.compile(r"(?<=[\d\u2e80-\u2fff\u3400-\u9fff])(?=[\u2e80-\u2fff\u3400-\u9fff])|(?<=[年月])(?=\d)")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:km|км)²)")
_TIED_SIGN = re.compile(r"(?<=\d)[-–](?=\w)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def typographic(text: str, lang: Language) -> str:
    """Return a text as print sets it: its apostrophe, numbers tied to their unit, short Ukrainian words to the next.

    Characters that the fonts lack are left out.

    Parameters
    ----------
    text
        Text in the language.
    lang
        Language of the text.
    """
    text = _TIED.sub(NO_BREAK, _APOSTROPHE.sub("’", drawable(text)))
    if not lang.ties_short_words:
        return text
    return _SHORT_WORD.sub(rf"\1{NO_BREAK}", _PARTICLE.sub(NO_BREAK, text))


def unbroken(text: str) -> str:
    """Return a heading that browsers break as images do: not in "20-point", a range, a Chinese word, or before km².

    Nor does a line begin with a dash.

    >>> unbroken("約5,980平方公里") == "約5,980\u2060平\u2060方\u2060公\u2060里"
    True
    >>> unbroken("20-point draft") == "20-\u2060point draft"
    True
    >>> unbroken("Росія — із") == "Росія\u00a0— із"
    True
    """
    tied = _TIED_SIGN.sub(rf"\g<0>{JOINER}", _BEFORE_UNIT.sub(NO_BREAK, text.replace(" —", f"{NO_BREAK}—")))
    return "".join(_IN_WORD.sub(JOINER, unit) for unit in _units(tied))


def wrap(
    text: str, width_px: float, size_px: float, weight: int = REGULAR, *, balanced: bool = True, whole: bool = False
) -> list[str]:
    """Return the lines of a text, none wider than a limit.

    Latin and Cyrillic break at spaces, Chinese between characters and the words that the language keeps whole, but no
    line begins with a closing mark or ends with an opening one.

    Parameters
    ----------
    text
        Text to break into lines.
    width_px
        Largest width of a line, in pixels.
    size_px
        Font size, in pixels.
    weight
        Weight of the font: 400 (regular) or 700 (bold).
    balanced
        Whether lines get about equal length, as in headings and labels; else each is filled, as in a paragraph.
    whole
        Whether a word that is wider than a line exceeds it; else it is broken.
    """
    units = _units(text)
    if not whole:
        units = [part for unit in units for part in _chopped(unit, width_px, size_px, weight)]
    lines = _fill(units, width_px, size_px, weight)
    if len(lines) < 2 or not balanced:
        return lines
    return _balanced(units, len(lines), width_px, size_px, weight)


def _balanced(units: list[str], count: int, width_px: float, size_px: float, weight: int) -> list[str]:
    """The narrowest setting that takes no more lines, so that the lines are of like length."""
    low, high = width_px * 0.6, width_px
    best = _fill(units, high, size_px, weight)
    for _ in range(7):
        middle = (low + high) / 2
        lines = _fill(units, middle, size_px, weight)
        fits = len(lines) <= count and all(text_width(line, size_px, weight) <= width_px for line in lines)
        best, low, high = (lines, low, middle) if fits else (best, middle, high)
    return best


def _fill(units: list[str], width_px: float, size_px: float, weight: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for unit in units:
        if line and text_width((line + unit).rstrip(), size_px, weight) > width_px:
            lines.append(line.rstrip())
            line = unit.lstrip()
        else:
            line += unit
    return [*lines, line.rstrip()] if line.strip() else lines


def _chopped(unit: str, width_px: float, size_px: float, weight: int) -> list[str]:
    """A word in pieces that fit a line each; as a rule the word itself."""
    if len(unit) < 2 or text_width(unit.rstrip(), size_px, weight) <= width_px:
        return [unit]
    pieces = [""]
    for character in unit:
        if pieces[-1] and text_width((pieces[-1] + character).rstrip(), size_px, weight) > width_px:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _units(text: str) -> list[str]:
    """The pieces that a line may be broken between; a space stays with the word before it."""
    pieces = _unit_pattern().findall(text)
    units = pieces[:1]
    for before, piece in pairwise(pieces):
        if piece.isspace() and piece[0] != NO_BREAK:
            units[-1] += " "
        elif (
            before[-1] in NEVER_LAST
            or (before[-1].isdigit() and piece in MEASURES)
            or (piece[0] in NEVER_FIRST and not _dash_after_dash(units[-1], piece))
        ):
            units[-1] += piece
        else:
            units.append(piece)
    return units


@cache
def _unit_pattern() -> re.Pattern[str]:
    """What a unit is: a date or a word that its language keeps whole, a Chinese character, a word, a space."""
    kept = {word for language in installed_languages() for word in language.unbroken}
    return re.compile("|".join([DATE, *map(re.escape, sorted(kept, key=len, reverse=True)), _UNIT]))


def _dash_after_dash(unit: str, piece: str) -> bool:
    """Whether a dash follows another one: a row of them may be broken, or it would grow without end."""
    return piece in DASHES and unit.rstrip().endswith(DASHES)

"""Words of an SVG as paths, for desks that have not the fonts."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from unicodedata import category, normalize

from webapp.svg_path import hundredths
from webapp.typography.fonts import REGULAR
from webapp.typography.glyphs import contours, glyphs_of, kerning

WORDS = re.compile(r"<text\b.*?</text>", re.DOTALL)
FAMILY = re.compile(r'(<svg\b[^>]*?) font-family="[^"]*"')
KEPT = ("id", "class", "fill", "stroke", "stroke-width", "stroke-linejoin", "transform")
TEXTS_KEPT, GLYPHS_KEPT = 4096, 4096
UNSEEN = "Cf"  # hyphens that only allow a break, marks of direction: nothing is drawn for them
PART_LEFT = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True)
class Face:
    """How a run is set: font size and letter spacing in pixels, weight, and the share of it left of its position."""

    size_px: float
    weight: int
    space_px: float
    part_left: float


def outline_text(svg: str) -> str:
    """Return an image with a path for every text, labelled with that text. Raises FontError."""
    return WORDS.sub(lambda found: _path_of(found[0]), FAMILY.sub(r"\1", svg, count=1))


@lru_cache(maxsize=TEXTS_KEPT)
def _path_of(markup: str) -> str:
    """The path of a text; an image has the same words in the same places in many of its forms."""
    return ET.tostring(_outlined(ET.fromstring(markup)), encoding="unicode")


def _outlined(words: ET.Element) -> ET.Element:
    face = Face(
        float(words.attrib["font-size"].removesuffix("px")),
        int(words.get("font-weight", REGULAR)),
        float(words.get("letter-spacing", 0)),
        PART_LEFT[words.get("text-anchor", "start")],
    )
    lines = list(words) or [words]
    attributes = {name: words.attrib[name] for name in KEPT if name in words.attrib}
    label = " ".join("".join(text for text, _ in _runs(line, face)) for line in lines)
    data = "".join(_line(line, face) for line in lines)
    return ET.Element("path", {**attributes, "role": "img", "aria-label": label, "d": data})


def _runs(line: ET.Element, face: Face) -> list[tuple[str, Face]]:
    """What stands on a line, each part as it is set: that of the line, then those inside of it."""
    inner = [(one.text or "", replace(face, weight=int(one.get("font-weight", face.weight)))) for one in line]
    return [(_collapsed(line.text or ""), face), *inner]


def _line(line: ET.Element, face: Face) -> str:
    x, y = float(line.attrib["x"]), float(line.attrib["y"])
    own = replace(face, part_left=PART_LEFT[line.get("text-anchor", "")]) if "text-anchor" in line.attrib else face
    runs = _runs(line, own)
    if len(runs) == 1:
        return line_data(runs[0][0], x, y, own)
    left = x - own.part_left * sum(advance(words, one) for words, one in runs)
    data = []
    for words, one in runs:
        data.append(line_data(words, left, y, replace(one, part_left=0.0)))
        left += advance(words, one)
    return "".join(data)


def advance(words: str, face: Face) -> float:
    """Return the width of a text, in pixels.

    Parameters
    ----------
    words
        Text on one line.
    face
        Font and size.
    """
    _, steps = _set(words, face)
    return sum(steps)


def _collapsed(words: str) -> str:
    """Words as SVG shows them: a run of blanks or line breaks as one blank, none at the ends."""
    return re.sub("[ \t\r\n]+", " ", words).strip(" ")


def line_data(words: str, x: float, y: float, face: Face) -> str:
    """Return the outlines of a line of text as path data with lines and quadratic curves.

    Parameters
    ----------
    words
        Text on one line.
    x
        Distance of their place from the left, in pixels.
    y
        Distance of the baseline from the top, in pixels.
    face
        Font and size.
    """
    scale = face.size_px / glyphs_of(face.weight).units
    names, steps = _set(words, face)
    left = x - face.part_left * (sum(steps) - face.space_px)  # no space after the last letter, as resvg has it
    data = []
    for name, step in zip(names, steps, strict=True):
        if strokes := _strokes(name, face.weight, scale):
            data.append(f"M{_joined((round(left * 100), round(y * 100)))}{strokes}")
        left += step
    return "".join(data)


def _set(words: str, face: Face) -> tuple[list[str], list[float]]:
    """The glyphs of words, and from the beginning of each to that of the next in pixels."""
    glyphs = glyphs_of(face.weight)
    seen = (character for character in normalize("NFC", words) if category(character) != UNSEEN)
    names = _joined_names([glyphs.names.get(ord(character), ".notdef") for character in seen], face.weight)
    scale = face.size_px / glyphs.units
    return names, [step * scale + face.space_px for step in _steps(names, face.weight)]


def _joined_names(names: list[str], weight: int) -> list[str]:
    """Glyphs with one for each letter and its mark, where the font has it."""
    joined = glyphs_of(weight).joined
    shown: list[str] = []
    for name in names:
        together = joined.get((shown[-1], name)) if shown else None
        shown = [*shown[:-1], together] if together else [*shown, name]
    return shown


def _steps(names: list[str], weight: int) -> Iterator[float]:
    """From the beginning of each glyph to that of the next, in units."""
    advances = glyphs_of(weight).advances
    for left, right in pairwise([*names, ""]):
        yield advances[left] + (kerning(weight, left, right) if right else 0)


@lru_cache(maxsize=GLYPHS_KEPT)
def _strokes(name: str, weight: int, scale: float) -> str:
    """A glyph as path data from its own origin, in steps between places rounded to a hundredth."""
    written, begun, here = [], (0, 0), (0, 0)
    for stroke, points in contours(weight, name):
        places = [(round(right * scale * 100), round(-up * scale * 100)) for right, up in points]
        if stroke == "moveTo":
            written.append("m" + _joined(_from(begun, places[0])))
            begun = places[0]
        elif stroke == "lineTo":
            written.append("l" + _joined(_from(here, places[0])))
        elif stroke == "qCurveTo":
            for bend, end in _quadratic(places):
                written.append("q" + _joined((*_from(here, bend), *_from(here, end))))
                here = end
        elif stroke == "closePath":
            written.append("z")
        here = places[-1] if places else here
    return "".join(written)


def _from(here: tuple[int, int], there: tuple[int, int]) -> tuple[int, int]:
    return there[0] - here[0], there[1] - here[1]


def _joined(numbers: tuple[int, ...]) -> str:
    """Hundredths as short as they can be: no nought before a point, no space before a minus sign."""
    words = [_short(number) for number in numbers]
    return words[0] + "".join(word if word[0] == "-" else f" {word}" for word in words[1:])


def _short(number: int) -> str:
    written = hundredths(number / 100)
    return written.replace("0.", ".", 1) if abs(number) < 100 else written


def _quadratic(points: list[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """TrueType leaves out the ends between two bends: half way."""
    *bends, last = points
    for one, other in pairwise(bends):
        yield one, ((one[0] + other[0]) // 2, (one[1] + other[1]) // 2)
    yield bends[-1], last

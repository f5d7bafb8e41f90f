"""Glyphs of the images' fonts: outlines, ligatures and kerning."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.otTables import LigatureSubst, PairPos

from webapp.typography.fonts import font_file

Contours = tuple[tuple[str, tuple[tuple[float, float], ...]], ...]

GLYPHS_KEPT, PAIRS_KEPT = 1024, 4096
ABOVE = (0x300, 0x301)  # the marks that are joined with letters


@dataclass(frozen=True)
class Glyphs:
    """One weight: units of the em, glyph names by character, advances, outlines, and the tables of kerning.

    ``joined`` are the glyphs of letters with a mark, by the glyphs of both.
    """

    units: int
    names: Mapping[int, str]
    joined: Mapping[tuple[str, str], str]
    advances: Mapping[str, int]
    outlines: Any
    pairs: Sequence[Sequence[Any]]


@lru_cache(maxsize=2)
def glyphs_of(weight: int) -> Glyphs:
    """The glyphs of a weight, read once a process. Raises FontError."""
    font = TTFont(font_file(weight), lazy=True)
    lookups = _lookups(font["GPOS"].table, "kern")
    pairs = [[subtable for subtable in lookup if isinstance(subtable, PairPos)] for lookup in lookups]
    advances = {name: metrics[0] for name, metrics in font["hmtx"].metrics.items()}
    names = font.getBestCmap()
    joined = {parts: name for parts, name in _ligatures(font) if parts[1] in {names.get(code) for code in ABOVE}}
    return Glyphs(font["head"].unitsPerEm, names, joined, advances, font.getGlyphSet(), pairs)


def _lookups(table: Any, feature: str) -> list[list[Any]]:
    """The subtables of each lookup of a feature, in their order."""
    numbers = {
        number
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == feature
        for number in record.Feature.LookupListIndex
    }
    return [
        [getattr(subtable, "ExtSubTable", subtable) for subtable in table.LookupList.Lookup[number].SubTable]
        for number in sorted(numbers)
    ]


def _ligatures(font: TTFont) -> Iterator[tuple[tuple[str, str], str]]:
    """Glyphs of two that the font always puts together."""
    for lookup in _lookups(font["GSUB"].table, "ccmp"):
        for subtable in (one for one in lookup if isinstance(one, LigatureSubst)):
            for first, ligatures in subtable.ligatures.items():
                yield from (((first, one.Component[0]), one.LigGlyph) for one in ligatures if len(one.Component) == 1)


@lru_cache(maxsize=PAIRS_KEPT)
def kerning(weight: int, left: str, right: str) -> int:
    """Return the distance by which a glyph is moved from the one on its left, in font units; mostly 0.

    Parameters
    ----------
    weight
        Weight of the font: 400 (regular) or 700 (bold).
    left
        Name of the left glyph.
    right
        Name of the right one.

    Raises
    ------
    FontError
        If a font is missing.
    """
    return sum(_pair(lookup, left, right) for lookup in glyphs_of(weight).pairs)


@lru_cache(maxsize=GLYPHS_KEPT)
def contours(weight: int, name: str) -> Contours:
    """Return the outline of a glyph as strokes of a pen, y upwards, in font units.

    Parameters
    ----------
    weight
        Weight of the font: 400 (regular) or 700 (bold).
    name
        Name of the glyph.

    Raises
    ------
    FontError
        If a font is missing.
    """
    outlines = glyphs_of(weight).outlines
    pen = DecomposingRecordingPen(outlines)
    outlines[name].draw(pen)
    return tuple(pen.value)


def _pair(lookup: Sequence[Any], left: str, right: str) -> int:
    """What the first subtable that has the pair says of it."""
    for subtable in lookup:
        if left not in subtable.Coverage.glyphs:
            continue
        if subtable.Format == 1:
            listed = subtable.PairSet[subtable.Coverage.glyphs.index(left)].PairValueRecord
            found = next((one for one in listed if one.SecondGlyph == right), None)
            if found is not None:
                return _advance(found.Value1)
            continue
        first = subtable.ClassDef1.classDefs.get(left, 0)
        second = subtable.ClassDef2.classDefs.get(right, 0)
        return _advance(subtable.Class1Record[first].Class2Record[second].Value1)
    return 0


def _advance(value: Any) -> int:
    return int(getattr(value, "XAdvance", 0) or 0)

"""The letters of the images' fonts as outlines, and how near they stand to each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.otTables import PairPos

from webapp.images.fonts import font_file

Contours = tuple[tuple[str, tuple[tuple[float, float], ...]], ...]

GLYPHS_KEPT, PAIRS_KEPT = 1024, 4096


@dataclass(frozen=True)
class Glyphs:
    """One weight: units of the em, glyph names by character, advances, outlines, and the tables of kerning."""

    units: int
    names: Mapping[int, str]
    advances: Mapping[str, int]
    outlines: Any
    pairs: Sequence[Sequence[Any]]


@lru_cache(maxsize=2)
def glyphs_of(weight: int) -> Glyphs:
    """The glyphs of a weight, read once a process. Raises FontError."""
    font = TTFont(font_file(weight), lazy=True)
    table = font["GPOS"].table
    numbers = {
        number
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "kern"
        for number in record.Feature.LookupListIndex
    }
    lookups = [
        [getattr(subtable, "ExtSubTable", subtable) for subtable in table.LookupList.Lookup[number].SubTable]
        for number in sorted(numbers)
    ]
    pairs = [[subtable for subtable in lookup if isinstance(subtable, PairPos)] for lookup in lookups]
    advances = {name: metrics[0] for name, metrics in font["hmtx"].metrics.items()}
    return Glyphs(font["head"].unitsPerEm, font.getBestCmap(), advances, font.getGlyphSet(), pairs)


@lru_cache(maxsize=PAIRS_KEPT)
def kerning(weight: int, left: str, right: str) -> int:
    """By how much the right glyph is moved away from the left one, in units; as a rule 0. Raises FontError."""
    return sum(_pair(lookup, left, right) for lookup in glyphs_of(weight).pairs)


@lru_cache(maxsize=GLYPHS_KEPT)
def contours(weight: int, name: str) -> Contours:
    """The strokes of a pen along a glyph, upwards positive, in units. Raises FontError."""
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

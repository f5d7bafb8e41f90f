"""Stressed Cyrillic vowels as glyphs of their own.

Typst writes no PDF for screen readers of an SVG in which two glyphs stand for one character, and Unicode has no such
characters: with one glyph each, ``за́мок`` is drawn alike in every format. For the same reason no character is
decomposed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any
from unicodedata import normalize

from fontTools.otlLib.builder import buildLigatureSubstSubtable, buildLookup
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.otTables import MarkBasePos, MultipleSubst

VOWELS = "аеєиіїоуюяыэёАЕЄИІЇОУЮЯЫЭЁ"
STRESSES = "\u0301\u0300"
WITHOUT_DOT = {"і": "idotlesscy"}  # as the font itself has it below a mark
COMPOSITION = "ccmp"

Place = tuple[int, int]


def stressed_letters() -> list[str]:
    """Return the stressed letters for which Unicode has no single character."""
    together = (letter + mark for letter, mark in product(VOWELS, STRESSES))
    return [cluster for cluster in together if len(normalize("NFC", cluster)) > 1]


def add_stressed(font: TTFont, cyrillic: TTFont, latin: TTFont) -> None:
    """Add a glyph for each stressed letter to a merged font.

    Parameters
    ----------
    font
        The merged font, which is changed.
    cyrillic
        Font with the positions of marks on Cyrillic letters.
    latin
        Font with the positions of marks on Latin letters.
    """
    names = font.getBestCmap()
    on_letters, on_marks = _anchors(cyrillic)[0], _anchors(latin)[1]
    ligatures: dict[tuple[str, ...], str] = {}
    for cluster in stressed_letters():
        letter, mark = (names[ord(part)] for part in cluster)
        dotless = WITHOUT_DOT.get(cluster[0])
        below, above = on_letters[dotless or cyrillic.getBestCmap()[ord(cluster[0])]], on_marks[_mark(latin, cluster)]
        name = f"{letter}.{ord(cluster[1]):04X}"
        base = _copied(font, cyrillic, dotless) if dotless else letter
        pen = TTGlyphPen(font.getGlyphSet())
        pen.addComponent(base, (1, 0, 0, 1, 0, 0))
        pen.addComponent(mark, (1, 0, 0, 1, below[0] - above[0], below[1] - above[1]))
        _put(font, name, pen.glyph(), font["hmtx"].metrics[letter])
        ligatures[letter, mark] = name
    _substitute(font, ligatures)


def _mark(latin: TTFont, cluster: str) -> str:
    return str(latin.getBestCmap()[ord(cluster[1])])


def _copied(font: TTFont, source: TTFont, name: str) -> str:
    """The name of a glyph of a slice in the merged font, which holds it or gets it."""
    added = f"{name}.below"
    if added not in font["glyf"].glyphs:
        _put(font, added, source["glyf"][name], source["hmtx"].metrics[name])
    return added


def _put(font: TTFont, name: str, glyph: Any, metrics: Place) -> None:
    font["glyf"][name] = glyph
    font["hmtx"].metrics[name] = metrics
    font.setGlyphOrder(font["glyf"].glyphOrder)


def _anchors(font: TTFont) -> tuple[dict[str, Place], dict[str, Place]]:
    """Where an acute and what stands in its place are joined to: on letters, and on the marks; in units."""
    acute = font.getBestCmap()[0x301]
    letters: dict[str, Place] = {}
    marks: dict[str, Place] = {}
    for table in _subtables(font["GPOS"].table, MarkBasePos):
        if acute not in table.MarkCoverage.glyphs:
            continue
        records = dict(zip(table.MarkCoverage.glyphs, table.MarkArray.MarkRecord, strict=True))
        above = records[acute].Class
        marks |= {name: _place(one.MarkAnchor) for name, one in records.items() if one.Class == above}
        for name, record in zip(table.BaseCoverage.glyphs, table.BaseArray.BaseRecord, strict=True):
            if record.BaseAnchor[above] is not None:
                letters[name] = _place(record.BaseAnchor[above])
    return letters, marks


def _place(anchor: Any) -> Place:
    return anchor.XCoordinate, anchor.YCoordinate


def _subtables(table: Any, kind: type) -> Iterator[Any]:
    for lookup in table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            inner = getattr(subtable, "ExtSubTable", subtable)
            if isinstance(inner, kind):
                yield inner


def _substitute(font: TTFont, ligatures: Mapping[tuple[str, ...], str]) -> None:
    """Let every script put the ligatures for their parts, and none take a letter apart."""
    table = font["GSUB"].table
    for subtable in _subtables(table, MultipleSubst):
        subtable.mapping = {}
    table.LookupList.Lookup.append(buildLookup([buildLigatureSubstSubtable(dict(ligatures))]))
    number = len(table.LookupList.Lookup) - 1
    table.LookupList.LookupCount = number + 1
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == COMPOSITION:
            record.Feature.LookupListIndex.append(number)
            record.Feature.LookupCount = len(record.Feature.LookupListIndex)

"""One TrueType font a weight, out of the woff2 slices that the npm packages carry.

Images are drawn with these fonts alone. Latin and Cyrillic come from Noto Sans with kerning and
marks; every other character from Noto Sans TC without layout tables. Where both have a character
(’ “ ” – …) Noto Sans stands; full-width punctuation is in Noto Sans TC alone.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

from webapp.setup.stress import add_stressed, stressed_letters

FAMILY = "Noto Sans"
STYLES = {400: "Regular", 700: "Bold"}  # weight class: name of the style
LATIN_SLICES = ("latin", "latin-ext", "cyrillic", "cyrillic-ext")
WIDTHS = ".json"  # beside each font: how wide every character is, so that nobody who lays out text reads the font
EPOCH = 3_786_912_000  # 2024-01-01 in seconds since 1904: the same bytes at every build


def font_file(weight: int) -> str:
    """Name of the merged font of a weight, ``NotoSans-400.ttf``."""
    return f"NotoSans-{weight}.ttf"


def build_fonts(packages: Path, target: Path) -> list[Path]:
    """Write one merged TrueType font per weight, the same bytes at every run.

    Parameters
    ----------
    packages
        Folder ``node_modules/@fontsource``.
    target
        Folder of the fonts.

    Raises
    ------
    FileNotFoundError
        If a part of a font is missing.
    """
    target.mkdir(parents=True, exist_ok=True)
    for package in ("noto-sans", "noto-sans-tc"):
        shutil.copyfile(packages / package / "LICENSE", target / f"LICENSE-{package}.txt")
    return [_build(packages, weight, target / font_file(weight)) for weight in STYLES]


def _build(packages: Path, weight: int, path: Path) -> Path:
    latin = packages / "noto-sans" / "files"
    chinese = _chinese_slices(packages, weight)
    slices = {name: latin / f"noto-sans-{name}-{weight}-normal.woff2" for name in LATIN_SLICES}
    font = _merge(slices.values())
    _add_glyphs(font, chinese)
    add_stressed(font, TTFont(slices["cyrillic"]), TTFont(slices["latin"]))
    _name(font, weight, [_copyright(font), _copyright(TTFont(chinese[0]))])
    partial = path.with_suffix(".part")
    font.save(partial)
    advances = {str(code): font["hmtx"].metrics[name][0] for code, name in sorted(font.getBestCmap().items())}
    content = {"units_per_em": font["head"].unitsPerEm, "advances": advances, "clusters": stressed_letters()}
    path.with_suffix(WIDTHS).write_text(json.dumps(content, separators=(",", ":")), encoding="utf-8")
    return partial.replace(path)


def _merge(slices: Iterable[Path]) -> TTFont:
    """One font of several slices of one family; of a character in two slices the first stands."""
    seen: set[int] = set()
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for path in slices:
            font = TTFont(path)
            wanted = set(font.getBestCmap()) - seen
            seen |= wanted
            parts.append(str(Path(folder, path.stem + ".ttf")))
            _reduce(font, wanted).save(parts[-1])
        return Merger().merge(parts)


def _reduce(font: TTFont, characters: set[int]) -> TTFont:
    options = subset.Options(
        layout_features=["*"], name_IDs=["*"], notdef_outline=True, hinting=False, drop_tables=["STAT"]
    )
    reducer = subset.Subsetter(options)
    reducer.populate(unicodes=characters)
    reducer.subset(font)
    font.flavor = None
    return font


def _chinese_slices(packages: Path, weight: int) -> list[Path]:
    folder = packages / "noto-sans-tc" / "files"
    slices = sorted(folder.glob(f"noto-sans-tc-*-{weight}-normal.woff2"))
    if not slices:
        raise FileNotFoundError(f"{folder}: no slices of weight {weight}; run npm ci")
    return slices


def _add_glyphs(font: TTFont, slices: Iterable[Path]) -> None:
    """Add to `font` the characters that the slices have and it has not, in order of their codes."""
    characters: dict[int, str] = dict(font.getBestCmap())
    added: dict[int, tuple[TTFont, str]] = {}
    for path in slices:
        source = TTFont(path)
        for character, name in source.getBestCmap().items():
            if character not in characters:
                added.setdefault(character, (source, name))
    for character, (source, name) in sorted(added.items()):
        characters[character] = f"u{character:05X}"
        font["glyf"][characters[character]] = source["glyf"][name]
        font["hmtx"][characters[character]] = source["hmtx"][name]
    font.setGlyphOrder(font["glyf"].glyphOrder)
    FontBuilder(font=font).setupCharacterMap(characters)


def _copyright(font: TTFont) -> str:
    return str(font["name"].getDebugName(0))


def _name(font: TTFont, weight: int, owners: Iterable[str]) -> None:
    """Give the names, weight and dates by which a renderer finds this font, and only those."""
    style = STYLES[weight]
    names = {
        0: " ".join(owners),
        1: FAMILY,
        2: style,
        3: f"Clausemap: {FAMILY} {style}",
        4: f"{FAMILY} {style}",
        6: f"{FAMILY.replace(' ', '')}-{style}",
        13: "SIL Open Font License, Version 1.1",
        14: "https://openfontlicense.org",
    }
    font["name"].names = []
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    bold = style == "Bold"
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = 0x20 if bold else 0x40
    font["OS/2"].recalcUnicodeRanges(font)
    font["head"].macStyle = int(bold)
    font["head"].created = font["head"].modified = EPOCH
    font["post"].formatType = 3
    font.recalcTimestamp = False

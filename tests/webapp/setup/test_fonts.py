"""The merged fonts draw every character of every text that the project has."""

import csv
import functools
import tomllib
import unicodedata
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import resvg_py
from fontTools.ttLib import TTFont
from numpy.typing import NDArray

from tests.pictures import read_png
from webapp.setup import ROOT
from webapp.setup.assets import VENDOR
from webapp.setup.fonts import FAMILY, STYLES, build_fonts, font_file

FONTS = VENDOR / "fonts"
CELL_PX = 24
COLUMNS = 40
EM = 1000
WEIGHTS = pytest.mark.parametrize("weight", STYLES)


@functools.cache
def opened(weight: int) -> TTFont:
    return TTFont(FONTS / font_file(weight))


def strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for part in value.values():
                yield from strings(part)
        case list():
            for part in value:
                yield from strings(part)


def texts() -> Iterator[str]:
    """Every text of the project that an image may show."""
    for folder in ("layers/proposals", "layers/languages/*"):
        for path in set(ROOT.glob(f"{folder}/*.toml")) - set(ROOT.glob("layers/languages/*/language.toml")):
            yield from strings(tomllib.loads(path.read_text("utf-8")))
    for path in set(ROOT.glob("layers/sources/*.csv")) - {ROOT / "layers/sources/oblast-aliases.csv"}:  # never shown
        with path.open(encoding="utf-8", newline="") as file:
            yield from (cell for row in csv.reader(file) for cell in row)
    yield "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
    yield "0123456789 .,–—−×±%²°()[]/:;’ʼ“”„«»…·"


@functools.cache
def characters() -> list[str]:
    return sorted({character for text in texts() for character in text if character not in "\n\r\t"})


def draw(body: str, width_px: int, height_px: int) -> NDArray[np.bool_]:
    """Which pixels have ink when `body` is drawn in black on nothing with the project's fonts alone."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_px}" height="{height_px}">'
        f'<g font-family="{FAMILY}" font-size="16">{body}</g></svg>'
    )
    fonts = [str(FONTS / font_file(weight)) for weight in STYLES]
    return read_png(bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=fonts)))[..., 3] > 0


def ink_px(text: str, weight: int) -> int:
    """Width of the ink of a line of text."""
    body = f'<text x="4" y="20" font-weight="{weight}">{escape(text)}</text>'
    columns = np.flatnonzero(draw(body, 600, 28).any(axis=0))
    return int(columns[-1] - columns[0])


def is_blank(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in {"Cf", "Zs"}


def test_there_are_texts_in_every_language() -> None:
    assert {"ї", "є", "札", "，", "’", "「"} <= set(characters())


@WEIGHTS
def test_every_character_is_in_the_font(weight: int) -> None:
    assert {character for character in characters() if ord(character) not in opened(weight).getBestCmap()} == set()


@WEIGHTS
def test_every_character_is_drawn(weight: int) -> None:
    drawn = [character for character in characters() if not is_blank(character)]
    body = "".join(
        f'<text x="{4 + i % COLUMNS * CELL_PX}" y="{18 + i // COLUMNS * CELL_PX}" font-weight="{weight}">'
        f"{escape(character)}</text>"
        for i, character in enumerate(drawn)
    )
    rows = -(-len(drawn) // COLUMNS)
    ink = draw(body, COLUMNS * CELL_PX, rows * CELL_PX)
    cells = ink.reshape(rows, CELL_PX, COLUMNS, CELL_PX).any(axis=(1, 3)).ravel()
    assert [character for character, inked in zip(drawn, cells, strict=False) if not inked] == []
    assert not cells[len(drawn) :].any()


@WEIGHTS
def test_the_font_is_found_by_its_family_and_weight(weight: int) -> None:
    font = opened(weight)
    assert font["name"].getDebugName(1) == "Noto Sans"
    assert font["name"].getDebugName(2) == STYLES[weight]
    assert font["OS/2"].usWeightClass == weight
    assert "Adobe" in font["name"].getDebugName(0)
    assert "Noto Project" in font["name"].getDebugName(0)


def test_bold_is_bolder() -> None:
    assert ink_px("Донецьк 頓內茨克 Donetsk", 700) > ink_px("Донецьк 頓內茨克 Donetsk", 400)


@WEIGHTS
@pytest.mark.parametrize("character", "’‘“”–·")
def test_punctuation_that_both_have_is_the_latin_one(character: str, weight: int) -> None:
    font = opened(weight)
    assert font["hmtx"][font.getBestCmap()[ord(character)]][0] < EM * 0.6


@WEIGHTS
@pytest.mark.parametrize("character", "，。「」（）：；、")
def test_full_width_punctuation_is_the_chinese_one(character: str, weight: int) -> None:
    font = opened(weight)
    assert font["hmtx"][font.getBestCmap()[ord(character)]][0] == EM


@WEIGHTS
@pytest.mark.parametrize("pair", ["AV", "ГА", "To"])
def test_kerning_is_kept(pair: str, weight: int) -> None:
    font = opened(weight)
    apart_px = sum(font["hmtx"][font.getBestCmap()[ord(letter)]][0] for letter in pair * 10) * 16 / EM
    assert ink_px(pair * 10, weight) < apart_px - 5


@pytest.mark.wide
def test_the_same_slices_give_the_same_bytes(tmp_path: Path) -> None:
    for path in build_fonts(ROOT / "node_modules" / "@fontsource", tmp_path):
        assert path.read_bytes() == (FONTS / path.name).read_bytes()


def test_missing_slices_are_told(tmp_path: Path) -> None:
    for package in ("noto-sans", "noto-sans-tc"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "LICENSE").write_text("")
    with pytest.raises(FileNotFoundError, match="npm ci"):
        build_fonts(tmp_path, tmp_path / "fonts")

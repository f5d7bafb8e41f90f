"""The PNG is the SVG at its size, with text in our fonts, the same bytes each time."""

import re

import numpy as np
import pytest

from tests.images.conftest import picture_of
from tests.pictures import read_png
from webapp.images import render_png
from webapp.images.fonts import BOLD, REGULAR, FontError, missing_characters, text_width
from webapp.images.png import png_bytes

TEXT = re.compile(r"<text.*?</text>", re.DOTALL)


@pytest.mark.parametrize("lang", ["en", "uk", "zh-Hant"])
def test_size_and_words(lang: str) -> None:
    picture = picture_of("us-28-points", "own", lang)
    drawn = png_bytes(picture.svg)
    pixels = read_png(drawn)
    assert pixels.shape[:2] == (675, 1200)
    mute = read_png(png_bytes(TEXT.sub("", picture.svg)))
    changed = np.any(pixels != mute, axis=2)
    for setting in picture.layout.settings():
        box = setting.box
        assert changed[int(box.top) : int(box.bottom), int(box.left) : int(box.right)].mean() > 0.05, setting.lines


def test_the_same_bytes_as_the_command_draws() -> None:
    picture = picture_of("us-28-points", "own", "en")
    assert render_png(picture.catalogue, "us-28-points", None) == png_bytes(picture.svg)


def test_twice_the_scale_is_twice_the_pixels() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20" viewBox="0 0 30 20"/>'
    assert read_png(png_bytes(svg, 2)).shape[:2] == (40, 60)


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
@pytest.mark.parametrize("words", ["Line of contact’s", "Лінія зіткнення, область", "非軍事緩衝區21d", "5,980 km²"])
def test_text_is_as_wide_as_it_is_drawn(words: str, weight: int) -> None:
    size = 100
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="160" viewBox="0 0 3000 160">'
        f'<text x="20" y="110" font-family="Noto Sans" font-size="{size}" font-weight="{weight}">{words}</text></svg>'
    )
    inked = np.flatnonzero(read_png(png_bytes(svg))[:, :, 3].any(axis=0))
    assert inked[0] >= 15
    assert inked[-1] - 20 == pytest.approx(text_width(words, size, weight), rel=0.025, abs=18)


def test_characters_that_the_font_has_not_are_told() -> None:
    assert missing_characters("Крим 克里米亞 Crimea ’«»") == set()
    assert missing_characters("a\U0001f600") == {"\U0001f600"}


def test_missing_fonts_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr("webapp.images.fonts.FOLDER", tmp_path)
    with pytest.raises(FontError, match="make setup"):
        png_bytes("<svg/>")

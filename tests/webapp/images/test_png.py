"""The PNG is the SVG at its size, with text in our fonts, the same bytes each time."""

import io
import re

import numpy as np
import pytest
from PIL import Image

from tests.pictures import drawn_by_resvg, read_png
from tests.webapp.images.conftest import picture_of
from tests.words import language
from webapp.images import render_png
from webapp.images.options.options import THEMES
from webapp.images.output.png import png_bytes
from webapp.text.headlines import headline_of
from webapp.typography.boxes import Box
from webapp.typography.fonts import BOLD, REGULAR, FontError, missing_characters, text_width
from webapp.typography.glyphs import glyphs_of

TEXT = re.compile(r"<text.*?</text>", re.DOTALL)


@pytest.mark.costly
@pytest.mark.parametrize("lang", ["en", "uk", "zh-Hant"])
def test_size_and_words(lang: str) -> None:
    picture = picture_of("us-28-points", "own", lang)
    drawn = png_bytes(picture.svg)
    pixels = read_png(drawn)
    assert pixels.shape[:2] == (675, 1200)
    mute = read_png(png_bytes(TEXT.sub("", picture.svg)))
    changed = np.any(pixels != mute, axis=2)
    for setting in picture.layout.settings():
        factor, whole = picture.layout.factor, setting.box
        box = Box(*(side * factor for side in (whole.left, whole.top, whole.right, whole.bottom)))
        assert changed[int(box.top) : int(box.bottom), int(box.left) : int(box.right)].mean() > 0.05, setting.lines


def test_the_same_bytes_each_time() -> None:
    picture = picture_of("us-28-points", "own", "en")
    assert render_png(picture.catalogue, "us-28-points", None) == render_png(picture.catalogue, "us-28-points", None)


@pytest.mark.costly
@pytest.mark.parametrize("lang", ["en", "uk", "zh-Hant"])
def test_the_file_says_what_it_is(lang: str) -> None:
    picture = picture_of("us-28-points", "own", lang, scale=2.0)
    with Image.open(io.BytesIO(render_png(picture.catalogue, "us-28-points", None, picture.options))) as opened:
        opened.load()
        assert opened.size == (2400, 1350)
        assert opened.info["dpi"] == pytest.approx((192, 192), abs=0.1)
        assert opened.info["srgb"] == 0
        said = opened.text  # type: ignore[attr-defined]  # of PNG alone
    zones = picture.catalogue.areas(picture.edition)
    assert said["Title"] == headline_of(language(lang), picture.proposal, zones).text
    assert "68/262" in said["Description"]
    assert "GeoNames" in said["Source"]
    assert said["Copyright"] == "CC BY 4.0"
    assert picture.catalogue.data_version in said["Software"]


@pytest.mark.costly
@pytest.mark.parametrize("theme", THEMES)
def test_a_palette_is_taken_where_nobody_sees_it(monkeypatch: pytest.MonkeyPatch, theme: str) -> None:
    picture = picture_of("us-28-points", "own", "en", theme=theme)
    drawn = render_png(picture.catalogue, "us-28-points", None, picture.options)
    with Image.open(io.BytesIO(drawn)) as opened:
        assert opened.mode == "P"
    assert len(drawn) < 150_000
    monkeypatch.setattr("webapp.images.output.png.MOST_PALETTE_PIXELS", 0)
    full = read_png(png_bytes(picture.svg)).astype(int)
    levels = np.abs(read_png(drawn) - full).max(axis=2)
    assert levels.mean() < 0.5
    flat = (full[1:-1, 1:-1] == full[:-2, 1:-1]).all(axis=2) & (full[1:-1, 1:-1] == full[1:-1, :-2]).all(axis=2)
    assert levels[1:-1, 1:-1][flat].mean() < 0.1


def test_a_photograph_of_colours_keeps_them_all() -> None:
    stops = "".join(f'<stop offset="{n}%" stop-color="hsl({n * 3},90%,{20 + n / 2}%)"/>' for n in range(0, 100, 5))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><defs>'
        f'<linearGradient id="a">{stops}</linearGradient><linearGradient id="b" x2="0" y2="1"><stop stop-color="#fff"/>'
        '<stop offset="1" stop-color="#000" stop-opacity="1"/></linearGradient></defs><rect width="300" height="300" '
        'fill="url(#a)"/><rect width="300" height="300" fill="url(#b)" opacity="0.5"/></svg>'
    )
    with Image.open(io.BytesIO(png_bytes(svg))) as opened:
        assert opened.mode != "P"


def test_a_transparent_image_stays_so() -> None:
    picture = picture_of("us-28-points", "own", "en", transparent=True)
    pixels = read_png(render_png(picture.catalogue, "us-28-points", None, picture.options))
    assert (pixels[..., 3] == 0).mean() > 0.3
    assert (pixels[..., 3] == 255).mean() > 0.3


@pytest.mark.slow
@pytest.mark.costly
@pytest.mark.parametrize("lang", ["en", "uk", "zh-Hant"])
def test_another_program_draws_the_same(lang: str) -> None:
    picture = picture_of("us-28-points", "own", lang, transparent=lang == "uk")
    levels = np.abs(read_png(png_bytes(picture.svg, 2.0)).astype(int) - drawn_by_resvg(picture.svg, 2.0)).max(axis=2)
    assert levels.mean() < 1.5
    assert (levels > 60).mean() < 0.002


def test_a_part_of_a_pixel_leaves_no_edge() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="35" height="21"><rect width="35" height="21"/></svg>'
    pixels = read_png(png_bytes(svg, 1.5))
    assert pixels.shape[:2] == (32, 53)
    assert (pixels == (0, 0, 0, 255)).all()


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
    monkeypatch.setattr("webapp.typography.fonts.FOLDER", tmp_path)
    monkeypatch.setattr("webapp.typography.text_to_path.glyphs_of", glyphs_of.__wrapped__)
    with pytest.raises(FontError, match="make setup"):
        png_bytes('<svg><text font-size="9" x="0" y="0">a</text></svg>')

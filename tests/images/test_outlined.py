"""Words as paths look as the words do, and say what they say; the grid of degrees lies where it should."""

import io
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from layers.languages import LANGUAGES
from tests.images.conftest import picture_of
from webapp.images.graticule import graticule
from webapp.images.options import THEMES
from webapp.images.png import png_bytes

SVG = "{http://www.w3.org/2000/svg}"


def _pixels(svg: str) -> np.ndarray:
    with Image.open(io.BytesIO(png_bytes(svg, 1.5))) as opened:
        return np.asarray(opened.convert("RGB"), dtype=int)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_paths_look_as_the_words_do(lang: str) -> None:
    live, paths = (picture_of("us-28-points", "own", lang, text=text).svg for text in ("live", "paths"))
    levels = np.abs(_pixels(live) - _pixels(paths)).max(axis=2)
    assert levels.mean() < 0.5
    assert (levels > 60).mean() < 0.002


@pytest.mark.parametrize("theme", THEMES)
def test_no_word_needs_a_font_and_none_is_lost(theme: str) -> None:
    live, paths = (picture_of("us-28-points", "own", "uk", text=text, theme=theme).svg for text in ("live", "paths"))
    root = ET.fromstring(paths)
    assert "font-family" not in paths
    assert not list(root.iter(f"{SVG}text"))
    labels = [path.get("aria-label") for path in root.iter(f"{SVG}path") if path.get("aria-label")]
    words = [" ".join(text.itertext()) for text in ET.fromstring(live).iter(f"{SVG}text")]
    assert [" ".join(label.split()) for label in labels if label] == [" ".join(word.split()) for word in words]
    assert root.find(f".//{SVG}path[@id='headline']") is not None
    assert len(paths.encode()) < 700_000


@pytest.mark.parametrize("extent", ["south-east", "ukraine", "donetsk-buffer", "36,47,37,47.8"])
def test_the_grid_has_round_degrees_and_its_names_stand_on_their_line(extent: str) -> None:
    picture = picture_of("us-28-points", "own", "en", extent=extent, graticule=True)
    frame, grid = picture.drawing.scene.frame, picture.drawing.graticule
    assert grid is not None
    whole = graticule(frame, "en")
    assert len(whole.names) >= 4
    for name in whole.names:
        degrees, side = float(name.lines[0].split("°")[0]), name.lines[0][-1]
        column = 0 if side == "E" else 1
        at = frame.to_lonlat(
            np.array([(name.x, frame.rectangle.bottom) if side == "E" else (frame.rectangle.x, name.y + 3)])
        )
        assert at[0][column] == pytest.approx(degrees, abs=0.02)
    boxes = [label.box for label in picture.drawing.labels]
    assert not [name for name in grid.names for box in boxes if name.box.overlaps(box)]
    assert 'id="graticule"' in picture.svg


def test_without_the_option_there_is_no_grid() -> None:
    picture = picture_of("us-28-points", "own", "en")
    assert picture.drawing.graticule is None
    assert "graticule" not in picture.svg

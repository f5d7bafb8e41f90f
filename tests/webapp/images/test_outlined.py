"""Words as paths look as the words do, and say what they say; the grid of degrees lies where it should."""

import xml.etree.ElementTree as ET
from itertools import combinations

import numpy as np
import pytest
import shapely

from tests.pictures import drawn_by_resvg
from tests.webapp.images.conftest import picture_of
from tests.words import LANGUAGES, language
from webapp.images.map.graticule import graticule
from webapp.images.options.options import SIZES, THEMES
from webapp.typography.text_to_path import outline_text

SHAPES = ("article", "print", "story", "column")
EXTENTS = ("south-east", "ukraine", "donetsk-buffer", "36,47,37,47.8", "36,47,36.3,47.2")
SVG = "{http://www.w3.org/2000/svg}"


def _pixels(svg: str) -> np.ndarray:
    return drawn_by_resvg(svg, 1.5)[..., :3].astype(int)


@pytest.mark.sweep(1)
@pytest.mark.slow
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


@pytest.mark.parametrize(
    "body",
    [
        '<text x="300" y="60" font-size="24" letter-spacing="6" text-anchor="middle">BLACK SEA</text>',
        '<text x="580" y="60" font-size="24" letter-spacing="6" text-anchor="end">AVATAR To</text>',
        '<text x="580" y="60" font-size="24" font-weight="700" text-anchor="end">Територія ГАТА</text>',
        '<text x="20" y="60" font-size="24">e\u0301 a\u030a n\u0303 u\u0308</text>',
        '<text x="20" y="60" font-size="24">за\u0301мок І\u0301ї\u0301 і\u0301</text>',
        '<text x="20" y="60" font-size="24">de\u00admarcation\u200b line</text>',
        '<text x="20" y="60" font-size="24"> two  blanks \n and a break </text>',
        '<text font-size="20"><tspan x="9" y="30">東經</tspan><tspan x="9" y="60">線</tspan></text>',
        '<text font-size="20" font-weight="700" text-anchor="middle"><tspan x="99" y="30">Buffer</tspan><tspan x="99" '
        'y="60">zone<tspan font-weight="400">\u00a021d</tspan></tspan></text>',
    ],
)
def test_each_way_of_setting_words_is_kept(body: str) -> None:
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="90" font-family="Noto Sans">'
    live = f'{head}<rect width="600" height="90" fill="#fff"/>{body}</svg>'
    drawn, blank = _pixels(live), _pixels(live.replace(body, ""))
    levels = np.abs(drawn - _pixels(outline_text(live))).max(axis=2)
    assert (drawn != blank).any()
    assert levels.mean() < 0.1
    assert levels.max() < 100


@pytest.mark.sweep(3)
@pytest.mark.costly
@pytest.mark.parametrize(
    ("extent", "size"),
    [
        (extent, size)
        for place, extent in enumerate(EXTENTS)
        for size in (SHAPES[place % len(SHAPES)], SHAPES[(place + 2) % len(SHAPES)])  # one broad, one high
    ],
)
def test_the_grid_has_round_degrees_and_its_names_stand_on_their_line(extent: str, size: str) -> None:
    picture = picture_of("us-28-points", "own", "en", extent=extent, graticule=True, size=SIZES[size])
    frame, grid = picture.drawing.scene.frame, picture.drawing.graticule
    assert grid is not None
    whole = graticule(frame, language("en"))
    for side in "EN":
        assert 3 <= len([name for name in whole.names if name.lines[0].endswith(side)]) <= 7
    for name in whole.names:
        degrees, side = float(name.lines[0].split("°")[0]), name.lines[0][-1]
        column = 0 if side == "E" else 1
        at = frame.to_lonlat(
            np.array([(name.x, frame.rectangle.bottom) if side == "E" else (frame.rectangle.x, name.y + 3)])
        )
        assert at[0][column] == pytest.approx(degrees, abs=0.02)
    boxes = [label.box for label in picture.drawing.labels]
    assert not [name for name in grid.names for box in boxes if name.box.overlaps(box)]
    assert not [pair for pair in combinations(whole.names, 2) if pair[0].box.overlaps(pair[1].box)]
    assert 'id="graticule"' in picture.svg


def test_the_grid_follows_its_degrees_all_along_and_stays_on_the_map() -> None:
    picture = picture_of("us-28-points", "own", "en", extent="ukraine", graticule=True)
    frame, grid = picture.drawing.scene.frame, picture.drawing.graticule
    assert grid is not None
    for line in shapely.get_parts(grid.lines):
        along = frame.to_lonlat(shapely.get_coordinates(shapely.segmentize(line, 5)))
        fixed = int(np.argmin(np.ptp(along, axis=0)))
        assert np.ptp(along[:, fixed]) < 0.01
        assert along[:, fixed].mean() == pytest.approx(round(along[:, fixed].mean()), abs=0.005)
    area = frame.rectangle
    assert shapely.box(area.x, area.y, area.right, area.bottom).buffer(0.01).covers(grid.lines)


@pytest.mark.parametrize(("lang", "words"), [("en", "35° E"), ("uk", "35° сх. д."), ("zh-Hant", "東經35°")])
def test_degrees_are_written_as_the_language_does(lang: str, words: str) -> None:
    frame = picture_of("us-28-points", "own", "en", extent="ukraine").drawing.scene.frame
    assert words in [name.lines[0].replace("\u00a0", " ") for name in graticule(frame, language(lang)).names]


def test_without_the_option_there_is_no_grid() -> None:
    picture = picture_of("us-28-points", "own", "en")
    assert picture.drawing.graticule is None
    assert "graticule" not in picture.svg

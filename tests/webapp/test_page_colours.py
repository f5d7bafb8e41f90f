"""Colours of pages: all are custom properties that the light and the dark screen both have, and that can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from webapp.static_files import ROOM, asset_path
from webapp.style.css import colour_sheet
from webapp.style.light import CONTEXT, all_zone_styles, on_page, pattern_svg
from webapp.style.themes import THEMES

OWN = sorted((ROOM / "static").glob("*.css"))
PAGE = (ROOM / "static" / "page.css").read_text("utf-8")
COLOUR = r"#[0-9a-f]{3,8}\b|rgb\([^)]*\)"
PAIRS = [
    *((ink, ground, 4.5) for ink in ("ink", "ink-soft", "link", "alarm") for ground in ("paper", "wash")),
    ("alarm", "alarm-wash", 4.5),
    ("ink", "alarm-wash", 4.5),
    ("paper", "ink", 4.5),
    ("paper", "press", 4.5),
    ("on-strip", "strip", 4.5),
    ("on-strip-soft", "strip", 4.5),
    ("label", "land-fill", 4.5),
    ("label-soft", "land-fill", 4.5),
    ("label-soft", "neighbours-fill", 4.5),
    ("label-sea", "sea-fill", 4.5),
    ("field", "paper", 3.0),
    ("shape-line", "shape", 3.0),
    ("border-stroke", "land-fill", 3.0),
    *((f"{style.key}-line", "paper", 3.0) for style in all_zone_styles() if style.fill and style.hatch),
]


def properties(dark: bool) -> dict[str, str]:
    """Every property that the sheets declare as a colour, for a light or a dark screen."""
    found: dict[str, str] = {}
    for sheet in (PAGE, colour_sheet()):
        light, _, rest = sheet.partition("@media screen and (prefers-color-scheme")
        block = re.split(r"\}\s*\}", rest)[0] if dark else light.split("}")[0]
        found |= dict(re.findall(rf"--([a-z0-9-]+):\s*({COLOUR})", block))
    return found


def lightness(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((lightness(one), lightness(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_every_colour_has_a_light_and_a_dark_value() -> None:
    light, dark = properties(dark=False), properties(dark=True)
    assert set(light) == set(dark)
    assert len(light) > 60


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("one", "other", "least"), PAIRS)
def test_what_is_read_or_pressed_has_contrast(one: str, other: str, least: float, dark: bool) -> None:
    found = properties(dark)
    assert contrast(found[one], found[other]) >= least


@pytest.mark.parametrize("sheet", OWN, ids=lambda path: path.name)
def test_no_colour_is_written_where_it_is_used(sheet: Path) -> None:
    source = re.sub(r"--[a-z0-9-]+:[^;]*;|/\*.*?\*/", "", sheet.read_text("utf-8"))
    assert re.findall(rf":[^;{{]*?({COLOUR})", source) == []


def test_every_property_that_is_used_is_declared() -> None:
    declared = set(re.findall(r"--([a-z0-9-]+):", PAGE + colour_sheet()))
    scripts = [path.read_text("utf-8") for path in (ROOM / "static").glob("*.js")]
    patterns = [pattern_svg(on_page(style)) for style in all_zone_styles()]
    sheets = [path.read_text("utf-8") for path in OWN]
    used = re.findall(r"var\(--([a-z0-9-]+)\)", "".join([*sheets, *scripts, *patterns]))
    assert len(used) > 100
    assert set(used) <= declared


def test_zones_have_the_colours_of_the_one_table() -> None:
    light, dark = properties(dark=False), properties(dark=True)
    for style in (*all_zone_styles(), *CONTEXT.values()):
        theme = THEMES["dark"].styles.get(style.key) or THEMES["dark"].context[style.key]
        for part in ("fill", "stroke", "halo"):
            if getattr(style, part):
                assert light[f"{style.key}-{part}"] == getattr(style, part)
                assert dark[f"{style.key}-{part}"] == getattr(theme, part)
        if style.hatch and theme.hatch:
            assert light[f"{style.key}-hatch"] == style.hatch.colour
            assert dark[f"{style.key}-hatch"] == theme.hatch.colour


def test_the_sheet_of_colours_is_kept_like_a_file(client: FlaskClient) -> None:
    answer = client.get(asset_path("colours.css"))
    assert answer.text == colour_sheet()
    assert answer.content_type == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]
    for path in ("/en/areas/us-28-points", "/en/map/us-28-points"):
        sheet = re.search(r'href="([^"]*\.bundle\.css[^"]*)"', client.get(path).text)
        assert sheet
        assert colour_sheet().strip() in client.get(sheet[1]).text

"""In every theme text is read on its ground, and fills are told apart by the colour-blind and in greyscale."""

import json
import re
from dataclasses import fields, replace
from itertools import combinations, pairwise
from math import pi

import numpy as np
import pytest
from shapely.geometry import shape

from layers.catalogue.model import Catalogue
from layers.kinds.style import Style
from layers.kinds.table import KINDS, all_changed_looks
from tests.words import language
from webapp.context import own_view, unserved
from webapp.style.light import CONTEXT, HELD_GROUND, all_zone_styles, pattern_svg, zone_styles
from webapp.style.themes import THEMES, Theme, faded, themed, zone_ink
from webapp.text.zones import read_zones

LEAST_CONTRAST = 4.5
LEAST_DIFFERENCE = 9.5  # CIE 1976; about four times what is just noticeable
LEAST_BESIDE = 20.0  # of what lies beside each other
BESIDE_DEG = 0.002
LEAST_LIGHTNESS = 5.0
LEAST_MARKS = 15.0  # CIE lightness between a hatch and its ground
LEAST_FADED = 2.5
FILLED = ("recognition", "freeze", "buffer", "withdrawal", "economic", "withdrawal-ukraine")
HATCHED = (*FILLED, "unheld", "unheld-recognised")
GROUNDS = (*HATCHED, "held")
LEAST_TINT = 5.5  # between the tint of what is Russian-held and the ground around it

# Machado, Oliveira and Fernandes (2009), severity 1, on linear light.
SEEN_BY = {
    "full sight": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
LIGHT = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.95047, 1.0, 1.08883])


def _linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[start : start + 2], 16) for start in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    low, high = sorted(float(LIGHT[1] @ _linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def _lab(linear: np.ndarray) -> np.ndarray:
    ratio = LIGHT @ np.clip(linear, 0, 1) / WHITE
    root = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def _mean(style: Style, theme: Theme) -> np.ndarray:
    """The mean light of a fill with its hatch."""
    ground = _linear(style.fill or _fill(theme, "land"))
    if style.hatch is None:
        return ground
    hatch = style.hatch
    dots = pi * (hatch.width_px / 2) ** 2 / hatch.spacing_px**2
    part = dots if hatch.form == "dots" else hatch.width_px / hatch.spacing_px
    return ground * (1 - part) + _linear(hatch.colour) * part


def _fill(theme: Theme, layer: str) -> str:
    fill = theme.context[layer].fill
    assert fill is not None
    return fill


def _lightness(colour: str | None) -> float:
    assert colour is not None
    return float(_lab(_linear(colour))[0])


def _mean_lightness(style: Style, theme: Theme) -> float:
    return float(_lab(_mean(style, theme))[0])


def _colours(style: Style) -> set[str]:
    return set(re.findall("#[0-9a-f]{6}", repr(style)))


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    return THEMES[request.param]


def test_text_is_read_on_its_ground(theme: Theme) -> None:
    inks = theme.inks
    pairs = [
        *((inks[ink], inks[ground]) for ink in ("ink", "soft") for ground in ("paper", "halo")),
        (inks["water"], _fill(theme, "sea")),
        (inks["soft"], _fill(theme, "neighbours")),
        (inks["soft"], _fill(theme, "land")),
        *((inks["ink"], _fill(theme, ground)) for ground in ("sea", "neighbours", "land")),
    ]
    for ink, ground in pairs:
        assert contrast(ink, ground) >= LEAST_CONTRAST, (ink, ground)


def test_zone_labels_are_read_on_their_zone_and_beside_it(theme: Theme) -> None:
    for style in theme.styles.values():
        ink, pale = zone_ink(theme, style), faded(theme, style)
        grounds = [theme.inks["halo"], *(_fill(theme, layer) for layer in ("land", "sea", "neighbours"))]
        if not style.radius_px:  # the label of a place is beside it
            grounds += [fill for fill in (style.fill, pale.fill) if fill]
        for ground in grounds:
            assert contrast(ink, ground) >= LEAST_CONTRAST, (style.key, ink, ground)


@pytest.mark.parametrize("sight", SEEN_BY)
def test_fills_are_told_apart(theme: Theme, sight: str) -> None:
    seen = {kind: _lab(SEEN_BY[sight] @ _mean(theme.styles[kind], theme)) for kind in FILLED}
    seen["land"] = _lab(SEEN_BY[sight] @ _linear(_fill(theme, "land")))
    for one, other in combinations(seen, 2):
        apart = theme.key == "print" and form(theme, one) != form(theme, other)  # six greys are more than paper holds
        assert apart or np.linalg.norm(seen[one] - seen[other]) >= LEAST_DIFFERENCE, (one, other)


@pytest.fixture(scope="module")
def beside(catalogue: Catalogue) -> set[tuple[str, str]]:
    """The styles of zones that lie beside each other, of all proposals."""
    context, found = unserved(catalogue, language("en")), set()
    for proposal in catalogue.proposals.values():
        view = own_view(context, proposal)
        styles = {zone.id: zone.style.key for zone in read_zones(view)}
        features = json.loads(view.catalogue.read(view.edition.products["display"]))["features"]
        divided = [one for one in features if one["properties"]["partition"]]
        areas = [(styles[one["id"]], shape(one["geometry"])) for one in divided]
        for (one, area), (other, place) in combinations(areas, 2):
            if one != other and area.dwithin(place, BESIDE_DEG):
                found.add((min(one, other), max(one, other)))
    return found


@pytest.mark.parametrize("sight", SEEN_BY)
def test_neighbours_are_told_apart_by_colour_or_hatch(theme: Theme, sight: str, beside: set[tuple[str, str]]) -> None:
    assert {("buffer", "recognition"), ("recognition", "withdrawal-ukraine")} <= beside
    for one, other in beside:
        seen = [_lab(SEEN_BY[sight] @ _mean(theme.styles[key], theme)) for key in (one, other)]
        apart = float(np.linalg.norm(seen[0] - seen[1]))
        assert apart >= LEAST_BESIDE or form(theme, one) != form(theme, other), (one, other, apart)


@pytest.mark.parametrize("sight", SEEN_BY)
def test_a_zone_without_settled_limits_is_told_from_what_lies_below_and_beside_it(theme: Theme, sight: str) -> None:
    seen = _lab(SEEN_BY[sight] @ _mean(theme.styles["economic-over"], theme))
    for key in ("unheld", "freeze", "withdrawal"):
        apart = float(np.linalg.norm(_lab(SEEN_BY[sight] @ _mean(theme.styles[key], theme)) - seen))
        assert apart >= LEAST_BESIDE or form(theme, key) != form(theme, "economic-over"), (key, apart)
    assert form(theme, "economic-over") != "plain"
    assert faded(theme, theme.styles["economic-over"]).fill is None  # what lies below is seen


@pytest.mark.parametrize("sight", SEEN_BY)
def test_the_tint_of_what_is_held_is_told_from_zones_and_ground(theme: Theme, sight: str) -> None:
    tint = _lab(SEEN_BY[sight] @ _linear(_fill(theme, HELD_GROUND)))
    for key in FILLED:
        seen = _lab(SEEN_BY[sight] @ _mean(theme.styles[key], theme))
        assert theme.key == "print" or np.linalg.norm(seen - tint) >= LEAST_DIFFERENCE, key
        assert form(theme, key) != "plain"
    for layer in ("land", "neighbours", "sea"):
        assert np.linalg.norm(_lab(SEEN_BY[sight] @ _linear(_fill(theme, layer))) - tint) >= LEAST_TINT, layer


def test_the_tint_of_what_is_held_is_seen_in_greyscale_and_below_words(theme: Theme) -> None:
    tint = _fill(theme, HELD_GROUND)
    assert abs(_lightness(tint) - _lightness(_fill(theme, "land"))) >= LEAST_LIGHTNESS
    assert theme.styles["held"].fill == tint  # no clause adds anything to it
    for ink in ("ink", "soft"):
        assert contrast(theme.inks[ink], tint) >= LEAST_CONTRAST


def form(theme: Theme, kind: str) -> str:
    hatch = None if kind == "land" else theme.styles[kind].hatch
    return hatch.form if hatch else "plain"


def test_fills_are_told_apart_in_greyscale(theme: Theme) -> None:
    for one, other in combinations((theme.styles[kind] for kind in FILLED), 2):
        assert one.hatch is not None
        assert other.hatch is not None
        lighter = abs(_mean_lightness(one, theme) - _mean_lightness(other, theme))
        assert lighter >= LEAST_LIGHTNESS or one.hatch.form != other.hatch.form, (one.key, other.key)


def test_hatches_are_seen_on_their_ground(theme: Theme) -> None:
    for key in (*HATCHED, "contested"):
        style = theme.styles[key]
        assert style.hatch is not None
        assert abs(_lightness(style.fill) - _lightness(style.hatch.colour)) >= LEAST_MARKS, key


@pytest.mark.parametrize("sight", SEEN_BY)
def test_faded_zones_are_neither_land_nor_chosen(theme: Theme, sight: str) -> None:
    land = _lab(SEEN_BY[sight] @ _linear(_fill(theme, "land")))
    for key in GROUNDS:
        style = theme.styles[key]
        pale = faded(theme, style)
        assert pale.hatch is None
        assert pale.key == style.key
        assert pale.stroke_width_px < style.stroke_width_px
        own, seen = (_lab(SEEN_BY[sight] @ _mean(one, theme)) for one in (style, pale))
        assert np.linalg.norm(own - seen) >= LEAST_FADED, key
        assert np.linalg.norm(seen - land) < np.linalg.norm(own - land), key


def test_a_faded_zone_is_paler_than_every_chosen_one(theme: Theme) -> None:
    land = _lightness(_fill(theme, "land"))
    pale = [abs(_mean_lightness(faded(theme, theme.styles[kind]), theme) - land) for kind in FILLED]
    chosen = [abs(_mean_lightness(theme.styles[kind], theme) - land) for kind in FILLED]
    assert max(pale) < min(chosen)


def test_faded_ground_above_other_zones_hides_nothing(theme: Theme) -> None:
    for key in ("contested", "pullback", "pullback-0"):
        assert faded(theme, theme.styles[key]).fill is None
    dots = faded(theme, theme.styles["contested"]).hatch
    assert dots is not None
    assert dots != theme.styles["contested"].hatch


def test_the_line_of_contact_is_the_strongest_and_the_border_next(theme: Theme) -> None:
    contact, border = theme.styles["line"], theme.context["border"]
    outlines = [
        theme.context[key]
        for key in ("oblasts", "coast", "neighbours", "waterway", "water", "drained-bed", "graticule")
    ]
    assert contact.stroke_width_px > border.stroke_width_px > max(line.stroke_width_px for line in outlines)
    assert contact.dash_px
    assert not border.dash_px
    land = _fill(theme, "land")
    strengths = [contrast(line.stroke or "", land) for line in outlines]
    assert contrast(contact.stroke or "", land) > contrast(border.stroke or "", land) > 2 * max(strengths)
    assert contrast(contact.stroke or "", contact.halo or "") >= 10


def test_print_is_grey_and_its_fills_go_from_light_to_dark() -> None:
    theme = THEMES["print"]
    styles = [*theme.context.values(), *theme.styles.values()]
    faded_ones = [faded(theme, style) for style in theme.styles.values()]
    written = {colour for style in (*styles, *faded_ones) for colour in _colours(style)}
    written |= {*theme.inks.values(), *(zone_ink(theme, style) for style in theme.styles.values())}
    assert {colour for colour in written if not colour[1:3] == colour[3:5] == colour[5:7]} == set()
    kinds = ("buffer", "freeze", "withdrawal", "recognition")
    steps = [_lightness(_fill(theme, "land")), *(_mean_lightness(theme.styles[kind], theme) for kind in kinds)]
    assert all(one - other >= LEAST_DIFFERENCE for one, other in pairwise(steps))
    hatches = [theme.styles[kind].hatch for kind in kinds]
    assert len({hatch.form for hatch in hatches if hatch}) == len(kinds)


def test_light_looks_like_the_map() -> None:
    theme = THEMES["light"]
    assert theme.context == CONTEXT
    for style in all_zone_styles():
        if style.key != "contested":  # in an image its dots have a ground
            assert themed(theme, style) == style


def test_a_theme_changes_colours_and_nothing_that_has_a_meaning(theme: Theme) -> None:
    changed = {looks.style.key for looks in all_changed_looks()}
    assert set(theme.styles) == {style.key for style in all_zone_styles()} | changed
    assert set(theme.context) == set(CONTEXT)
    for style in (*all_zone_styles(), *CONTEXT.values()):
        own = themed(theme, style)
        same = [field.name for field in fields(Style) if field.name not in {"fill", "hatch", "stroke", "halo"}]
        assert [getattr(own, name) for name in same] == [getattr(style, name) for name in same]
        assert (own.hatch and own.hatch.form) == (style.hatch and style.hatch.form)


def test_a_style_keeps_the_dashes_that_it_comes_with(theme: Theme) -> None:
    dashed = replace(KINDS["pullback"].style, dash_px=(1.0, 5.0))
    assert themed(theme, dashed).dash_px == (1.0, 5.0)
    assert faded(theme, dashed).dash_px == (1.0, 5.0)
    assert themed(theme, CONTEXT["border"]) == theme.context["border"]


def test_patterns_of_a_theme_are_drawn_in_its_colours(theme: Theme) -> None:
    style = theme.styles["buffer"]
    assert _colours(style) >= set(re.findall("#[0-9a-f]{6}", pattern_svg(style))) >= {style.fill}


def test_bands_are_told_apart_by_their_dashes() -> None:
    bands = [
        {"id": f"pullback-{km}km", "kind": "pullback", "clause": "14", "area_km2": km * 1000.0} for km in (40, 5, 10)
    ]
    dashes = {name: style.dash_px for name, style in zone_styles(bands).items()}
    assert len(set(dashes.values())) == 3
    assert dashes["pullback-5km"][0] < dashes["pullback-10km"][0] < dashes["pullback-40km"][0]

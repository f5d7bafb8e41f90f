"""Text is read against what lies behind it; fills are told apart by the colour-blind and in greyscale."""

from itertools import combinations
from math import pi

import numpy as np
import pytest

from webapp.images import lettering
from webapp.images.wanted import LABELLED_KINDS
from webapp.styles import CONTEXT, INK, INK_SOFT, KINDS, Style, zone_styles

LEAST_CONTRAST = 4.5
LEAST_DIFFERENCE = 9.5  # CIE 1976; about four times what is just noticeable
LEAST_LIGHTNESS = 5.0
FILLED = ("recognition", "freeze", "buffer", "withdrawal")

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


def _contrast(one: str, other: str) -> float:
    low, high = sorted(float(LIGHT[1] @ _linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def _lab(linear: np.ndarray) -> np.ndarray:
    ratio = LIGHT @ np.clip(linear, 0, 1) / WHITE
    root = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def _mean(style: Style) -> np.ndarray:
    """The mean light of a fill with its hatch."""
    ground = _linear(style.fill or CONTEXT["land"].fill or "#ffffff")
    if style.hatch is None:
        return ground
    hatch = style.hatch
    dots = pi * (hatch.width_px / 2) ** 2 / hatch.spacing_px**2
    part = dots if hatch.form == "dots" else hatch.width_px / hatch.spacing_px
    return ground * (1 - part) + _linear(hatch.colour) * part


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        (INK, "#ffffff"),
        (INK_SOFT, "#ffffff"),
        (lettering.SEA.colour, CONTEXT["sea"].fill),
        (lettering.COUNTRY.colour, CONTEXT["neighbours"].fill),
        (lettering.HOME_COUNTRY.colour, CONTEXT["land"].fill),
        (lettering.SCALE.colour, CONTEXT["neighbours"].fill),
        (lettering.TOWN.colour, lettering.TOWN.halo),
    ],
)
def test_text_is_read_on_its_ground(ink: str, ground: str) -> None:
    assert _contrast(ink, ground) >= LEAST_CONTRAST


@pytest.mark.parametrize("kind", LABELLED_KINDS)
def test_zone_labels_are_read_on_their_zone_and_on_land(kind: str) -> None:
    style = KINDS[kind]
    letters = lettering.zone_lettering(style)
    for ground in (style.fill, letters.halo, CONTEXT["land"].fill, CONTEXT["sea"].fill):
        assert _contrast(letters.colour, ground or "#ffffff") >= LEAST_CONTRAST


@pytest.mark.parametrize("sight", SEEN_BY)
def test_fills_are_told_apart(sight: str) -> None:
    seen = {kind: _lab(SEEN_BY[sight] @ _mean(KINDS[kind])) for kind in FILLED}
    seen["land"] = _lab(SEEN_BY[sight] @ _mean(CONTEXT["land"]))
    for one, other in combinations(seen, 2):
        assert np.linalg.norm(seen[one] - seen[other]) >= LEAST_DIFFERENCE, (one, other)


def test_fills_are_told_apart_in_greyscale() -> None:
    for one, other in combinations((KINDS[kind] for kind in FILLED), 2):
        assert one.hatch is not None
        assert other.hatch is not None
        lighter = abs(_lab(_mean(one))[0] - _lab(_mean(other))[0])
        assert lighter >= LEAST_LIGHTNESS or one.hatch.form != other.hatch.form, (one.key, other.key)
        for style in (one, other):
            marks = _lab(_linear(style.hatch.colour if style.hatch else ""))[0]
            assert _lab(_linear(style.fill or ""))[0] - marks >= 15, style.key


def test_the_line_of_contact_is_the_strongest_and_the_border_next() -> None:
    contact, border = KINDS["line"], CONTEXT["border"]
    outlines = [CONTEXT[key] for key in ("oblasts", "coast", "neighbours", "dnipro")]
    assert contact.stroke_width_px > border.stroke_width_px > max(line.stroke_width_px for line in outlines)
    assert contact.dash_px
    assert not border.dash_px
    darkest = _lab(_linear(border.stroke or ""))[0]
    assert all(darkest < _lab(_linear(line.stroke or ""))[0] for line in outlines)


def test_bands_are_told_apart_by_their_dashes() -> None:
    bands = [
        {"id": f"pullback-{km}km", "kind": "pullback", "clause": "14", "area_km2": km * 1000.0} for km in (40, 5, 10)
    ]
    dashes = {name: style.dash_px for name, style in zone_styles(bands).items()}
    assert len(set(dashes.values())) == 3
    assert dashes["pullback-5km"][0] < dashes["pullback-10km"][0] < dashes["pullback-40km"][0]

"""Three themes of the table of styles: light as on the map, dark, and grey for print.

A theme changes colours and, in print, hatches; dashes, hatching and line widths stay as they are, so that a sign means
the same in every theme. All can be distinguished by colour-blind readers; print has no colour, and its fills go from
light to dark, each with its own hatch.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from layers.kinds.style import Style, ThemeKey
from layers.kinds.table import KINDS, all_changed_looks
from webapp.style.light import CONTEXT_LOOKS, HALO, HELD_GROUND, INK, INK_SOFT, LAND, LOOKS, WATER_INK, band_styles

BLACK, WHITE = "#000000", "#ffffff"
INK_PART = 0.38  # how far a zone's label is from its outline's colour to black or white
# How much of its own colour a faded zone keeps. In print none: another pale grey would be taken for a neighbour's.
FADED_FILL = {"light": 0.16, "dark": 0.16, "print": 0.0}
FADED_ON_HELD = 0.06  # where Russia holds the ground, less: its tint is to be the one of the legend
FADED_STROKE, FADED_MARKS = 0.5, 0.45
FADED_WIDTH = 0.6
OVER = "-over"  # how the key of a zone's style ends that lies over others


@dataclass(frozen=True)
class Theme:
    """A look: colours of words and rules by role, context layers, and zone styles by ``Style.key``.

    The roles of ``inks``: ink, soft (second words), water (names of seas), halo, paper (ground of the panel), rule
    (thin line between panel and map), frame (round the locator).
    """

    key: str
    inks: Mapping[str, str]
    context: Mapping[str, Style]
    styles: Mapping[str, Style]


_LIGHT_INKS = {
    "ink": INK, "soft": INK_SOFT, "water": WATER_INK, "halo": HALO, "paper": WHITE,
    "rule": "#d3cfc5", "frame": INK_SOFT,
}  # fmt: skip
_DARK_INKS = {
    "ink": "#f1ede4", "soft": "#b1ada3", "water": "#8fb0c2", "halo": "#14181c", "paper": "#14181c",
    "rule": "#3a4045", "frame": "#b1ada3",
}  # fmt: skip
_PRINT_INKS = {
    "ink": "#141414", "soft": "#4d4d4d", "water": "#4d4d4d", "halo": WHITE, "paper": WHITE,
    "rule": "#b5b5b5", "frame": "#4d4d4d",
}  # fmt: skip


def themed(theme: Theme, style: Style) -> Style:
    """Return the theme's version of a style, with the dashes of that style.

    Parameters
    ----------
    theme
        Colours of a theme: light, dark or print.
    style
        Style of a zone or context layer.

    Raises
    ------
    KeyError
        If no table has the style.
    """
    known = theme.styles.get(style.key) or theme.context[style.key]
    return replace(known, dash_px=style.dash_px)


def faded(theme: Theme, style: Style, on: str = LAND) -> Style:
    """Return the style of a zone that was not chosen: a pale fill without hatch and a thin soft outline.

    A zone that lies over others keeps outline and dots instead, both pale, so that it hides nothing.

    Parameters
    ----------
    theme
        Colours of a theme: light, dark or print.
    style
        Style of the zone.
    on
        Ground that the zone lies on, a key of the theme's context layers.
    """
    own = themed(theme, style)
    land = theme.context[on].fill or WHITE
    above = own.fill is None or own.narrow or own.key.endswith(OVER)
    part = min(FADED_FILL[theme.key], FADED_ON_HELD if on == HELD_GROUND else 1)
    pale = replace(own.hatch, colour=_mixed(land, own.hatch.colour, FADED_MARKS)) if own.hatch else None
    return replace(
        own,
        fill=None if above else _mixed(land, _middle(own), part),
        hatch=pale if above else None,
        stroke=_mixed(land, own.stroke, FADED_STROKE) if own.stroke else None,
        stroke_width_px=round(own.stroke_width_px * FADED_WIDTH, 2),
        halo_width_px=round(own.halo_width_px * FADED_WIDTH, 2),
    )


def zone_ink(theme: Theme, style: Style) -> str:
    """Return the colour of a zone's own label: that of its outline, darker on light ground and lighter on dark.

    The label of a place stands beside its mark, in the colour of other names.

    Parameters
    ----------
    theme
        Colours of a theme: light, dark or print.
    style
        Style of a zone or context layer.
    """
    own = themed(theme, style)
    if own.radius_px or own.stroke is None:
        return theme.inks["ink"]
    return _mixed(own.stroke, WHITE if theme.key == "dark" else BLACK, INK_PART)


def _middle(style: Style) -> str:
    """The colour between fill and hatch, by the ground that the hatch takes."""
    ground = style.fill or WHITE
    hatch = style.hatch
    return _mixed(ground, hatch.colour, hatch.width_px / hatch.spacing_px) if hatch else ground


def _mixed(one: str, other: str, part: float) -> str:
    """A colour on the way from one to another, of which it holds that part."""
    pairs = ((int(one[start : start + 2], 16), int(other[start : start + 2], 16)) for start in (1, 3, 5))
    return "#" + "".join(f"{round(a * (1 - part) + b * part):02x}" for a, b in pairs)


def _theme(key: ThemeKey, inks: Mapping[str, str]) -> Theme:
    context = {name: looks.themed(key) for name, looks in CONTEXT_LOOKS.items()}
    zones = {name: looks.themed(key) for name, looks in LOOKS.items()}
    bands = (style for kind in KINDS.values() if kind.nested for style in band_styles(kind.looks.themed(key)))
    zones |= {style.key: style for style in bands}
    zones |= {looks.style.key: looks.themed(key) for looks in all_changed_looks()}
    return Theme(key, MappingProxyType(dict(inks)), MappingProxyType(context), MappingProxyType(zones))


THEMES: Mapping[str, Theme] = MappingProxyType(
    {
        "light": _theme("light", _LIGHT_INKS),
        "dark": _theme("dark", _DARK_INKS),
        "print": _theme("print", _PRINT_INKS),
    }
)


def darker(colour: str, part: float = 0.62) -> str:
    """Return a colour with less light, so that text is readable on the fill that the colour outlines.

    Parameters
    ----------
    colour
        Colour as #rrggbb.
    part
        Share of the light that remains, from 0 to 1.
    """
    channels = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(channel * part):02x}" for channel in channels)

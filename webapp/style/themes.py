"""Three themes of the table of styles: light as on the map, dark, and grey for print.

A theme changes colours and, in print, hatches; dashes, hatching and line widths stay as they are, so that a sign means
the same in every theme. All can be distinguished by colour-blind readers; print has no colour, and its fills go from
light to dark, each with its own hatch.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from webapp.style.light import CONTEXT, HALO, INK, INK_SOFT, WATER_INK, Hatch, Style, all_zone_styles

BLACK, WHITE = "#000000", "#ffffff"
INK_PART = 0.38  # how far a zone's label is from its outline's colour to black or white
# How much of its own colour a faded zone keeps. In print none: another pale grey would be taken for a neighbour's.
FADED_FILL = {"light": 0.16, "dark": 0.16, "print": 0.0}
FADED_STROKE, FADED_MARKS = 0.5, 0.45
FADED_WIDTH = 0.6


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


@dataclass(frozen=True)
class _Paint:
    """The colours that a theme gives to a style; of what the style has not, such as a fill, none is given."""

    fill: str | None = None
    hatch: str | None = None
    stroke: str | None = None
    halo: str | None = None


# In an image the contested band is a few pixels wide and hides what is below: its dots need a background.
_LIGHT_PAINTS = {"contested": _Paint(fill="#e9e4d8")}

_DARK_PAINTS = {
    "recognition": _Paint("#4b3d68", "#a48fd6", "#b9a6e2"),
    "freeze": _Paint("#1f5a57", "#6fbfb8", "#86cfc9"),
    "buffer": _Paint("#6d5a1c", "#d9b24c", "#e3c06a"),
    "economic": _Paint("#464434", "#c6c29f", "#d2ceab"),
    "withdrawal": _Paint("#6e3522", "#f0a080", "#f0a585"),
    "withdrawal-ukraine": _Paint("#806080", "#e6d6e6", "#faf5fa"),
    "held": _Paint("#3d4246", "#6d7378", "#9a9fa4"),
    "buffer-over": _Paint(None, "#d9b24c", "#e3c06a"),
    "economic-over": _Paint(None, "#c6c29f", "#d2ceab"),
    "unheld": _Paint("#30353a", "#565c61", "#8b9096"),
    "unheld-recognised": _Paint("#332f42", "#75689a", "#b9a6e2"),
    "pullback": _Paint(stroke="#cfc9bb"),
    "contested": _Paint("#3c4146", "#e4dfd2", "#e4dfd2"),
    "line": _Paint(stroke="#faf7f0", halo="#0b0e10"),
    "site": _Paint("#faf7f0", None, "#0b0e10"),
    "river": _Paint(stroke="#7aa9c2", halo="#0b0e10"),
    "country": _Paint(None, "#7d8287", "#9a9fa4"),
    "sea": _Paint("#0f161b"),
    "neighbours": _Paint("#1c2125", None, "#3a4045"),
    "land": _Paint("#272d31"),
    "oblasts": _Paint(stroke="#636a70"),
    "coast": _Paint(stroke="#4d5a63"),
    "border": _Paint(stroke="#c4beb0"),
    "dnipro": _Paint(stroke="#4d6c7e"),
    "towns": _Paint("#f1ede4", None, "#0b0e10"),
    "graticule": _Paint(stroke="#2f3a41"),
}

_PRINT_PAINTS = {
    "recognition": _Paint("#969696", "#363636", "#2a2a2a"),
    "freeze": _Paint("#d6d6d6", "#575757", "#333333"),
    "buffer": _Paint("#f2f2f2", "#636363", "#333333"),
    "economic": _Paint("#e4e4e4", "#4a4a4a", "#333333"),
    "withdrawal": _Paint("#b4b4b4", "#202020", "#333333"),
    "withdrawal-ukraine": _Paint("#c6c6c6", "#3a3a3a", "#2a2a2a"),
    "held": _Paint("#cfcfcf", "#9a9a9a", "#666666"),
    "buffer-over": _Paint(None, "#4a4a4a", "#333333"),
    "economic-over": _Paint(None, "#4a4a4a", "#333333"),
    "unheld": _Paint("#fafafa", "#b8b8b8", "#777777"),
    "unheld-recognised": _Paint("#f4f4f4", "#8c8c8c", "#2e2e2e"),
    "pullback": _Paint(stroke="#303030"),
    "contested": _Paint(WHITE, BLACK, BLACK),
    "line": _Paint(stroke=BLACK, halo=WHITE),
    "site": _Paint(BLACK, None, WHITE),
    "river": _Paint(stroke="#6e6e6e", halo=WHITE),
    "country": _Paint(None, "#8a8a8a", "#5c5c5c"),
    "sea": _Paint("#e3e3e3"),
    "neighbours": _Paint("#f0f0f0", None, "#c4c4c4"),
    "land": _Paint(WHITE),
    "oblasts": _Paint(stroke="#949494"),
    "coast": _Paint(stroke="#858585"),
    "border": _Paint(stroke="#383838"),
    "dnipro": _Paint(stroke="#a8a8a8"),
    "towns": _Paint("#141414", None, WHITE),
    "graticule": _Paint(stroke="#c8c8c8"),
}

# Form stays; paper takes coarser marks than a screen, the dark fills the heavier ones. Spacing and width in pixels.
_PRINT_MARKS = {
    "recognition": (6.0, 1.7),
    "freeze": (6.0, 1.3),
    "buffer": (8.0, 1.3),
    "withdrawal": (5.0, 2.3),
}

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
    """The theme's version of a zone's or context layer's style, with the dashes of that style.

    Raises KeyError for a style that is in no table.
    """
    known = theme.styles.get(style.key) or theme.context[style.key]
    return replace(known, dash_px=style.dash_px)


def faded(theme: Theme, style: Style) -> Style:
    """The style of a zone that was not chosen: a pale fill without hatch and a thin soft outline.

    Ground that lies over other zones hides nothing: it keeps its outline and dots, both pale.
    """
    own = themed(theme, style)
    land = theme.context["land"].fill or WHITE
    above = own.fill is None or own.key == "contested"
    pale = replace(own.hatch, colour=_mixed(land, own.hatch.colour, FADED_MARKS)) if own.hatch else None
    return replace(
        own,
        fill=None if above else _mixed(land, _middle(own), FADED_FILL[theme.key]),
        hatch=pale if above else None,
        stroke=_mixed(land, own.stroke, FADED_STROKE) if own.stroke else None,
        stroke_width_px=round(own.stroke_width_px * FADED_WIDTH, 2),
        halo_width_px=round(own.halo_width_px * FADED_WIDTH, 2),
    )


def zone_ink(theme: Theme, style: Style) -> str:
    """The colour of a zone's own label: that of its outline, towards black on light ground and white on dark.

    The label of a place stands beside its mark, in the ink of other names.
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


def _painted(style: Style, paints: Mapping[str, _Paint]) -> Style:
    """A style in a theme's colours; one that has none of its own has those of its kind, or stays as it is."""
    paint = paints.get(style.key) or paints.get(style.key.partition("-")[0])
    if paint is None:
        return style
    hatch = replace(style.hatch, colour=paint.hatch or style.hatch.colour) if style.hatch else None
    return replace(
        style,
        fill=paint.fill or style.fill,
        hatch=hatch,
        stroke=paint.stroke or style.stroke,
        halo=paint.halo or style.halo,
    )


def _theme(key: str, inks: Mapping[str, str], paints: Mapping[str, _Paint]) -> Theme:
    context = {name: _painted(style, paints) for name, style in CONTEXT.items()}
    zones = {style.key: _painted(style, paints) for style in all_zone_styles()}
    return Theme(key, MappingProxyType(dict(inks)), MappingProxyType(context), MappingProxyType(zones))


def _coarse(theme: Theme) -> Theme:
    """A theme with the marks of print."""
    styles = {name: replace(style, hatch=_coarse_hatch(name, style.hatch)) for name, style in theme.styles.items()}
    return replace(theme, styles=MappingProxyType(styles))


def _coarse_hatch(key: str, hatch: Hatch | None) -> Hatch | None:
    if hatch is None or key not in _PRINT_MARKS:
        return hatch
    spacing, width = _PRINT_MARKS[key]
    return replace(hatch, spacing_px=spacing, width_px=width)


THEMES: Mapping[str, Theme] = MappingProxyType(
    {
        "light": _theme("light", _LIGHT_INKS, _LIGHT_PAINTS),
        "dark": _theme("dark", _DARK_INKS, _DARK_PAINTS),
        "print": _coarse(_theme("print", _PRINT_INKS, _PRINT_PAINTS)),
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

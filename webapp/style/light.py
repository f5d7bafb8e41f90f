"""The table of styles: how every kind of zone and every context layer looks.

Map, legends and images read it. Fills differ by pattern as well as by colour, and by lightness, so that they can be
distinguished in greyscale and by colour-blind readers; none is the colour of a flag. Hatching means proposed, dashes
mean a line that is no border; only the internationally recognised border is a strong solid line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal

Form = Literal["down", "up", "horizontal", "vertical", "dots"]


@dataclass(frozen=True)
class Hatch:
    """A pattern of lines or dots: colour, distance between them and their width, in pixels at scale 1."""

    form: Form
    colour: str
    spacing_px: float
    width_px: float


@dataclass(frozen=True)
class Style:
    """How a shape is drawn; widths and dashes in pixels at scale 1. ``fill`` None leaves what is below visible."""

    key: str
    fill: str | None = None
    hatch: Hatch | None = None
    stroke: str | None = None
    stroke_width_px: float = 0.0
    dash_px: tuple[float, ...] = ()
    halo: str | None = None
    halo_width_px: float = 0.0
    radius_px: float = 0.0


KINDS: Mapping[str, Style] = MappingProxyType(
    {
        "recognition": Style("recognition", "#c3b1da", Hatch("down", "#7f66a8", 7, 1.3), "#6a5192", 0.8),
        "freeze": Style("freeze", "#a6d3d0", Hatch("horizontal", "#4f9692", 6, 1.1), "#2f7a76", 0.8),
        "buffer": Style("buffer", "#f6dd96", Hatch("up", "#a97f1d", 7, 1.5), "#8a6510", 0.8),
        "economic": Style("economic", "#a9c094", Hatch("vertical", "#48642f", 6, 1.5), "#33491f", 0.8),
        "withdrawal": Style("withdrawal", "#f4c3ac", Hatch("dots", "#b4532f", 5, 1.9), "#a0431f", 0.8),
        "held": Style("held", "#c6c4be", Hatch("down", "#7d776b", 5, 0.8), "#5c574e", 0.8),
        "unheld": Style("unheld", "#f4f1e9", Hatch("vertical", "#bdb6a6", 7, 0.8), "#8d8676", 0.8),
        "pullback": Style("pullback", None, None, "#4d483f", 1.3),
        "contested": Style("contested", None, Hatch("dots", "#26231e", 4, 1.3), "#26231e", 0.5),
        "line": Style("line", None, None, "#161412", 3.0, (7, 4), "#ffffff", 5.0),
        "site": Style("site", "#161412", None, "#ffffff", 1.5, radius_px=4),
        "river": Style("river", None, None, "#6c9fbd", 2.2, (), "#ffffff", 3.6),
        "country": Style("country", None, Hatch("up", "#8f897c", 10, 0.8), "#6f6a5e", 1.2, (5, 4)),
    }
)

# What looks different from the rest of its kind; ``style_key`` says which zones are meant.
VARIANTS: Mapping[str, Style] = MappingProxyType(
    {
        style.key: style
        for style in (
            Style("unheld-recognised", "#ece5f4", Hatch("down", "#a48fc6", 11, 1.0), "#6a5192", 0.8),
            Style("withdrawal-ukraine", "#c1a6be", Hatch("up", "#7d4878", 6, 1.3), "#552f51", 0.8),
            Style("buffer-over", None, Hatch("up", "#8a6510", 7, 1.5), "#8a6510", 1.3),
            Style("economic-over", None, Hatch("down", "#5f6b1d", 8, 1.2), "#5f6b1d", 1.3, (6, 3)),
            Style("line-elsewhere", None, None, "#161412", 2.2, (3.5, 3), "#ffffff", 4.0),
        )
    }
)

OVERLYING = frozenset({"buffer", "economic"})  # kinds that may lie over zones which divide the territory

# Bands of one clause lie in one another: the wider, the longer the dashes. Narrowest first, over again after the last.
BAND_DASHES_PX: tuple[tuple[float, ...], ...] = ((1.2, 2.4), (4, 2.6), (9, 3))

# The line of the draft's own day beside that of the day shown: thinner, and of dots.
OWN_LINE = replace(VARIANTS["line-elsewhere"], stroke_width_px=1.8, dash_px=(0.1, 3.6), halo_width_px=3.4)

CONTEXT: Mapping[str, Style] = MappingProxyType(
    {
        "sea": Style("sea", "#dfe8ed"),
        "neighbours": Style("neighbours", "#efede7", None, "#d3cfc5", 0.7),
        "land": Style("land", "#fdfcf9"),
        "oblasts": Style("oblasts", None, None, "#a39d90", 0.7),
        "coast": Style("coast", None, None, "#8799a3", 0.9),
        "border": Style("border", None, None, "#4a463e", 1.8),
        "dnipro": Style("dnipro", None, None, "#9dbfd3", 1.6),
        "towns": Style("towns", "#2a2722", None, "#ffffff", 1.0, radius_px=2.2),
        "graticule": Style("graticule", None, None, "#c3cbcd", 0.5),
    }
)

INK = "#1d1b18"
INK_SOFT = "#5f5a51"
WATER_INK = "#446679"
HALO = "#ffffff"


def style_key(zone: Mapping[str, Any]) -> str:
    """The key of a zone's style, from its properties: that of its kind, or of a variant.

    Variants are what would be recognised though Ukraine holds it, what Ukraine would leave, an area that lies over
    other zones, and a line that no clause covers.
    """
    kind = str(zone["kind"])
    variants = {
        "unheld-recognised": kind == "unheld" and zone["recognition_mode"] is not None,
        "withdrawal-ukraine": kind == "withdrawal" and zone["held_by"] == "ukraine",
        f"{kind}-over": kind in OVERLYING and not zone["partition"],
        "line-elsewhere": kind == "line" and not zone["clause"],
    }
    return next((key for key, is_meant in variants.items() if is_meant), kind)


def zone_style(zone: Mapping[str, Any]) -> Style:
    """The style of a zone by its properties. Raises KeyError for a kind that has none."""
    key = style_key(zone)
    return VARIANTS.get(key) or KINDS[key]


def band_style(rank: int) -> Style:
    """The style of a pull-back band by its place among the bands of its clause, from 0 for the narrowest."""
    place = rank % len(BAND_DASHES_PX)
    return replace(KINDS["pullback"], key=f"pullback-{place}", dash_px=BAND_DASHES_PX[place])


def zone_styles(zones: Sequence[Mapping[str, Any]]) -> dict[str, Style]:
    """The style of every zone of an edition by its id; bands are told apart by their dashes, the narrowest first."""
    styles = {zone["id"]: zone_style(zone) for zone in zones}
    bands = sorted((zone for zone in zones if zone["kind"] == "pullback"), key=lambda zone: zone["area_km2"])
    return styles | {band["id"]: band_style(rank) for rank, band in enumerate(bands)}


def all_zone_styles() -> tuple[Style, ...]:
    """Every style that a zone can have, each once."""
    bands = [band_style(rank) for rank in range(len(BAND_DASHES_PX))]
    return (*KINDS.values(), *VARIANTS.values(), *bands)


def colour_property(style: Style, part: str) -> str:
    """The custom property by which a page knows a style's colour; parts are fill, hatch, stroke, halo and line."""
    return f"--{style.key}-{part}"


def on_page(style: Style) -> Style:
    """A style with custom properties for colours, so that what a page draws follows the reader's light or dark."""

    def named(part: str, colour: str | None) -> str | None:
        return colour and f"var({colour_property(style, part)})"

    hatch = style.hatch and replace(style.hatch, colour=f"var({colour_property(style, 'hatch')})")
    return replace(
        style,
        fill=named("fill", style.fill),
        hatch=hatch,
        stroke=named("stroke", style.stroke),
        halo=named("halo", style.halo),
    )


def pattern_id(style: Style, prefix: str = "hatch-") -> str:
    """The id of a style's SVG pattern."""
    return f"{prefix}{style.key}"


def fill_value(style: Style, prefix: str = "hatch-") -> str:
    """What an SVG ``fill`` attribute says for a style: its pattern, its plain colour or none."""
    return f"url(#{pattern_id(style, prefix)})" if style.hatch else style.fill or "none"


def pattern_svg(style: Style, prefix: str = "hatch-", scale: float = 1.0) -> str:
    """The SVG ``<pattern>`` of a style that has a hatch, its fill included; an empty string for others."""
    if style.hatch is None:
        return ""
    size = _number(style.hatch.spacing_px * scale)
    ground = f'<rect width="{size}" height="{size}" fill="{style.fill}"/>' if style.fill else ""
    turn = {"down": "-45", "up": "45"}.get(style.hatch.form)
    transform = f' patternTransform="rotate({turn})"' if turn else ""
    return (
        f'<pattern id="{pattern_id(style, prefix)}" width="{size}" height="{size}" '
        f'patternUnits="userSpaceOnUse"{transform}>{ground}{_marks(style.hatch, scale)}</pattern>'
    )


def dash_value(style: Style, scale: float = 1.0) -> str:
    """The SVG ``stroke-dasharray`` of a style; an empty string for a solid line."""
    return " ".join(_number(length * scale) for length in style.dash_px)


def _marks(hatch: Hatch, scale: float) -> str:
    """The lines or dots of one tile of a pattern."""
    side, width = hatch.spacing_px * scale, hatch.width_px * scale
    end, middle = _number(side), _number(side / 2)
    if hatch.form == "dots":
        return f'<circle cx="{middle}" cy="{middle}" r="{_number(width / 2)}" fill="{hatch.colour}"/>'
    across, upright = f"M0 {middle}H{end}", f"M{middle} 0V{end}"
    path = across if hatch.form == "horizontal" else upright
    return f'<path d="{path}" stroke="{hatch.colour}" stroke-width="{_number(width)}" fill="none"/>'


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")

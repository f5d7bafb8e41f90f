"""How zones and context layers look on a light page, and as SVG. The styles of zones are in the table of kinds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from layers.kinds.style import Hatch, Looks, Paint, Style
from layers.kinds.table import KINDS, looks_of, variant_looks


def _outline(key: str, colour: str, width_px: float, *, dark: str, printed: str) -> Looks:
    return Looks(Style(key, None, None, colour, width_px), dark=Paint(stroke=dark), print=Paint(stroke=printed))


def _tint(key: str, looks: Looks) -> Looks:
    """A plain fill in the colours of other looks."""
    return Looks(Style(key, looks.style.fill), dark=Paint(looks.dark.fill), print=Paint(looks.print.fill))


# How every kind of zone looks, and every variant that looks otherwise, by the key of the style.
LOOKS: Mapping[str, Looks] = MappingProxyType(
    {looks.style.key: looks for looks in (*(kind.looks for kind in KINDS.values()), *variant_looks())}
)

# Bands of one clause lie in one another: the wider, the longer the dashes. Narrowest first, over again after the last.
BAND_DASHES_PX: tuple[tuple[float, ...], ...] = ((1.2, 2.4), (4, 2.6), (9, 3))

# The line of the draft's own day beside that of the day shown: thinner, and of dots.
OWN_LINE = replace(KINDS["line"].style, stroke_width_px=1.8, dash_px=(0.1, 3.6), halo_width_px=3.4)

# The sign of a nuclear power plant: three blades about a hub, 12 pixels wide; also in labels.js.
PLANT = (
    "M-1-1.73L-2.8-4.85A5.6 5.6 0 0 1 2.8-4.85L1-1.73A2 2 0 0 0-1-1.73Z"
    "M2 0L5.6 0A5.6 5.6 0 0 1 2.8 4.85L1 1.73A2 2 0 0 0 2 0Z"
    "M-1 1.73L-2.8 4.85A5.6 5.6 0 0 1-5.6 0L-2 0A2 2 0 0 0-1 1.73Z"
    "M-1.2 0a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0-2.4 0Z"
)

LAND = "land"
HELD_GROUND = "held-ground"  # what is Russian-held on a day, below all zones and whether a clause treats it or not

CONTEXT_LOOKS: Mapping[str, Looks] = MappingProxyType(
    {
        looks.style.key: looks
        for looks in (
            Looks(Style("sea", "#dfe8ed"), dark=Paint("#0f161b"), print=Paint("#e3e3e3")),
            Looks(
                Style("neighbours", "#efede7", None, "#d3cfc5", 0.7),
                dark=Paint("#1c2125", None, "#3a4045"),
                print=Paint("#f0f0f0", None, "#c4c4c4"),
            ),
            Looks(Style(LAND, "#fdfcf9"), dark=Paint("#272d31"), print=Paint("#ffffff")),
            _tint(HELD_GROUND, KINDS["held"].looks),
            _outline("oblasts", "#a39d90", 0.7, dark="#636a70", printed="#949494"),
            _outline("coast", "#8799a3", 0.9, dark="#4d5a63", printed="#858585"),
            _outline("border", "#4a463e", 1.8, dark="#c4beb0", printed="#383838"),
            _outline("waterway", "#7fa9c4", 1.7, dark="#557a90", printed="#a8a8a8"),
            Looks(
                Style("water", "#d5e4ec", None, "#8fb3c8", 0.7),
                dark=Paint("#16232b", None, "#557a90"),
                print=Paint("#e3e3e3", None, "#a8a8a8"),
            ),
            Looks(
                Style("drained-bed", None, Hatch("dots", "#5f93b3", 5, 1.5), "#7fa9c4", 0.9, (2, 2.2)),
                dark=Paint(None, "#6f9ab3", "#557a90"),
                print=Paint(None, "#8a8a8a", "#a8a8a8"),
            ),
            Looks(
                Style("towns", "#2a2722", None, "#ffffff", 1.0, radius_px=2.2),
                dark=Paint("#f1ede4", None, "#0b0e10"),
                print=Paint("#141414", None, "#ffffff"),
            ),
            Looks(
                Style("to-russia", "#6d4c3d", None, "#3d281f", 1.0),
                dark=Paint("#d8b7a3", None, "#f2e0d4"),
                print=Paint("#4d4d4d", None, "#1c1c1c"),
            ),
            Looks(
                Style("to-ukraine", "#c4e6d8", Hatch("dots", "#1d6a53", 5, 1.9), "#1d6a53", 1.2),
                dark=Paint("#1d4a3d", "#8fdcc0", "#8fdcc0"),
                print=Paint("#ececec", "#3a3a3a", "#3a3a3a"),
            ),
            _outline("graticule", "#c3cbcd", 0.5, dark="#2f3a41", printed="#c8c8c8"),
        )
    }
)
CONTEXT: Mapping[str, Style] = MappingProxyType({key: looks.style for key, looks in CONTEXT_LOOKS.items()})

INK = "#1d1b18"
INK_SOFT = "#5f5a51"
WATER_INK = "#446679"
HALO = "#ffffff"


def style_key(zone: Mapping[str, Any]) -> str:
    """The key of a zone's style, from its properties: that of its kind, or of a variant that looks otherwise."""
    return looks_of(zone).style.key


def zone_style(zone: Mapping[str, Any]) -> Style:
    """The style of a zone by its properties. Raises KeyError for a kind that is not in the table."""
    return looks_of(zone).style


def band_style(style: Style, rank: int) -> Style:
    """Return the style of a band by its place among those that lie in one another.

    Parameters
    ----------
    style
        Style of its kind, in any theme.
    rank
        Place among these bands, 0 for the narrowest.
    """
    place = rank % len(BAND_DASHES_PX)
    return replace(style, key=f"{style.key}-{place}", dash_px=BAND_DASHES_PX[place])


def band_styles(style: Style) -> tuple[Style, ...]:
    """The styles of all bands of a kind, the narrowest first."""
    return tuple(band_style(style, rank) for rank in range(len(BAND_DASHES_PX)))


def zone_styles(zones: Sequence[Mapping[str, Any]]) -> dict[str, Style]:
    """The style of every zone of an edition by its id; bands are distinguished by their dashes, the narrowest first."""
    styles = {zone["id"]: zone_style(zone) for zone in zones}
    for kind in (kind for kind in KINDS.values() if kind.nested):
        bands = sorted((zone for zone in zones if zone["kind"] == kind.key), key=lambda zone: zone["area_km2"])
        styles |= {band["id"]: band_style(kind.style, rank) for rank, band in enumerate(bands)}
    return styles


def patterned_styles() -> tuple[Style, ...]:
    """Every style of zones and context layers that has a hatch, each once."""
    return tuple(style for style in page_styles() if style.hatch)


def all_zone_styles() -> tuple[Style, ...]:
    """Every style that a zone can have, each once."""
    bands = (style for kind in KINDS.values() if kind.nested for style in band_styles(kind.style))
    return (*(looks.style for looks in LOOKS.values()), *bands)


def page_styles() -> tuple[Style, ...]:
    """Every style that a page may show: those of zones and of the context layers."""
    return (*all_zone_styles(), *CONTEXT.values())


def colour_property(style: Style, part: str) -> str:
    """Return the CSS custom property that has a colour of a style.

    Parameters
    ----------
    style
        The style of a kind.
    part
        ``fill``, ``hatch``, ``stroke``, ``halo`` or ``line``.
    """
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
    """Return the id of a style's SVG pattern.

    Parameters
    ----------
    style
        The style of a kind.
    prefix
        What its id begins with.
    """
    return f"{prefix}{style.key}"


def fill_value(style: Style, prefix: str = "hatch-") -> str:
    """Return the SVG ``fill`` of a style: its pattern, its plain colour or ``none``.

    Parameters
    ----------
    style
        The style of a kind.
    prefix
        What ids of patterns begin with.
    """
    return f"url(#{pattern_id(style, prefix)})" if style.hatch else style.fill or "none"


def pattern_svg(style: Style, prefix: str = "hatch-", scale: float = 1.0) -> str:
    """Return the SVG ``<pattern>`` of a style with a hatch, fill included; an empty text for other styles.

    Parameters
    ----------
    style
        The style of a kind.
    prefix
        What its id begins with.
    scale
        Factor by which the pattern is enlarged.
    """
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
    """Return the SVG ``stroke-dasharray`` of a style; an empty text for a solid line.

    Parameters
    ----------
    style
        The style of a kind.
    scale
        Factor by which the dashes are enlarged.
    """
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

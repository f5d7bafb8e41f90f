"""A chart on a page: its colours as the page's custom properties, so that it follows the reader's light or dark."""

import re

from layers.tables.timeline import HELD, Series
from webapp.charts.style import GRID, NEUTRAL_BAND, look_of
from webapp.style.light import HALO, INK, INK_SOFT, colour_property, zone_style

SHARED = {
    INK: "var(--ink)",
    INK_SOFT: "var(--ink-soft)",
    GRID: "var(--grid)",
    NEUTRAL_BAND: "var(--band)",
    HALO: "var(--paper)",
}
_COLOUR = re.compile('(?<=")#[0-9a-f]{6}(?=")')


def on_page(drawing: str, series: Series) -> str:
    """Return a chart's drawing with the page's CSS properties in place of its colours.

    Parameters
    ----------
    drawing
        The drawing as SVG markup.
    series
        The series that it shows, whose colours are known.

    Raises
    ------
    KeyError
        If the drawing has a colour that no page has.
    """
    known = SHARED if series.kind == HELD else SHARED | _own(series)
    return _COLOUR.sub(lambda found: known[found[0]], drawing)


def _own(series: Series) -> dict[str, str]:
    """The colours that a zone's chart has of its zone."""
    look, style = look_of(series), zone_style(series.properties)
    named = {part: f"var({colour_property(style, part)})" for part in ("line", "fill", "hatch", "stroke")}
    edge = named["hatch" if style.hatch else "stroke"]
    return {look.edge: edge, look.line: named["line"]} | ({look.band: named["fill"]} if style.fill else {})

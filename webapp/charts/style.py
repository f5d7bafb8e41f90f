"""What a chart looks like: the colours of its zone on the map, and sizes in pixels."""

from dataclasses import dataclass

from layers.tables.timeline import HELD, Series
from webapp.style.light import INK, INK_SOFT, zone_style
from webapp.style.themes import darker

GRID = "#e4dfd4"
NEUTRAL_BAND = "#e6e1d5"  # of zones that are an outline alone on the map

WIDTH_PX, HEIGHT_PX = 360.0, 214.0
LEFT_PX, RIGHT_PX, TOP_PX, BOTTOM_PX = 56.0, 14.0, 28.0, 26.0
INSET_PX = 5.0  # between the frame and the first and last dot
TEXT_PX = 12.5


@dataclass(frozen=True)
class ChartColours:
    """Colours of the line, of the band from low to high, and of the band's edges."""

    line: str
    band: str
    edge: str


def look_of(series: Series) -> ChartColours:
    """Return the style of a zone: a dark line and a pale, edged band, distinguishable without colour."""
    if series.kind == HELD:
        return ChartColours(INK, NEUTRAL_BAND, INK_SOFT)
    style = zone_style(series.properties)
    stroke = style.stroke or INK
    return ChartColours(darker(stroke), style.fill or NEUTRAL_BAND, style.hatch.colour if style.hatch else stroke)

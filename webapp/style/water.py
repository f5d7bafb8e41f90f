"""From which scale rivers and standing water are drawn and named, by their level; for the map page and for images."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import log2
from typing import Any

from layers.kinds.style import Style
from layers.reference.water_kinds import DRAINED, RIVER
from webapp.style.light import CONTEXT

METRES_PER_PX_AT_0 = 103_700  # of web maps at zoom 0 in the middle of Ukraine, 48.5° north


@dataclass(frozen=True)
class WaterLevel:
    """A level: the zoom of a web map from which it is drawn, the one from which it is named, and its rivers' width."""

    drawn_zoom: float
    named_zoom: float
    river_width_px: float


LEVELS = (WaterLevel(0, 6, 1.4), WaterLevel(6.75, 7.5, 1.1), WaterLevel(7.75, 8.5, 0.8))


def water_style(properties: Mapping[str, Any]) -> Style:
    """The style of a river, of standing water or of a drained bed on a light page, from its properties."""
    if properties["kind"] == RIVER:
        width_px = LEVELS[properties["level"]].river_width_px
        return replace(CONTEXT["waterway"], stroke_width_px=width_px)
    return CONTEXT["drained-bed" if properties["kind"] == DRAINED else "water"]


def zoom_of(metres_per_px: float) -> float:
    """The zoom of a web map of the same scale."""
    return log2(METRES_PER_PX_AT_0 / metres_per_px)

"""Which style each zone of an edition has in an image."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from webapp.styles import Style, band_style, pattern_svg, zone_style

# The contested band is a few pixels wide here: its dots stand closer than on a map that zooms, on a light ground.
FINER = {"contested": 0.6}
GROUND = {"contested": "#e9e4d8"}


def zone_styles(zones: Sequence[Mapping[str, Any]]) -> dict[str, Style]:
    """The style of every zone by its id; bands are told apart by their dashes, the narrowest first."""
    styles = {zone["id"]: zone_style(zone["kind"], zone["clause"]) for zone in zones}
    bands = sorted((zone for zone in zones if zone["kind"] == "pullback"), key=lambda zone: zone["area_km2"])
    return styles | {band["id"]: band_style(rank) for rank, band in enumerate(bands)}


def pattern(style: Style) -> str:
    """The SVG pattern of a style at the size that images need; an empty string where it has none."""
    grounded = replace(style, fill=style.fill or GROUND.get(style.key))
    return pattern_svg(grounded, scale=FINER.get(style.key, 1.0))

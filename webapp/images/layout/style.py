"""How everything in one image looks: the styles of its theme, finer dots, pale zones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from layers.kinds.style import Style
from layers.zone_properties import ZoneProperties
from webapp.images.layout.legend import LegendRow
from webapp.images.options.options import Options
from webapp.style.light import CONTEXT, HELD_GROUND, LAND, zone_styles
from webapp.style.themes import THEMES, Theme, faded, themed, zone_ink
from webapp.style.water import water_style

FINER = 0.6
ZONE_ROLE = "zone:"


@dataclass(frozen=True)
class Look:
    """The theme of an image, the styles of its zones in that theme, by id, which are chosen, and which Russia holds.

    ``alone``: of those that are not chosen nothing is seen but who holds the ground.
    """

    theme: Theme
    zones: Mapping[str, Style]
    chosen: frozenset[str]
    held: frozenset[str] = frozenset()
    alone: bool = False

    @property
    def context(self) -> Mapping[str, Style]:
        """The styles of land, sea, outlines and towns."""
        return self.theme.context

    def zone(self, zone_id: str) -> Style:
        """Return the style of a zone, pale if it is not chosen: who holds the territory is visible through it."""
        style, ground = self.zones[zone_id], HELD_GROUND if zone_id in self.held else LAND
        if self.shows(zone_id):
            return style if zone_id in self.chosen else faded(self.theme, style, ground)
        fill = self.context[ground].fill if style.fill else None
        return replace(style, fill=fill, hatch=None, stroke=None)

    def shows(self, zone_id: str) -> bool:
        """Whether a zone is seen as one, in full or pale."""
        return zone_id in self.chosen or not self.alone

    def water(self, properties: Mapping[str, Any]) -> Style:
        """The style of a river, of standing water or of a drained bed."""
        style = water_style(properties)
        return replace(themed(self.theme, style), stroke_width_px=style.stroke_width_px)

    def row(self, row: LegendRow) -> Style:
        """The style of a row of the legend."""
        if row.style.key in CONTEXT:
            return self.theme.context[row.style.key]
        style = _finer(themed(self.theme, row.style))
        return faded(self.theme, style) if row.faded else style

    def ink(self, role: str) -> str:
        """The colour of a role; of a zone's name by ``zone:`` and the key of its style."""
        if role.startswith(ZONE_ROLE):
            key = role.removeprefix(ZONE_ROLE)
            return zone_ink(self.theme, self.theme.styles[key])
        return self.theme.inks[role]


def look_of(options: Options, zones: Sequence[ZoneProperties], chosen: frozenset[str]) -> Look:
    """Return the look of an image of an edition: theme and styles.

    Parameters
    ----------
    options
        Options of the image.
    zones
        Properties of the edition's zones.
    chosen
        Ids of the zones that are shown in full.
    """
    theme = THEMES[options.theme]
    styles = {name: themed(theme, style) for name, style in zone_styles(zones).items()}
    held = frozenset(zone["id"] for zone in zones if zone["held_by"] == "russia")
    finer = {name: _finer(style) for name, style in styles.items()}
    return Look(theme, finer, chosen, held, alone=options.template == "series")


def _finer(style: Style) -> Style:
    """What is a few pixels wide in an image has its dots closer than on a map that zooms."""
    if not style.narrow or style.hatch is None:
        return style
    hatch = replace(style.hatch, spacing_px=style.hatch.spacing_px * FINER, width_px=style.hatch.width_px * FINER)
    return replace(style, hatch=hatch)

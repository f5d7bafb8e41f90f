"""How everything in one image looks: the styles of its theme, finer patterns, pale zones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from webapp.images.legend import Row
from webapp.images.options import Options
from webapp.styles import CONTEXT, Style, pattern_svg, zone_styles
from webapp.themes import THEMES, Theme, faded, themed, zone_ink

# The contested band is a few pixels wide here: its dots stand closer than on a map that zooms, on a light ground.
FINER = {"contested": 0.6}
CONTESTED_GROUND = {"light": "#e9e4d8", "dark": "#4a473f", "print": "#f0f0f0"}
ZONE_ROLE = "zone:"


@dataclass(frozen=True)
class Look:
    """The theme of an image, the styles of its zones in that theme, by id, and which are chosen."""

    theme: Theme
    zones: Mapping[str, Style]
    chosen: frozenset[str]

    @property
    def context(self) -> Mapping[str, Style]:
        """The styles of land, sea, outlines and towns."""
        return self.theme.context

    def zone(self, zone_id: str) -> Style:
        """The style of a zone, pale where it is not chosen."""
        style = self.zones[zone_id]
        return style if zone_id in self.chosen else faded(self.theme, style)

    def row(self, row: Row) -> Style:
        """The style of a row of the legend."""
        if row.style.key in CONTEXT:
            return self.theme.context[row.style.key]
        style = _grounded(self.theme, themed(self.theme, row.style))
        return faded(self.theme, style) if row.faded else style

    def ink(self, role: str) -> str:
        """The colour of a role; of a zone's name by ``zone:`` and the key of its style."""
        if role.startswith(ZONE_ROLE):
            key = role.removeprefix(ZONE_ROLE)
            return zone_ink(self.theme, self.theme.styles[key])
        return self.theme.inks[role]

    def pattern(self, style: Style) -> Markup:
        """The SVG pattern of a style at the size that images need."""
        return Markup(pattern_svg(style, scale=FINER.get(style.key, 1.0)))  # made from our own table


def look_of(options: Options, zones: Sequence[Mapping[str, Any]], chosen: frozenset[str]) -> Look:
    """The look of an image of an edition with these zones."""
    theme = THEMES[options.theme]
    styles = {name: themed(theme, style) for name, style in zone_styles(zones).items()}
    return Look(theme, {name: _grounded(theme, style) for name, style in styles.items()}, chosen)


def _grounded(theme: Theme, style: Style) -> Style:
    """Contested ground with a ground of its own under its dots."""
    return replace(style, fill=style.fill or CONTESTED_GROUND[theme.key]) if style.key == "contested" else style

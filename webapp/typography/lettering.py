"""Lettering of names on the map, by what they name. Colours are roles that a theme fills."""

from layers.kinds.style import Style
from webapp.typography.boxes import Lettering
from webapp.typography.fonts import BOLD

TOWN = Lettering("town", 11.7, "ink", halo="halo")
LARGE_TOWN = Lettering("large-town", 12.5, "ink", halo="halo")
CAPITAL = Lettering("capital", 13, "ink", BOLD, halo="halo")
MARKED_TOWN = Lettering("marked-town", 14.5, "ink", BOLD, halo="halo")
ANNOTATION = Lettering("annotation", 13, "ink", halo="halo")
REGION = Lettering("region", 11.7, "ink", letter_space_px=0.3, halo="halo")
SITE = Lettering("site", 11.7, "ink", BOLD, halo="halo")
SEA = Lettering("sea", 13, "water", letter_space_px=1.2)
RIVER = Lettering("river", 11.7, "water", halo="halo")
COUNTRY = Lettering("country", 11.7, "soft", letter_space_px=1.2)
HOME_COUNTRY = Lettering("home", 15, "soft", letter_space_px=3)
SCALE = Lettering("scale", 11.7, "ink", halo="halo")
DEGREES = Lettering("degrees", 11.7, "soft", halo="halo")


def zone_lettering(style: Style, size_px: float = 12.5, clause: str = "", *, numbered: bool = True) -> Lettering:
    """Return the bold lettering of a zone's label: in ink for a zone of a clause, or in the colour of a band.

    Parameters
    ----------
    style
        Style of the zone.
    size_px
        Font size, in pixels.
    clause
        Number of its clause; empty for the name of a band.
    numbered
        Whether the number is written after the text.
    """
    colour, tail = "ink" if clause else f"zone:{style.key}", clause if numbered else ""
    return Lettering("zone", size_px, colour, BOLD, halo="halo", tail=tail)

"""How the words on the map are set, by what they name."""

from webapp.images.boxes import Lettering
from webapp.images.fonts import BOLD
from webapp.styles import HALO, INK, INK_SOFT, WATER_INK, Style

TOWN = Lettering("town", 11.5, INK, halo=HALO)
LARGE_TOWN = Lettering("large-town", 12.5, INK, halo=HALO)
CAPITAL = Lettering("capital", 13, INK, BOLD, halo=HALO)
SITE = Lettering("site", 10.5, INK, BOLD, halo=HALO)
SEA = Lettering("sea", 13, WATER_INK, letter_space_px=1.2)
COUNTRY = Lettering("country", 11.5, INK_SOFT, letter_space_px=1.2)
HOME_COUNTRY = Lettering("home", 15, INK_SOFT, letter_space_px=3)
SCALE = Lettering("scale", 10.5, INK, halo=HALO)


def zone_lettering(style: Style, size_px: float = 12.5) -> Lettering:
    """Bold, in the dark colour of the zone's outline."""
    return Lettering("zone", size_px, darker(style.stroke or INK), BOLD, halo=HALO)


def darker(colour: str, part: float = 0.62) -> str:
    """A colour with less light, so that letters are read on the fill that the colour outlines."""
    channels = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(channel * part):02x}" for channel in channels)

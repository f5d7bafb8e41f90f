"""How a layer is wanted: with areas alone, in which reference system, with texts in which language."""

from dataclasses import dataclass

DEGREES = 4326
PROJECTED = (DEGREES, 3857, 3035)  # EPSG: WGS 84, the Mercator of web maps, the equal-area system of Europe
AREAS = "areas"


@dataclass(frozen=True)
class WantedLayer:
    """What may be asked of a layer; without anything it is the file as it is offered.

    ``areas`` leaves out lines, places and countries; ``crs`` is an EPSG code; ``lang`` the tag of the one language that
    texts are in, then without its ending (``name`` in the place of ``name_uk``), empty for all.
    """

    areas: bool = False
    crs: int = DEGREES
    lang: str = ""

    @property
    def tags(self) -> tuple[str, ...]:
        """What it adds to the name of a file."""
        crs = "" if self.crs == DEGREES else str(self.crs)
        return tuple(filter(None, (AREAS if self.areas else "", crs, self.lang)))


PLAIN = WantedLayer()

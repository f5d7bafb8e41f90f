"""Who holds what on a date: the levels of a control map, split by the oblasts."""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geo.lazy import once
from geo.measure import area_km2
from geo.overlay import NOTHING, Crumbs, Halves, drop_crumbs, halve, shared_edge

LEVELS = ("agreed", "majority", "any")
ONE_MAP = ("held",)
DRAWN_LEVELS = ("majority", "held")
CRUMB_KM2 = 1.0


@dataclass(frozen=True)
class ControlSource:
    """Where control maps come from: id, name as cited, how many maps were read, and the licence of the results.

    ``maps`` of 1 means that no figure has an interval; ``completed_with`` names the maps that a single one was
    completed with where it lacked towns.
    """

    id: str
    name: str
    maps: int
    licence: str
    completed_with: tuple[str, ...] = ()


@dataclass(frozen=True)
class ControlMap:
    """The Russian-held territory on a date, by level (polygons in degrees, WGS 84).

    The levels of several maps (``agreed``, ``majority``, ``any``) lie within one another. A single map has the level
    ``held`` alone, and as ``contested`` what it gives to neither side itself, if it has such a class. ``citation`` is
    the source that figures name, without the date; ``sha256`` is the hash of the file.
    """

    as_of: str
    levels: Mapping[str, BaseGeometry]
    citation: str
    sha256: str
    contested: BaseGeometry | None = None

    @property
    def drawn(self) -> str:
        """The level that is drawn and measured: the majority of several maps, or what a single one shows."""
        return next(level for level in DRAWN_LEVELS if level in self.levels)


@dataclass(frozen=True)
class Side:
    """One side of the line of contact in one oblast: its area without slivers, and the slivers dropped."""

    ground: shapely.MultiPolygon
    crumbs: Crumbs

    @once
    def area_km2(self) -> float:
        """The area without slivers, in km²."""
        return area_km2(self.ground)


NO_GROUND = Side(NOTHING, Crumbs())


@dataclass(frozen=True)
class Cut:
    """One oblast split by one level of a control map; sides and edge are computed when they are first read."""

    halves: Halves

    @once
    def held(self) -> Side:
        """The Russian-held side."""
        return _side(self.halves.inside)

    @once
    def unheld(self) -> Side:
        """The other side: the whole oblast if nothing in it is held."""
        whole = self.halves.inside.is_empty
        return Side(self.halves.outside, Crumbs()) if whole else _side(self.halves.outside)

    @once
    def edge(self) -> shapely.MultiLineString:
        """The line between the two sides, without coast and oblast boundaries."""
        if self.held.ground.is_empty:
            return shapely.MultiLineString()
        return shared_edge(self.held.ground, self.unheld.ground)


Split = Mapping[str, Cut]


def split(level: BaseGeometry, outlines: Mapping[str, BaseGeometry]) -> Split:
    """Split every oblast into its held and its other part.

    Parameters
    ----------
    level
        Held territory at one level of a control map, in degrees, WGS 84.
    outlines
        Oblasts by ISO 3166-2 code, in degrees, WGS 84.

    Returns
    -------
    The two sides of each oblast by code. Parts under 1 km² are dropped and counted.
    """
    return {iso: Cut(halve(outline, level)) for iso, outline in outlines.items()}


def _side(ground: shapely.MultiPolygon) -> Side:
    return NO_GROUND if ground.is_empty else Side(*drop_crumbs(ground, CRUMB_KM2))

"""Who holds what on a day: a control map's levels, cut by the oblasts."""

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
    """Where control maps come from: id, name as it is cited, how many maps were read, and the licence of what is made.

    ``maps`` of 1 means that there is no interval anywhere; ``completed_with`` names the maps that a single one was
    completed with where it lacked towns.
    """

    id: str
    name: str
    maps: int
    licence: str
    completed_with: tuple[str, ...] = ()


@dataclass(frozen=True)
class ControlMap:
    """The Russian-held territory on a day, by level (polygons, degrees).

    The levels of several maps (``agreed``, ``majority``, ``any``) lie in one another; a single map has the level
    ``held`` alone, and as ``contested`` what it gives to neither side itself, where it has such a class. ``citation``
    is what a figure names as its source, without the day; ``sha256`` that of the file.
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
    """One side of the line in one oblast: its ground without crumbs, and the crumbs left out."""

    ground: shapely.MultiPolygon
    crumbs: Crumbs

    @once
    def area_km2(self) -> float:
        """The area of the ground without crumbs."""
        return area_km2(self.ground)


NO_GROUND = Side(NOTHING, Crumbs())


@dataclass(frozen=True)
class Cut:
    """One oblast cut in two by one level of a control map; sides and edge are made when they are first asked for."""

    halves: Halves

    @once
    def held(self) -> Side:
        """The Russian-held side."""
        return _side(self.halves.inside)

    @once
    def unheld(self) -> Side:
        """The other side; the oblast as it is where nothing in it is held."""
        whole = self.halves.inside.is_empty
        return Side(self.halves.outside, Crumbs()) if whole else _side(self.halves.outside)

    @once
    def edge(self) -> shapely.MultiLineString:
        """The line between the two sides, without coast and oblast borders."""
        if self.held.ground.is_empty:
            return shapely.MultiLineString()
        return shared_edge(self.held.ground, self.unheld.ground)


Split = Mapping[str, Cut]


def split(level: BaseGeometry, outlines: Mapping[str, BaseGeometry]) -> Split:
    """Cut every outline, by ISO code, into the held and the other part; parts under 1 km² are left out and counted."""
    return {iso: Cut(halve(outline, level)) for iso, outline in outlines.items()}


def _side(ground: shapely.MultiPolygon) -> Side:
    return NO_GROUND if ground.is_empty else Side(*drop_crumbs(ground, CRUMB_KM2))

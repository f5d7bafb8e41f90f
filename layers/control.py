"""Who holds what on a day: a control map's levels, cut by the oblasts."""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geo.cutting import Crumbs, drop_crumbs, halve, shared_edge

LEVELS = ("agreed", "majority", "any")
ONE_MAP = ("held",)
DRAWN_LEVELS = ("majority", "held")
CRUMB_KM2 = 1.0
EMBEDDED = "embedded"


@dataclass(frozen=True)
class ControlSource:
    """Where control maps come from: id, name as it is cited, how many maps were read, and the licence of what is made.

    ``maps`` of 1 means that there is no interval anywhere.
    """

    id: str
    name: str
    maps: int
    licence: str


@dataclass(frozen=True)
class ControlMap:
    """The Russian-held ground on a day, by level (polygons, degrees).

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


@dataclass(frozen=True)
class Split:
    """Every oblast cut in two by one level of a control map, and the edge between, by ISO code."""

    held: Mapping[str, Side]
    unheld: Mapping[str, Side]
    edge: Mapping[str, shapely.MultiLineString]


def split(level: BaseGeometry, outlines: Mapping[str, BaseGeometry]) -> Split:
    """Cut every outline into the held and the other part; parts under 1 km² are left out and counted."""
    held: dict[str, Side] = {}
    unheld: dict[str, Side] = {}
    for iso, outline in outlines.items():
        halves = halve(outline, level)
        if halves.inside.is_empty:
            held[iso], unheld[iso] = _whole(halves.inside), _whole(halves.outside)
        else:
            held[iso], unheld[iso] = _side(halves.inside), _side(halves.outside)
    cut = [iso for iso in outlines if not held[iso].ground.is_empty]
    edge = {iso: shared_edge(held[iso].ground, unheld[iso].ground) for iso in cut}
    return Split(held, unheld, edge)


def _side(ground: shapely.MultiPolygon) -> Side:
    return Side(*drop_crumbs(ground, CRUMB_KM2))


def _whole(ground: shapely.MultiPolygon) -> Side:
    return Side(ground, Crumbs())

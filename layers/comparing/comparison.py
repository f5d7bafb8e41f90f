"""Comparing two editions: two proposals, one on two dates, or one under two control maps."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import area_km2
from geo.overlay import GRID_DEG
from layers.build.edition import DerivedEdition
from layers.comparing.pieces import pieces_of
from layers.comparing.treatment import Treatment
from layers.control_map import ControlMap
from layers.places.people import People, people_before_war
from layers.zones.derive import grounds_at

Levels = tuple[float, ...]


@dataclass(frozen=True)
class Measured:
    """An area or a difference of areas in km², with its low and high over the levels of the control maps.

    Both are None where the levels are one, or all the same.
    """

    area_km2: float
    low_km2: float | None = None
    high_km2: float | None = None


@dataclass(frozen=True)
class ComparedPiece:
    """Territory in one oblast that either side treats in one way: geometry in degrees, areas in km² by level, people.

    ``by_level`` are the areas of what is treated in this way at each pair of levels, the drawn one first. The geometry
    is empty where that is so at other levels only.
    """

    oblast: str
    left: Treatment
    right: Treatment
    geometry: shapely.MultiPolygon
    by_level: Levels
    people: People

    @property
    def differs(self) -> bool:
        """Whether the two sides treat it otherwise."""
        return self.left.keys != self.right.keys

    @property
    def changed_hands(self) -> bool:
        """Whether the control maps of the two sides show it under different control."""
        return None not in (self.left.holder, self.right.holder) and self.left.holder != self.right.holder

    @property
    def measured(self) -> Measured:
        """Its area with the interval."""
        return over_levels(self.by_level)


@dataclass(frozen=True)
class EditionComparison:
    """Two editions compared: exact pieces, largest difference first within each oblast."""

    left: DerivedEdition
    right: DerivedEdition
    pieces: tuple[ComparedPiece, ...]

    @property
    def drawn(self) -> tuple[ComparedPiece, ...]:
        """The pieces that are there at the drawn level: together the union of both sides, nothing twice."""
        return tuple(piece for piece in self.pieces if not piece.geometry.is_empty)

    @property
    def differing(self) -> tuple[ComparedPiece, ...]:
        """Those that the two sides treat otherwise."""
        return tuple(piece for piece in self.drawn if piece.differs)

    @property
    def differing_territory(self) -> BaseGeometry:
        """All of these as one, without the borders between them."""
        return shapely.union_all([piece.geometry for piece in self.differing], grid_size=GRID_DEG)

    def sum_of(self, weigh: Callable[[ComparedPiece], int]) -> Measured:
        """Return an area of all pieces together, level by level.

        ``weigh`` says what a piece counts: 1, 0, or -1 where it is subtracted.
        """
        return sum_levels(self.pieces, weigh)


def compare_editions(left: DerivedEdition, right: DerivedEdition) -> EditionComparison:
    """Return how two editions treat each piece of territory.

    The levels of the control maps are compared with each other: what all maps show on the left with what all show on
    the right, and what any map shows with the same. With a single map on one side, each level of the other is compared
    with it.

    Parameters
    ----------
    left, right
        Editions on the same boundaries.

    Raises
    ------
    ProposalError
        If a zone cannot be derived.
    """
    reference, index = left.setting.reference, left.setting.index
    levels = level_pairs(left.control, right.control)
    at_levels = [
        pieces_of(reference, *(list(grounds_at(reference, side.proposal, side.day, level)) for side, level in sides))
        for sides in ([(left, one), (right, other)] for one, other in levels)
    ]
    keys = list(dict.fromkeys(key for found in at_levels for key in found))
    drawn = [at_levels[0].get(key, shapely.MultiPolygon()) for key in keys]
    areas = [[area_km2(found[key]) if key in found else 0.0 for found in at_levels] for key in keys]
    made = [
        ComparedPiece(*key, geometry, tuple(by_level), people)
        for key, geometry, by_level, people in zip(keys, drawn, areas, people_before_war(drawn, index), strict=True)
    ]
    return EditionComparison(left, right, tuple(sorted(made, key=_order(tuple(reference.oblasts)))))


def level_pairs(left: ControlMap, right: ControlMap) -> list[tuple[str, str]]:
    """Return the pairs of levels to compare, the drawn ones first.

    Parameters
    ----------
    left, right
        The control maps.
    """
    if set(left.levels) == set(right.levels):
        pairs = [(level, level) for level in left.levels]
    else:
        pairs = [(one, other) for one in left.levels for other in right.levels]
    drawn = left.drawn, right.drawn
    return [drawn, *(pair for pair in pairs if pair != drawn)]


def over_levels(by_level: Levels) -> Measured:
    """Return the area at the drawn level, which is the first, and the smallest and largest of all."""
    low, high = min(by_level), max(by_level)
    return Measured(by_level[0], low, high) if high - low > 0.05 else Measured(by_level[0])


def sum_levels(pieces: Iterable[ComparedPiece], weigh: Callable[[ComparedPiece], int] = lambda _: 1) -> Measured:
    """Return areas added up level by level, and then the smallest and largest sum.

    Parameters
    ----------
    pieces
        Pieces of one comparison.
    weigh
        What a piece counts: 1, 0, or -1 where it is subtracted.
    """
    weighed = [[weigh(piece) * area for area in piece.by_level] for piece in pieces]
    return over_levels(tuple(map(sum, zip(*weighed, strict=True))) or (0.0,))


def _order(oblasts: tuple[str, ...]) -> Callable[[ComparedPiece], tuple[int, bool, float]]:
    places: Mapping[str, int] = {iso: number for number, iso in enumerate(oblasts)}
    return lambda piece: (places[piece.oblast], not piece.differs, -piece.by_level[0])

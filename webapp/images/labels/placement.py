"""Placement by a score: each label takes its cheapest place that touches nothing, and others move for what matters."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from webapp.images.labels.positions import Spot, Spots
from webapp.typography.boxes import Box

GAP_PX = 2.0
LEADER_CLEAR_PX = 2.0
SHY_PRICE = 40.0  # of a name all of which lies on ground of others: more than any other price
MOST_FOREIGN = 0.04  # share of a label's samples that may lie on an area that another label names: a tenth of it all
AT_ONCE, MOST_AT_ONCE = 64, 256
IMPORTANT, MOST_MENDED, NEIGHBOURS = 64, 6, 4
MENDED = ("zone", "site", "town")
SAMPLES = 7  # along each side of a box

Price = tuple[BaseGeometry, float]


@dataclass(frozen=True, eq=False)
class Wanted:
    """A label to be placed in one of its spots, the first where they cost the same.

    ``tries`` give spots, in turn, as long as none of those before is free; each is asked once at most. ``own`` is the
    obstacle that the label itself brings, such as its town's dot; it may stand next to it. ``foreign`` is ground
    of others, on which a label would be read as their name, ``shy`` such ground for a label that may stand on it where
    no other place is free, ``walls`` what its leader may not cross. ``stands`` says
    whether a place that it has on another map is one for this map, too; without it no place is.
    It is left out where it or one of the labels ``unless`` is placed already.
    """

    id: str
    kind: str
    tries: Sequence[Callable[[], Spots]]
    own: Box | None = None
    foreign: Callable[[], BaseGeometry] | None = None
    unless: frozenset[str] = frozenset()
    shy: Callable[[], BaseGeometry] | None = None
    walls: Callable[[], Sequence[BaseGeometry]] | None = None
    stands: Callable[[Spot], bool] | None = None
    _spots: dict[int, Spots] = field(default_factory=dict, init=False)

    def in_turn(self) -> Iterator[Spots]:
        """The spots of each try."""
        for number, spots in enumerate(self.tries):
            if number not in self._spots:
                self._spots[number] = spots()
            yield self._spots[number]


@dataclass(frozen=True)
class Label:
    """A label in its place."""

    wanted: Wanted
    spot: Spot

    @cached_property
    def box(self) -> Box:
        """The rectangle of its text."""
        return self.spot.setting.box


@dataclass
class Obstacles:
    """What labels may not cover: the frame's edge, boxes, a line; and shapes that they touch only at a price.

    A label stands next to its own mark, and to marks that lie on it. A leader keeps clear of boxes and of other
    leaders, and crosses the line at a price; a label with a leader could stand elsewhere, so that for it more
    ground has a price. What spots cost on an empty map is worked out once, whatever else is tried.
    """

    room: Box
    line: BaseGeometry
    boxes: Sequence[Box] = ()
    marks: Sequence[Box] = ()
    priced: Sequence[Price] = ()
    priced_aside: Sequence[Price] = ()
    crossing_price: float = 0.0
    _looked_at: dict[int, "SpotsOnMap"] = field(default_factory=dict)

    @cached_property
    def box_edges(self) -> np.ndarray:
        """Left, top, right, bottom of the boxes."""
        return _edges(self.boxes)

    @cached_property
    def mark_edges(self) -> np.ndarray:
        """Left, top, right, bottom of the marks."""
        return _edges(self.marks)

    def cheapest(self, wanted: Wanted, spots: Spots, taken: "PlacedRoom") -> Spot | None:
        """Return the cheapest spot of a label beside those that are placed; None if it fits in none.

        What a spot touches only adds to its cost, so that dearer spots are not examined.

        Parameters
        ----------
        wanted
            Label to place.
        spots
            Spots that it may stand in, with their costs.
        taken
            What the labels that are placed take.
        """
        looked = self._looked_at.setdefault(id(spots), SpotsOnMap(wanted, spots, self))
        best, least, start, count = None, np.inf, 0, AT_ONCE
        while start < len(looked.order):
            some = looked.order[start : start + count]
            if spots.costs[some[0]] >= least:
                break
            start, count = start + count, min(2 * count, MOST_AT_ONCE)
            some = some[taken.free(looked.edges[some], None if spots.leaders is None else spots.leaders[some])]
            costs = looked.costs_of(some)
            if len(some) and costs.min() < least:
                best, least = int(some[np.argmin(costs)]), costs.min()
        return None if best is None else spots.spot(best)


class PlacedRoom:
    """What the labels that are placed take from those that are not."""

    def __init__(self, labels: Sequence[Label]) -> None:
        """Their boxes and leaders."""
        self.boxes = _edges([label.box for label in labels])
        self.leaders = [label.spot.leader for label in labels if label.spot.leader is not None]

    def free(self, edges: np.ndarray, leaders: np.ndarray | None) -> np.ndarray:
        """Return which boxes, with their leaders, overlap no label that is placed and no leader of one.

        Parameters
        ----------
        edges
            Left, top, right and bottom of each box, in pixels, shape (n, 4).
        leaders
            Both ends of each box's leader, in pixels, shape (n, 2, 2); None if they have none.

        Returns
        -------
        Booleans, shape (n,).
        """
        free = ~_overlapping(edges, self.boxes)
        if self.leaders:
            free[free] = ~_meeting(shapely.box(*edges[free].T), self._drawn)
        if leaders is not None:
            free[free] = ~_meeting(shapely.linestrings(leaders[free]), self._barriers)
        return np.asarray(free)

    @cached_property
    def _drawn(self) -> STRtree:
        return STRtree(self.leaders)

    @cached_property
    def _barriers(self) -> STRtree:
        grown = self.boxes + LEADER_CLEAR_PX * np.array([-1, -1, 1, 1])
        return STRtree([*np.asarray(shapely.box(*grown.T)), *self.leaders])


class SpotsOnMap:
    """Spots of a label on a map without others: those where it could stand, the cheapest first, and what they cost."""

    def __init__(self, wanted: Wanted, spots: Spots, obstacles: Obstacles) -> None:
        """Without what lies outside of the map, or on boxes and marks."""
        self.wanted, self.spots, self.obstacles = wanted, spots, obstacles
        self.edges = spots.edges() + GAP_PX * np.array([-1, -1, 1, 1])
        self.others = _without(wanted.own, obstacles.mark_edges)
        near = np.flatnonzero(np.isfinite(spots.costs) & ~_outside(self.edges, obstacles.room))
        free = near[~_overlapping(self.edges[near], np.concatenate([obstacles.box_edges, self.others]))]
        self.order = free[np.argsort(spots.costs[free], kind="stable")]
        self._costs = np.full(len(self.edges), np.nan)

    def costs_of(self, some: np.ndarray) -> np.ndarray:
        """What some of the spots cost."""
        new = some[np.isnan(self._costs[some])]
        if len(new):
            self._costs[new] = self._full_costs(new)
        return np.asarray(self._costs[some])

    def _full_costs(self, some: np.ndarray) -> np.ndarray:
        """What the ground below adds; only for those that may stand there the prices are asked."""
        areas = np.asarray(shapely.box(*self.edges[some].T))
        costs = np.where(shapely.intersects(self.obstacles.line, areas), np.inf, self.spots.costs[some])
        open_ = np.flatnonzero(np.isfinite(costs))
        if self.spots.leaders is not None and len(open_):
            leaders = np.asarray(shapely.linestrings(self.spots.leaders[some]))
            costs[open_[self._is_barred(leaders[open_])]] = np.inf
            open_ = np.flatnonzero(np.isfinite(costs))
        if self.wanted.foreign is not None and len(open_):
            covered = _covering(self.edges[some[open_]], areas[open_], self.wanted.foreign())
            costs[open_[covered > MOST_FOREIGN]] = np.inf
            open_ = np.flatnonzero(np.isfinite(costs))
        if self.spots.leaders is not None and len(open_):
            costs[open_] += _prices(areas[open_], self.obstacles.priced_aside)
            costs[open_] += _prices(leaders[open_], [(self.obstacles.line, self.obstacles.crossing_price)])
        costs[open_] += _prices(areas[open_], self.obstacles.priced)
        if self.wanted.shy is not None and len(open_):
            covered = _covering(self.edges[some[open_]], areas[open_], self.wanted.shy())
            costs[open_] += SHY_PRICE * np.where(covered > MOST_FOREIGN, covered, 0.0)
        return np.asarray(costs)

    def _is_barred(self, leaders: np.ndarray) -> np.ndarray:
        """Which leaders meet boxes, marks of others or walls."""
        barred = _meeting(leaders, self._barriers)
        for wall in self.wanted.walls() if self.wanted.walls is not None else ():
            barred |= shapely.intersects(wall, leaders)
        return barred

    @cached_property
    def _barriers(self) -> STRtree:
        own = self.wanted.own
        apart = self.others if own is None else self.others[~_overlapping(self.others, _edges([own]))]
        grown = self.obstacles.box_edges + LEADER_CLEAR_PX * np.array([-1, -1, 1, 1])
        return STRtree(np.asarray(shapely.box(*np.concatenate([grown, apart]).T)))


def place(wanted: Sequence[Wanted], obstacles: Obstacles) -> list[Label]:
    """Return placed labels: the most important first, then others moved for important ones that found no place.

    A label that is in the way gets another place, or is left out if it matters less. Labels that fit nowhere are left
    out.

    Parameters
    ----------
    wanted
        Labels to place, the most important first.
    obstacles
        What they keep clear of, and what they touch at a price.
    """
    labels = _in_order(wanted, obstacles)
    last = {one.id: one for one in wanted[:IMPORTANT]}  # of several tries for a label
    missing = [one for one in last.values() if one.kind in MENDED and not _is_settled(one, labels)]
    for one in missing[:MOST_MENDED]:
        if not _is_settled(one, labels):
            labels = _mended(one, labels, wanted, obstacles)
    return labels


def _in_order(wanted: Sequence[Wanted], obstacles: Obstacles) -> list[Label]:
    labels: list[Label] = []
    placed = set[str]()
    for one in wanted:
        if placed.isdisjoint((one.id, *one.unless)) and (spot := _first_spot(one, labels, obstacles)) is not None:
            labels.append(Label(one, spot))
            placed.add(one.id)
    return labels


def _mended(one: Wanted, labels: list[Label], wanted: Sequence[Wanted], obstacles: Obstacles) -> list[Label]:
    """The labels with one more, for which a neighbour moves or gives way; the same where that helps not."""
    order = {other: place for place, other in enumerate(wanted)}
    for other in _nearest(one, labels):
        rest = [label for label in labels if label is not other]
        spot = _first_spot(one, rest, obstacles)
        if spot is None:
            continue
        rest.append(Label(one, spot))
        moved = _first_spot(other.wanted, rest, obstacles)
        if moved is not None:
            return [*rest, Label(other.wanted, moved)]
        if order[one] < order[other.wanted]:
            return rest
    return labels


def _is_settled(one: Wanted, labels: Sequence[Label]) -> bool:
    """Whether a label or one that it goes without is placed."""
    return any(label.wanted.id == one.id or label.wanted.id in one.unless for label in labels)


def _first_spot(one: Wanted, labels: Sequence[Label], obstacles: Obstacles) -> Spot | None:
    taken = PlacedRoom(labels)
    tries = (obstacles.cheapest(one, spots, taken) for spots in one.in_turn())
    return next((found for found in tries if found is not None), None)


def _nearest(one: Wanted, labels: Sequence[Label]) -> list[Label]:
    """The labels that are nearest to the first places of one."""
    places = next(one.in_turn()).places
    if not len(places):
        return list(labels[:NEIGHBOURS])
    middles = np.array([label.box.middle for label in labels])
    away = np.maximum(np.maximum(places.min(axis=0) - middles, middles - places.max(axis=0)), 0)
    return [labels[index] for index in np.argsort(np.hypot(*away.T), kind="stable")[:NEIGHBOURS]]


def _edges(boxes: Sequence[Box]) -> np.ndarray:
    """Left, top, right, bottom of boxes, of shape (n, 4)."""
    return np.array([(box.left, box.top, box.right, box.bottom) for box in boxes]).reshape(-1, 4)


def _without(own: Box | None, marks: np.ndarray) -> np.ndarray:
    """The marks whose middle does not lie in a label's own one."""
    if own is None:
        return marks
    middles = (marks[:, :2] + marks[:, 2:]) / 2
    return marks[np.any((middles < (own.left, own.top)) | (middles > (own.right, own.bottom)), axis=1)]


def _outside(edges: np.ndarray, room: Box) -> np.ndarray:
    low = edges[:, :2] < (room.left - GAP_PX, room.top - GAP_PX)
    high = edges[:, 2:] > (room.right + GAP_PX, room.bottom + GAP_PX)
    return np.asarray(np.any(low | high, axis=1))


def _overlapping(edges: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Which boxes share ground with any of the others; those far from all are not compared one by one."""
    if not (len(edges) and len(others)):
        return np.zeros(len(edges), dtype=bool)
    low, high = edges[:, :2].min(axis=0), edges[:, 2:].max(axis=0)
    others = others[((others[:, :2] < high) & (others[:, 2:] > low)).all(axis=1)]
    left, top, right, bottom = edges.T[:, :, None]
    across = (left < others[:, 2]) & (right > others[:, 0])
    return np.asarray((across & (top < others[:, 3]) & (bottom > others[:, 1])).any(axis=1))


def _prices(shapes: np.ndarray, prices: Sequence[Price]) -> np.ndarray:
    total = np.zeros(len(shapes))
    for geometry, price in prices:
        total[np.asarray(shapely.intersects(geometry, shapes))] += price  # the first may be prepared
    return total


def _covering(edges: np.ndarray, areas: np.ndarray, shape: BaseGeometry) -> np.ndarray:
    """Which part of boxes, given by their edges and as areas, lies on a shape, of a few places in each."""
    shapely.prepare(shape)
    covered = np.asarray(shapely.intersects(shape, areas), dtype=float)
    touched = np.flatnonzero(covered)
    near = edges[touched]
    across, down = (array.ravel() for array in np.meshgrid(*[np.linspace(0.0, 1.0, SAMPLES)] * 2))
    xs = near[:, :1] + across * (near[:, 2:3] - near[:, :1])
    ys = near[:, 1:2] + down * (near[:, 3:] - near[:, 1:2])
    covered[touched] = np.asarray(shapely.contains_xy(shape, xs, ys)).mean(axis=1)
    return covered


def _meeting(shapes: np.ndarray, barriers: STRtree) -> np.ndarray:
    """Which of some shapes meet any of the barriers."""
    met = np.zeros(len(shapes), dtype=bool)
    met[barriers.query(shapes, predicate="intersects")[0]] = True
    return met

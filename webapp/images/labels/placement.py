"""Placement by a score: each label takes its cheapest place that touches nothing, and others move for what matters."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from webapp.images.labels.positions import Spot, Spots
from webapp.typography.boxes import Box

GAP_PX = 2.0
LEADER_CLEAR_PX = 2.0
MOST_FOREIGN = 0.1  # share of a label that may lie on an area that another label names
AT_ONCE = 64
IMPORTANT, MOST_MENDED, NEIGHBOURS = 64, 6, 4
MENDED = ("zone", "site", "town")
SAMPLES = 7  # along each side of a box

Price = tuple[BaseGeometry, float]


@dataclass(frozen=True)
class Wanted:
    """A label to be placed in one of its spots, the first where they cost the same.

    ``own`` is the obstacle that the label itself brings, such as its town's dot; it may stand next to
    it. ``otherwise`` gives more spots, in turn, as long as none of those before is free. ``foreign`` is ground
    of others, on which a label would be read as their name, ``walls`` what its leader may not cross.
    It is left out where it or one of the labels ``unless`` is placed already.
    """

    id: str
    kind: str
    spots: Spots
    own: Box | None = None
    otherwise: Sequence[Callable[[], Spots]] = ()
    foreign: BaseGeometry | None = None
    unless: frozenset[str] = frozenset()
    walls: BaseGeometry | None = None


@dataclass(frozen=True)
class Label:
    """A label in its place."""

    wanted: Wanted
    spot: Spot

    @property
    def box(self) -> Box:
        """The rectangle of its text."""
        return self.spot.setting.box


@dataclass
class Obstacles:
    """What labels keep clear of: the frame's edge, boxes, a line; and shapes that they touch only at a price.

    A label stands next to its own mark, and to marks that lie on it. A leader keeps clear of boxes and of other
    leaders, and crosses the line at a price; a label with a leader could stand elsewhere, so that for it more
    ground has a price.
    """

    room: Box
    line: BaseGeometry
    boxes: list[Box] = field(default_factory=list)
    marks: Sequence[Box] = ()
    priced: Sequence[Price] = ()
    priced_aside: Sequence[Price] = ()
    crossing_price: float = 0.0
    leaders: list[BaseGeometry] = field(default_factory=list)

    def cheapest(self, wanted: Wanted, spots: Spots) -> Spot | None:
        """The spot of a label that costs least, or None where it cannot stand in any.

        What a spot touches only adds to its cost, so that dearer ones need not be looked at.

        Parameters
        ----------
        wanted
            The label.
        spots
            The spots that it may stand in.
        """
        edges = spots.edges() + GAP_PX * np.array([-1, -1, 1, 1])
        others = [mark for mark in self.marks if wanted.own is None or not wanted.own.holds(mark.middle)]
        taken = _edges([*self.boxes, *others])
        apart = [mark for mark in others if wanted.own is None or not mark.overlaps(wanted.own)]
        around = _edges([*(box.grown(LEADER_CLEAR_PX) for box in self.boxes), *apart])
        free = np.flatnonzero(~(_outside(edges, self.room) | _overlapping(edges, taken)))
        order = free[np.argsort(spots.costs[free], kind="stable")]
        barriers = STRtree([*np.asarray(shapely.box(*around.T)), *self.leaders])
        best, least = None, np.inf
        for start in range(0, len(order), AT_ONCE):
            some = order[start : start + AT_ONCE]
            if spots.costs[some[0]] >= least:
                break
            costs = self._full_costs(spots, some, edges[some], barriers)
            if spots.leaders is not None and wanted.walls is not None:
                leaders = np.asarray(shapely.linestrings(spots.leaders[some]))
                shapely.prepare(wanted.walls)
                costs[np.asarray(shapely.intersects(wanted.walls, leaders))] = np.inf
            if wanted.foreign is not None:
                costs[_covering(edges[some], wanted.foreign) > 0.8 * MOST_FOREIGN] = np.inf
            if costs.min() < least:
                best, least = int(some[np.argmin(costs)]), costs.min()
        return None if best is None else spots.spot(best)

    def _full_costs(self, spots: Spots, some: np.ndarray, edges: np.ndarray, barriers: STRtree) -> np.ndarray:
        areas = np.asarray(shapely.box(*edges.T))
        costs = spots.costs[some] + _prices(areas, [(self.line, np.inf), *self.priced])
        costs[_touching(areas, STRtree(self.leaders))] = np.inf
        if spots.leaders is not None:
            leaders = np.asarray(shapely.linestrings(spots.leaders[some]))
            costs += _prices(areas, self.priced_aside) + _prices(leaders, [(self.line, self.crossing_price)])
            costs[_touching(leaders, barriers)] = np.inf
        return np.asarray(costs)

    def with_labels(self, labels: Sequence[Label]) -> "Obstacles":
        """The same with labels that are placed, to which others can be added."""
        more = replace(self, boxes=list(self.boxes), leaders=list(self.leaders))
        for label in labels:
            more.add(label)
        return more

    def add(self, label: Label) -> None:
        """Keep later labels clear of one that has its place."""
        self.boxes.append(label.box)
        if label.spot.leader is not None:
            self.leaders.append(label.spot.leader)


def place(wanted: Sequence[Wanted], obstacles: Obstacles) -> list[Label]:
    """Place labels, the most important first, then move others for important ones that found no place.

    ``obstacles`` stay as they are. Where one label stands in the way, it takes another place, or is left out if it
    matters less; the order of ``wanted`` is that of their weight.

    Parameters
    ----------
    wanted
        The labels.
    obstacles
        What they have to keep clear of.
    """
    labels = _in_order(wanted, obstacles)
    last = {one.id: one for one in wanted[:IMPORTANT]}  # of several tries for a label
    missing = [one for one in last.values() if one.kind in MENDED and not _is_settled(one, labels)]
    for one in missing[:MOST_MENDED]:
        if not _is_settled(one, labels):
            labels = _mended(one, labels, wanted, obstacles)
    return labels


def _in_order(wanted: Sequence[Wanted], obstacles: Obstacles) -> list[Label]:
    taken = obstacles.with_labels([])
    labels: list[Label] = []
    for one in wanted:
        if not _is_settled(one, labels) and (spot := _first_spot(one, taken)) is not None:
            labels.append(Label(one, spot))
            taken.add(labels[-1])
    return labels


def _mended(one: Wanted, labels: list[Label], wanted: Sequence[Wanted], obstacles: Obstacles) -> list[Label]:
    """The labels with one more, for which a neighbour moves or gives way; the same where that helps not."""
    order = {id(other): place for place, other in enumerate(wanted)}
    for other in sorted(labels, key=lambda label: _away(one, label))[:NEIGHBOURS]:
        rest = [label for label in labels if label is not other]
        taken = obstacles.with_labels(rest)
        spot = _first_spot(one, taken)
        if spot is None:
            continue
        taken.add(Label(one, spot))
        moved = _first_spot(other.wanted, taken)
        if moved is not None:
            return [*rest, Label(one, spot), Label(other.wanted, moved)]
        if order[id(one)] < order[id(other.wanted)]:
            return [*rest, Label(one, spot)]
    return labels


def _is_settled(one: Wanted, labels: Sequence[Label]) -> bool:
    """Whether a label or one that it goes without is placed."""
    return any(label.wanted.id == one.id or label.wanted.id in one.unless for label in labels)


def _first_spot(one: Wanted, taken: Obstacles) -> Spot | None:
    tries = (taken.cheapest(one, spots) for spots in _in_turn(one))
    return next((found for found in tries if found is not None), None)


def _away(one: Wanted, label: Label) -> float:
    if not len(one.spots.places):
        return 0.0
    x, y = label.box.middle
    return float(np.hypot(*(one.spots.places - (x, y)).T).min())


def _in_turn(wanted: Wanted) -> Iterator[Spots]:
    yield wanted.spots
    for more in wanted.otherwise:
        yield more()


def _edges(boxes: Sequence[Box]) -> np.ndarray:
    """Left, top, right, bottom of boxes, of shape (n, 4)."""
    return np.array([(box.left, box.top, box.right, box.bottom) for box in boxes]).reshape(-1, 4)


def _outside(edges: np.ndarray, room: Box) -> np.ndarray:
    low = edges[:, :2] < (room.left - GAP_PX, room.top - GAP_PX)
    high = edges[:, 2:] > (room.right + GAP_PX, room.bottom + GAP_PX)
    return np.asarray(np.any(low | high, axis=1))


def _overlapping(edges: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Which boxes share ground with any of the others."""
    apart = (edges[:, None, :2] >= others[None, :, 2:]) | (edges[:, None, 2:] <= others[None, :, :2])
    return np.asarray(np.any(~np.any(apart, axis=2), axis=1))


def _prices(shapes: np.ndarray, prices: Sequence[Price]) -> np.ndarray:
    total = np.zeros(len(shapes))
    for geometry, price in prices:
        total[np.asarray(shapely.intersects(geometry, shapes))] += price  # the first may be prepared
    return total


def _covering(edges: np.ndarray, shape: BaseGeometry) -> np.ndarray:
    """Which part of boxes lies on a shape, of a few places in each."""
    shapely.prepare(shape)
    across, down = (array.ravel() for array in np.meshgrid(*[np.linspace(0.0, 1.0, SAMPLES)] * 2))
    xs = edges[:, :1] + across * (edges[:, 2:3] - edges[:, :1])
    ys = edges[:, 1:2] + down * (edges[:, 3:] - edges[:, 1:2])
    return np.asarray(np.asarray(shapely.contains_xy(shape, xs, ys)).mean(axis=1))


def _touching(shapes: np.ndarray, barriers: STRtree) -> np.ndarray:
    """The indices of shapes that meet any of the barriers."""
    return np.unique(barriers.query(shapes, predicate="intersects")[0])

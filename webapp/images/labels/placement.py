"""Greedy placement: each label takes its cheapest place that touches nothing it must not touch."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from webapp.images.labels.positions import Spot, Spots
from webapp.typography.boxes import Box

GAP_PX = 2.0
LEADER_CLEAR_PX = 2.0
MOST_FOREIGN = 0.2  # share of a label with a leader that may lie on an area that another label names
AT_ONCE = 64

Price = tuple[BaseGeometry, float]


@dataclass(frozen=True)
class Wanted:
    """A label to be placed in one of its spots, the first where they cost the same.

    ``own`` is the obstacle that the label itself brings, such as its town's dot; it may stand next to
    it. ``otherwise`` gives more spots, in turn, as long as none of those before is free. ``foreign`` is ground
    of others, on which a label with a leader would be read as their name.
    """

    id: str
    kind: str
    spots: Spots
    own: Box | None = None
    otherwise: Sequence[Callable[[], Spots]] = ()
    foreign: BaseGeometry | None = None


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
            if spots.leaders is not None and wanted.foreign is not None:
                costs[_covering(edges[some], wanted.foreign) > MOST_FOREIGN] = np.inf
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

    def add(self, label: Label) -> None:
        """Keep later labels clear of one that has its place."""
        self.boxes.append(label.box)
        if label.spot.leader is not None:
            self.leaders.append(label.spot.leader)


def place(wanted: Iterable[Wanted], obstacles: Obstacles) -> list[Label]:
    """Place labels in the order given, the most important first; one that finds no place is left out.

    The obstacles grow by every label that is placed.
    """
    labels = []
    for one in wanted:
        tries = (obstacles.cheapest(one, spots) for spots in _in_turn(one))
        spot = next((found for found in tries if found is not None), None)
        if spot is not None:
            labels.append(Label(one, spot))
            obstacles.add(labels[-1])
    return labels


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
        total[np.asarray(shapely.intersects(shapes, geometry))] += price
    return total


def _covering(edges: np.ndarray, shape: BaseGeometry) -> np.ndarray:
    """Which part of boxes lies on a shape."""
    boxes = np.asarray(shapely.box(*edges.T))
    return np.asarray(shapely.area(shapely.intersection(boxes, shape)) / shapely.area(boxes))


def _touching(shapes: np.ndarray, barriers: STRtree) -> np.ndarray:
    """The indices of shapes that meet any of the barriers."""
    return np.unique(barriers.query(shapes, predicate="intersects")[0])

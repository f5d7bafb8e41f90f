"""Candidate positions of labels: around a point, inside a shape, or beside it with a leader.

Positions are arrays, because a label has hundreds of candidates and takes one.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from webapp.typography.boxes import PART_LEFT, Anchor, Lettering, Setting
from webapp.typography.fonts import ASCENT

Lines = tuple[str, ...]

# Right and left of a point read best; straight above and below are the last choice.
_AROUND: tuple[tuple[float, float, Anchor, float], ...] = (
    (1.0, 0.0, "start", 0.0),
    (-1.0, 0.0, "end", 1.0),
    (0.75, -0.75, "start", 2.0),
    (0.75, 0.75, "start", 2.5),
    (-0.75, -0.75, "end", 3.0),
    (-0.75, 0.75, "end", 3.5),
    (0.0, -1.0, "middle", 4.0),
    (0.0, 1.0, "middle", 4.5),
)
_ANCHORS = {part: anchor for anchor, part in PART_LEFT.items()}
_CAPITALS = 0.36  # half the height of capitals, in parts of the size

GRID_PX = 4.0
MOST_TRIED = 2500
MOST_INSIDE = 250
AT_ONCE = 512
INSIDE_MARGIN_PX = 2.0
DOT_GAP_PX = 2.5
LEADER_GAP_PX = 2.5
LEADER_TURNS = 16
LEADER_LENGTHS_PX = (9.0, 16.0, 24.0, 34.0, 46.0, 60.0)


@dataclass(frozen=True)
class Spot:
    """A place for a label, and its leader if it needs one."""

    setting: Setting
    leader: shapely.LineString | None = None


@dataclass(frozen=True)
class Spots:
    """Spots of one label: for each the way to break it, place (n, 2), cost, and leader (n, 2, 2) if any.

    ``parts`` says which part of a line is left of its place: 0, a half, or all.
    """

    choices: Sequence[Lines]
    lettering: Lettering
    choice: np.ndarray
    parts: np.ndarray
    places: np.ndarray
    costs: np.ndarray
    leaders: np.ndarray | None = None

    def edges(self) -> np.ndarray:
        """Left, top, right, bottom of the box of every spot, of shape (n, 4)."""
        sizes = np.array([self.lettering.size(lines) for lines in self.choices])[self.choice]
        left = self.places[:, 0] - self.parts * sizes[:, 0]
        top = self.places[:, 1] - ASCENT * self.lettering.size_px
        return np.column_stack([left, top, left + sizes[:, 0], top + sizes[:, 1]])

    def spot(self, index: int) -> Spot:
        """One of the spots."""
        x, y = (round(float(value), 1) for value in self.places[index])
        anchor = _ANCHORS[float(self.parts[index])]
        setting = Setting(self.choices[int(self.choice[index])], x, y, anchor, self.lettering)
        return Spot(setting, None if self.leaders is None else shapely.LineString(self.leaders[index]))

    def without(self, barred: np.ndarray) -> "Spots":
        """The same spots without some, given as booleans."""
        return replace(self, costs=np.where(barred, np.inf, self.costs))

    def dearer(self, extra: np.ndarray) -> "Spots":
        """The same spots at higher costs."""
        return replace(self, costs=self.costs + extra)


def only(spot: Spot) -> Spots:
    """One spot alone, at no cost."""
    setting, none = spot.setting, np.zeros(1)
    leaders = None if spot.leader is None else shapely.get_coordinates(spot.leader)[None]
    parts, places = np.array([PART_LEFT[setting.anchor]]), np.array([(setting.x, setting.y)])
    return Spots([setting.lines], setting.lettering, none.astype(int), parts, places, none, leaders)


def around(choices: Sequence[Lines], x: float, y: float, radius_px: float, lettering: Lettering) -> Spots:
    """Return eight spots round a point for each way to break a name; fewer lines are cheaper.

    Parameters
    ----------
    choices
        Ways to break the name into lines, the best first.
    x
        Distance of the point from the left, in pixels.
    y
        Distance from the top, in pixels.
    radius_px
        Radius of the mark on it, in pixels.
    lettering
        Size, weight and colour of the text.
    """
    gap = radius_px + DOT_GAP_PX
    reach = gap + 0.55 * lettering.size_px
    numbers = [choice for choice in range(len(choices)) for _ in _AROUND]
    spots = [(choice, *spot) for choice in range(len(choices)) for spot in _AROUND]
    more = [(len(choices[choice]) - 1) * lettering.leading_px for choice in numbers]
    baselines = [
        y + _CAPITALS * lettering.size_px + down * reach + (down - 1) / 2 * extra
        for (_, _, down, _, _), extra in zip(spots, more, strict=True)
    ]
    places = np.array([(x + spot[1] * gap, baseline) for spot, baseline in zip(spots, baselines, strict=True)])
    costs = np.array([cost + 1.5 * choice for choice, _, _, _, cost in spots])
    parts = np.array([PART_LEFT[anchor] for *_, anchor, _ in spots])
    return Spots(choices, lettering, np.array(numbers), parts, places, costs)


def centred(choices: Sequence[Lines], choice: np.ndarray, middles: np.ndarray, lettering: Lettering) -> Spots:
    """Return spots with the middle of the box at given places, all at no cost.

    Parameters
    ----------
    choices
        Ways to break the name into lines, the best first.
    choice
        Index into ``choices`` for each place, shape (n,).
    middles
        Middles of the boxes in pixels, shape (n, 2).
    lettering
        Size, weight and colour of the text.
    """
    heights = np.array([lettering.size(lines)[1] for lines in choices])[choice]
    baselines = middles[:, 1] - heights / 2 + ASCENT * lettering.size_px
    places = np.column_stack([middles[:, 0], baselines])
    parts = np.full(len(places), PART_LEFT["middle"])
    return Spots(choices, lettering, choice, parts, places, np.zeros(len(places)))


def inside(choices: Sequence[Lines], shape: BaseGeometry, lettering: Lettering, home: shapely.Point) -> Spots:
    """Return spots whose box lies inside a shape, cheaper the nearer they are to a place.

    Parameters
    ----------
    choices
        Ways to break the name into lines, the best first.
    shape
        Polygons in pixels.
    lettering
        Size, weight and colour of the text.
    home
        Place to be near to, in pixels.
    """
    shapely.prepare(shape)
    grid = _grid(shape)
    middles = np.tile(grid, (len(choices), 1))
    spots = centred(choices, np.repeat(np.arange(len(choices)), len(grid)), middles, lettering)
    away = np.hypot(middles[:, 0] - home.x, middles[:, 1] - home.y) / 10 + spots.choice
    edges = spots.edges() + INSIDE_MARGIN_PX * np.array([-1, -1, 1, 1])
    best = _first_in(shape, edges, np.argsort(away, kind="stable"), MOST_INSIDE * len(choices))
    nearest = centred(choices, spots.choice[best], middles[best], lettering)
    return nearest.dearer(away[best])


def _first_in(shape: BaseGeometry, edges: np.ndarray, order: np.ndarray, most: int) -> np.ndarray:
    """The first in an order of boxes that lie in a shape, at most so many."""
    found: list[np.ndarray] = []
    for start in range(0, len(order), AT_ONCE):
        some = order[start : start + AT_ONCE]
        found.append(some[_contained(shape, edges[some])])
        if sum(map(len, found)) >= most:
            break
    return np.concatenate([*found, np.empty(0, dtype=int)])[:most]


def _contained(shape: BaseGeometry, edges: np.ndarray) -> np.ndarray:
    """Which boxes lie in a shape; only of those whose corners do is all of the box asked."""
    within = np.ones(len(edges), dtype=bool)
    for x, y in ((0, 1), (2, 3), (0, 3), (2, 1)):
        within[within] = shapely.contains_xy(shape, edges[within, x], edges[within, y])
    within[within] = shapely.contains(shape, shapely.box(*edges[within].T))
    return within


def beside(choices: Sequence[Lines], targets: np.ndarray, lettering: Lettering, longest_px: float) -> Spots:
    """Return spots round targets at growing distance, each with a leader to its target.

    Parameters
    ----------
    choices
        Ways to break the name into lines, the best first.
    targets
        Places to point to, in pixels, shape (n, 2).
    lettering
        Size, weight and colour of the text.
    longest_px
        Longest leader, in pixels; spots with a longer one cost infinitely much.
    """
    turns = 2 * math.pi * np.arange(LEADER_TURNS) / LEADER_TURNS
    lengths = np.array([length for length in LEADER_LENGTHS_PX if length <= longest_px] or LEADER_LENGTHS_PX[:1])
    numbers = (np.arange(len(choices)), np.arange(len(targets)), lengths, turns)
    choice, aim, length, turn = (axis.ravel() for axis in np.meshgrid(*numbers, indexing="ij"))
    halves = np.array([lettering.size(lines) for lines in choices])[choice] / 2
    steps = np.column_stack([np.cos(turn), np.sin(turn)]) * (length[:, None] + halves)
    aims = targets[aim]
    spots = centred(choices, choice, aims + steps, lettering)
    leaders = np.round(np.stack([_exits(spots.edges(), aims), aims], axis=1), 1)  # tried as they are drawn
    reach = np.hypot(*(leaders[:, 0] - leaders[:, 1]).T)
    return replace(spots, leaders=leaders, costs=np.where(reach > longest_px, np.inf, choice + length / 5))


def _grid(shape: BaseGeometry) -> np.ndarray:
    """The places of a regular grid that lie in a shape, of shape (n, 2); wider apart where the shape is large."""
    left, top, right, bottom = shape.bounds
    step = max(GRID_PX, math.sqrt((right - left) * (bottom - top) / MOST_TRIED))
    across, down = np.meshgrid(np.arange(left + step, right, step), np.arange(top + step, bottom, step))
    places = np.column_stack([across.ravel(), down.ravel()])
    return places[shapely.contains_xy(shape, places)]


def _exits(edges: np.ndarray, aims: np.ndarray) -> np.ndarray:
    """Where leaders begin: half way up the side that faces the target, or above or below it."""
    low, high = edges[:, :2] - LEADER_GAP_PX, edges[:, 2:] + LEADER_GAP_PX
    nearest = np.clip(aims, low, high)
    gaps = np.maximum(np.maximum(low - aims, aims - high), 0)
    sideways = gaps[:, 0] >= np.maximum(gaps[:, 1], 1e-9)
    nearest[sideways, 1] = ((edges[:, 1] + edges[:, 3]) / 2)[sideways]
    return np.asarray(nearest)

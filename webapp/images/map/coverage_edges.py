"""Edges of a coverage, distinguished by what is on either side of them."""

from collections.abc import Callable, Sequence

import numpy as np
import shapely

from webapp.images.map.coverage import HOME, Unit
from webapp.svg_path import STEP_PX

Side = Unit | None
Chooses = Callable[[Unit, Side], bool]


class Mesh:
    """Every edge of a coverage in pixels once, with the one or two units that it bounds.

    Edges are rounded to a tenth of a pixel, both sides of one alike.
    """

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        starts, ends, owners = _segments(units)
        self._keys, self._pairs = _paired(starts, ends, owners)

    def lines(self, chooses: Chooses) -> shapely.MultiLineString:
        """The edges that a rule chooses, joined end to end; the second side is None at the sea."""
        wanted = {
            pair
            for pair in {(int(one), int(other)) for one, other in self._pairs}
            if chooses(self._units[pair[0]], self._units[pair[1]] if pair[1] >= 0 else None)
        }
        kept = np.array([(int(one), int(other)) in wanted for one, other in self._pairs], dtype=bool)
        segments = self._keys[kept].reshape(-1, 2, 2) * STEP_PX
        merged = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(segments)))
        return shapely.MultiLineString(list(shapely.get_parts(shapely.normalize(merged))))


def is_border(one: Unit, other: Side) -> bool:
    """Return whether an edge is between Ukraine and a neighbour.

    Parameters
    ----------
    one
        Unit on one side of the edge.
    other
        Unit on the other side; None for the sea.
    """
    return other is not None and (one.country == HOME) != (other.country == HOME)


def is_coast(one: Unit, other: Side) -> bool:
    """Return whether an edge is between Ukraine and the sea.

    Parameters
    ----------
    one
        Unit on one side of the edge.
    other
        Unit on the other side; None for the sea.
    """
    return other is None and one.country == HOME


def is_oblast_edge(one: Unit, other: Side) -> bool:
    """Return whether an edge is between two oblasts.

    Parameters
    ----------
    one
        Unit on one side of the edge.
    other
        Unit on the other side; None for the sea.
    """
    return other is not None and one.country == other.country == HOME and one.oblast != other.oblast


def is_foreign_edge(one: Unit, other: Side) -> bool:
    """Return whether an edge is between two neighbours of Ukraine.

    Parameters
    ----------
    one
        Unit on one side of the edge.
    other
        Unit on the other side; None for the sea.
    """
    return other is not None and HOME not in (one.country, other.country) and one.country != other.country


def is_zone_edge(one: Unit, other: Side) -> bool:
    """Return whether an edge is between a zone and anything else in its own oblast.

    Parameters
    ----------
    one
        Unit on one side of the edge.
    other
        Unit on the other side; None for the sea.
    """
    return other is not None and one.oblast == other.oblast and one.zone != other.zone


def _segments(units: Sequence[Unit]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    starts, ends, owners = [], [], []
    for index, unit in enumerate(units):
        rings = shapely.get_rings(shapely.get_parts(unit.shape))
        points, ring = shapely.get_coordinates(rings, return_index=True)
        steps = np.rint(points / STEP_PX).astype(np.int64)
        same = ring[:-1] == ring[1:]
        moved = np.any(steps[:-1] != steps[1:], axis=1)
        starts.append(steps[:-1][same & moved])
        ends.append(steps[1:][same & moved])
        owners.append(np.full(int(np.count_nonzero(same & moved)), index))
    return np.concatenate(starts), np.concatenate(ends), np.concatenate(owners)


def _paired(starts: np.ndarray, ends: np.ndarray, owners: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each segment once, and its lowest and highest owner; -1 where there is no second one."""
    swapped = (starts[:, 0] > ends[:, 0]) | ((starts[:, 0] == ends[:, 0]) & (starts[:, 1] > ends[:, 1]))
    first = np.where(swapped[:, None], ends, starts)
    last = np.where(swapped[:, None], starts, ends)
    keys, group = np.unique(np.hstack([first, last]), axis=0, return_inverse=True)
    group = group.reshape(-1)
    low = np.full(len(keys), np.iinfo(np.int64).max)
    high = np.full(len(keys), -1)
    np.minimum.at(low, group, owners)
    np.maximum.at(high, group, owners)
    return keys, np.column_stack([low, np.where(high == low, -1, high)])

"""Whether polygons of different dates overlap, which distinguishes states of a map from parts of one."""

from collections.abc import Mapping, Sequence

import numpy as np
import shapely

STEPS = 60
MOST_GROUPS = 30
LEAST_POINTS = 3
SHARE = 0.5


def lie_on_one_another(groups: Mapping[str, Sequence[shapely.Polygon]]) -> bool:
    """Whether at least half of one group's area lies in another group, by a grid of points; rings need not be valid.

    Only the first 30 groups are compared.
    """
    chosen = [list(group) for group in list(groups.values())[:MOST_GROUPS] if group]
    if len(chosen) < 2:
        return False
    west, south, east, north = shapely.total_bounds([polygon for group in chosen for polygon in group])
    xs, ys = (grid.ravel() for grid in np.meshgrid(np.linspace(west, east, STEPS), np.linspace(south, north, STEPS)))
    covered = [_covered(group, xs, ys) for group in chosen]
    return any(
        one.sum() >= LEAST_POINTS and (one & other).sum() >= SHARE * one.sum()
        for place, one in enumerate(covered)
        for other in covered[:place] + covered[place + 1 :]
    )


def _covered(polygons: Sequence[shapely.Polygon], xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
    inside = np.zeros(len(xs), dtype=bool)
    for polygon in polygons:
        shapely.prepare(polygon)
        inside |= shapely.contains_xy(polygon, xs, ys)
    return inside

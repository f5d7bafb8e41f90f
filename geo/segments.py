"""The straight segments of rings as arrays, and counting within groups of them without a loop."""

import numpy as np
import shapely


def segments_of(given: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the segments of all rings of polygons as x, y, x, y, and the index of the polygon of each.

    Segments of length 0 are left out.

    >>> from shapely import box
    >>> ends, polygon = segments_of(np.array([box(0, 0, 1, 1), box(2, 0, 3, 1)]))
    >>> ends.shape, polygon.tolist()
    ((8, 4), [0, 0, 0, 0, 1, 1, 1, 1])
    """
    rings, polygon = shapely.get_rings(given, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    joined = (ring[1:] == ring[:-1]) & (points[1:] != points[:-1]).any(axis=1)
    return np.hstack([points[:-1][joined], points[1:][joined]]), polygon[ring[1:][joined]]


def counting_up(times: np.ndarray) -> np.ndarray:
    """Return 0, 1, … up to each of the numbers in turn, excluding it.

    >>> counting_up(np.array([2, 3])).tolist()
    [0, 1, 0, 1, 2]
    """
    starts = np.repeat(np.cumsum(times) - times, times)
    counted: np.ndarray = np.arange(len(starts)) - starts
    return counted

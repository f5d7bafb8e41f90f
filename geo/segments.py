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


def drawn_once(lines: np.ndarray) -> np.ndarray:
    """Return lines without the segments that were drawn before, in either direction.

    Parameters
    ----------
    lines
        Lines and rings, alone or many in one, in any coordinates; a segment counts as drawn before if both its ends are
        exactly the same.

    Returns
    -------
    Lines of the segments left, in their order, broken where one is missing.

    Examples
    --------
    >>> from shapely import box
    >>> left = drawn_once(np.array([box(0, 0, 1, 1).exterior, box(1, 0, 2, 1).exterior]))
    >>> [line.wkt for line in left]
    ['LINESTRING (1 0, 1 1, 0 1, 0 0, 1 0)', 'LINESTRING (2 0, 2 1, 1 1)', 'LINESTRING (1 0, 2 0)']
    """
    points, line = shapely.get_coordinates(shapely.get_parts(lines), return_index=True)
    starts = np.flatnonzero(line[1:] == line[:-1])
    _, places = np.unique(points.view(np.complex128)[:, 0], return_inverse=True)
    both = np.sort(np.column_stack([places[starts], places[starts + 1]]), axis=1)
    _, first = np.unique(both[:, 0] * len(places) + both[:, 1], return_index=True)
    starts = starts[np.sort(first)]
    begins = np.append(True, np.diff(starts) > 1)
    sizes = np.diff(np.append(np.flatnonzero(begins), len(starts))) + 1
    vertices = np.repeat(starts[begins], sizes) + counting_up(sizes)
    return np.asarray(shapely.linestrings(points[vertices], indices=np.repeat(np.arange(len(sizes)), sizes)))


def counting_up(times: np.ndarray) -> np.ndarray:
    """Return 0, 1, … up to each of the numbers in turn, excluding it.

    >>> counting_up(np.array([2, 3])).tolist()
    [0, 1, 0, 1, 2]
    """
    starts = np.repeat(np.cumsum(times) - times, times)
    counted: np.ndarray = np.arange(len(starts)) - starts
    return counted

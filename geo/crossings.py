"""How often edges of polygons cross, counted up to a limit before an operation whose time grows with the crossings.

Edges are sorted into bands a few edges high and swept along each band, where the short edges of a real boundary have
few others beside them (two pairs per edge in published maps). The count is deterministic: the same file gives the same
result on every machine.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from geo.segments import counting_up, segments_of

MOST_OWN = 20_000  # meetings of one polygon's edges: mended in about 2 seconds
MOST_ALL = 100_000  # of all edges: united in about 2 seconds where they make a lattice
MOST_NEAR = 20_000_000  # pairs of edges beside each other, and 4 an edge: 2 seconds of looking alone
NEAR_AN_EDGE = 4
BAND_HEIGHTS = 4.0  # of a mean edge
MOST_BANDS = 60_000  # they fit into 16 bits, which numpy sorts fastest
CHUNK = 250_000


@dataclass(frozen=True)
class Tangle:
    """Edges that cross or lie beside each other too often.

    ``polygon`` is the index of the polygon that has most of them, ``own`` whether they are edges of that polygon alone,
    and ``more_than`` the limit that was exceeded.
    """

    polygon: int
    own: bool
    more_than: int


@dataclass(frozen=True)
class _Edges:
    """Edges of non-zero length: their ends as x, y, x, y, and the index of the polygon of each."""

    ends: np.ndarray
    polygon: np.ndarray


@dataclass(frozen=True)
class _Sweep:
    """Edges in the order of a sweep, once in each of their bands.

    ``reach`` is the number of following edges that lie beside one.
    """

    edge: np.ndarray
    band: np.ndarray
    reach: np.ndarray
    first_band: np.ndarray  # by edge

    @property
    def pairs(self) -> int:
        """How many pairs of edges may meet."""
        return int(self.reach.sum())


def find_tangle(given: np.ndarray) -> Tangle | None:
    """Return where polygons cross themselves or one another too often to be repaired and united, or None.

    The limits are 20,000 crossings between edges of one polygon and 100,000 in all; edges with a common end are not
    counted. A single valid polygon, however large, is only checked for edges that lie too close together.

    >>> import shapely
    >>> from shapely import box
    >>> find_tangle(np.array([box(35, 48, 36, 49), box(35.5, 48, 37, 49)])) is None
    True
    >>> zigzag = [(number % 2, number / 200) for number in range(200)]
    >>> find_tangle(np.array([shapely.Polygon([*zigzag, *((y, x) for x, y in zigzag)])]))
    Tangle(polygon=0, own=True, more_than=20000)
    """
    edges = _Edges(*segments_of(given))
    if not len(edges.ends):
        return None
    most = MOST_NEAR + NEAR_AN_EDGE * len(edges.ends)
    sweep = _swept(edges.ends, 1)
    if sweep.pairs > most:
        sweep = _swept(edges.ends, 0)
    if sweep.pairs > most:
        crowded = np.bincount(edges.polygon[sweep.edge], weights=sweep.reach)
        return Tangle(int(crowded.argmax()), bool(2 * crowded.max() > crowded.sum()), most)
    if len(given) == 1 and given[0].is_valid:
        return None
    return _counted(edges, sweep)


def _swept(ends: np.ndarray, across: int) -> _Sweep:
    """The sweep along one axis, in bands across it."""
    along = 1 - across
    low, high = np.minimum(ends[:, :2], ends[:, 2:]), np.maximum(ends[:, :2], ends[:, 2:])
    low, high = low - low.min(axis=0), high - low.min(axis=0)
    bands, height = _bands(low[:, across], high[:, across])
    first = np.minimum(low[:, across] // height, bands - 1).astype(np.int64)
    times = np.minimum(high[:, across] // height, bands - 1).astype(np.int64) - first + 1
    start = np.argsort(low[:, along], kind="stable")
    edge = np.repeat(start, times[start])
    band = first[edge] + counting_up(times[start])
    order = np.argsort(band.astype(np.uint16), kind="stable")
    edge, band = edge[order], band[order]
    stride = 2 * high[:, along].max() + 1  # so that a band ends before the next begins
    ahead = np.searchsorted(band * stride + low[edge, along], band * stride + high[edge, along], side="right")
    return _Sweep(edge, band, np.maximum(ahead - np.arange(len(edge)) - 1, 0), first)


def _bands(low: np.ndarray, high: np.ndarray) -> tuple[int, float]:
    """How many bands, and how high: on average an edge lies in no more than one and a quarter."""
    whole = float(high.max())
    least = max(BAND_HEIGHTS * float((high - low).mean()), whole / MOST_BANDS)
    bands = int(np.clip(whole / least, 1, MOST_BANDS)) if least else 1
    return bands, whole / bands or 1.0


def _counted(edges: _Edges, sweep: _Sweep) -> Tangle | None:
    own = np.zeros(int(edges.polygon.max()) + 1, dtype=np.int64)
    met = 0
    for one, other in _pairs(sweep):
        meeting = _meet(edges.ends[one], edges.ends[other])
        mine, theirs = edges.polygon[one[meeting]], edges.polygon[other[meeting]]
        own += np.bincount(mine[mine == theirs], minlength=len(own))
        met += len(meeting)
        worst = int(own.argmax())
        if own[worst] > MOST_OWN:
            return Tangle(worst, True, MOST_OWN)
        if met > MOST_ALL:
            return Tangle(int(np.bincount(mine).argmax()), False, MOST_ALL)
    return None


def _pairs(sweep: _Sweep) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs of edges that lie beside each other, many at a time; each pair in the lowest band that both lie in."""
    ends = np.cumsum(sweep.reach)
    begin = 0
    while begin < len(ends):
        done = ends[begin - 1] if begin else 0
        stop = max(int(np.searchsorted(ends, done + CHUNK, side="right")), begin + 1)
        reach = sweep.reach[begin:stop]
        first = np.repeat(np.arange(begin, stop), reach)
        one, other = sweep.edge[first], sweep.edge[first + 1 + counting_up(reach)]
        once = sweep.band[first] == np.maximum(sweep.first_band[one], sweep.first_band[other])
        yield one[once], other[once]
        begin = stop


def _meet(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Which edges meet, crossing or touching; those that have an end in common do not count."""
    a, b, c, d = one[:, :2], one[:, 2:], other[:, :2], other[:, 2:]
    beside = (np.maximum(a, b) >= np.minimum(c, d)) & (np.maximum(c, d) >= np.minimum(a, b))
    found: np.ndarray = np.flatnonzero(beside.all(axis=1))
    a, b, c, d = a[found], b[found], c[found], d[found]
    joined = np.any([(end == start).all(axis=1) for end in (a, b) for start in (c, d)], axis=0)
    between = (_side(a, b, c) * _side(a, b, d) <= 0) & (_side(c, d, a) * _side(c, d, b) <= 0)
    met: np.ndarray = found[~joined & between]
    return met


def _side(start: np.ndarray, end: np.ndarray, point: np.ndarray) -> np.ndarray:
    """On which side of an edge a point lies: 1, −1, or 0 on it."""
    along, to = end - start, point - start
    side: np.ndarray = np.sign(along[:, 0] * to[:, 1] - along[:, 1] * to[:, 0])
    return side

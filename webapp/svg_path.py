"""Geometry in pixels as SVG path data: relative, to a tenth of a pixel, as short as it can be."""

from functools import lru_cache
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

STEP_PX = 0.1


def number(value: float) -> str:
    """Pixels to a tenth, as short as they can be."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def hundredths(value: float) -> str:
    """Pixels to a hundredth, as short as they can be."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


@lru_cache(maxsize=2048)
def path_data(geometry: BaseGeometry) -> str:
    """The ``d`` of a path for polygons and lines in pixels; an empty string for nothing.

    Coordinates are rounded before differences are taken, so that rounding never adds up.
    """
    return "".join(_part_data(part) for part in _parts(geometry))


def _parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    """The simple parts of a geometry that hold anything, also of collections in a collection."""
    parts = [part for part in shapely.get_parts(geometry) if not part.is_empty]
    return [one for part in parts for one in (_parts(part) if hasattr(part, "geoms") else [part])]


def _part_data(part: BaseGeometry) -> str:
    if part.geom_type == "LineString":
        return _run(shapely.get_coordinates(part), closed=False)
    rings = shapely.get_rings(part)
    return "".join(_run(shapely.get_coordinates(ring)[:-1], closed=True) for ring in rings)


def _run(points: np.ndarray, *, closed: bool) -> str:
    """One line or ring: an absolute start, then steps; a ring of fewer than three places is left out."""
    steps = np.rint(points / STEP_PX).astype(int)
    keep = np.ones(len(steps), dtype=bool)
    keep[1:] = np.any(steps[1:] != steps[:-1], axis=1)
    keep[-1] &= not (closed and np.array_equal(steps[0], steps[-1]))
    steps = steps[keep]
    if len(steps) < (3 if closed else 2):
        return ""
    moves = np.diff(steps, axis=0).reshape(-1)
    start = _joined(steps[0].tolist())
    return f"M{start}l{_joined(moves.tolist())}{'z' if closed else ''}"


def _joined(tenths: list[int]) -> str:
    """Numbers one after the other; before a minus sign, or a point after a number with one, no space is needed."""
    numbers = [_number(tenth) for tenth in tenths]
    text = numbers[0]
    for before, number in pairwise(numbers):
        apart = number[0] != "-" and not (number[0] == "." and "." in before)
        text += f" {number}" if apart else number
    return text


def _number(tenths: int) -> str:
    whole, rest = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    if not rest:
        return f"{sign}{whole}"
    return f"{sign}{whole or ''}.{rest}"

"""Hatching as lines and dots cut to their shape.

An SVG pattern would say the same in fewer bytes, but ThorVG, which draws the PNG, leaves it empty, and some programs
that designers use turn it into a picture. The lines of a zone are one path, which every program draws alike.
"""

from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.kinds.style import Hatch
from webapp.svg_path import number, path_data

# Direction of the lines in pixels, y downwards.
SLANT = 0.5**0.5
DIRECTIONS = {"horizontal": (1.0, 0.0), "vertical": (0.0, 1.0), "down": (SLANT, SLANT), "up": (SLANT, -SLANT)}
MOST_DOTS = 5000


@lru_cache(maxsize=512)
def hatch_data(shape: BaseGeometry, hatch: Hatch) -> str:
    """Return the marks of a hatch inside a shape, as the ``d`` of a path that is stroked with round ends.

    The marks of all shapes are in one raster and continue from one shape to the next. If there are too many dots, every
    other one is left out until there are few enough.

    Parameters
    ----------
    shape
        Polygons in pixels.
    hatch
        Form, spacing and width of the marks, in pixels.
    """
    if shape.is_empty:
        return ""
    if hatch.form == "dots":
        return "".join(f"M{number(x)} {number(y)}h0" for x, y in _dots(shape, hatch).tolist())
    return path_data(shapely.intersection(_lines(shape, hatch), shape))


def _lines(shape: BaseGeometry, hatch: Hatch) -> BaseGeometry:
    """Parallel lines over the box of a shape."""
    along = np.array(DIRECTIONS[hatch.form])
    across = np.array([-along[1], along[0]])
    left, top, right, bottom = shape.bounds
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    low, high = np.sort(corners @ across)[[0, -1]]
    start, end = np.sort(corners @ along)[[0, -1]]
    offsets = (np.arange(np.floor(low / hatch.spacing_px), np.ceil(high / hatch.spacing_px)) + 0.5) * hatch.spacing_px
    ends = [offsets[:, None] * across + reach * along for reach in (start, end)]
    return shapely.MultiLineString(list(np.stack(ends, axis=1)))


def _dots(shape: BaseGeometry, hatch: Hatch) -> np.ndarray:
    """Places of dots in a shape, of shape (n, 2), those that its edge would cut left out where it is wide enough."""
    whole = shapely.buffer(shape, -hatch.width_px / 2)
    room = shape if whole.area < 0.3 * shape.area else whole
    shapely.prepare(room)
    left, top, right, bottom = shape.bounds
    spacing = hatch.spacing_px
    while True:
        places = np.stack(np.meshgrid(_steps(left, right, spacing), _steps(top, bottom, spacing)), axis=-1).reshape(
            -1, 2
        )
        inside = places[shapely.contains_xy(room, places[:, 0], places[:, 1])]
        if len(inside) <= MOST_DOTS:
            return inside
        spacing *= 2


def _steps(low: float, high: float, spacing: float) -> np.ndarray:
    return (np.arange(low // spacing, high // spacing + 1) + 0.5) * spacing

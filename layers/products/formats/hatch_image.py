"""A hatch as a small picture that fills an area when it is laid side by side."""

import base64
import io
import math

import numpy as np
from PIL import Image, ImageColor

from layers.kinds.style import Hatch

DIAGONAL = {"up": 1, "down": -1}


def hatch_url(hatch: Hatch, pixel_ratio: int) -> str:
    """Return a hatch as a ``data:`` URL of a PNG without a ground.

    Parameters
    ----------
    hatch
        The hatch.
    pixel_ratio
        Pixels of the picture in a pixel of the style.
    """
    picture = io.BytesIO()
    Image.fromarray(_pixels(hatch, pixel_ratio)).save(picture, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(picture.getvalue()).decode()}"


def _pixels(hatch: Hatch, pixel_ratio: int) -> np.ndarray:
    """One tile; its side is a whole number of pixels, so that the distance of diagonals is off by up to 2 %."""
    apart = hatch.spacing_px * pixel_ratio
    side = round(apart * math.sqrt(2) if hatch.form in DIAGONAL else apart)
    off = _distance(hatch, side)
    covered = np.clip(hatch.width_px * pixel_ratio / 2 - off + 0.5, 0, 1)
    colour = np.full((side, side, 3), ImageColor.getrgb(hatch.colour), dtype=np.uint8)
    return np.dstack([colour, np.round(covered * 255).astype(np.uint8)])


def _distance(hatch: Hatch, side: int) -> np.ndarray:
    """How far the middle of each pixel is from the nearest line or dot, in pixels."""
    y, x = np.mgrid[0.5:side, 0.5:side]
    middle = side / 2
    off: np.ndarray
    if hatch.form in DIAGONAL:
        across = (y + DIAGONAL[hatch.form] * x) % side
        off = np.minimum(across, side - across) / math.sqrt(2)
    elif hatch.form == "dots":
        off = np.hypot(x - middle, y - middle)
    else:
        off = np.abs((y if hatch.form == "horizontal" else x) - middle)
    return off

"""PNG pictures as arrays, so that tests can look at what was drawn."""

from __future__ import annotations

import io

import numpy as np
import resvg_py
from numpy.typing import NDArray
from PIL import Image

from webapp.typography.fonts import WEIGHTS, font_file


def read_png(data: bytes) -> NDArray[np.uint8]:
    """Pixels of a PNG with their transparency: shape (height, width, 4)."""
    with Image.open(io.BytesIO(data)) as opened:
        return np.asarray(opened.convert("RGBA"))


def drawn_by_resvg(svg: str, zoom: float = 1.0) -> NDArray[np.uint8]:
    """Pixels of an SVG as another program draws it, which sets its words itself: shape (height, width, 4)."""
    fonts = [str(font_file(weight)) for weight in WEIGHTS]
    return read_png(bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom, font_files=fonts, skip_system_fonts=True)))

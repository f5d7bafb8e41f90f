"""PNG pictures as arrays, so that tests can look at what was drawn."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def read_png(data: bytes) -> NDArray[np.uint8]:
    """Pixels of a PNG with their transparency: shape (height, width, 4)."""
    with Image.open(io.BytesIO(data)) as opened:
        return np.asarray(opened.convert("RGBA"))

"""PNG pictures as arrays, so that tests can look at what was drawn."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Predictor = Callable[[int, int, int], int]

CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}  # PNG colour type: values a pixel


def read_png(data: bytes) -> NDArray[np.uint8]:
    """Pixels of a PNG of 8 bits a value, without interlacing: shape (height, width, channels)."""
    chunks = dict.fromkeys((b"IHDR", b"IDAT"), b"")
    position = 8
    while position < len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        chunks[kind] = chunks.get(kind, b"") + data[position + 8 : position + 8 + length]
        position += length + 12
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (depth, interlaced) == (8, 0)
    channels = CHANNELS[colour]
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, 1 + width * channels)
    pixels = np.zeros((height + 1, width + 1, channels), np.uint8)  # a row above and a column before, both empty
    for y, row in enumerate(rows, start=1):
        _unfilter(int(row[0]), row[1:].reshape(width, channels), pixels[y - 1], pixels[y])
    return pixels[1:, 1:]


def _unfilter(kind: int, raw: NDArray[np.uint8], above: NDArray[np.uint8], out: NDArray[np.uint8]) -> None:
    """Write one row of pixels to `out` from the differences `raw` and the row `above`, by the PNG filter `kind`."""
    if kind == 0:
        out[1:] = raw
    elif kind == 1:
        out[1:] = np.cumsum(raw, axis=0, dtype=np.uint8)
    elif kind == 2:
        out[1:] = raw + above[1:]
    else:
        predict = _average if kind == 3 else _paeth
        for channel in range(raw.shape[1]):
            out[1:, channel] = _in_turn(raw[:, channel].tolist(), above[:, channel].tolist(), predict)


def _in_turn(raw: list[int], above: list[int], predict: Predictor) -> list[int]:
    left, row = 0, []
    for x, value in enumerate(raw):
        left = (value + predict(left, above[x + 1], above[x])) & 255
        row.append(left)
    return row


def _average(left: int, up: int, _: int) -> int:
    return (left + up) // 2


def _paeth(left: int, up: int, corner: int) -> int:
    estimate = left + up - corner
    return min((left, up, corner), key=lambda value: abs(estimate - value))

"""PNG of an SVG: text as paths, so that no font is looked for, drawn by ThorVG and compressed by zlib.

``bench/images.py`` compares it with other libraries.
"""

import struct
import zlib
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from webapp.typography.text_to_path import outline_text

if TYPE_CHECKING:
    from PIL import Image

CSS_PX_PER_METRE = 96 / 0.0254
SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOUR_TYPES = {"RGB": 2, "P": 3, "RGBA": 6}
COLOURS = 256
# A palette is made for pictures of the web; it would take as long as the drawing itself of larger ones.
MOST_PALETTE_PIXELS = 2_200_000
MOST_MEAN_LEVELS, FAR_LEVELS, MOST_FAR_PART = 0.5, 16, 0.005
LEVEL, LARGE_LEVEL = 6, 3  # of compression; more takes twice as long for a tenth fewer bytes
ROWS = 64
TEXT_STEP = 1 << 16  # bytes: for every length of text that is read, the binding keeps a type


def png_bytes(svg: str, scale: float = 1.0, words: Mapping[str, str] | None = None) -> bytes:
    """Return an SVG as PNG in sRGB, with its resolution; with a palette if no difference is visible.

    Parameters
    ----------
    svg
        SVG document, its text live or as paths.
    scale
        Pixels per CSS pixel; it sets the resolution in the file too.
    words
        Metadata by PNG keyword; None for none.

    Raises
    ------
    FontError
        If a font is missing.
    """
    return _packed(_reduced(_drawn(outline_text(svg), scale)), _described(scale, words or {}))


@lru_cache(maxsize=1)
def _engine() -> Any:
    from thorvg_python.engine import Engine

    return Engine(threads=0)


def _drawn(svg: str, scale: float) -> "Image.Image":
    """The pixels of an SVG without text, in RGB where none is transparent."""
    from PIL import Image
    from thorvg_python.base import Colorspace, Matrix
    from thorvg_python.canvas.sw import SwCanvas
    from thorvg_python.paint.picture import Picture

    canvas, picture = SwCanvas(_engine()), Picture(_engine())
    data = svg.encode()
    picture.load_data(data.ljust(-(-len(data) // TEXT_STEP) * TEXT_STEP), "svg", None, copy=True)
    _, wide, high = picture.get_size()
    width, height = int(wide * scale + 0.5), int(high * scale + 0.5)
    picture.set_transform(Matrix(width / wide, 0, 0, 0, height / high, 0, 0, 0, 1))
    canvas.set_target(width, height, cs=Colorspace.ABGR8888S)
    canvas.add(picture)
    canvas.draw(clear=True)
    canvas.sync()
    canvas.destroy()
    drawn = Image.frombuffer("RGBA", (width, height), cast(Any, canvas.buffer_arr), "raw", "RGBA", 0, 1)
    return drawn.convert("RGB") if drawn.getchannel("A").getextrema() == (255, 255) else drawn.copy()


def _reduced(full: "Image.Image") -> "Image.Image":
    """The same image with a palette where it has no transparency and hardly changes, else as it was."""
    from PIL import Image

    if full.mode != "RGB" or full.width * full.height > MOST_PALETTE_PIXELS:
        return full
    reduced = full.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    return reduced if _looks_the_same(full, reduced.convert("RGB")) else full


def _looks_the_same(one: "Image.Image", other: "Image.Image") -> bool:
    """Whether two images differ by little, and by more only at a few pixels along edges."""
    first, second = np.asarray(one), np.asarray(other)
    levels = (np.maximum(first, second) - np.minimum(first, second)).max(axis=2)
    return bool(levels.mean() < MOST_MEAN_LEVELS and (levels > FAR_LEVELS).mean() < MOST_FAR_PART)


def _packed(image: "Image.Image", described: bytes) -> bytes:
    """An image as PNG: its rows as they are, since filters make pictures of even colours larger."""
    head = struct.pack(">IIBBBBB", image.width, image.height, 8, COLOUR_TYPES[image.mode], 0, 0, 0)
    palette = _chunk(b"PLTE", bytes(image.getpalette() or ())) if image.mode == "P" else b""
    data = _chunk(b"IDAT", _squeezed(image))
    return b"".join((SIGNATURE, _chunk(b"IHDR", head), described, palette, data, _chunk(b"IEND", b"")))


def _squeezed(image: "Image.Image") -> bytes:
    """The rows of an image, each after a byte that says that nothing was done to it, some at a time."""
    squeezer = zlib.compressobj(LEVEL if image.width * image.height <= MOST_PALETTE_PIXELS else LARGE_LEVEL)
    rows, found = np.asarray(image).reshape(image.height, -1), []
    for start in range(0, image.height, ROWS):
        some = rows[start : start + ROWS]
        found.append(squeezer.compress(np.pad(some, ((0, 0), (1, 0))).tobytes()))
    return b"".join((*found, squeezer.flush()))


def _described(scale: float, words: Mapping[str, str]) -> bytes:
    """Chunks that say colour space, resolution and words, by the PNG specification."""
    density = struct.pack(">IIB", *[round(CSS_PX_PER_METRE * scale)] * 2, 1)
    texts = [
        _chunk(b"iTXt", keyword.encode("latin-1") + b"\0\0\0\0\0" + value.encode()) for keyword, value in words.items()
    ]
    return b"".join((_chunk(b"sRGB", b"\0"), _chunk(b"pHYs", density), *texts))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

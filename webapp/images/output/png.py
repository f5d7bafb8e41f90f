"""PNG of an SVG, drawn by resvg with the project's own fonts."""

import io
import struct
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import resvg_py

from webapp.typography.fonts import WEIGHTS, font_file

if TYPE_CHECKING:
    from PIL import Image

FAMILY = "Noto Sans"
CSS_PX_PER_METRE = 96 / 0.0254
HEADER_BYTES = 33  # signature and IHDR
COLOURS = 256
# A palette is made for pictures of the web; it would take as long as the drawing itself of larger ones.
MOST_PALETTE_PIXELS = 2_200_000
MOST_MEAN_LEVELS, FAR_LEVELS, MOST_FAR_PART = 0.5, 16, 0.005


def png_bytes(svg: str, scale: float = 1.0, words: Mapping[str, str] | None = None) -> bytes:
    """Return an SVG as PNG in sRGB, with its resolution; with a palette if no difference is visible.

    Parameters
    ----------
    svg
        The SVG.
    scale
        Pixels per CSS pixel.
    words
        Texts of the metadata by PNG keyword.

    Raises
    ------
    FontError
        If a font is missing.
    """
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=scale,
        font_files=[str(font_file(weight)) for weight in WEIGHTS],
        skip_system_fonts=True,
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )
    return _described(_reduced(bytes(drawn)), scale, words or {})


def _reduced(png: bytes) -> bytes:
    """The same image with a palette where it has no transparency and hardly changes, else as it was."""
    width, height = struct.unpack(">II", png[16:24])
    if width * height > MOST_PALETTE_PIXELS:
        return png
    from PIL import Image

    with Image.open(io.BytesIO(png)) as opened:
        if opened.mode == "RGBA" and opened.getchannel("A").getextrema() != (255, 255):
            return png
        full = opened.convert("RGB")
    reduced = full.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    if not _looks_the_same(full, reduced.convert("RGB")):
        return png
    sink = io.BytesIO()
    reduced.save(sink, "PNG", optimize=True)
    return sink.getvalue()


def _looks_the_same(one: "Image.Image", other: "Image.Image") -> bool:
    """Whether two images differ by little, and by more only at a few pixels along edges."""
    levels = np.abs(np.asarray(one, dtype=np.int16) - np.asarray(other, dtype=np.int16)).max(axis=2)
    return bool(levels.mean() < MOST_MEAN_LEVELS and (levels > FAR_LEVELS).mean() < MOST_FAR_PART)


def _described(png: bytes, scale: float, words: Mapping[str, str]) -> bytes:
    """The same image with chunks that say its colour space, resolution and words, by the PNG specification."""
    density = struct.pack(">IIB", *[round(CSS_PX_PER_METRE * scale)] * 2, 1)
    texts = [
        _chunk(b"iTXt", keyword.encode("latin-1") + b"\0\0\0\0\0" + value.encode()) for keyword, value in words.items()
    ]
    chunks = [_chunk(b"sRGB", b"\0"), _chunk(b"pHYs", density), *texts]
    return png[:HEADER_BYTES] + b"".join(chunks) + png[HEADER_BYTES:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

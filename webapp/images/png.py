"""PNG of an SVG, drawn by resvg with the project's own fonts."""

import resvg_py

from webapp.images.fonts import WEIGHTS, font_file

FAMILY = "Noto Sans"


def png_bytes(svg: str, scale: float = 1.0) -> bytes:
    """The image at so many pixels a CSS pixel. Raises FontError."""
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=scale,
        font_files=[str(font_file(weight)) for weight in WEIGHTS],
        skip_system_fonts=True,
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )
    return bytes(drawn)

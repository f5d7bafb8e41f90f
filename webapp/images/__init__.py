"""Images for articles: an SVG from one template, and the PNG of the same."""

from layers.catalogue import Catalogue
from layers.errors import UnknownError

SIZES = {"1200x675": (1200, 675)}
DEFAULT_SIZE = SIZES["1200x675"]


def parse_size(text: str) -> tuple[int, int]:
    """Width and height in CSS pixels from a size such as 1200x675. Raises UnknownError that lists the sizes."""
    if text not in SIZES:
        raise UnknownError("size", text, tuple(SIZES))
    return SIZES[text]


def render_svg(
    catalogue: Catalogue, proposal_id: str, requested: str | None, lang: str, size: tuple[int, int] = DEFAULT_SIZE
) -> str:
    """The image of a proposal on a day as SVG text with live text.

    ``requested`` is an ISO date, ``latest`` or None for the proposal's own date; ``size`` is in CSS
    pixels. Raises UnknownError (proposal, language), DateError, FontError.
    """
    from webapp.images.svg import svg_text

    return svg_text(catalogue, catalogue.proposal(proposal_id), requested, lang, size)


def render_png(
    catalogue: Catalogue, proposal_id: str, requested: str | None, lang: str, size: tuple[int, int] = DEFAULT_SIZE
) -> bytes:
    """The same image as PNG, one pixel a CSS pixel. Raises what ``render_svg`` does."""
    from webapp.images.png import png_bytes

    return png_bytes(render_svg(catalogue, proposal_id, requested, lang, size))

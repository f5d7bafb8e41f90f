"""Images for articles: an SVG from one template, and PNG and PDF of the same."""

from layers.catalogue.model import Catalogue
from webapp.images.options.options import DEFAULTS, Options


def render_svg(catalogue: Catalogue, proposal_id: str, requested: str | None, options: Options = DEFAULTS) -> str:
    """The image of a proposal on a day as SVG text.

    ``requested`` is an ISO date, ``latest`` or None for the proposal's own date. Raises UnknownError (proposal),
    DateError, OptionError (a zone, clause or extent), LimitError (what does not fit), FontError.
    """
    from webapp.images.output.svg import svg_text

    return svg_text(catalogue, catalogue.proposal(proposal_id), requested, options)


def render_png(catalogue: Catalogue, proposal_id: str, requested: str | None, options: Options = DEFAULTS) -> bytes:
    """The same image as PNG, ``options.scale`` pixels a CSS pixel. Raises what ``render_svg`` does."""
    from webapp.images.description.description import file_words
    from webapp.images.output.png import png_bytes

    words = file_words(catalogue, catalogue.proposal(proposal_id), requested, options)
    return png_bytes(render_svg(catalogue, proposal_id, requested, options), options.scale, words)

"""Images for articles: an SVG from one template, and PNG and PDF of the same."""

from layers.catalogue.model import Catalogue
from webapp.images.options.options import DEFAULTS, Options


def render_svg(
    catalogue: Catalogue,
    proposal_id: str,
    requested: str | None,
    options: Options = DEFAULTS,
    *,
    patterns: bool = False,
) -> str:
    """Return the image of a proposal on a date as SVG text.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal_id
        Id of the proposal.
    requested
        ISO date, ``latest``, or None for the proposal's own date.
    options
        Options of the image.
    patterns
        Whether hatching is written as patterns, as downloads have it, or as paths.

    Raises
    ------
    UnknownError
        If there is no such proposal.
    DateError
        If the date is none, or before the first control map.
    OptionError
        If a zone, a clause or the extent does not exist.
    LimitError
        If the content does not fit.
    FontError
        If a font is missing.
    """
    from webapp.images.output.svg import svg_text

    return svg_text(catalogue, catalogue.proposal(proposal_id), requested, options, patterns=patterns)


def render_png(catalogue: Catalogue, proposal_id: str, requested: str | None, options: Options = DEFAULTS) -> bytes:
    """Return the image of a proposal on a date as PNG, ``options.scale`` pixels per CSS pixel.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal_id
        Id of the proposal.
    requested
        ISO date, ``latest``, or None for the proposal's own date.
    options
        Options of the image.

    Raises
    ------
    UnknownError, DateError, OptionError, LimitError, FontError
        As ``render_svg`` does.
    """
    from webapp.images.description.description import file_words
    from webapp.images.output.png import png_bytes

    words = file_words(catalogue, catalogue.proposal(proposal_id), requested, options)
    return png_bytes(render_svg(catalogue, proposal_id, requested, options), options.scale, words)

"""The image as a PDF of one page of its size: vector, its text searchable, described for screen readers."""

from dataclasses import replace

from layers.catalogue.model import Catalogue, find_edition
from webapp.images.description.description import describe, software_text
from webapp.images.options.options import PRINTS, Options, Size
from webapp.images.output.svg import svg_text
from webapp.images.output.typst import language_of, searchable, typeset

PT_PER_PX, PT_PER_MM = 0.75, 72 / 25.4


def page_pt(size: Size) -> tuple[float, float]:
    """Width and height of the page of an image, in points."""
    width, height = size
    on_paper = next((wide for pixels, wide in PRINTS.values() if pixels == size), 0.0)
    scale = on_paper * PT_PER_MM / width if on_paper else PT_PER_PX
    return round(width * scale, 2), round(height * scale, 2)


def render_pdf(catalogue: Catalogue, proposal_id: str, requested: str | None, options: Options) -> bytes:
    """Return the PDF of an image, with its fonts embedded, so that text is always text.

    The sizes for print are exactly as wide as on paper.

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
    TypesettingError
        If Typst fails; also whatever ``svg_text`` raises.
    """
    options = replace(options, text="live")
    proposal = catalogue.proposal(proposal_id)
    asked, edition = find_edition(proposal, requested)
    words = describe(catalogue, proposal, asked, edition, options)
    page = page_pt(options.size)
    return typeset(
        "image.typ",
        {
            "svg": searchable(svg_text(catalogue, catalogue.proposal(proposal_id), requested, options)),
            "title": words.title,
            "alt": words.alt,
            "statement": words.statement,
            "software": software_text(catalogue),
            "width": page[0],
            "height": page[1],
            **language_of(catalogue.languages[options.lang]),
        },
    )

"""Charts of a timeline: each zone's area over time, with the band in which the control maps disagree.

Nothing here imports matplotlib until a chart has to be drawn.
"""

from layers.catalogue.model import Catalogue, Proposal
from layers.tables.timeline import Timeline
from webapp.charts.cache import drawn_charts, kept_charts, prepare_charts, prepared_charts
from webapp.charts.css import on_page
from webapp.charts.text import Chart, Sheet, TableLine, read_line, read_sheet, statement

PNG_SCALE = 2.0

__all__ = [
    "Chart", "Sheet", "TableLine", "drawn_charts", "kept_charts", "on_page", "prepare_charts", "prepared_charts",
    "read_line", "read_sheet", "render_png", "render_svg", "statement",
]  # fmt: skip


def render_svg(catalogue: Catalogue, proposal: Proposal, timeline: Timeline, lang: str) -> str:
    """Return all charts of a timeline as one SVG with live text, 1200 pixels wide.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal
        A proposal of the catalogue.
    timeline
        The dates and figures.
    lang
        Language tag, such as ``uk``.

    Raises
    ------
    UnknownError, FontError
        If there is no such language, or if a font is missing.
    """
    from webapp.charts.sheet import sheet_svg

    return sheet_svg(read_sheet(catalogue, proposal, timeline, catalogue.languages[lang]))


def render_png(catalogue: Catalogue, proposal: Proposal, timeline: Timeline, lang: str) -> bytes:
    """Return all charts of a timeline as a PNG, two pixels per CSS pixel.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal
        A proposal of the catalogue.
    timeline
        The dates and figures.
    lang
        Language tag, such as ``uk``.

    Raises
    ------
    UnknownError, FontError
        As ``render_svg`` does.
    """
    from webapp.images.description.description import software_text
    from webapp.images.output.png import png_bytes

    words = {"Software": software_text(catalogue)}
    return png_bytes(render_svg(catalogue, proposal, timeline, lang), PNG_SCALE, words)

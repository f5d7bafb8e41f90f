"""The fact sheet: pages of A4 with one map, one table, clauses and method, in the style of the images."""

from collections.abc import Iterable, Iterator, Mapping
from string import ascii_lowercase
from typing import Any

from layers.catalogue.model import Catalogue
from layers.text.languages import Language
from webapp.context import View, open_view, unserved
from webapp.images.description.description import describe
from webapp.images.description.open_questions import left_open
from webapp.images.layout.legend import LegendGroup, LegendRow
from webapp.images.layout.panel import Column, Density, Placed, set_legend
from webapp.images.layout.samples import swatch
from webapp.images.layout.style import Look, look_of
from webapp.images.map.hatches import Hatches
from webapp.images.map.projection_frame import Rectangle
from webapp.images.options.options import Options
from webapp.images.output.svg import svg_text, words_of
from webapp.images.output.typst import language_of, searchable, typeset
from webapp.images.sides import sides_of
from webapp.text.control_maps import interval_note, method_text, outlines_text
from webapp.text.interface import date_text, interval_text, percent_text, read_area, text
from webapp.text.zones import ZoneWords, as_of_text, clause_heading, read_zones
from webapp.typography.line_breaking import typographic

MAP_SIZE = (790, 700)  # its smallest letters, of 14 pixels, are of 9 points on the page
SWATCH_PX = (30.0, 18.0)
BODY = Density(20, 12, 11, 11, 9, 4, 8)


def render_factsheet(catalogue: Catalogue, proposal_id: str, requested: str | None, options: Options) -> bytes:
    """Return the fact sheet of a proposal on a date, a PDF of a few A4 pages in letters of 9 points and more.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal_id
        Id of the proposal.
    requested
        ISO date, ``latest``, or None for the proposal's own date.
    options
        Options of the image; only language and theme are used.

    Raises
    ------
    UnknownError, DateError
        If the proposal or the date does not exist.
    """
    given = _given(catalogue, proposal_id, requested, Options(lang=options.lang, theme=options.theme))
    return typeset("factsheet.typ", given)


def _given(catalogue: Catalogue, proposal_id: str, requested: str | None, options: Options) -> dict[str, Any]:
    """Everything that the sheet says, in one language."""
    lang, proposal = catalogue.languages[options.lang], catalogue.proposal(proposal_id)
    view = open_view(unserved(catalogue, lang), proposal_id, requested)
    asked, edition = view.asked, view.edition
    words = words_of(catalogue, sides_of(catalogue, proposal, edition, options), options)
    described = describe(catalogue, proposal, asked, edition, options)
    look = look_of(options, catalogue.areas(edition), frozenset(edition.zones))
    plain = Options(lang=lang.tag, theme=options.theme, size=MAP_SIZE, plain=True)
    return {
        **language_of(lang),
        "inks": dict(look.theme.inks),
        "title": words.headline,
        "lead": words.lead,
        "known": words.known,
        "statement": _joined(lang, words.notes[0][:-1]),
        "alt": described.alt,
        "map": searchable(svg_text(catalogue, catalogue.proposal(proposal_id), requested, plain)),
        "legend": [_row(row, look) for group in words.groups for row in group.rows],
        "day": text(lang, "day.held", date=date_text(lang, edition.as_of)),
        "credit": described.credit,
        "version": text(lang, "sheet.version", version=catalogue.data_version),
        "table": set_words(_table(view), lang),
        "heading_open": text(lang, "zone.open"),
        "colon": text(lang, "format.colon"),
        "clauses": set_words(list(_clauses(view)), lang),
        "heading_method": text(lang, "method.heading"),
        "method": set_words(_method(view), lang),
    }


def set_words(value: Any, lang: Language) -> Any:
    """Return lists and tables with the same structure, every text as print sets it.

    Parameters
    ----------
    value
        Text, or lists and tables of texts.
    lang
        Language of the text.
    """
    if isinstance(value, str):
        return typographic(value, lang)
    if isinstance(value, Mapping):
        return {key: set_words(one, lang) for key, one in value.items()}
    return [set_words(one, lang) for one in value] if isinstance(value, list | tuple) else value


def _row(row: LegendRow, look: Look) -> dict[str, str]:
    """A row of the legend with its sample as an SVG."""
    width, height = SWATCH_PX
    placed, _ = set_legend([LegendGroup("", "", (row,))], Column(0, 0, 900), BODY)
    sample = Placed(row, Rectangle(1, 1, width - 2, height - 2), placed[0].rows[0].label, None)
    marks = swatch(sample, look.row(row), Hatches())
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}">{marks}</svg>'
    return {"sample": svg, "label": row.label, "figure": row.figure}


def _table(view: View) -> dict[str, Any]:
    """Areas zone by zone, and all Russian-held territory below them."""
    lang, held = view.lang, view.edition.held
    whole = (held.area_km2, held.area_low_km2, held.area_high_km2)
    return {
        "caption": text(lang, "table.caption", date=as_of_text(view)),
        "head": [
            text(lang, "table.zone"),
            text(lang, "table.clause"),
            text(lang, "table.area"),
            text(lang, "table.interval"),
            text(lang, "table.oblast_share"),
            text(lang, "table.ukraine_share"),
        ],
        "rows": [_zone(zone, lang) for zone in read_zones(view) if zone.area],
        "total": [
            text(lang, "table.total"),
            "",
            read_area(lang, *whole).area,
            interval_text(lang, *whole),
            "",
            percent_text(lang, held.share_of_ukraine_pct),
        ],
    }


def _zone(zone: ZoneWords, lang: Language) -> list[str]:
    none = text(lang, "format.none")
    return [zone.name, zone.clause or none, zone.area, zone.interval, zone.oblast_share or none, zone.ukraine_share]


def _clauses(view: View) -> Iterator[dict[str, Any]]:
    """Each clause, or point without clauses, that has zones: in plain words, another version, what is left open."""
    lang, zones = view.lang, read_zones(view)
    points = {str(point.number): point.text[lang.tag] for point in view.proposal.points}
    for found in sorted({zone.clause for zone in zones if zone.clause}, key=_in_the_text):
        clause = view.clause(found)
        said = (clause.says[lang.tag], (clause.differs or {}).get(lang.tag, "")) if clause else (points.get(found, ""),)
        of_clause = [zone for zone in zones if zone.clause == found]
        yield {
            "heading": clause_heading(view, found),
            "says": _joined(lang, said),
            "open": [{"subject": one.subject, "words": one.words} for one in left_open(lang, of_clause)],
        }


def _in_the_text(clause: str) -> tuple[int, str]:
    """Where a clause stands in the proposal: by the number of its point, then its letter."""
    return int(clause.rstrip(ascii_lowercase)), clause


def _joined(lang: Language, sentences: Iterable[str]) -> str:
    return text(lang, "format.sentence").join(sentence for sentence in sentences if sentence)


def _method(view: View) -> list[str]:
    lang, catalogue = view.lang, view.catalogue
    ukraine = read_area(lang, catalogue.ukraine_km2).area
    return [
        method_text(lang, catalogue),
        outlines_text(lang, catalogue),
        interval_note(lang, catalogue),
        text(lang, "table.note_share", ukraine=ukraine),
        text(lang, "method.use"),
    ]

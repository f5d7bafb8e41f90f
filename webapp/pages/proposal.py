"""The pages: what their templates are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from layers.embedded import EMBEDDED
from layers.products.registry import linked
from webapp.context import View
from webapp.images.description.description import page_statement, statement_text
from webapp.pages.areas_clauses import read_clause_totals
from webapp.pages.areas_outlines import read_outlines
from webapp.pages.areas_published import read_published
from webapp.pages.base import control_choices, day_choices, render
from webapp.pages.compare import neighbour_links
from webapp.settings import EMBED
from webapp.sharing.cards import page_of_proposal, share_page
from webapp.text.control_maps import (
    interval_note,
    maps_read,
    method_text,
    outlines_text,
    rounding_note,
    unchanged_note,
)
from webapp.text.headlines import sure_text, view_headline
from webapp.text.interface import date_text, interval_text, number_text, percent_text, plural, read_area, text
from webapp.text.sources import known_through
from webapp.text.zones import ZoneWords, as_of_text, read_zones

WITH_MAP = ("map", "embed")  # the pages that show a map
BY_DATE = (*WITH_MAP, "areas", "points", "images")  # the pages that are of one date


@dataclass(frozen=True)
class TotalLine:
    """All Russian-held territory in Ukraine, for the last line of a table."""

    area: str
    interval: str
    ukraine_share: str


@dataclass(frozen=True)
class Download:
    """A file that a page links to: its URL and the key of the link's text; images are ``shown`` and not saved."""

    url: str
    title_key: str
    shown: bool = False


@dataclass(frozen=True)
class PointWords:
    """A point of a proposal with its clauses and its zones."""

    number: int
    text: str
    note: str
    clauses: tuple[Mapping[str, str], ...]
    zones: tuple[ZoneWords, ...]


def areas_page(view: View, requested: str | None) -> str:
    """Return the page with all areas.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    requested
        Date of the query as it is written; None for the proposal's own.
    """
    zones, dropped = read_zones(view), view.edition.dropped
    parts, area = sum(entry.parts for entry in dropped), sum(entry.area_km2 for entry in dropped)
    left_out = ""
    if dropped:
        small = number_text(view.lang, area, 1)
        left_out = plural(view.lang, "table.note_dropped", parts, area=small)
    return fill_page(
        "areas",
        view,
        requested,
        zones=zones,
        left_out=left_out,
        totals=read_clause_totals(view, zones),
        published=read_published(view),
        note_maps=text(view.lang, "areas.note_maps") if view.catalogue.control.id == EMBEDDED else "",
        outlines=read_outlines(view),
        **area_table(view),
    )


def points_page(view: View, requested: str | None) -> str:
    """Return the page with the points of a proposal, each with what the map shows of it.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    requested
        Date of the query as it is written; None for the proposal's own.
    """
    heading = text(view.lang, "points.covered" if "coverage_note" in view.proposal.texts else "points.heading")
    return fill_page("points", view, requested, heading=heading, points=_points(view, read_zones(view)))


def fill_page(
    name: str, view: View, requested: str | None, query: str | None = None, template: str = "", **values: object
) -> str:
    """Return a page of a proposal; ``values`` are what its template needs besides what all these pages have.

    Parameters
    ----------
    name
        Name of the page.
    view
        The edition shown, with its language and control map.
    requested
        Date of the query as it is written; None for the proposal's own.
    query
        Query that the language switch keeps; None for the date alone.
    template
        Name of its template; empty for that of the page.
    """
    lang, proposal = view.lang, view.proposal
    texts = {key: table[lang.tag] for key, table in proposal.texts.items()}
    kept = view.address("", **({"as_of": requested} if requested else {}))
    headline = view_headline(view)
    shared: dict[str, Any] = {
        "days": values.pop("days", None) or day_choices(view),
        "headline": headline,
        "sure": sure_text(view, headline),
        "statement": _statement(name, view),
        "day_note": text(lang, "format.sentence").join(filter(None, _day_notes(view, requested))),
        "files": _files(view),
        "compared": neighbour_links(view),
        "image_url": _image_url(view, "svg"),
    }
    return render(
        f"{template or name}.html",
        view.context,
        path=f"/{name}/{proposal.id}",
        query=kept if query is None else query,
        shared=share_page(name, view, requested),
        name=name,
        proposal=proposal,
        texts=texts,
        page_of=partial(page_of_proposal, lang, texts),
        as_of=as_of_text(view),
        day_query=kept,
        dated=view.dated_address(page_path(name, view)) if name in BY_DATE else "",
        controls=control_choices(view.context.site.catalogues, view.catalogue.control.id, lang),
        control=view.control,
        method=tuple(filter(None, (how(lang, view.catalogue) for how in (method_text, maps_read, outlines_text)))),
        note_interval=interval_note(lang, view.catalogue),
        note_round=rounding_note(lang, view.catalogue),
        sources=known_through(lang, proposal.sources),
        **(shared | values),
    )


def page_path(name: str, view: View) -> str:
    """The path of a page of a proposal; that of an embed begins with its name.

    Parameters
    ----------
    name
        Name of the page.
    view
        The edition shown, with its language and control map.
    """
    first, second = (name, view.lang) if name == EMBED else (view.lang, name)
    return f"/{first}/{second}/{view.proposal.id}"


def _statement(name: str, view: View) -> str:
    """What a page says of itself: that it shows a map, or figures and texts alone."""
    statement = statement_text if name in WITH_MAP else page_statement
    return statement(view.catalogue, view.proposal, view.edition, view.lang)


def _day_notes(view: View, requested: str | None) -> tuple[str, str]:
    """What is to be known of the day that is shown: why it is another one, and which maps had not changed for long."""
    return _other_day(view, requested), unchanged_note(view.lang, view.catalogue, view.edition)


def _other_day(view: View, requested: str | None) -> str:
    """Which control map is shown where the requested day, or the proposal's own date, has none; else nothing."""
    lang, as_of, proposed = view.lang, view.edition.as_of, view.proposal.date
    if requested is None and proposed < as_of:
        return text(lang, "day.own_before", requested=date_text(lang, proposed), as_of=as_of_text(view))
    if view.asked == as_of:
        return ""
    key = "day.requested" if requested else "day.own_requested"
    return text(lang, key, requested=date_text(lang, view.asked), as_of=as_of_text(view))


def _files(view: View) -> list[Download]:
    """The downloads of an edition: its files, then its images."""
    named = {"proposal": view.proposal.id, "date": view.asked}
    files = (Download(view.address(file.url.format(**named)), file.title_key) for file in linked())
    images = (Download(_image_url(view, form), f"download.{form}", shown=True) for form in ("svg", "png"))
    return [*files, *images]


def _image_url(view: View, form: str) -> str:
    return view.address(f"/images/{view.proposal.id}/{view.asked}.{form}", lang=view.lang.tag)


def area_table(view: View) -> dict[str, Any]:
    """The last line of a table and what stands below it."""
    lang, held = view.lang, view.edition.held
    area, low, high = held.area_km2, held.area_low_km2, held.area_high_km2
    share = held.share_of_ukraine_pct
    ukraine = read_area(lang, view.catalogue.ukraine_km2).area
    total = TotalLine(
        read_area(lang, area, low, high).area, interval_text(lang, area, low, high), percent_text(lang, share)
    )
    return {"total": total, "ukraine": ukraine, "note_share": text(lang, "table.note_share", ukraine=ukraine)}


def _points(view: View, zones: Sequence[ZoneWords]) -> list[PointWords]:
    lang = view.lang
    points = []
    for entry in view.proposal.points:
        number = entry.number
        clauses = tuple(
            {
                "id": clause.id,
                "says": clause.says[lang.tag],
                "differs": clause.differs[lang.tag] if clause.differs else "",
            }
            for clause in view.proposal.clauses
            if clause.point == number
        )
        ids = {str(number), *(clause["id"] for clause in clauses)}
        shown = tuple(zone for zone in zones if zone.clause in ids)
        points.append(
            PointWords(number, entry.text[lang.tag], entry.note[lang.tag] if entry.note else "", clauses, shown)
        )
    return points

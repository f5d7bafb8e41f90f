"""The page of what changed hands between a proposal's date and each later control map."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from layers.comparing.since_rows import WAYS
from layers.embedded import EMBEDDED
from webapp.comparing.line_since import FEED, FORMS, PATH, changes_since, line_url
from webapp.context import View
from webapp.pages.base import Choice, control_choices, day_choices, render
from webapp.sharing.cards import share_home
from webapp.sharing.line_feed import line_title
from webapp.text.interface import date_text, interval_text, property_text, read_area, text
from webapp.text.line_since import figures_of, since_headline

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Moved:
    """Territory that changed hands one way: in words what happened, its area and interval."""

    way: str
    area: str
    interval: str


@dataclass(frozen=True)
class MovedRow:
    """A control map or an oblast: its name, and its figures for either way; ``id`` is where links lead."""

    id: str
    name: str
    figures: tuple[Moved, ...]


def line_since_page(view: View, since: str | None) -> str:
    """Return the page, the latest control map first.

    Parameters
    ----------
    view
        The proposal on the date from which changes are counted.
    since
        That date as the query has it; None for the proposal's own.

    Raises
    ------
    BuildError, BusyError
        If the figures cannot be computed.
    """
    lang, proposal, found = view.lang, view.proposal, changes_since(view)
    named = {"since": since} if since else {}
    maps, first = found["maps"], date_text(lang, found["since"])
    heading = since_headline(lang, found["since"], maps[0]) if maps else text(lang, "line_since.none", date=first)
    return render(
        "line_since.html",
        view.context,
        path=f"{PATH}/{proposal.id}",
        query=view.query(**named),
        shared=share_home(view.context, f"{PATH}/{proposal.id}", named),
        proposal=proposal,
        title=line_title(view),
        heading=heading,
        lede=text(lang, "line_since.lede", title=proposal.texts["title"][lang.tag], date=first),
        first=first,
        last=date_text(lang, maps[0]["as_of"]) if maps else "",
        days=day_choices(view),
        controls=control_choices(view.context.site.catalogues, view.catalogue.control.id, lang),
        by_date=[MovedRow(f"on-{row['as_of']}", date_text(lang, row["as_of"]), _figures(view, row)) for row in maps],
        by_oblast=list(_oblasts(view, maps[0])) if maps else [],
        several=view.catalogue.control.id == EMBEDDED,
        feed=view.context.site.address(line_url(view, FEED, since)),
        back=view.address(f"/{lang}/timeline/{proposal.id}"),
        files=[Choice(view.context.site.address(line_url(view, form, since)), form.upper()) for form in FORMS],
    )


def _oblasts(view: View, row: Row) -> Iterator[MovedRow]:
    for one in row["oblasts"]:
        yield MovedRow("", property_text(view.lang, one, "oblast_name"), _figures(view, one))


def _figures(view: View, row: Row) -> tuple[Moved, ...]:
    lang, areas = view.lang, ((way, figures_of(row, way)) for way in WAYS)
    return tuple(
        Moved(text(lang, f"tools.{way}"), read_area(lang, *area).area, interval_text(lang, *area))
        for way, area in areas
    )

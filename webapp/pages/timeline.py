"""The page of a timeline, and the URLs of its files."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from layers.catalogue.model import Proposal
from layers.errors import UnknownError
from layers.tables.timeline import Timeline, chosen_dates
from layers.text.languages import Language
from webapp.charts import (
    Chart,
    Sheet,
    TableLine,
    kept_charts,
    on_page,
    prepared_charts,
    read_line,
    read_sheet,
    statement,
)
from webapp.charts.jobs import chart_job
from webapp.charts.order import FORMS, PAGE, ChartOrder
from webapp.charts.plot import Plot
from webapp.charts.style import HEIGHT_PX, WIDTH_PX
from webapp.context import View
from webapp.jobs.jobs import result_in_turn
from webapp.pages.base import Choice
from webapp.pages.days import listed_days
from webapp.pages.map import THEMES, themed_sheet
from webapp.pages.proposal import fill_page
from webapp.sharing.cards import chart_embed_code
from webapp.text.interface import date_text, text


@dataclass(frozen=True)
class Alone:
    """A zone with the figures of the only date."""

    name: str
    clause: str
    line: TableLine


@dataclass(frozen=True)
class Shown:
    """A chart with its drawing, as a page has it, and where it stands alone, unless it does."""

    chart: Chart
    drawing: Markup
    alone: str


def timeline_page(view: View, requested: str | None, timeline: Timeline, zone: str = "") -> str:
    """Return the page with every zone's chart, or that of one, figures as tables, and all Russian-held territory.

    For a single date there is no chart, but one table of all zones. A page that is not prepared takes long: its request
    has waited for its turn.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    requested
        Date of the query as it is written; None for the proposal's own.
    timeline
        The dates and figures.
    zone
        Id of the only zone to show; empty for all.

    Raises
    ------
    UnknownError
        If the zone has no chart.
    """
    lang, dates = view.lang, timeline.dates
    ends = dates[0], dates[-1]
    sheet = read_sheet(view.catalogue, view.proposal, timeline, lang)
    chosen = chosen_range(view.proposal, timeline)
    kept = {"as_of": requested} if requested else {}
    forms = [form for form, row in FORMS.items() if not (row.drawn and timeline.one_date)]
    return fill_page(
        "timeline",
        view,
        requested,
        query=view.address("", **kept, **chosen, **_named(zone)),
        statement=statement(sheet),
        day_note="",
        period=sheet.period,
        notes=sheet.notes,
        **_charts(view, sheet, zone),
        embed=chart_embed_code(view, sheet.charts_by_zone[zone].title, zone, chosen) if zone else "",
        alone=_alone(view, timeline) if timeline.one_date else [],
        first_days=_choices(listed_days(view.proposal.control_dates, *ends), dates[0], lang),
        last_days=_choices(reversed(listed_days(view.proposal.control_dates, *ends)), dates[-1], lang),
        asked=requested,
        links=[(address(view, form, chosen), text(lang, f"timeline.file_{form}")) for form in forms],
    )


def chart_page(view: View, timeline: Timeline, zone: str, theme: str) -> str:
    """Return the chart of a zone alone, for frames in other sites.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    timeline
        The dates and figures.
    zone
        Id of the zone.
    theme
        A name of THEMES.

    Raises
    ------
    UnknownError
        If the zone has no chart.
    """
    sheet = read_sheet(view.catalogue, view.proposal, timeline, view.lang)
    return fill_page(
        "embed_timeline",
        view,
        None,
        statement=statement(sheet),
        period=sheet.period,
        notes=sheet.notes,
        credit=sheet.credit,
        sheet=themed_sheet("page", theme),
        scheme=THEMES[theme],
        **_charts(view, sheet, zone),
    )


def _charts(view: View, sheet: Sheet, zone: str) -> dict[str, Any]:
    """The charts that a page shows, all or that of a zone; where their dates stand; and where all charts are."""
    timeline = sheet.timeline
    if zone and (timeline.one_date or zone not in sheet.charts_by_zone):
        raise UnknownError("chart of a zone", zone, () if timeline.one_date else tuple(sheet.charts_by_zone))
    drawings = {} if timeline.one_date else _drawings(sheet)
    chosen = chosen_range(view.proposal, timeline)
    path = f"/{view.lang}/timeline/{view.proposal.id}"
    charts = [chart for chart in sheet.charts if drawings and zone in ("", chart.series.id)]
    plot = Plot(sheet.charts[0].series, view.proposal.date, view.lang, WIDTH_PX, HEIGHT_PX)
    return {
        "shown": [
            Shown(
                chart,
                Markup(on_page(drawings[chart.series.id], chart.series)),
                "" if zone else view.address(path, **chosen, zone=chart.series.id),
            )
            for chart in charts
        ],
        "places": " ".join(f"{plot.place(day):.1f}" for day in timeline.dates),
        "size": (WIDTH_PX, HEIGHT_PX),
        "all_charts": view.address(path, **chosen) if zone else "",
    }


def _named(zone: str) -> dict[str, str]:
    return {"zone": zone} if zone else {}


def is_prepared(view: View, dates: tuple[str, ...]) -> bool:
    """Return whether the page of some dates can be made without drawing.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    dates
        ISO dates of control maps, ascending.
    """
    if dates != chosen_dates(view.proposal):
        return len(dates) == 1
    return prepared_charts(view.catalogue, view.proposal, view.lang) is not None


def chosen_range(proposal: Proposal, timeline: Timeline) -> dict[str, str]:
    """Return the first and the last date as a query has them, ``from`` and ``to``; empty for all dates.

    Parameters
    ----------
    proposal
        A proposal of the catalogue.
    timeline
        The dates and figures.
    """
    if timeline.dates == chosen_dates(proposal):
        return {}
    return {"from": timeline.dates[0], "to": timeline.dates[-1]}


def address(view: View, form: str, chosen: dict[str, str]) -> str:
    """Return the URL of a file of a timeline; tables have all languages.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    form
        Ending of the file, such as ``csv``.
    chosen
        First and last date, as ``chosen_range`` gives them.
    """
    named = {"lang": view.lang.tag} if FORMS[form].drawn else {}
    return view.address(f"/timelines/{view.proposal.id}.{form}", **named, **chosen)


def _drawings(sheet: Sheet) -> Mapping[str, str]:
    """Every chart's drawing by its zone: as it was prepared for all dates, else from one of the processes."""
    kept = kept_charts(sheet)
    if kept:
        return kept
    dates = sheet.timeline.dates
    order = ChartOrder(
        sheet.catalogue.root, sheet.catalogue.languages, sheet.proposal.id, dates[0], dates[-1], sheet.lang.tag, PAGE
    )
    drawn: dict[str, str] = json.loads(result_in_turn(chart_job(sheet.catalogue, order)))
    return drawn


def _alone(view: View, timeline: Timeline) -> list[Alone]:
    lang = view.lang
    return [
        Alone(series.names[lang.tag], series.clause or text(lang, "format.none"), read_line(series.rows[0], lang))
        for series in timeline.all_series
    ]


def _choices(days: Iterable[str], chosen: str, lang: Language) -> list[Choice]:
    return [Choice(day, date_text(lang, day), day == chosen) for day in days]

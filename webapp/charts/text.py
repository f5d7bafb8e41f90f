"""The texts of a chart in one language: names, a description for those who do not see it, and its table."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from layers.catalogue.model import Catalogue, Proposal, find_edition
from layers.tables.timeline import HELD, Series, Timeline, TimelineRow
from layers.text.languages import Language
from webapp.context import View, unserved
from webapp.text.control_maps import credit_text, interval_note, maker_text, source_text
from webapp.text.interface import (
    about_text,
    area_text,
    date_text,
    interval_text,
    number_text,
    plural,
    read_area,
    short_text,
    text,
)
from webapp.text.zones import clause_heading

LINES = 4096  # those of a proposal in three languages, which the page of each of its zones reads


@dataclass(frozen=True)
class TableLine:
    """A row of the table: date, area and interval as text."""

    date: str
    area: str
    interval: str


@dataclass(frozen=True)
class Chart:
    """A zone's chart: its series, and everything that is said about it."""

    series: Series
    name: str
    clause: str
    title: str
    description: str
    change: tuple[str, ...]
    lines: tuple[TableLine, ...]


@dataclass(frozen=True)
class Sheet:
    """All charts of a timeline in a language, the total last, and the regions that are not charted."""

    catalogue: Catalogue
    proposal: Proposal
    timeline: Timeline
    lang: Language
    charts: tuple[Chart, ...]
    whole: str

    @property
    def charts_by_zone(self) -> dict[str, Chart]:
        """The charts by the ids of their zones."""
        return {chart.series.id: chart for chart in self.charts}

    @property
    def period(self) -> str:
        """The first and the last date as text, or the only one."""
        first, last = (date_text(self.lang, day) for day in (self.timeline.dates[0], self.timeline.dates[-1]))
        return first if first == last else text(self.lang, "timeline.period", first=first, last=last)

    @property
    def source(self) -> str:
        """Whose control maps the figures come from."""
        return source_text(self.lang, self.catalogue)

    @property
    def credit(self) -> str:
        """Where the figures come from, with the dates of the control maps."""
        maker = maker_text(self.lang, self.catalogue)
        return credit_text("timeline.credit", self.lang, self.catalogue, period=self.period, maker=maker)

    @property
    def notes(self) -> tuple[str, ...]:
        """How the charts are read, a sentence or two each."""
        lang, timeline = self.lang, self.timeline
        shown = [chart.series for chart in self.charts]
        absent = any(len(series.present) < len(series.rows) for series in shown)
        if timeline.one_date:
            alone = text(lang, "timeline.one_date", date=self.period)
            return (alone, interval_note(lang, self.catalogue), *([self.whole] if self.whole else []))
        return (
            text(lang, "timeline.reading", maps=plural(lang, "timeline.maps", len(timeline.dates))),
            text(lang, "timeline.single" if timeline.single_map else "timeline.band"),
            text(lang, "timeline.scale"),
            *([text(lang, "timeline.absent")] if absent else []),
            *([self.whole] if self.whole else []),
        )


def read_sheet(catalogue: Catalogue, proposal: Proposal, timeline: Timeline, lang: Language) -> Sheet:
    """Return the charts of a timeline with their texts.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal
        A proposal of the catalogue.
    timeline
        The dates and figures.
    lang
        Language of the text.
    """
    view = View(unserved(catalogue, lang), proposal, *find_edition(proposal, timeline.dates[-1]))
    shown = [series for series in timeline.all_series if not series.whole]
    left_out = [series for series in timeline.all_series if series.whole] if shown else []
    charts = [_chart(view, timeline, series) for series in shown or timeline.all_series]
    return Sheet(catalogue, proposal, timeline, lang, tuple(charts), _whole(left_out, lang))


def statement(sheet: Sheet) -> str:
    """What every page and image of charts states."""
    known = sheet.proposal.texts["how_known"][sheet.lang.tag]
    return text(sheet.lang, "timeline.statement", how_known=known, source=sheet.source)


@lru_cache(maxsize=LINES)
def read_line(row: TimelineRow, lang: Language) -> TableLine:
    """Return a date's figures as text for a table.

    Parameters
    ----------
    row
        Area, low and high of a date, in km²; None for a zone that does not exist on it.
    lang
        Language of the text.
    """
    day = date_text(lang, row.as_of)
    if row.area_km2 is None:
        return TableLine(day, text(lang, "timeline.none"), text(lang, "format.none"))
    figures = (row.area_km2, row.low_km2, row.high_km2)
    return TableLine(day, read_area(lang, *figures).area, interval_text(lang, *figures))


def month_text(lang: Language, day: str) -> str:
    """Return the month of a date with its year, as short as the language writes it.

    Parameters
    ----------
    lang
        Language of the text.
    day
        ISO date.
    """
    return date_text(lang, day, text(lang, "timeline.month"))


def day_text(lang: Language, day: str) -> str:
    """Return a date as short as the language writes it.

    Parameters
    ----------
    lang
        Language of the text.
    day
        ISO date.
    """
    return date_text(lang, day, text(lang, "timeline.day"))


def _chart(view: View, timeline: Timeline, series: Series) -> Chart:
    lang, name = view.lang, series.names[view.lang.tag]
    total = series.kind == HELD
    clause = text(lang, "timeline.total_note") if total else clause_heading(view, series.clause)
    label = name if series.clause is None else text(lang, "images.labelled", label=name, clause=clause)
    return Chart(
        series=series,
        name=name,
        clause=clause,
        title=text(lang, "timeline.chart", label=label),
        description=_described(timeline, series, lang),
        change=_change(series, lang),
        lines=tuple(read_line(row, lang) for row in series.rows),
    )


def _described(timeline: Timeline, series: Series, lang: Language) -> str:
    """First, last, lowest and highest with their dates, dates without the zone, and what the band is."""
    alike = _steady(series) or len(series.present) == 1
    parts = list(_change(series, lang)) if alike else [_extremes(series, lang)]
    missing = len(series.rows) - len(series.present)
    if missing:
        parts.append(plural(lang, "timeline.missing", missing, dates=number_text(lang, len(series.rows))))
    kind = "single" if timeline.single_map else "band" if series.has_interval else "none"
    parts.append(text(lang, f"timeline.described_{kind}"))
    return text(lang, "format.sentence").join(parts)


def _extremes(series: Series, lang: Language) -> str:
    found = series.present
    lowest, highest = min(found, key=_area), max(found, key=_area)
    rows = {"first": found[0], "last": found[-1], "lowest": lowest, "highest": highest}
    points = {
        name: text(lang, "timeline.point", date=date_text(lang, row.as_of), area=_measure(row, lang))
        for name, row in rows.items()
    }
    return text(lang, "timeline.described", **points)


def _change(series: Series, lang: Language) -> tuple[str, ...]:
    """The first and the last figure with their dates in short, or the one figure that all dates have."""
    first, last = series.present[0], series.present[-1]
    if _steady(series):
        return (text(lang, "timeline.steady", area=_measure(first, lang)),)
    rows = dict.fromkeys((first, last))
    return tuple(text(lang, "timeline.point", date=day_text(lang, row.as_of), area=_figure(row, lang)) for row in rows)


def _steady(series: Series) -> bool:
    """Whether a zone is the same on every date of several."""
    figures = {(row.area_km2, row.low_km2, row.high_km2) for row in series.rows}
    return len(figures) == 1 < len(series.rows)


def _figure(row: TimelineRow, lang: Language) -> str:
    return short_text(lang, _area(row), row.low_km2, row.high_km2)


def _measure(row: TimelineRow, lang: Language) -> str:
    return area_text(lang, _area(row), row.low_km2, row.high_km2)


def _whole(left_out: Sequence[Series], lang: Language) -> str:
    """The sentence that names what is not charted; empty where everything is."""
    regions = [
        text(lang, "timeline.region", name=series.names[lang.tag], area=about_text(lang, _area(series.present[0])))
        for series in left_out
    ]
    return text(lang, "timeline.whole", zones=text(lang, "format.list").join(regions)) if regions else ""


def _area(row: TimelineRow) -> float:
    return row.area_km2 or 0.0

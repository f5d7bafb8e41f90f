"""What is said about charts: the figures of the areas with their dates, in words that take no side."""

import re

import pytest

from layers.catalogue.model import Catalogue
from tests.single_map import DAYS, single_map
from tests.webapp.charts.conftest import sheet_of
from tests.words import LANGUAGES, area_text, date_text, plural, text
from webapp.charts import Sheet, statement

US, UA = "us-28-points", "ukraine-20-points"
TAKES_SIDES = re.compile(
    r"\b(gain|lose|lost|regain|return|liberat|annex|separatist|captur|seiz|conquer)", re.IGNORECASE
)


def said(sheet: Sheet) -> str:
    charts = [part for chart in sheet.charts for part in (chart.title, chart.description, *chart.change)]
    return "\n".join((*charts, *sheet.notes, statement(sheet), sheet.credit, sheet.period))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_description_has_first_last_lowest_and_highest_with_dates(catalogue: Catalogue, lang: str) -> None:
    (chart,) = sheet_of(catalogue, US, lang, "withdrawal-dnipropetrovsk").charts
    rows = chart.series.present
    for row in (rows[0], rows[-1], max(rows, key=lambda row: row.area_km2 or 0)):
        figure = area_text(lang, row.area_km2 or 0, row.low_km2, row.high_km2)
        assert re.search(f"{re.escape(date_text(lang, row.as_of))}.{{0,2}}{re.escape(figure)}", chart.description)
    assert plural(lang, "timeline.missing", 26, dates=57) in chart.description
    assert text(lang, "timeline.described_band") in chart.description


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_buffer_of_the_draft_stands_in_its_table(catalogue: Catalogue, lang: str) -> None:
    (chart,) = sheet_of(catalogue, US, lang, "donetsk-buffer").charts
    (line,) = [line for line in chart.lines if line.date == date_text(lang, "2025-11-20")]
    assert re.sub(r"\D", "", line.area) == "5980"
    assert re.sub(r"[^\d–]", "", line.interval) == "5550–6390"
    assert len(chart.lines) == 57


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("proposal_id", [US, UA])
def test_no_blank_stays_open_and_no_word_takes_a_side(catalogue: Catalogue, proposal_id: str, lang: str) -> None:
    words = said(sheet_of(catalogue, proposal_id, lang))
    assert not re.search(r"[{}]|None", words)
    assert not TAKES_SIDES.search(words)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_does_not_change_is_named_and_not_charted(catalogue: Catalogue, lang: str) -> None:
    sheet = sheet_of(catalogue, US, lang)
    assert not {"crimea", "sevastopol"} & {chart.series.id for chart in sheet.charts}
    whole = [series for series in sheet.timeline.zones if series.whole]
    assert all(series.names[lang] in sheet.notes[-1] for series in whole)
    assert [chart.series.id for chart in sheet.charts][-1] == "russian-held"
    alone = sheet_of(catalogue, US, lang, "crimea")
    assert [chart.series.id for chart in alone.charts] == ["crimea"]
    assert not alone.whole


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_map_has_no_interval_and_says_so(catalogue: Catalogue, lang: str) -> None:
    sheet = sheet_of(single_map(catalogue), US, lang)
    assert text(lang, "timeline.single") in sheet.notes
    assert text(lang, "timeline.band") not in sheet.notes
    assert {line.interval for chart in sheet.charts for line in chart.lines} == {"–"}
    assert all(text(lang, "timeline.described_single") in chart.description for chart in sheet.charts)
    first, last = (date_text(lang, day) for day in DAYS)
    assert sheet.period == text(lang, "timeline.period", first=first, last=last)


def test_a_zone_that_is_the_same_on_every_date_is_said_once(catalogue: Catalogue) -> None:
    (chart,) = sheet_of(catalogue, US, "en", "withdrawal-mykolaiv").charts
    assert chart.change == ("On every date about 130 km².",)
    assert chart.description == "On every date about 130 km². No interval."

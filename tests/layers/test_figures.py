"""Figures in words: never more digits than the interval allows, and one ready sentence in three languages."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.catalogue.model import COMMITTED, Catalogue, load_catalogue
from layers.tables.areas import sentence_columns
from layers.text.figures import round_area
from layers.text.languages import suffix
from layers.zone_properties import ZoneProperties
from tests.words import INSTALLED, LANGUAGES, about_text, area_sentence, read_area, short_text, zone_sentence

AREAS = st.tuples(*[st.decimals(0, 700_000, places=1).map(float)] * 3).map(sorted)
DAY = "2025-11-20"


@pytest.mark.parametrize(
    ("area", "step_km2"),
    [
        ((5978.6, 5539.0, 6397.2), 10),  # the interval of 858 allows 10
        ((115_175.1, 114_193.9, 116_720.0), 100),
        ((73_930.0, 73_430.0, 74_420.0), 100),  # three digits, since 100 is within a fifth of the interval
        ((19_146.3, 19_068.6, 19_459.5), 10),  # and is not within a fifth of this one
        ((50_000.0, 45_000.0, 56_000.0), 1000),
        ((131.7, 131.6, 131.8), 0.1),  # to ten, and to one, low and high would be the same
        ((131.7, 131.2, 134.9), 1),
        ((7.3, 5.0, 9.9), 0.1),
        ((83.3, 18.2, 118.2), 10),  # exactly 100 wide
    ],
)  # fmt: skip
def test_the_step_goes_by_size_and_by_the_interval(area: tuple[float, float, float], step_km2: float) -> None:
    rounded = round_area(*area)
    assert 10**-rounded.decimals == pytest.approx(step_km2)


@given(AREAS, st.sampled_from(LANGUAGES))
def test_print_keeps_the_order_and_the_digits_that_the_interval_allows(three: list[float], lang: str) -> None:
    low, area, high = three
    rounded = round_area(area, low, high)
    figure = read_area(lang, area, low, high)
    if rounded.low_km2 is None or rounded.high_km2 is None:
        assert figure.low is figure.high is None
        assert high - low < 0.05
        return
    assert rounded.low_km2 <= rounded.area_km2 <= rounded.high_km2
    assert rounded.low_km2 < rounded.high_km2
    step_km2 = 10.0**-rounded.decimals
    assert step_km2 >= 0.0999
    tenth_km2 = max((high - low) / 10, 0.1)
    assert step_km2 <= max(0.2001 * (high - low), 10.001)  # low and high stay apart by five steps or more
    assert step_km2 * 10.001 > tenth_km2 or step_km2 >= 10  # finer only where the size asks for it
    assert step_km2 > tenth_km2 / 10 * 0.999  # the power of ten at or below a tenth of the width, or more
    assert [_read(lang, words) for words in (figure.low, figure.area, figure.high)] == pytest.approx(
        [rounded.low_km2, rounded.area_km2, rounded.high_km2]
    )


@given(st.floats(0, 700_000), st.floats(0, 20_000))
def test_no_figure_has_more_digits_than_a_reader_can_use(area: float, width: float) -> None:
    rounded = round_area(area, max(area - width / 2, 0.0), area + width / 2)
    digits = len(f"{rounded.area_km2:.0f}".rstrip("0"))
    assert digits <= 3 or 10**-rounded.decimals > width / 50  # a fourth digit only where the interval is narrow


def _read(lang: str, words: str | None) -> float:
    plain = re.sub(r"[\u00a0\u202f]" if lang == "uk" else ",", "", str(words))
    return float(plain.replace(",", "."))


@pytest.mark.parametrize(
    ("lang", "interval", "one", "whole"),
    [
        (
            "en",
            "about 5,980 km², between 5,540 and 6,400 depending on the map, on 20 November 2025",
            "about 6,260 km², on 20 November 2025 (one map, no interval)",
            "about 26,900 km²; the whole region, whoever holds it",
        ),
        (
            "uk",
            "близько 5 980 км², від 5 540 до 6 400 залежно від карти, станом на 20 листопада 2025 року",
            "близько 6 260 км², станом на 20 листопада 2025 року (одна карта, без інтервалу)",
            "близько 26 900 км²; увесь регіон, незалежно від того, хто його контролює",
        ),
        (
            "zh-Hant",
            "約5,980平方公里，依控制圖而異，介於5,540至6,400（2025年11月20日）",
            "約6,260平方公里（2025年11月20日；單一控制圖，無區間）",
            "約26,900平方公里（全區；與控制狀況無關）",
        ),
    ],
)
def test_the_ready_sentence(lang: str, interval: str, one: str, whole: str) -> None:
    def said(area: tuple[float, float | None, float | None], maps: int, whole: bool = False) -> str:
        return area_sentence(lang, area, DAY, maps=maps, whole=whole).replace("\u00a0", " ")

    assert said((5978.6, 5539.0, 6397.2), 3) == interval
    assert said((6262.2, None, None), 1) == one
    assert said((26_910.2, None, None), 3, whole=True) == whole


def test_what_depends_on_control_is_told_from_what_does_not() -> None:
    plan = load_catalogue(COMMITTED).proposal("us-28-points")
    zones = {zone["id"]: zone for zone in load_catalogue(COMMITTED).areas(plan.editions[DAY])}
    assert zone_sentence("en", zones["crimea"]) == "about 26,300 km²; the whole region, whoever holds it"
    assert zone_sentence("en", zones["crimea"], 1).endswith("; the whole region, whoever holds it")
    single: ZoneProperties = {**zones["luhansk-held"], "area_low_km2": None, "area_high_km2": None}
    assert zone_sentence("en", single, 1) == "about 26,200 km², on 20 November 2025 (one map, no interval)"
    assert zone_sentence("en", zones["contact-line"]) == ""


def test_an_area_alone_has_no_more_digits_than_its_interval_allows() -> None:
    held = (115_175.1, 114_193.9, 116_720.0)
    assert about_text("en", *held) == "about 115,200 km²"
    assert about_text("en", held[0]) == "about 115,000 km²"
    assert short_text("en", *held) == "about 115,200 km² (114,200–116,700)"


def test_tables_end_with_the_sentences(committed: Catalogue) -> None:
    edition = committed.proposal("us-28-points").editions[DAY]
    rows = list(csv.DictReader(io.StringIO(committed.read(edition.products["areas_csv"]).decode())))
    assert tuple(rows[0])[-3:] == sentence_columns(INSTALLED)
    for row, zone in zip(rows, committed.areas(edition), strict=True):
        for lang in LANGUAGES:
            assert row[f"figure_{suffix(lang)}"] == zone_sentence(lang, zone)

"""Figures that others published, beside Clausemap's on the page of areas."""

import json
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from layers.catalogue.entries import FigureEntry, OblastEntry
from layers.catalogue.model import COMMITTED, Catalogue, Edition, load_catalogue
from tests.webapp.markup import Node, read_html
from tests.words import LANGUAGES, language, text
from webapp.app import create_app
from webapp.context import View, unserved
from webapp.pages.areas_estimates import Estimate, difference, estimate, is_outside, printed

PLAN = "us-28-points"
ALL_HELD = "All Russian-held territory in Ukraine"
OF_THE_PLAN = [
    ("Donetsk buffer zone", "nearly 5,000 km²", "+980 km² (+20%)"),
    ("Luhansk oblast, Ukrainian-held", "45 km²", "+36 km² (+80%)"),
    ("Russia would leave: held part of Kharkiv oblast", "nearly 2,000 km²", "−650 km² (−32%)"),
    ("Russia would leave: held part of Dnipropetrovsk oblast", "450 km²", "−180 km² (−40%)"),
    ("Russia would leave: held part of Sumy oblast", "300 km²", "−160 km² (−53%)"),
    ("Chernihiv oblast, Russian-held", "20 km²", "−20 km² (−100%)"),
]
FURTHER = [
    (ALL_HELD, "116,165 km² (19.25% of Ukraine)", "DeepState, 1 January 2026", "−400 km² (−0.4%)"),
    ("Kherson oblast, Russian-held", "72% of the oblast", "DeepState, 1 January 2026", "+1.2 percentage points"),
    ("Change in Russian-held area", "+4,336 km²", "DeepState, 1 January 2025 to 31 December 2025", "+130 km²"),
    ("Sumy oblast, Kharkiv oblast, Russian-held", "440 km²", "Reuters, 16 August 2025", "+940 km² (+213%)"),
    (ALL_HELD, "118,917 km²", "Black Bird Group, 28 February 2026", "−2,900 km² (−2.5%)"),
]  # fmt: skip
NOTHING = FigureEntry(
    zone=None, plus=(), minus=(), oblasts=(), held_by="russia", area_km2=None, change_km2=None,
    share_of_ukraine_pct=None, share_of_oblasts_pct=None, share_of_oblasts_high_pct=None, qualifier=None,
    why=("other_map",), since_as_of=None, as_of="2025-12-01",
)  # fmt: skip


def tables(page: str) -> list[list[list[str]]]:
    """The words of every cell of the tables of published figures, row by row; the last table is of further ones."""
    found = read_html(page).all("table", class_="published")
    return [[cells(row) for row in table.one("tbody").all("tr")] for table in found]


def cells(row: Node) -> list[str]:
    """The words of a row, cell by cell."""
    return [cell.words for cell in row.walk() if cell.tag in {"th", "td"}]


def test_the_figures_of_a_draft_stand_first_beside_ours(client: FlaskClient) -> None:
    shown, _ = tables(client.get(f"/en/areas/{PLAN}").text)
    own = shown[: len(OF_THE_PLAN)]
    assert [(row[0], row[1]) for row in own] == [(ground, figure) for ground, figure, _ in OF_THE_PLAN]
    for row, (_, _, off) in zip(own, OF_THE_PLAN, strict=True):
        assert row[2].startswith("AFP, 20 November 2025 Carried by: NDTV (21 November 2025)")
        assert row[4].startswith(off)


def test_then_those_near_the_date_of_the_page_and_the_rest_folded_away(client: FlaskClient) -> None:
    near, further = tables(client.get(f"/en/areas/{PLAN}").text)
    assert len(near) == len(OF_THE_PLAN) + 4
    assert "19.3% of Ukraine" in [row[1] for row in near]
    for ground, figure, by, off in FURTHER:
        assert any(
            (row[0], row[1]) == (ground, figure) and row[2].startswith(by) and row[4].startswith(off) for row in further
        )
    later, _ = tables(client.get(f"/en/areas/{PLAN}?as_of=2026-01-01").text)
    assert "116,165 km² (19.25% of Ukraine)" in [row[1] for row in later]


def test_every_proposal_has_the_general_figures_once(client: FlaskClient, catalogue: Catalogue) -> None:
    general = sum(len(entry.figures) for entry in catalogue.published)
    for proposal in catalogue.proposals.values():
        own = sum(not figure.plus for entry in proposal.published for figure in entry.figures)
        shown = tables(client.get(f"/en/areas/{proposal.id}").text)
        assert sum(map(len, shown)) == general + own


def test_a_figure_outside_our_interval_says_why_and_no_other_does(client: FlaskClient) -> None:
    for row in [row for table in tables(client.get(f"/en/areas/{PLAN}").text) for row in table]:
        if row[1] in {"118,917 km²", "440 km²", "nearly 5,000 km²", "72% of the oblast", "15–17% of the oblast"}:
            assert "Outside Clausemap’s low–high range: " in row[4]
        if row[1] in {"116,165 km² (19.25% of Ukraine)", "19.3% of Ukraine", "nearly 2,000 km²", "+505 km²"}:
            assert "Outside" not in row[4]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_notes_name_the_three_maps(client: FlaskClient, lang: str) -> None:
    section = read_html(client.get(f"/{lang}/areas/{PLAN}").text).one("section", aria_labelledby="published-heading")
    assert text(lang, "published.note_maps") in section.words
    assert all(name in section.words for name in ("DeepState", "UA Control Map", "NZZ"))


def test_the_net_of_the_draft_is_told_with_ours(client: FlaskClient) -> None:
    page = read_html(client.get(f"/en/areas/{PLAN}").text).words
    assert (
        "Ukraine would leave about 2,300 km² more than Russia by AFP’s count; by Clausemap’s, about 4,200 km²" in page
    )
    assert "6,060 km² less 1,900 km². Outside Clausemap’s low–high range: claimed territory is counted, too" in page


def test_sources_are_links(client: FlaskClient) -> None:
    section = read_html(client.get(f"/en/areas/{PLAN}").text).one("section", aria_labelledby="published-heading")
    links = [link["href"] for link in section.all("a")]
    assert len(links) > 30
    assert all(link.startswith("https://") for link in links)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_day_that_is_not_built_is_told(lang: str) -> None:
    page = create_app(load_catalogue(COMMITTED)).test_client().get(f"/{lang}/areas/{PLAN}").text
    shown, further = tables(page)
    missing = text(lang, "published.not_built")
    assert not any(missing in row[3] for row in shown[: len(OF_THE_PLAN)])
    assert any(missing in row[3] for row in further)


def view(catalogue: Catalogue) -> View:
    plan = catalogue.proposals[PLAN]
    return View(unserved(catalogue, language("en")), plan, "2025-11-20", plan.editions["2025-11-20"])


def oblasts(catalogue: Catalogue, *isos: str) -> tuple[OblastEntry, ...]:
    """Oblasts as the catalogue tells them, with the areas of the layer of oblasts."""
    units = json.loads(catalogue.read(catalogue.context["oblasts"]))["features"]
    areas = {unit["id"]: unit["properties"]["area_km2"] for unit in units}
    return tuple(OblastEntry(iso, {}, areas[iso]) for iso in isos)


def edition(catalogue: Catalogue, day: str) -> Edition:
    return catalogue.proposals["ukraine-20-points"].edition_on(day)


def found(catalogue: Catalogue, **values: Any) -> Estimate:
    ours = estimate(view(catalogue), replace(NOTHING, **values))
    assert ours
    return ours


def test_what_ukraine_holds_of_an_oblast_is_the_rest_of_it(catalogue: Catalogue) -> None:
    held = edition(catalogue, "2025-12-01").held_by_oblast["UA-14"]
    given = oblasts(catalogue, "UA-14")
    ours = found(catalogue, oblasts=given, held_by="ukraine", area_km2=5000)
    whole = given[0].area_km2
    assert held.area_low_km2
    assert held.area_high_km2
    assert ours.value == pytest.approx(whole - held.area_km2)
    assert ours.low == pytest.approx(whole - held.area_high_km2)
    assert ours.high == pytest.approx(whole - held.area_low_km2)


def test_a_share_of_oblasts_is_of_their_areas_together(catalogue: Catalogue) -> None:
    given = oblasts(catalogue, "UA-14", "UA-09")
    held = edition(catalogue, "2025-12-01").held_by_oblast
    ours = found(catalogue, oblasts=given, share_of_oblasts_pct=88)
    areas = [held[one.iso].area_km2 / one.area_km2 for one in given]
    assert min(areas) < ours.value / 100 < max(areas)
    assert ours.value == pytest.approx(
        100 * sum(held[one.iso].area_km2 for one in given) / sum(one.area_km2 for one in given)
    )


def test_a_change_is_the_difference_of_two_maps(catalogue: Catalogue) -> None:
    first, last = (edition(catalogue, day).held for day in ("2025-11-01", "2025-12-01"))
    ours = found(catalogue, change_km2=505.0, since_as_of="2025-11-01")
    assert ours.value == pytest.approx(last.area_km2 - first.area_km2)
    levels = [getattr(last, end) - getattr(first, end) for end in ("area_km2", "area_low_km2", "area_high_km2")]
    assert ours.low == pytest.approx(min(levels))
    assert ours.high == pytest.approx(max(levels))


def test_a_date_that_is_not_built_has_no_figure(catalogue: Catalogue) -> None:
    assert estimate(view(catalogue), replace(NOTHING, area_km2=1.0, as_of="2000-01-01")) is None
    assert estimate(view(catalogue), replace(NOTHING, change_km2=1.0, since_as_of="2000-01-01")) is None


@pytest.mark.parametrize(
    ("values", "ours", "outside"),
    [
        ({"area_km2": 118917.0}, Estimate(116000, 115100, 117400), True),
        ({"area_km2": 2000.0, "qualifier": "nearly"}, Estimate(1350, 1170, 1760), False),  # 1,500 would be printed so
        ({"area_km2": 2000.0}, Estimate(1350, 1170, 1760), True),
        ({"share_of_ukraine_pct": 19.0}, Estimate(19.6, 19.4, 19.8), False),  # 19.4 rounds to 19
        ({"share_of_ukraine_pct": 19.25}, Estimate(19.6, 19.4, 19.8), True),
        ({"share_of_oblasts_pct": 15.0, "share_of_oblasts_high_pct": 17.0}, Estimate(20.2, 18.8, 21.6), True),
        ({"share_of_oblasts_pct": 15.0, "share_of_oblasts_high_pct": 19.0}, Estimate(20.2, 18.8, 21.6), False),
        ({"change_km2": 464.0}, Estimate(430, 360, 430), False),  # less than the data can tell
        ({"change_km2": 634.0}, Estimate(450, 450, 480), True),
        ({"area_km2": 1.0}, Estimate(5, None, None), False),  # a single map has no interval
    ],
)
def test_outside_is_what_rounding_does_not_explain(values: dict[str, Any], ours: Estimate, outside: bool) -> None:
    assert is_outside(replace(NOTHING, **values), ours) is outside


def test_a_range_is_left_by_its_nearer_end() -> None:
    figure = replace(NOTHING, share_of_oblasts_pct=15.0, share_of_oblasts_high_pct=17.0)
    assert printed(figure) == (15.0, 17.0)
    assert [difference(figure, Estimate(value, None, None)) for value in (20.0, 16.0, 14.0)] == [3.0, 0.0, -1.0]

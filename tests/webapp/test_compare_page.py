"""The pages of comparisons say in words what the files have, in each language, and link neighbours by date."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import find_edition
from layers.text.figures import about_text, read_area, short_text
from layers.text.languages import installed_languages
from tests.words import LANGUAGES
from webapp.app import create_app
from webapp.context import own_view, unserved
from webapp.jobs.editions import open_catalogue
from webapp.pages.base import TABS
from webapp.pages.compare import in_order
from webapp.pages.overview import four_figures
from webapp.text.interface import text

LEFT, RIGHT = "us-28-points@2025-11-20", "ukraine-20-points@2025-12-24"
KRAMATORSK = {"en": "Kramatorsk", "uk": "Краматорськ", "zh-Hant": "克拉莫托斯克"}


def _plain(words: str) -> str:
    """Words without what only keeps a browser from breaking them."""
    return unescape(words).replace("\u00a0", " ").replace("\u2060", "")


def _row_of(page: str, words: str) -> str:
    """The first row of a table that has some words."""
    rows: list[str] = re.findall(r"<tr>.*?</tr>", _plain(page), re.DOTALL)
    return next(row for row in rows if words in row)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_headline_has_the_figure_of_the_file(client: FlaskClient, lang: str) -> None:
    page = client.get(f"/{lang}/compare?left={LEFT}&right={RIGHT}").text
    differs = json.loads(client.get(f"/compare/{LEFT}/{RIGHT}.json").data)["differs"]
    area = about_text(
        installed_languages()[lang], differs["area_km2"], differs["area_low_km2"], differs["area_high_km2"]
    )
    (heading,) = re.findall(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert _plain(area) in _plain(heading)
    assert KRAMATORSK[lang] in page
    assert f"/compare/{LEFT}/{RIGHT}.csv" in page


@pytest.mark.costly
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_leads_to_the_image_of_what_differs_and_to_the_builder(client: FlaskClient, lang: str) -> None:
    page = unescape(client.get(f"/{lang}/compare?left={LEFT}&right={RIGHT}").text)
    drawn = re.findall(r'<a href="(/images/[^"]*template=difference[^"]*)" download', page)
    assert [one.split("?")[0].rsplit(".")[-1] for one in drawn] == ["svg", "png"]
    (builder,) = re.findall(rf'href="(/{lang}/images/us-28-points\?[^"]*template=difference[^"]*)"', page)
    built = client.get(builder).text
    assert 'value="difference" selected' in built or 'value="difference" checked' in built
    assert RIGHT in built


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_for_kinds_are_those_of_the_table_of_kinds_and_people_stand_beside_their_source(
    client: FlaskClient, lang: str
) -> None:
    page, language = client.get(f"/{lang}/compare?left={LEFT}&right={RIGHT}").text, installed_languages()[lang]
    row = _row_of(page, KRAMATORSK[lang])
    for kind in ("buffer", "economic", "pullback", "unheld"):
        assert text(language, f"kind.{kind}") in row
    lede, source = page.index('class="lede"'), page.index(text(language, "people.source"))
    assert 0 < source - lede < 1000


def test_a_difference_names_the_side_that_has_more(client: FlaskClient) -> None:
    page = client.get(f"/en/compare?left={LEFT}&right={RIGHT}").text
    kinds = {row["kind"]: row for row in json.loads(client.get(f"/compare/{LEFT}/{RIGHT}.json").data)["kinds"]}
    for kind, side in (("buffer", "28-point draft"), ("economic", "20-point draft")):
        row = _row_of(page[page.index('id="kinds-heading"') :], text(installed_languages()["en"], f"kind.{kind}"))
        area, low, high = (abs(kinds[kind][f"difference_area{end}_km2"]) for end in ("", "_low", "_high"))
        told = read_area(installed_languages()["en"], area, min(low, high), max(low, high))
        assert f"{told.area} more in the {side}" in row
        assert f"{told.low}–{told.high}" in row


def test_names_and_intervals_stay_on_one_line(client: FlaskClient) -> None:
    (heading,) = re.findall(r"<h1>(.*?)</h1>", client.get(f"/en/compare?left={LEFT}&right={RIGHT}").text, re.DOTALL)
    assert "20-\u2060point" in heading
    assert "80,300\u00a0km²" in heading


def test_a_form_without_script_gives_dates_apart(client: FlaskClient) -> None:
    apart = "left=us-28-points&left_as_of=2025-11-20&right=ukraine-20-points&right_as_of="
    assert client.get(f"/en/compare?{apart}").data == client.get(f"/en/compare?left={LEFT}&right={RIGHT}").data
    assert client.get("/en/compare?left=nowhere").status_code == 404
    assert client.get("/en/compare?left=us-28-points@1999-01-01").status_code in (400, 404)


def test_a_proposal_compared_with_itself_is_the_same(client: FlaskClient) -> None:
    page = client.get(f"/en/compare?left={LEFT}&right={LEFT}").text
    assert "divide the territory the same way" in page


def test_a_single_proposal_is_compared_then_and_now_as_a_copy_of_it_has_it() -> None:
    catalogue = open_catalogue()
    alone = replace(catalogue, proposals={"us-28-points": catalogue.proposal("us-28-points")})
    client, newest = create_app(alone).test_client(), catalogue.control_dates[-1]
    assert client.get("/en/compare").data == client.get(f"/en/compare?left={LEFT}&right=us-28-points@{newest}").data


def test_every_page_of_a_proposal_links_its_neighbours(client: FlaskClient) -> None:
    ordered = in_order(unserved(open_catalogue(), installed_languages()["en"]))
    for place, proposal in enumerate(ordered):
        tab = TABS[place % len(TABS)]
        page = client.get(f"/en/{tab}/{proposal.id}").text
        for other in (*ordered[place - 1 : place], *ordered[place + 1 : place + 2]):
            pair = sorted((proposal, other), key=ordered.index)
            left, right = (f"{one.id}%40{one.own_date}" for one in pair)
            assert f"left={left}&amp;right={right}" in page, (tab, proposal.id, other.id)


def test_the_overview_has_four_figures_a_proposal(client: FlaskClient) -> None:
    page, context = client.get("/en/proposals-compared").text, unserved(open_catalogue(), installed_languages()["en"])
    for proposal in in_order(context):
        figures = four_figures(own_view(context, proposal))
        assert len(figures) == 4
        for name, area in figures:
            assert f'<dt>{name}</dt><dd class="figure">{area}</dd>' in page, proposal.id
    us = dict(four_figures(own_view(context, context.catalogue.proposal("us-28-points"))))
    _, edition = find_edition(context.catalogue.proposal("us-28-points"))
    buffer = next(zone for zone in context.catalogue.areas(edition) if zone["id"] == "donetsk-buffer")
    assert us["Ukraine would leave"] == short_text(
        context.lang, buffer["area_km2"] or 0, buffer["area_low_km2"], buffer["area_high_km2"]
    )

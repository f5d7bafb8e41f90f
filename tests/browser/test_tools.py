"""The tools over the map: finding a place, measuring, comparing with another day, by mouse, touch and keyboard."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.opening import MAP, PHONE, WIDE, Opener, on_map, wait_for_day
from tests.words import LANGUAGES, date_text
from webapp.jobs.editions import open_catalogue

if TYPE_CHECKING:
    from playwright.sync_api import Page

KRAMATORSK = 704508
FETCHED = "() => performance.getEntriesByType('resource').map(({ name }) => name)"
DAY, LATER = "2025-11-20", "2025-11-23"
ANSWERS = {
    "en": "Kramatorsk: held by Ukraine on 20 November 2025; in the buffer zone of clause 21d; "
    "20 km from the front line.",
    "uk": "Краматорськ: під контролем України станом на 20 листопада 2025 року; у буферній зоні (положення 21d); "
    "20 км від лінії фронту.",
    "zh-Hant": "克拉莫托斯克：2025年11月20日由烏克蘭控制；位於條款21d的緩衝區；距前線20公里。",
}
TYPED = {"en": "Kramat", "uk": "Краматорск", "zh-Hant": "克拉莫"}
FIELD, ANSWER = "[data-search]", "[data-place-answer]"


def find(page: Page, typed: str) -> None:
    page.locator(FIELD).fill(typed)
    page.locator("[role=option]").first.wait_for(state="visible")


def answer(page: Page) -> str:
    page.locator(f"{ANSWER} p").first.wait_for(state="visible")
    return page.locator(f"{ANSWER} p").first.inner_text()


def wait_for_query(page: Page, name: str, value: str) -> None:
    page.wait_for_function(f"() => (new URLSearchParams(location.search).get('{name}') ?? '') === '{value}'")


def states(day: str) -> dict[str, object]:
    catalogue = open_catalogue()
    edition = catalogue.proposal("us-28-points").edition_on(day)
    return dict(json.loads(catalogue.read(edition.products["places"])))


@pytest.mark.smoke
def test_a_place_is_found_by_keyboard_and_told_in_words(open_page: Opener) -> None:
    page = open_page(MAP, WIDE)
    page.locator(FIELD).focus()
    find(page, TYPED["en"])
    field = page.locator(FIELD)
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert chosen.get_attribute("id") == field.get_attribute("aria-activedescendant")
    page.keyboard.press("Enter")
    assert answer(page) == ANSWERS["en"]
    assert field.input_value() == "Kramatorsk"
    assert field.get_attribute("aria-expanded") == "false"
    wait_for_query(page, "place", str(KRAMATORSK))
    page.wait_for_function(on_map("theMap().getBounds().contains([48.74, 37.58]) && theMap().getZoom() >= 7"))
    page.locator(f"{ANSWER} [data-opens=donetsk-buffer]").click()
    assert page.locator("[data-panel] h3").is_visible()
    field.focus()
    page.keyboard.press("Escape")
    wait_for_query(page, "place", "")
    assert page.locator("[data-card=place]").is_hidden()
    assert page.locator("path.place-ring").count() == 0


@pytest.mark.sweep(1)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_place_is_found_by_touch_in_every_language(open_page: Opener, lang: str) -> None:
    page = open_page(f"/{lang}/map/us-28-points", PHONE, has_touch=True)
    page.locator(FIELD).tap()
    find(page, TYPED[lang])
    option = page.locator("[role=option]").first
    box = option.bounding_box()
    assert box
    assert box["height"] >= 44
    option.tap()
    assert answer(page) == ANSWERS[lang]
    wait_for_query(page, "place", str(KRAMATORSK))


def test_the_answer_follows_the_day_and_the_address(open_page: Opener) -> None:
    page = open_page(f"{MAP}?place={KRAMATORSK}&as_of={DAY}", WIDE)
    assert answer(page) == ANSWERS["en"]
    page.locator("[data-step='1']").click()
    wait_for_day(page, LATER)
    page.wait_for_function(f"() => document.querySelector('{ANSWER}').innerText.includes('{date_text('en', LATER)}')")
    assert f"place={KRAMATORSK}" in page.url


def test_contested_places_are_told_as_such(open_page: Opener) -> None:
    places = json.loads(open_catalogue().read(open_catalogue().display["places"]))["places"]
    number = next(at for at, letter in enumerate(str(states(DAY)["held"])) if letter.isupper())
    page = open_page(f"{MAP}?place={places[number][0]}", WIDE)
    assert f"contested on {date_text('en', DAY)} (where control maps disagree), counted here as held by" in answer(page)


def test_what_is_not_there_is_said(open_page: Opener) -> None:
    page = open_page(MAP, WIDE)
    page.locator(FIELD).focus()
    page.locator(FIELD).fill("Abracadabra")
    page.locator("[data-search-none]").wait_for(state="visible")
    assert "No place of that name" in page.locator("[data-said]").inner_text()
    assert page.locator(FIELD).get_attribute("aria-expanded") == "false"


def test_nothing_is_fetched_for_tools_before_one_is_used(open_page: Opener) -> None:
    page = open_page(MAP, WIDE)
    wanted = re.compile(r"tools\.bundle\.js|/places|/changes/")
    assert not [name for name in page.evaluate(FETCHED) if wanted.search(name)]
    page.locator(FIELD).focus()
    page.wait_for_function(f"() => ({FETCHED})().some(name => name.includes('/display/places.json'))")


@pytest.mark.smoke
def test_lengths_and_areas_are_measured_by_mouse_and_keyboard(open_page: Opener) -> None:
    page = open_page(f"{MAP}?view=7,48.5,36", WIDE)
    page.locator("[data-tool=measure]").click()
    page.locator("[data-card=measure]").wait_for(state="visible")
    frame = page.locator(".folium-map").bounding_box()
    assert frame
    for across, down in ((0.7, 0.3), (0.9, 0.3)):
        page.mouse.click(frame["x"] + across * frame["width"], frame["y"] + down * frame["height"])
    total = page.locator("[data-measure-sum]")
    assert re.fullmatch(r"Length \d+ km", total.inner_text())
    assert page.locator("[data-panel]").is_hidden(), "a click while measuring opens no zone"
    page.keyboard.press("Enter")
    assert re.fullmatch(r"Length [\d,]+ km; area [\d,]+ km²", total.inner_text())
    shown = page.evaluate(on_map("[theMap().getCenter().lat, theMap().getCenter().lng]"))
    assert f"{shown[0]:.3f}° N" in (page.locator("[data-measure-points] li").nth(2).text_content() or "")
    page.keyboard.press("Backspace")
    assert "area" not in total.inner_text()
    page.keyboard.press("Escape")
    assert page.locator("[data-card=measure]").is_hidden()
    assert page.locator("path.measured-line").count() == 0
    assert page.evaluate("document.activeElement.dataset.tool") == "measure"


def test_points_are_set_by_touch_and_taken_away_one_by_one(open_page: Opener) -> None:
    page = open_page(MAP, PHONE, has_touch=True)
    page.locator("[data-tool=measure]").tap()
    page.locator("[data-card=measure]").wait_for(state="visible")
    frame = page.locator(".folium-map").bounding_box()
    assert frame
    for across, down in ((0.3, 0.2), (0.6, 0.2), (0.6, 0.55)):  # too far apart for a double tap
        page.touchscreen.tap(frame["x"] + across * frame["width"], frame["y"] + down * frame["height"])
    assert "area" in page.locator("[data-measure-sum]").inner_text()
    page.locator("[data-card=measure] summary").tap()
    page.locator("[data-removes='0']").tap()
    assert page.locator("[data-measure-points] li").count() == 2
    page.locator("[data-measure-clear]").tap()
    assert page.locator("[data-measure-sum]").inner_text() == "No point yet."


def test_two_days_are_compared_on_the_map_and_as_a_table(open_page: Opener) -> None:
    page = open_page(MAP, WIDE)
    page.locator("[data-tool=changes]").click()
    page.wait_for_function("() => document.activeElement.matches('[data-other-day]')")
    page.locator("[data-other-day]").select_option("2026-01-01")
    page.locator("[data-changes-result]").wait_for(state="visible")
    found = json.loads(page.evaluate("fetch(document.querySelector('[data-changes-file]').href).then(r => r.text())"))
    total = found["comparison"]["total"]
    gained = page.locator("[data-changes-figure=to-russia]").inner_text()
    assert gained == f"about {round(total['held_in_second_only_km2'], -1):,.0f} km²"
    rows = page.locator("[data-changes-rows] tr")
    assert rows.count() == len(found["comparison"]["oblasts"]) + 1
    assert page.locator("path.change").count() == len(found["features"])
    wait_for_query(page, "since", "2026-01-01")
    page.keyboard.press("Escape")
    assert page.locator("[data-card=changes]").is_hidden()
    assert page.evaluate("document.activeElement.dataset.tool") == "changes"
    wait_for_query(page, "since", "")
    assert page.locator("path.change").count() == 0


def test_the_address_restores_a_comparison_and_the_day_shown_is_refused(open_page: Opener) -> None:
    page = open_page(f"{MAP}?since=2025-08-05", WIDE)
    page.locator("[data-changes-result]").wait_for(state="visible")
    assert page.locator("[data-other-day]").input_value() == "2025-08-01"
    page.locator("[data-other-day]").select_option(DAY)
    page.wait_for_function("() => document.querySelector('[data-changes-sum]').innerText.includes('Choose another')")
    assert page.locator("path.change").count() == 0


def test_an_embed_has_the_tools_that_its_url_names(open_page: Opener) -> None:
    page = open_page(f"/embed/en/us-28-points?tools=measure&place={KRAMATORSK}", (600, 640))
    assert answer(page) == ANSWERS["en"]
    assert page.locator("[data-tool]").evaluate_all("all => all.map(one => one.dataset.tool)") == ["measure"]
    page = open_page("/embed/en/us-28-points", (600, 640))
    assert page.locator("[data-search], [data-tool], [data-card]").count() == 0


def test_the_embed_code_names_the_tools_that_are_ticked(open_page: Opener) -> None:
    page = open_page(f"{MAP}?clause=21a", WIDE)
    ticks = page.get_by_role("group", name="Tools in the embedded map")
    ticks.get_by_label("Measure").check()
    assert "/embed/en/us-28-points?clause=21a&amp;tools=measure" in page.locator("#embed-code").input_value()

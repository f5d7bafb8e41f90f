"""Going through the days on the map page, without loading it anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.opening import MAP, PHONE, SIZES, Opener, edition, open_zone, shown_zones, wait_for_day
from tests.words import LANGUAGES, date_text, read_area, text
from webapp.jobs.editions import open_catalogue

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROPOSALS = ("us-28-points", "ukraine-20-points", "kellogg-2025-04")
STEPS = 8
OWN_LINE = "path.own-line"


def days_of(proposal_id: str) -> tuple[str, ...]:
    return open_catalogue().proposal(proposal_id).dates


def slider(page: Page) -> Any:
    return page.locator("[data-dates] input[type=range]")


def held_ground(lang: str, as_of: str, proposal_id: str = "us-28-points") -> str:
    held = edition(proposal_id, as_of).held
    return read_area(lang, held.area_km2, held.area_low_km2, held.area_high_km2).area


@pytest.mark.sweep(1)
@pytest.mark.smoke
@pytest.mark.parametrize(("lang", "size"), list(zip(LANGUAGES, SIZES.values(), strict=True)), ids=LANGUAGES)
def test_a_step_changes_all_that_follows_the_day(open_page: Opener, lang: str, size: tuple[int, int]) -> None:
    page = open_page(f"/{lang}/map/us-28-points", size)
    before = page.locator("h1").inner_text(), page.title()
    page.evaluate("window.same = true")
    page.locator("[data-step='1']").click()
    wait_for_day(page, "2025-11-23")
    assert page.locator("h1").inner_text() != before[0], "the headline has the figures of the date before"
    assert page.title() != before[1]
    words = date_text(lang, "2025-11-23")
    for follows in (".strip", ".badge", ".statement", ".credit", "table.areas caption >> nth=0"):
        assert words in page.locator(follows).inner_text(), follows
    assert held_ground(lang, "2025-11-23") in page.locator("table.areas tfoot").first.inner_text()
    assert page.locator("#as_of").input_value() == "2025-11-23"
    assert slider(page).get_attribute("aria-valuetext") == words
    assert page.locator("[data-said]").inner_text() == text(lang, "said.day", date=words)
    assert "/2025-11-23.geojson" in (page.locator(".downloads a").first.get_attribute("href") or "")
    assert page.evaluate("window.same"), "the page was loaded anew"


@pytest.mark.sweep(1)
@pytest.mark.parametrize("proposal_id", PROPOSALS)
def test_arrow_keys_go_from_day_to_day(open_page: Opener, proposal_id: str) -> None:
    days, own = days_of(proposal_id), edition(proposal_id).as_of
    place = max(days.index(own) - STEPS // 2, 0)
    page = open_page(f"/en/map/{proposal_id}?as_of={days[place]}")
    slider(page).focus()
    assert int(slider(page).get_attribute("max") or 0) == len(days) - 1
    steps = [("ArrowRight", day) for day in days[place + 1 : place + 1 + STEPS]]
    for key, day in (*steps, ("End", days[-1]), ("Home", days[0])):
        page.keyboard.press(key)
        page.wait_for_selector(f".folium-map[data-day='{day}']")
        assert shown_zones(page) == set(edition(proposal_id, day).zones)
        assert held_ground("en", day, proposal_id) in page.locator("table.areas tfoot").first.inner_text()
    assert page.evaluate("document.activeElement.type") == "range"
    assert page.locator("[data-step='-1']").is_disabled()


def test_an_address_opens_each_day_as_the_slider_does(open_page: Opener) -> None:
    page = open_page(f"{MAP}?as_of=2026-08-21")
    opened = page.locator("[data-follows=clauses]").text_content()
    stepped = open_page(f"{MAP}?as_of=2026-07-01")
    last = days_of("us-28-points")[-1]
    slider(stepped).focus()
    stepped.keyboard.press("End")
    wait_for_day(stepped, last)
    assert stepped.locator("[data-follows=clauses]").text_content() == opened


def test_the_line_of_the_drafts_own_day_stays_for_comparison(open_page: Opener) -> None:
    page = open_page(MAP)
    assert page.locator(OWN_LINE).count() == 0
    assert page.locator("[data-own-line]").is_hidden()
    slider(page).focus()
    page.keyboard.press("Home")
    page.wait_for_selector(OWN_LINE)
    page.locator("[data-own-line]").wait_for(state="visible")
    assert "20 November 2025" in (page.locator("[data-own-line]").text_content() or "")
    moved = page.evaluate("""() => {
      const [own] = document.querySelectorAll("path.own-line");
      const shown = document.querySelector("path.zone-line[stroke-dasharray]");
      const below = own.compareDocumentPosition(shown) & Node.DOCUMENT_POSITION_FOLLOWING;
      return [own.getAttribute("d") !== shown.getAttribute("d"), Boolean(below)];
    }""")
    assert moved == [True, True], "another line, and it never covers that of the day shown"


def test_play_and_pause(open_page: Opener) -> None:
    page = open_page(f"{MAP}?as_of=2026-05-01")
    play = page.locator("[data-play]")
    later = [day for day in days_of("us-28-points") if day > "2026-05-01"]
    play.click()
    assert play.get_attribute("aria-pressed") == "true"
    assert play.inner_text().strip() == "Pause"
    page.wait_for_selector(f".folium-map[data-day='{later[1]}']")
    play.click()
    assert play.get_attribute("aria-pressed") == "false"
    at = page.locator(".folium-map").get_attribute("data-day")
    page.wait_for_timeout(1500)
    assert page.locator(".folium-map").get_attribute("data-day") == at
    play.click()
    page.wait_for_selector(f".folium-map[data-day='{later[-1]}']")
    page.wait_for_function("() => document.querySelector('[data-play]').getAttribute('aria-pressed') === 'false'")


@pytest.mark.sweep(1)
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_an_open_panel_follows_the_day_or_closes(open_page: Opener, size: tuple[int, int]) -> None:
    page = open_page(f"{MAP}?as_of=2026-01-01", size)
    open_zone(page, "donetsk-buffer")
    panel = page.locator("[data-panel]")
    page.evaluate("document.querySelector(`[data-step='1']`).click()")
    wait_for_day(page, "2026-01-09")
    assert "9 January 2026" in panel.inner_text()
    page.evaluate("document.querySelector('[data-close]').click()")
    later, first = (edition("us-28-points", day).zones for day in ("2025-11-20", "2024-08-01"))
    appearing = next(zone for zone in later if zone not in first)
    page.goto(page.url.split("?")[0] + f"?as_of=2025-11-20&zone={appearing}")
    panel.wait_for(state="visible")
    page.locator("#as_of").select_option("2024-08-01")
    wait_for_day(page, "2024-08-01")
    assert panel.is_hidden()
    assert "does not exist on that date" in page.locator("[data-said]").inner_text()


def test_a_day_between_two_maps_takes_the_earlier(open_page: Opener) -> None:
    page = open_page("/en/map/kellogg-2025-04")
    assert page.locator(".folium-map").get_attribute("data-day") == "2025-04-02"
    assert page.locator("#as_of").input_value() == "2025-04-11"
    assert "There is no control map for 11 April 2025, the proposal’s date" in page.locator(".note").inner_text()
    assert page.locator(".ends .own").text_content() == "map for the proposal’s date"
    page.locator("[data-step='1']").click()
    wait_for_day(page, "2025-04-17")
    assert page.locator(".note").count() == 0
    page.locator("#as_of").select_option("2025-04-11")
    page.wait_for_selector(".note")
    assert page.locator(".note").inner_text().startswith("There is no control map for 11 April 2025; this page uses")


@pytest.mark.smoke
def test_a_day_that_cannot_be_loaded_is_told(open_page: Opener) -> None:
    page = open_page(MAP, PHONE, failing=True)
    page.route("**/*as_of=2024-08-01*", lambda route: route.fulfill(status=503, body=""))
    page.locator("#as_of").select_option("2024-08-01")
    page.wait_for_function("() => document.querySelector('[data-said]').textContent.includes('could not be loaded')")
    assert page.locator("#as_of").input_value() == "2025-11-20"
    assert "20 November 2025" in page.locator(".badge").inner_text()
    assert page.locator("[data-pointed]:visible").inner_text() == page.locator("[data-said]").text_content()


def test_the_focus_stays_on_a_zone_that_is_drawn_anew(open_page: Opener) -> None:
    page = open_page(MAP)
    page.locator("[data-zone-shape=donetsk-buffer]").focus()
    page.evaluate("document.querySelector(\"[data-step='1']\").click()")
    wait_for_day(page, "2025-11-23")
    assert page.evaluate("document.activeElement.dataset.zoneShape") == "donetsk-buffer"


def test_what_is_the_same_on_another_date_is_left_alone(open_page: Opener) -> None:
    page = open_page(MAP, SIZES["1280"])
    page.locator(".zones summary").first.click()
    page.evaluate("for (const one of document.querySelectorAll('path, .zones > details')) one.known = true")
    page.locator("[data-step='1']").click()
    days = days_of("us-28-points")
    wait_for_day(page, days[days.index("2025-11-20") + 1])
    assert page.locator("[data-zone-shape]").evaluate_all("shapes => shapes.every(shape => shape.known)")
    assert page.locator(".zones > details").first.evaluate("one => one.known && one.open")

"""The panel of a zone: all that is known of it, in words, with what to take away."""

from __future__ import annotations

import re

import pytest

from tests.browser.opening import MAP, PHONE, SIZES, Opener, on_map, open_zone
from tests.words import LANGUAGES, text


@pytest.mark.sweep(1)
@pytest.mark.smoke
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_panel_tells_all_about_a_zone(open_page: Opener, size: tuple[int, int]) -> None:
    page = open_page(MAP, size)
    open_zone(page, "donetsk-buffer")
    words = page.locator("[data-panel]").inner_text()
    for part in (
        "Donetsk buffer zone",
        "Clause 21d",
        "Ukrainian forces would leave this territory",
        "about 5,980 km², between 5,550 and 6,390",
        "What the text leaves open",
        "Who held it",
        "Ukraine (20 November 2025)",
        "Legal status",
        "Ukraine, internationally recognised",
        "Kramatorsk",
        "GeoNames",
        "GeoJSON",
    ):
        assert part in words


@pytest.mark.sweep(1)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_towns_are_listed_by_population_and_those_in_contested_ground_say_so(open_page: Opener, lang: str) -> None:
    page = open_page(f"/{lang}/map/us-28-points?zone=donetsk-held")
    towns = page.locator("[data-panel] .towns li")
    counts = [int(re.sub(r"\D", "", count)) for count in towns.locator("span").all_text_contents()]
    assert len(counts) > 5
    assert counts == sorted(counts, reverse=True)
    contested = towns.filter(has=page.locator("small"))
    assert contested.count() == 1
    name = {"en": "Pokrovsk", "uk": "Покровськ", "zh-Hant": "波克羅夫斯克"}[lang]
    assert text(lang, "zone.town_contested") in contested.inner_text()
    assert name in contested.inner_text()


def test_what_a_panel_leads_to_is_there(open_page: Opener) -> None:
    page = open_page(f"{MAP}?as_of=2026-01-01&zone=kherson-frozen")
    links = page.locator("[data-panel] .zone-files a")
    for address in links.evaluate_all("all => all.map(one => one.href)"):
        assert page.request.get(address).status == 200, address
    assert "zones=kherson-frozen" in (links.nth(1).get_attribute("href") or "")


def test_the_address_of_the_view_is_copied(open_page: Opener) -> None:
    page = open_page(f"{MAP}?zone=crimea")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-panel] [data-copy-view]").click()
    page.wait_for_function("() => document.querySelector('[data-said]').textContent !== ''")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert "zone=crimea" in page.url


def test_a_panel_on_a_phone_leaves_the_zone_in_sight(open_page: Opener) -> None:
    page = open_page(MAP, PHONE)
    open_zone(page, "luhansk-held")
    panel, chart = (page.locator(part).bounding_box() for part in ("[data-panel]", ".map-frame"))
    assert panel is not None
    assert chart is not None
    seen = page.evaluate("""() => {
      const box = document.querySelector("[data-zone-shape='luhansk-held']").getBoundingClientRect();
      return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    }""")
    assert 0 < seen[0] < 390
    assert chart["y"] < seen[1] < panel["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


UNCOVERED = """id => {
  const panel = document.querySelector("[data-panel]").getBoundingClientRect();
  const map = document.querySelector(".map-frame").getBoundingClientRect();
  const box = document.querySelector(`[data-zone-shape='${id}']`).getBoundingClientRect();
  const beside = panel.right < map.left + 40;
  const [right, bottom] = beside ? [map.right, map.bottom] : [map.right, panel.top];
  return box.left >= map.left && box.top >= map.top && box.right <= right && box.bottom <= bottom && map.top >= 0;
}"""


@pytest.mark.sweep(1)
@pytest.mark.parametrize("zone", ["luhansk-held", "kherson-frozen", "crimea"])
def test_on_a_phone_a_zone_is_whole_beside_its_panel_upright_and_turned(open_page: Opener, zone: str) -> None:
    page = open_page(MAP, PHONE)
    open_zone(page, zone)
    page.wait_for_function(UNCOVERED, arg=zone)
    page.set_viewport_size({"width": PHONE[1], "height": PHONE[0]})
    page.wait_for_function(UNCOVERED, arg=zone)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.wait_for_function(UNCOVERED, arg=zone)
    page.locator("[data-close]").click()
    page.wait_for_function(on_map("isAtHome()"))


def test_a_view_that_the_reader_chose_stays_when_a_panel_closes(open_page: Opener) -> None:
    page = open_page(MAP, PHONE)
    open_zone(page, "luhansk-held")
    page.wait_for_function(UNCOVERED, arg="luhansk-held")
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_timeout(600)
    chosen = page.evaluate(on_map("theMap().getZoom()"))
    page.locator("[data-close]").click()
    assert page.evaluate(on_map("theMap().getZoom()")) == chosen


def test_a_zone_of_a_hidden_row_is_shown_when_it_is_opened(open_page: Opener) -> None:
    page = open_page(MAP)
    box = page.locator("input[data-zones*=crimea]")
    box.uncheck()
    page.locator(".legend [data-opens=crimea]").click()
    assert box.is_checked()
    assert page.locator("[data-zone-shape=crimea]").is_visible()


def test_focus_goes_to_the_panel_and_back(open_page: Opener) -> None:
    page = open_page(MAP)
    link = page.locator(".legend [data-opens='donetsk-held']")
    link.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H3"
    assert page.locator("[data-zone-shape='donetsk-held']").get_attribute("aria-pressed") == "true"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.opens") == "donetsk-held"
    assert page.locator("[data-zone-shape='donetsk-held']").get_attribute("aria-pressed") == "false"

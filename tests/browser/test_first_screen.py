"""What a reader meets without scrolling: the headline, the whole map, its key and the dates, at every size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.opening import Opener
from webapp.style.legend import MOST_KEYS

if TYPE_CHECKING:
    from playwright.sync_api import Page

US = "us-28-points"
PHONE, DESK = (390, 844), (1280, 800)
HEAD_PX = 200  # at most above the map of a phone
ZONES_SHARE = 0.6  # at least of the width of a desk's map
# From the westernmost edge of a zone that parts the country to the easternmost, as a share of the map's width.
ZONES_WIDE = """() => {
  const { state, theMap } = clausemap, map = theMap();
  const parting = [...state.zones.values()].filter(({ feature }) => feature.properties.partition);
  const edges = parting.flatMap(({ bounds }) => [bounds.getSouthWest(), bounds.getNorthEast()])
    .map(corner => map.latLngToContainerPoint(corner).x);
  return (Math.max(...edges) - Math.min(...edges)) / map.getSize().x;
}"""

# Boxes of the parts of a page, of what the window cannot hold, and of the entries of the key with their words.
PARTS = """() => {
  const box = one => { const { left, top, right, bottom, width, height } = one.getBoundingClientRect();
    return { left, top, right, bottom, width, height }; };
  const selectors = { frame: ".map-frame", dates: "[data-dates]", headline: "h1", credit: ".credit" };
  const found = {};
  for (const [name, selector] of Object.entries(selectors)) found[name] = box(document.querySelector(selector));
  const entries = [...document.querySelectorAll("[data-key]")].filter(one => one.checkVisibility()).map(one => ({
    swatch: box(one.querySelector(".swatch")), name: box(one.querySelector(".name")),
    isSign: Boolean(one.closest(".signs")),
    words: one.querySelector(".name").textContent.trim() }));
  const notices = [...document.querySelectorAll(".strip strong, .badge strong, .embed-head strong")];
  return { ...found, entries, notices: notices.filter(one => one.checkVisibility()).length,
    wide: document.documentElement.scrollWidth, inner: [innerWidth, innerHeight] };
}"""


def parts(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(PARTS)
    return found


def check_key(found: dict[str, Any]) -> None:
    """A key of few entries and a line of signs, all in the window, the words of each beside its sample."""
    width, height = found["inner"]
    assert 1 <= sum(not entry["isSign"] for entry in found["entries"]) <= MOST_KEYS
    for entry in found["entries"]:
        sample, name = entry["swatch"], entry["name"]
        assert entry["words"]
        assert sample["right"] <= name["left"] < sample["right"] + 24, entry
        assert sample["top"] < name["bottom"], entry
        assert name["top"] < sample["bottom"], entry
        assert sample["left"] >= -0.5, entry
        assert name["right"] <= width + 0.5, entry
        assert name["bottom"] <= height + 0.5, entry


def check_screen(page: Page, size: tuple[int, int]) -> None:
    found = parts(page)
    width, height = size
    assert found["wide"] == width  # nothing is scrolled sidewards
    assert found["notices"] == 1
    check_key(found)
    for part in ("frame", "dates", "headline"):
        assert found[part]["bottom"] <= height + 0.5, part
    assert found["headline"]["top"] < found["frame"]["bottom"]
    assert found["frame"]["top"] <= HEAD_PX
    if width >= 1280:
        assert found["frame"]["width"] > 0.6 * width
        assert found["frame"]["height"] > 0.7 * height  # a note on another date has room below it
    if size == DESK:
        assert page.evaluate(ZONES_WIDE) >= ZONES_SHARE


@pytest.mark.smoke
@pytest.mark.parametrize("size", [PHONE, DESK])
def test_headline_map_key_and_dates_are_in_the_window(open_page: Opener, size: tuple[int, int]) -> None:
    check_screen(open_page(f"/uk/map/{US}", size), size)


@pytest.mark.smoke
def test_notice_and_credit_of_an_embed_are_in_its_frame(open_page: Opener) -> None:
    check_embed(open_page(f"/embed/en/{US}", (800, 640)), 640)


def check_embed(page: Page, height: int) -> None:
    found = parts(page)
    assert found["wide"] == found["inner"][0]
    assert found["notices"] == 1
    check_key(found)
    for part in ("frame", "dates", "headline", "credit"):
        assert found[part]["bottom"] <= height + 0.5, part


@pytest.mark.smoke
def test_a_key_names_what_is_in_the_frame(open_page: Opener) -> None:
    page = open_page(f"/en/map/{US}?view=9,44.9,33.8", DESK)
    assert entries(page) == ["recognition"]  # Crimea
    assert page.locator("[data-key=recognition] .figure").is_hidden()  # it is that of all such zones
    page.get_by_role("button", name="Show the whole area").click()
    page.locator("[data-key=buffer]").wait_for(state="visible")
    assert len(entries(page)) == MOST_KEYS
    assert page.locator("[data-key=recognition] .figure").is_visible()


def entries(page: Page) -> list[str]:
    shown = page.locator(".entries [data-key]:visible")
    keys: list[str] = shown.evaluate_all("all => all.map(one => one.dataset.key)")
    return keys


def test_off_hides_the_zone_that_it_names_and_no_other(open_page: Opener) -> None:
    page = open_page(f"/en/map/{US}?off=crimea", DESK)
    assert page.locator("[data-zone-shape=crimea]").is_hidden()
    assert page.locator("[data-zone-shape=sevastopol]").is_visible()
    box = page.locator("[data-row='21a-recognition']")
    assert box.is_checked()
    assert box.evaluate("box => box.indeterminate")


def test_a_clause_lights_what_it_covers_too_and_its_sum_says_what_it_leaves_out(open_page: Opener) -> None:
    page = open_page(f"/en/map/{US}?clause=21a", DESK)
    assert page.locator("path.zone-shape.dim[data-zone-shape=donetsk-buffer]").count() == 0
    assert page.locator("path.zone-shape.dim[data-zone-shape=kherson-frozen]").count() == 1
    assert "not counted here: Donetsk buffer zone" in page.locator("[data-clause-card='21a']").inner_text()


@pytest.mark.sweep(1)
@pytest.mark.parametrize(("theme", "paper"), [("", 255), ("light", 255), ("dark", 22), ("auto", 22)])
def test_a_frame_has_the_theme_of_its_site(open_page: Opener, theme: str, paper: int) -> None:
    page = open_page(f"/embed/en/{US}")
    page.emulate_media(color_scheme="dark")
    page.goto(page.url + (f"?theme={theme}" if theme else ""))
    page.wait_for_selector(".folium-map[data-drawn]")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground.startswith(f"rgb({paper},")


def test_playing_stops_at_the_date_of_the_draft(open_page: Opener) -> None:
    page = open_page(f"/en/map/{US}?as_of=2025-11-01", DESK)
    speed = page.locator("[data-speed]")
    for times in ("2", "4"):
        speed.click()
        assert speed.get_attribute("data-speed") == times
    page.get_by_role("button", name="Play").click()
    page.wait_for_selector(".folium-map[data-day='2025-11-20']", timeout=30_000)
    page.wait_for_function("document.querySelector('[data-play]').getAttribute('aria-pressed') === 'false'")
    assert page.locator(".folium-map").get_attribute("data-day") == "2025-11-20"

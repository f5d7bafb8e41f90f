"""Every state of the map page is in its address: day, zone, clause, what is hidden, the view."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.opening import DRAWN, MAP, SIZES, Opener, on_map, open_zone, settle, shown_zones, wait_for_day

if TYPE_CHECKING:
    from playwright.sync_api import Page


def state(page: Page) -> dict[str, str]:
    settle(page)
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def view(page: Page) -> list[float]:
    return list(page.evaluate(on_map("[theMap().getZoom(), theMap().getCenter().lat, theMap().getCenter().lng]")))


@pytest.mark.wide
def test_a_page_as_it_comes_has_no_query(open_page: Opener) -> None:
    assert state(open_page(MAP)) == {}


@pytest.mark.sweep(1)
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_what_is_done_is_in_the_address_and_comes_back_from_it(open_page: Opener, size: tuple[int, int]) -> None:
    page = open_page(MAP, size)
    page.locator("#as_of").select_option("2026-02-01")
    wait_for_day(page, "2026-02-01")
    page.locator("input[data-zones*=crimea]").uncheck()
    page.locator("[data-light='21d'] button").click()
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_function("() => new URLSearchParams(location.search).has('view')")
    open_zone(page, "donetsk-buffer")
    told = state(page)
    assert set(told) == {"as_of", "zone", "clause", "off"}  # the view is the one that the zone is shown in
    assert (told["as_of"], told["zone"], told["clause"]) == ("2026-02-01", "donetsk-buffer", "21d")
    again = open_page(f"{MAP}?{urlsplit(page.url).query}", size)
    assert again.locator("[data-panel] h3").inner_text() == "Donetsk buffer zone"
    assert again.locator(".light[aria-pressed=true]").text_content() == "Clause 21d"
    assert "crimea" not in shown_zones(again)
    assert state(again) == told
    assert view(again) == pytest.approx(view(page), abs=0.01)


def test_closing_and_going_home_take_it_out_again(open_page: Opener) -> None:
    page = open_page(f"{MAP}?zone=donetsk-held&clause=21a&view=8,48.0,38.0")
    assert set(state(page)) == {"zone", "clause", "view"}
    page.locator("[data-close]").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show the whole area").click()
    assert state(page) == {}


@pytest.mark.wide
def test_another_language_shows_the_same(open_page: Opener) -> None:
    page = open_page(f"{MAP}?as_of=2026-01-01&clause=21b")
    open_zone(page, "zaporizhzhia-frozen")
    told = state(page)
    page.locator(".languages a[lang=uk]").click()
    page.wait_for_selector(DRAWN)
    assert urlsplit(page.url).path == "/uk/map/us-28-points"
    assert page.locator("[data-panel]").is_visible()
    assert state(page) == told


@pytest.mark.sweep(1)
@pytest.mark.parametrize(
    "query", ["zone=nope&clause=99&off=x,y&view=a,b,c", "zone=%22%5D&clause=%3Cscript%3E", "view=99,999,999", "off=,"]
)
def test_what_is_not_there_is_passed_over(open_page: Opener, query: str) -> None:
    page = open_page(f"{MAP}?{query}")
    assert page.locator("[data-panel]").is_hidden()
    assert len(shown_zones(page)) > 20


def test_a_fragment_that_means_nothing_stops_nothing(open_page: Opener) -> None:
    page = open_page(f"{MAP}#%")
    page.wait_for_selector(".dates.live")


def test_the_first_view_follows_a_frame_that_grows_and_is_not_written_down(open_page: Opener) -> None:
    page = open_page("/embed/en/us-28-points", (728, 640))
    small = view(page)[0]
    page.set_viewport_size({"width": 728, "height": 900})
    page.wait_for_function(on_map("theMap().getZoom() > small", "small"), arg=small)
    assert state(page) == {}


@pytest.mark.sweep(1)
@pytest.mark.parametrize(
    ("path", "size"), [*((MAP, size) for size in SIZES.values()), ("/embed/en/us-28-points", SIZES["390"])]
)
def test_a_view_at_the_edge_comes_back_as_it_was(open_page: Opener, size: tuple[int, int], path: str) -> None:
    """A frame of another site is filled by the map as a small window is."""
    first = open_page(path, size)
    first.evaluate(on_map("void theMap().setView([44, 30], 0, {animate: false})"))
    first.wait_for_function("() => new URLSearchParams(location.search).get('view')")
    told, shown = state(first), view(first)
    first.goto(first.url)
    first.wait_for_selector(DRAWN)
    assert state(first) == told
    assert view(first) == pytest.approx(shown, abs=0.001)


@pytest.mark.sweep(1)
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_view_beside_an_open_zone_comes_back_too(open_page: Opener, size: tuple[int, int]) -> None:
    asked = {"zone": "luhansk-held", "view": "7,48.100,38.000"}
    page = open_page(f"{MAP}?zone={asked['zone']}&view={asked['view']}", size)
    page.locator("[data-panel]").wait_for(state="visible")
    settle(page)
    assert view(page) == pytest.approx([7, 48.1, 38], abs=0.001)
    assert state(page) == asked

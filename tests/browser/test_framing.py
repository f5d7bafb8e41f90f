"""What of the map is in view: all zones at first, a zone that is opened as large as the panel leaves room; and Back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.opening import MAP, PHONE, WIDE, Opener, on_map, open_zone, settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

# The box of what is to be seen at first, and of the map, in pixels of the window.
FRAMED = """() => {
  const { state } = clausemap;
  const box = state.map.getContainer().getBoundingClientRect();
  const at = corner => state.map.latLngToContainerPoint(corner);
  const zones = [...state.zones.values()]
    .filter(({ feature: { properties, geometry } }) => properties.partition || geometry.type === "Point")
    .map(({ bounds }) => [at(bounds.getNorthWest()), at(bounds.getSouthEast())]);
  return [
    [Math.min(...zones.map(([a]) => a.x)), Math.min(...zones.map(([a]) => a.y)),
     Math.max(...zones.map(([, b]) => b.x)), Math.max(...zones.map(([, b]) => b.y))],
    [box.width, box.height],
  ];
}"""


def framed(page: Page) -> tuple[list[float], list[float]]:
    zones, size = page.evaluate(FRAMED)
    return zones, size


def check_first_view(page: Page) -> None:
    """All zones are in view, as large as there is room."""
    (west, north, east, south), (width, height) = framed(page)
    assert west >= 0 <= north
    assert east <= width
    assert south <= height
    assert max((east - west + 28) / width, (south + 14) / height) > 0.95  # tools may lie above


def test_the_first_view_is_fitted_again_to_another_size(open_page: Opener) -> None:
    page = open_page(MAP, WIDE)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.wait_for_function("() => clausemap.theMap().getSize().x < 400")
    (west, north, east, south), (width, height) = framed(page)
    assert (west >= 0, north >= 0, east <= width, south <= height) == (True, True, True, True)


@pytest.mark.sweep(1)
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "390"])
@pytest.mark.parametrize("zone", ["donetsk-buffer", "withdrawal-sumy"])
def test_a_zone_that_is_opened_is_as_large_as_the_panel_leaves_room(
    open_page: Opener, zone: str, size: tuple[int, int]
) -> None:
    page = open_page(MAP, size)
    before = page.evaluate(on_map("theMap().getZoom()"))
    page.evaluate("zone => clausemap.openZone(zone, document.body, false)", zone)
    settle(page)
    box = page.locator(f"[data-zone-shape={zone}]").bounding_box()
    frame, panel = page.locator(".folium-map").bounding_box(), page.locator("[data-panel]").bounding_box()
    assert box is not None
    assert frame is not None
    assert panel is not None
    beside = panel["x"] + panel["width"] < frame["x"] + 1
    over = not beside and panel["x"] < frame["x"] + frame["width"] - 40 and panel["y"] > frame["y"]
    room = (
        frame["width"],
        (min(panel["y"], frame["y"] + frame["height"]) if over else frame["y"] + frame["height"]) - frame["y"],
    )
    largest = page.evaluate(on_map("theMap().getZoom() >= theMap().getMaxZoom() - 0.01"))
    assert box["width"] <= room[0]
    assert box["height"] <= room[1]
    assert largest or max((box["width"] + 48) / room[0], (box["height"] + 48) / room[1]) > 0.9
    opened = page.evaluate(on_map("theMap().getZoom()"))
    assert opened > before
    page.locator(".leaflet-control-zoom-out").click()
    page.wait_for_function("opened => clausemap.theMap().getZoom() < opened - 0.5", arg=opened)
    assert page.evaluate(on_map("theMap().getZoom()")) > opened - 1.1  # on from there


def test_back_closes_the_panel_and_then_leaves(open_page: Opener) -> None:
    page = open_page("/en/", WIDE, drawn=False)
    start = page.url
    page.goto(start.removesuffix("/en/") + MAP)
    page.wait_for_selector(".folium-map[data-drawn]")
    open_zone(page, "crimea")
    page.wait_for_function("() => location.search.includes('zone=crimea')")
    page.go_back()
    page.locator("[data-panel]").wait_for(state="hidden")
    page.wait_for_function("() => !location.search.includes('zone=')")
    page.go_forward()
    page.locator("[data-panel]").wait_for(state="visible")
    page.locator("[data-close]").click()
    page.evaluate("history.back()")
    page.wait_for_url(start)


@pytest.mark.slow
def test_zones_opened_one_after_the_other_are_one_step_back(open_page: Opener) -> None:
    page = open_page(MAP, WIDE)
    length = page.evaluate("history.length")
    for zone in ("crimea", "donetsk-buffer", "kherson-frozen"):
        page.evaluate("zone => clausemap.openZone(zone, document.body, false)", zone)
    assert page.evaluate("history.length") == length + 1
    page.go_back()
    page.locator("[data-panel]").wait_for(state="hidden")


@pytest.mark.slow
def test_a_zone_that_the_address_names_is_no_step_of_its_own(open_page: Opener) -> None:
    page = open_page(f"{MAP}?zone=crimea", WIDE)
    page.locator("[data-panel]").wait_for(state="visible")
    assert page.evaluate("history.state") is None

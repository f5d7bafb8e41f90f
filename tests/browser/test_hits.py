"""Clicks and taps reach what says which zone lies at a place: tests/webapp/test_hits.py tries that one everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.opening import MAP, PHONE, WIDE, Opener, on_map

if TYPE_CHECKING:
    from playwright.sync_api import Page

EMBED = "/embed/en/us-28-points"
APART_MS = 400  # sooner, two taps are a double one
OPENED = on_map("state.opened?.id")
CLOSE = "() => clausemap.closeZone({ focus: false })"
TO_MAP = "() => document.querySelector('#map').scrollIntoView()"
# Large zones, one of less than 24 pixels, and sites, each with how many pixels beside its label or mark it is hit.
ASIDE_PX = {"donetsk-buffer": 0, "crimea": 0, "withdrawal-sumy": 7, "zaporizhzhia-npp": 7, "chornomorsk-port": 0}
IN_WINDOW = """([id, aside]) => {
  const map = clausemap.theMap();
  const { geometry, properties } = clausemap.state.zones.get(id).feature;
  const [lon, lat] = properties.label ?? geometry.coordinates;
  const at = map.latLngToContainerPoint([lat, lon]);
  const frame = map.getContainer().getBoundingClientRect();
  return [frame.left + at.x + aside, frame.top + at.y];
}"""
# A place of the line of contact that lies under an area, with all zones there.
ON_LINE = """() => {
  const { state, zonesAt } = clausemap;
  const frame = state.map.getContainer().getBoundingClientRect();
  for (const [lon, lat] of state.zones.get("contact-line").feature.geometry.coordinates.flat()) {
    const at = state.map.latLngToContainerPoint([lat, lon]);
    const [clientX, clientY] = [Math.round(frame.left + at.x), Math.round(frame.top + at.y)];
    const target = document.elementFromPoint(clientX, clientY);
    const under = target ? zonesAt({ clientX, clientY, target }) : [];
    const isShape = target?.dataset.zoneShape; // and no label
    if (isShape && under.length > 1 && under.at(-1) === "contact-line") return [clientX, clientY, under];
  }
}"""


def still_page(open_page: Opener, path: str, size: tuple[int, int], **options: Any) -> Page:
    """A page whose view jumps and does not glide, with the map in view."""
    page = open_page(path, size, reduced_motion="reduce", **options)
    page.evaluate(TO_MAP)
    return page


def press(page: Page, zone_id: str, aside_px: int, *, touch: bool) -> None:
    """Press where the zone is then: closing a panel moves the page below it."""
    if touch:
        page.wait_for_timeout(APART_MS)
    page.evaluate(TO_MAP)
    x, y = page.evaluate(IN_WINDOW, [zone_id, aside_px])
    if touch:
        page.touchscreen.tap(x, y)
    else:
        page.mouse.click(x, y)


@pytest.mark.smoke
@pytest.mark.parametrize(
    ("path", "size", "touch"),
    [(MAP, WIDE, False), (MAP, PHONE, True), (EMBED, (320, 480), True), (EMBED, (600, 480), False)],
    ids=["page-mouse", "page-touch", "frame-touch", "frame-mouse"],
)
def test_what_is_pressed_opens(open_page: Opener, path: str, size: tuple[int, int], touch: bool) -> None:
    page = still_page(open_page, path, size, has_touch=touch, is_mobile=touch)
    for zone_id, aside_px in ASIDE_PX.items():
        press(page, zone_id, aside_px, touch=touch)
        page.locator("[data-panel]").wait_for(state="visible")
        pressed = page.locator("[data-zone-shape][aria-pressed=true]")
        assert pressed.get_attribute("data-zone-shape") == zone_id
        page.evaluate(CLOSE)


def test_what_lies_below_what_opened_is_offered(open_page: Opener) -> None:
    page = still_page(open_page, MAP, WIDE)
    x, y, under = page.evaluate(ON_LINE)
    page.mouse.click(x, y)
    assert page.evaluate(OPENED) == under[0]
    also = page.locator(".also-here button")
    assert also.count() == len(under) - 1
    also.last.click()
    assert page.evaluate(OPENED) == "contact-line"
    assert also.count() == len(under) - 1


def test_a_hidden_zone_is_not_hit(open_page: Opener) -> None:
    page = still_page(open_page, f"{MAP}?off=withdrawal-sumy", WIDE)
    page.mouse.click(*page.evaluate(IN_WINDOW, ["withdrawal-sumy", 0]))
    assert page.evaluate(OPENED) is None


def test_a_mouse_is_told_what_it_points_at(open_page: Opener) -> None:
    page = still_page(open_page, MAP, WIDE)
    page.mouse.move(*page.evaluate(IN_WINDOW, ["withdrawal-sumy", 7]))
    assert "Sumy" in page.locator("[data-pointed]").inner_text()
    assert page.locator(".folium-map").evaluate("map => getComputedStyle(map).cursor") == "pointer"

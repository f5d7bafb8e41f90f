"""Clicks and taps reach what says which zone lies at a place: tests/webapp/test_hits.py tries that one everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from layers.catalogue.model import load_catalogue
from tests.browser.opening import MAP, PHONE, WIDE, Opener, on_map
from tests.cases import case

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROPOSALS = tuple(load_catalogue().proposals)
EMBED = "/embed/en/us-28-points"
APART_MS = 400  # sooner, two taps are a double one
OPENED = on_map("state.opened?.id")
ALSO_HERE = "() => [...document.querySelectorAll('.also-here button')].map((one) => one.dataset.opens)"
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

# Places of a grid in the window of the map, and where each zone is labelled or begins: `first` where it opens, `below`
# where it is offered in the panel of another.
PLACES = """step => {
  const { state, zonesAt } = clausemap, map = clausemap.theMap();
  const frame = map.getContainer().getBoundingClientRect();
  const found = { first: {}, below: {} };
  const isMap = (x, y) => {
    const target = document.elementFromPoint(x, y);
    return map.getContainer().contains(target) && !target.closest(".leaflet-bar");
  };
  const look = (clientX, clientY) => {
    // browsers take a tap just beside a button for one on it
    if (![[0, 0], [12, 0], [-12, 0], [0, 12], [0, -12]].every(([x, y]) => isMap(clientX + x, clientY + y))) return;
    const target = document.elementFromPoint(clientX, clientY);
    const here = zonesAt({ clientX, clientY, target });
    here.forEach((id, order) => (found[order ? "below" : "first"][id] ??= []).push([clientX, clientY]));
  };
  for (let y = Math.ceil(frame.top) + 1; y < Math.min(frame.bottom, innerHeight) - 1; y += step) {
    for (let x = Math.ceil(frame.left) + 1; x < frame.right - 1; x += step) look(x, y);
  }
  for (const { id, feature: { geometry, properties } } of state.zones.values()) {
    if (found.first[id]) continue;
    const [lon, lat] = properties.label ?? geometry.coordinates.flat(Infinity);
    const middle = map.latLngToContainerPoint([lat, lon]).add([frame.left, frame.top]).round();
    for (const right of [0, 3, -3, 6, -6]) {
      for (const down of [0, 3, -3, 6, -6]) look(middle.x + right, middle.y + down);
    }
  }
  const inView = [...state.zones.values()].filter(({ bounds }) => map.getBounds().intersects(bounds));
  return [found.first, found.below, inView.map(({ id }) => id)];
}"""
GRID_PX, PRESSED = 7, 2
SURFACES = {
    "page-mouse": ("/en/map/{}", WIDE, False), "page-touch": ("/en/map/{}", PHONE, True),
    "frame-touch": ("/embed/en/{}", (320, 480), True), "frame-mouse": ("/embed/en/{}", (600, 480), False),
}  # fmt: skip


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


@pytest.mark.sweep(2)
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


def tap_or_click(page: Page, place: list[float], *, touch: bool) -> None:
    page.evaluate(CLOSE)
    page.evaluate(TO_MAP)
    if touch:
        page.wait_for_timeout(APART_MS)
        page.touchscreen.tap(*place)
    else:
        page.mouse.click(*place)


@pytest.mark.wide
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("proposal", PROPOSALS)
def test_every_zone_can_be_opened_where_it_lies(open_page: Opener, proposal: str, surface: str) -> None:
    path, size, touch = SURFACES[surface]
    page = still_page(open_page, path.format(proposal), size, has_touch=touch, is_mobile=touch)
    first, below, zones = page.evaluate(PLACES, GRID_PX)
    assert set(zones) <= first.keys() | below.keys()
    for zone, places in first.items():
        for place in places[:: max(1, len(places) // PRESSED)]:
            with case(zone, place):
                tap_or_click(page, place, touch=touch)
                assert page.evaluate(OPENED) == zone
    for zone in below.keys() - first.keys():
        with case(zone, below[zone][0]):
            tap_or_click(page, below[zone][0], touch=touch)
            page.locator(f".also-here [data-opens='{zone}']").click()
            assert page.evaluate(OPENED) == zone


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

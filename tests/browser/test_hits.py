"""What a click or a tap on the map opens: the area under it, a small zone by its target, never a line first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.opening import DRAWN, MAP, PHONE, WIDE, Opener, on_map

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROPOSALS = ("us-28-points", "putin-2024-06")
STEP_PX = 9
APART_MS = 400  # sooner, two taps are a double one
# Points of the window over areas, with the topmost one there; none where something else lies above, such as a label or
# the target of a small zone.
GRID = """step => {
  const { state } = clausemap;
  const frame = state.map.getContainer().getBoundingClientRect();
  const found = [];
  for (let y = Math.ceil(frame.top) + 2; y < Math.min(frame.bottom, innerHeight); y += step) {
    for (let x = Math.ceil(frame.left) + 2; x < frame.right; x += step) {
      const top = document.elementFromPoint(x, y);
      if (top.dataset.zoneShape && !top.closest(".leaflet-reach-pane")) found.push([x, y, top.dataset.zoneShape]);
    }
  }
  return found;
}"""
OPENED = on_map("state.opened?.id")
CLOSE = "() => clausemap.closeZone({ focus: false })"
TO_MAP = "() => document.querySelector('#map').scrollIntoView()"
HOME = "() => clausemap.goHome({ animate: false })"
# Where each zone can be hit: at its deepest point, a line along its way where no area is or as the next one there.
PLACES = """() => {
  const { state } = clausemap;
  const frame = state.map.getContainer().getBoundingClientRect();
  return Object.fromEntries([...state.zones.values()].map(({ id, deep }) => {
    if (!deep) return [id, null];
    const at = state.map.latLngToContainerPoint([deep.at[1], deep.at[0]]);
    return [id, [frame.left + at.x, frame.top + at.y]];
  }));
}"""


def still_page(open_page: Opener, path: str, size: tuple[int, int], **options: Any) -> Page:
    """A page whose view jumps and does not glide, with the map in view."""
    page = open_page(path, size, **options)
    page.emulate_media(reduced_motion="reduce")
    page.reload()
    page.wait_for_selector(DRAWN)
    page.evaluate(TO_MAP)
    return page


def press(page: Page, x: float, y: float, *, touch: bool) -> None:
    if touch:
        page.wait_for_timeout(APART_MS)
        page.touchscreen.tap(x, y)
        page.wait_for_timeout(APART_MS)
    else:
        page.mouse.click(x, y)


def opened(page: Page) -> str:
    """The zone that is open, as the page itself says it, which is closed again so that the view is as before."""
    page.locator("[data-panel]").wait_for(state="visible")
    pressed: str = page.locator("[data-zone-shape][aria-pressed=true]").get_attribute("data-zone-shape") or ""
    page.evaluate(CLOSE)
    page.evaluate(TO_MAP)
    return pressed


def hit_everywhere(page: Page, *, touch: bool, most: int) -> list[tuple[str, str]]:
    """What was not opened by a click over it, with what was, at so many points of each zone."""
    wrong = []
    points: dict[str, list[tuple[float, float]]] = {}
    for x, y, zone in page.evaluate(GRID, STEP_PX):
        points.setdefault(zone, []).append((x, y))
    assert len(points) > 3
    for zone, places in points.items():
        for x, y in places[:: max(1, len(places) // most)]:
            press(page, x, y, touch=touch)
            found = opened(page)
            if found != zone:
                wrong.append((zone, found))
    return wrong


@pytest.mark.smoke
def test_the_zone_under_a_click_opens(open_page: Opener) -> None:
    assert hit_everywhere(still_page(open_page, MAP, WIDE), touch=False, most=2) == []


@pytest.mark.slow
@pytest.mark.parametrize("proposal_id", PROPOSALS)
def test_the_zone_under_any_point_opens(open_page: Opener, proposal_id: str) -> None:
    assert hit_everywhere(still_page(open_page, f"/en/map/{proposal_id}", WIDE), touch=False, most=12) == []


@pytest.mark.parametrize(
    ("proposal_id", "touch"),
    [
        ("us-28-points", True),
    ],
)
def test_every_area_and_site_however_small_opens_by_a_click(open_page: Opener, proposal_id: str, touch: bool) -> None:
    page = still_page(open_page, f"/en/map/{proposal_id}", PHONE if touch else WIDE, has_touch=touch, is_mobile=touch)
    reached = set()
    places = page.evaluate(PLACES)
    frame = page.locator(".folium-map").bounding_box()
    assert frame is not None
    for zone, place in places.items():
        if place is None or not frame["x"] < place[0] < frame["x"] + frame["width"]:
            reached.add(zone)  # a line, or a country beside the first view
            continue
        for _ in places:  # what lies under others opens by further clicks
            press(page, *place, touch=touch)
            page.locator("[data-panel]").wait_for(state="visible")
            if page.evaluate(OPENED) == zone:
                reached.add(zone)
                break
            page.evaluate(
                "() => clausemap.theMap().setView(clausemap.state.home.view.center, clausemap.state.home.view.zoom)"
            )
            page.locator("#map").evaluate("map => map.scrollIntoView()")
        page.evaluate(CLOSE)
    assert set(places) - reached == set()


def test_a_line_opens_where_no_area_is_and_after_the_area_elsewhere(open_page: Opener) -> None:
    page = still_page(open_page, MAP, WIDE)
    on_line = """() => {
      const { state } = clausemap;
      const shape = document.querySelector("[data-zone-shape=contact-line]");
      const frame = state.map.getContainer().getBoundingClientRect();
      for (const line of state.zones.get("contact-line").feature.geometry.coordinates) {
        for (const [lon, lat] of line) {
          const at = state.map.latLngToContainerPoint([lat, lon]);
          const [x, y] = [Math.round(frame.left + at.x), Math.round(frame.top + at.y)];
          const under = document.elementsFromPoint(x, y)
            .map(({ dataset }) => dataset.zoneShape || dataset.zoneTarget).filter(Boolean);
          const last = under.length > 1 && under.at(-1) === "contact-line";
          if (last && new Set(under).size === under.length) return [x, y, under];
        }
      }
    }"""
    x, y, under = page.evaluate(on_line)
    page.mouse.click(x, y)
    assert page.evaluate(OPENED) == under[0]
    also = page.locator(".also-here button")
    assert also.count() == len(under) - 1
    also.last.click()
    assert page.evaluate(OPENED) == "contact-line"
    assert also.count() == len(under) - 1


def test_a_hidden_zone_has_no_target(open_page: Opener) -> None:
    page = still_page(open_page, f"{MAP}?off=withdrawal-sumy", WIDE)
    assert page.locator("[data-zone-target=withdrawal-sumy]").is_hidden()
    assert page.locator("[data-zone-target=withdrawal-mykolaiv]").is_visible()


def test_enlarged_zones_need_no_target(open_page: Opener) -> None:
    page = still_page(open_page, MAP, WIDE)
    assert page.locator("[data-zone-target=withdrawal-sumy]").count() == 1
    page.evaluate("() => clausemap.openZone('withdrawal-sumy', document.body, false)")
    assert page.locator("[data-zone-target=withdrawal-sumy]").count() == 0
    page.evaluate(HOME)
    size = page.locator("[data-zone-target=zaporizhzhia-npp]").bounding_box()
    assert size is not None
    assert size["width"] >= 24

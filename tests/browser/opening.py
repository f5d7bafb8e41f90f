"""What the tests of pages share: opening one at a size, and the sizes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from layers.catalogue.model import Edition, find_edition
from webapp.jobs.editions import open_catalogue

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

MAP = "/en/map/us-28-points"
WIDE, TABLET, PHONE, NARROW = (1280, 900), (768, 1024), (390, 844), (320, 640)
SIZES = {"1280": WIDE, "768": TABLET, "390": PHONE}
DRAWN = ".folium-map[data-drawn]"
Opener = Callable[..., "Page"]
ContextOf = Callable[..., "BrowserContext"]

# Where a zone is deepest, in pixels of the window: its middle may lie outside of it.
INSIDE = """id => {
  const { state } = clausemap;
  const [lon, lat] = state.zones.get(id).feature.properties.label;
  const at = state.map.latLngToContainerPoint([lat, lon]);
  const frame = state.map.getContainer().getBoundingClientRect();
  return [frame.left + at.x, frame.top + at.y];
}"""
QUIET_MS = 450  # longer than a glide and the wait before the URL is written
# The view and the URL stay as they are for so long; a frame that a busy machine draws late counts as one of 50 ms.
SETTLED = """quiet => new Promise(settled => {
  const { theMap } = clausemap;
  const now = () => `${location.search} ${theMap().getZoom()} ${theMap().getCenter()}`;
  const glides = () => document.querySelector(".leaflet-zoom-anim, .leaflet-pan-anim");
  let [last, still, before] = [now(), 0, performance.now()];
  const look = () => {
    const at = performance.now();
    still = now() === last && !glides() ? still + Math.min(at - before, 50) : 0;
    [last, before] = [now(), at];
    if (still > quiet) settled(true);
    else requestAnimationFrame(look);
  };
  look();
})"""


def edition(proposal_id: str, as_of: str | None = None) -> Edition:
    return find_edition(open_catalogue().proposal(proposal_id), as_of)[1]


def on_map(expression: str, given: str = "") -> str:
    """A function for the page that gives an expression over the modules of the map, of an argument `given` by name."""
    return f"""{given or "()"} => {{
      const {{ state, theMap, isAtHome }} = clausemap;
      return {expression};
    }}"""


def shown_zones(page: Page) -> set[str]:
    shapes = page.locator("[data-zone-shape]:not(.zone-off)")  # also those beside the view
    return set(shapes.evaluate_all("shapes => shapes.map(shape => shape.dataset.zoneShape)"))


def wait_for_day(page: Page, day: str) -> None:
    """Wait until the map shows a day and the address says so."""
    page.wait_for_selector(f".folium-map[data-day='{day}']")
    page.wait_for_function(f"() => new URLSearchParams(location.search).get('as_of') === '{day}'")


def open_zone(page: Page, zone_id: str) -> None:
    """Open a zone by a click on the map."""
    page.locator("#map").evaluate("map => map.scrollIntoView()")
    page.mouse.click(*page.evaluate(INSIDE, zone_id))
    page.locator("[data-panel]").wait_for(state="visible")


def settle(page: Page) -> None:
    """Wait until the view and the URL have stayed as they are."""
    page.evaluate(SETTLED, QUIET_MS)

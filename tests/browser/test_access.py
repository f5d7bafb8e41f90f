"""What axe cannot see: narrow and enlarged pages, the size of what is pressed, focus, motion, forced colours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.opening import ContextOf, Opener
from tests.browser.pages import DESK, PAGES, PHONE, TABLET, leave_pictures_out

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

UNFOLD = "document.querySelectorAll('details').forEach(one => one.open = true)"
SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"

# What the page hides: beyond its right edge, or cut off by a box that does not scroll.
LOST = """() => [...document.querySelectorAll("body *")]  // what is in a row of tabs can be scrolled to
  .filter(one => one.checkVisibility())
  .filter(one => !one.closest(".unseen, .skip, .map-frame, .leaflet-container, .tabs ul, thead, option"))
  .filter(one => {
    const box = one.getBoundingClientRect(), look = getComputedStyle(one);
    if (look.clipPath !== "none") return false; // for screen readers alone
    return box.right > document.documentElement.clientWidth + 1 ||
      (["hidden", "clip"].includes(look.overflowX) && one.scrollWidth > one.clientWidth + 1);
  }).map(one => one.outerHTML.slice(0, 120))"""

# Controls smaller than 24 pixels; links within a sentence are as high as its line, zones as large as they are.
SMALL = """() => [...document.querySelectorAll("a[href], button, select, input, textarea, summary, [role=button]")]
  .filter(one => one.checkVisibility() && !one.closest(".unseen, .skip") && !one.matches("[data-zone-shape]"))
  .filter(one => !one.matches("p:not(.links) > a"))
  .filter(one => {
    const {width, height} = (one.closest("label") || one).getBoundingClientRect();
    return Math.min(width, height) < 24;
  }).map(one => one.outerHTML.slice(0, 120))"""

# Where the focus is: what it is on, whether it is seen there, and how.
FOCUS = """() => {
  const one = document.activeElement, look = getComputedStyle(one);
  if (one === document.body) return null;
  const box = one.getBoundingClientRect();
  const shown = one.matches(".card input") ? getComputedStyle(one.nextElementSibling) : look;
  const across = [0.5, 0.1, 0.9].map(part => box.left + box.width * part);
  const down = [0.5, 0.05, 0.95].map(part => box.top + box.height * part);
  const above = (x, y) => document.elementFromPoint(x, y);
  const met = across.flatMap(x => down.map(y => above(x, y))).filter(Boolean);
  const zone = one.matches("[data-zone-shape]");
  return {
    name: one.outerHTML.slice(0, 120),
    marked: zone ? document.querySelectorAll("path.highlight").length > 0
      : shown.outlineStyle !== "none" && parseFloat(shown.outlineWidth) >= 2,
    uncovered: zone ? box.bottom > 0 && box.top < innerHeight
      : met.some(other => one.contains(other) || other.contains(one) || other.closest("label")?.contains(one)),
  };
}"""

MOVING = """() => [...document.querySelectorAll("*")].filter(one => {
  const look = getComputedStyle(one);
  const times = [look.transitionDuration, look.animationDuration].flatMap(all => all.split(", "));
  return times.some(time => parseFloat(time) > 0);
}).map(one => one.outerHTML.slice(0, 120))"""

# The colours of grounds, patterns, lines and names on the map, by what they are.
PAINTED = """() => Object.fromEntries([
  ...document.querySelectorAll(
    "body, .strip, .patterns pattern > *, .folium-map path, .map-labels text"
  )
].flatMap((one, place) => {
  const look = getComputedStyle(one);
  const parts = one.ownerSVGElement ? ["fill", "stroke"] : ["backgroundColor"];
  return parts.filter(part => look[part].startsWith("rgb(") && look.strokeOpacity !== "0")
    .map(part => [`${place} ${one.tagName} ${part}`, look[part]]);
}))"""


@pytest.fixture
def open_page(context_of: ContextOf, live_server: str) -> Iterator[Opener]:
    """Open a page by its name for a reader with some wishes."""
    opened: list[Page] = []

    def open_one(name: str, size: tuple[int, int] = DESK, lang: str = "en", **options: Any) -> Page:
        page = context_of(base_url=live_server, **options).new_page()
        opened.append(page)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        PAGES[name].open(page, lang)
        return page

    yield open_one
    for page in opened:
        page.close()


@pytest.fixture(scope="module")
def shared_page(browser: Browser, live_server: str) -> Iterator[Page]:
    """One page that goes through all others at 200 %; style sheets of readers' own are let in."""
    context = browser.new_context(base_url=live_server, bypass_csp=True, device_scale_factor=2)
    leave_pictures_out(context)
    yield context.new_page()
    context.close()


@pytest.mark.sweep(1)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_lost_small_or_moving_for_readers_who_enlarge_space_or_still_pages(
    shared_page: Page, name: str
) -> None:
    """Enlarged and spaced in Ukrainian, whose words are the longest; still in the other languages, which take turns."""
    page = shared_page
    PAGES[name].open(page, "uk")
    page.evaluate(UNFOLD)
    for size in (DESK, TABLET, (640, 450), (320, 640), PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        assert page.evaluate("document.documentElement.scrollWidth") == size[0]
        assert page.evaluate(LOST) == []
    assert page.evaluate(SMALL) == []
    page.add_style_tag(content=SPACED)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    assert page.evaluate(LOST) == []
    page.emulate_media(reduced_motion="reduce")
    PAGES[name].open(page, ("en", "zh-Hant")[list(PAGES).index(name) % 2])
    assert page.evaluate(MOVING) == []
    assert page.evaluate("document.getAnimations().length") == 0
    page.evaluate(UNFOLD)
    assert page.evaluate(SMALL) == []
    page.emulate_media(reduced_motion="no-preference")


@pytest.mark.sweep(1)
@pytest.mark.parametrize(
    ("name", "size"),
    [("map", DESK), ("map", TABLET), ("map", PHONE), ("images", DESK), ("images", PHONE), ("timeline", PHONE)],
)
def test_the_focus_is_seen_at_every_stop(open_page: Opener, name: str, size: tuple[int, int]) -> None:
    page = open_page(name, size)
    stops = []
    for _ in range(250):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:
            break
        stops.append(stop)
    else:
        pytest.fail("Tab never comes to the end")
    assert len(stops) > 15
    assert [stop["name"] for stop in stops if not stop["marked"]] == []
    assert [stop["name"] for stop in stops if not stop["uncovered"]] == []


def test_the_map_jumps_where_a_reader_wants_no_motion(open_page: Opener) -> None:
    page = open_page("map", reduced_motion="reduce")
    tile = page.locator(".leaflet-map-pane")
    page.locator(".leaflet-control-zoom-in").click()
    assert tile.evaluate("pane => pane.getAnimations({subtree: true}).length") == 0
    assert page.locator(".leaflet-zoom-anim").count() == 0


@pytest.mark.sweep(1)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_states_are_told_by_lines_where_colours_are_forced(open_page: Opener, scheme: str) -> None:
    page = open_page("map", forced_colors="active", color_scheme=scheme)
    edges = page.locator(".tabs a").evaluate_all(
        "all => all.map(one => [one.hasAttribute('aria-current'), getComputedStyle(one).borderBottomColor])"
    )
    chosen = {edge for current, edge in edges if current}
    assert len(chosen) == 1
    assert chosen.isdisjoint(edge for current, edge in edges if not current)
    shape = page.locator("[data-zone-shape=donetsk-buffer]")
    assert shape.evaluate("one => getComputedStyle(one).fill").startswith("url(")
    PAGES["images"].open(page, "en")
    outlines = page.locator(".card input").evaluate_all(
        "all => all.map(one => [one.checked, getComputedStyle(one.nextElementSibling).outlineStyle])"
    )
    assert {checked for checked, style in outlines if style == "solid"} == {True}


def test_the_map_follows_a_dark_screen_without_being_drawn_again(open_page: Opener) -> None:
    page = open_page("map")
    page.evaluate("window.first = document.querySelector('[data-zone-shape]')")
    looks = [page.evaluate(PAINTED)]
    page.emulate_media(color_scheme="dark")
    looks.append(page.evaluate(PAINTED))
    assert page.evaluate("window.first.isConnected")
    assert len(looks[0]) > 20
    assert looks[0].keys() == looks[1].keys()
    assert [key for key, colour in looks[0].items() if colour == looks[1][key]] == []


def test_a_dark_screen_prints_light(open_page: Opener) -> None:
    page = open_page("map", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"

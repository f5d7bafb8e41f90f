"""A Folium map that stands alone, in a Chromium without a network: as a file, on a phone, and in a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.opening import PHONE, WIDE
from tests.browser.test_axe import AXE, RUN, TAGS
from tests.conftest import skip_unless_ci
from webapp.standalone import folium_map

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page

Show = Callable[[str, tuple[int, int]], "Page"]

LABELS = """() => [...document.querySelectorAll(".map-labels text")].map(text => {
  const { left, top, right, bottom } = text.getBoundingClientRect();
  return { text: text.textContent, zone: text.dataset.labelFor || "", box: [left, top, right, bottom] };
})"""
# Whether the corners of a zone's label lie inside of that zone.
INSIDE = """() => [...document.querySelectorAll(".map-labels text.zone[data-label-for]")].map(text => {
  const { left, top, right, bottom } = text.getBoundingClientRect();
  const path = document.querySelector(`[data-zone="${text.dataset.labelFor}"]`);
  const to = path.getScreenCTM().inverse();
  return [[left, top], [right, top], [left, bottom], [right, bottom]].every(([x, y]) =>
    path.isPointInFill(new DOMPoint(x, y).matrixTransform(to)));
})"""
LEADING_PX = 2  # a line has as much above its letters and below them
READY = ".map-labels text"
NAMED = ({"crimea", "luhansk-held", "donetsk-held"}, {"kherson-frozen", "zaporizhzhia-frozen"}, {"donetsk-buffer"})


@pytest.fixture(scope="module")
def maps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a map as a file, and with a page that shows it as a notebook does."""
    folder = tmp_path_factory.mktemp("maps")
    drawn = folium_map("us-28-points", "2025-11-20")
    drawn.save(folder / "map.html")
    shown = f'<!DOCTYPE html><html lang="en"><title>Notebook</title><body>{drawn._repr_html_()}</body></html>'
    (folder / "notebook.html").write_text(shown, "utf-8")
    return folder


@pytest.fixture
def show(browser: Browser, maps: Path) -> Iterator[Show]:
    """Open a file without a network; nothing may go wrong or be asked for elsewhere."""
    contexts, wrong = [], []

    def open_one(name: str, size: tuple[int, int]) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith("file:") else wrong.append(request.url[:80]))
        page.goto((maps / name).as_uri())
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert wrong == []


def shown_in(frame: Page | Frame) -> None:
    """The map is drawn: zones with their patterns, and labels that lie apart, some of zones inside of these."""
    frame.wait_for_selector(READY)
    labels = frame.evaluate(LABELS)
    named = {one["zone"] for one in labels}
    assert len([zones for zones in NAMED if named & zones]) >= 2, named  # what has no room stands in the legend
    for (left, top, right, bottom), (west, north, east, south) in combinations([one["box"] for one in labels], 2):
        assert left >= east - 1 or west >= right - 1 or top >= south - LEADING_PX or north >= bottom - LEADING_PX
    assert any(frame.evaluate(INSIDE))  # others stand beside their zone at the end of a leader
    assert frame.locator("path[role=img]").count() > 15
    fill = frame.locator("path[data-zone=crimea]").get_attribute("fill") or ""
    assert frame.locator(fill.removeprefix("url(").removesuffix(")")).count() == 1
    assert frame.locator(".swatch").count() > 8


@pytest.mark.sweep(2)
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_it_is_drawn_from_the_file_alone(show: Show, size: tuple[int, int]) -> None:
    page = show("map.html", size)
    shown_in(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    main = page.locator("main").bounding_box()
    assert main
    assert main["height"] > 300
    assert main["y"] < 200
    assert "68/262" in page.locator("footer").inner_text()


def test_a_notebook_shows_it(show: Show) -> None:
    page = show("notebook.html", WIDE)
    (frame,) = page.frames[1:]
    shown_in(frame)


def test_zones_say_what_they_are_to_pointer_and_keyboard(show: Show) -> None:
    page = show("map.html", WIDE)
    page.wait_for_selector(READY)
    page.locator("[data-zone=donetsk-buffer]").focus()
    tooltip = page.locator(".leaflet-tooltip")
    assert "Clause 21d" in tooltip.inner_text()
    assert "about 5,980 km²" in tooltip.inner_text()
    assert "Clause 21d" in (page.locator("[data-zone=donetsk-buffer]").get_attribute("aria-label") or "")
    assert page.locator(".leaflet-control-zoom-in").get_attribute("title") == "Zoom in"


@pytest.mark.sweep(1)
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing(show: Show, size: tuple[int, int]) -> None:
    if not AXE.is_file():
        skip_unless_ci("no axe-core; `make node_modules/tools` installs it")
    page = show("map.html", size)
    page.wait_for_selector(READY)
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(RUN, [TAGS, None])
    assert found["rules"] > 10
    assert found["violations"] == []


def test_what_a_reader_moved_stays_when_the_window_changes(show: Show) -> None:
    page = show("map.html", WIDE)
    page.wait_for_selector(READY)
    first = page.evaluate("map_1.getZoom()")
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_function(f"map_1.getZoom() > {first}")
    zoomed = page.evaluate("map_1.getZoom()")
    page.set_viewport_size({"width": 900, "height": 700})
    page.wait_for_function("map_1.getSize().x < 700")
    assert page.evaluate("map_1.getZoom()") == zoomed

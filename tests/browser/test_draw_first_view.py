"""What the page to draw on shows before anything is done: the map with the whole area below, its names and its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.opening import PHONE, Opener

if TYPE_CHECKING:
    from playwright.sync_api import Page

READY = "[data-draw][data-ready]"
SIZES = (PHONE, (768, 1024), (1280, 800), (1920, 1080))
NAMES = {"en": ("Donetsk", "Sea of Azov"), "uk": ("Донецьк", "Азовське море"), "zh-Hant": ("頓內茨克", "亞速海")}
ZONES = ".pane-zones path"
SIDES = ("left", "right", "top", "bottom")
BOXES = "paths => paths.map(path => path.getBoundingClientRect().toJSON())"


def opened(open_page: Opener, lang: str = "en", size: tuple[int, int] = PHONE) -> Page:
    page = open_page(f"/{lang}/draw#proposal=us-28-points", size, drawn=False)
    page.wait_for_selector(READY, timeout=30_000)
    page.wait_for_selector(".map-labels text")
    return page


@pytest.mark.sweep(1)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_map_comes_first_with_the_whole_area_and_the_result_below(open_page: Opener, size: tuple[int, int]) -> None:
    page = opened(open_page, size=size)
    boxes = {part: page.locator(f"[data-{part}]").bounding_box() for part in ("map", "sum")}
    chart, line = boxes["map"], boxes["sum"]
    assert chart
    assert line
    assert chart["y"] < 0.25 * size[1]
    assert chart["height"] > 0.45 * size[1]
    assert line["y"] + line["height"] <= size[1], "the result is seen without scrolling"
    drawn = page.eval_on_selector_all(ZONES, BOXES)
    least = {side: min(box[side] for box in drawn) for side in SIDES}
    most = {side: max(box[side] for box in drawn) for side in SIDES}
    assert least["left"] >= chart["x"] - 1
    assert most["right"] <= chart["x"] + chart["width"] + 1
    assert least["top"] >= chart["y"] - 1
    assert most["bottom"] <= chart["y"] + chart["height"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.sweep(1)
@pytest.mark.parametrize("lang", NAMES)
def test_towns_and_waters_are_named_in_the_language_of_the_reader(open_page: Opener, lang: str) -> None:
    page = opened(open_page, lang)
    shown = page.locator(".map-labels text").all_text_contents()
    assert set(NAMES[lang]) <= set(shown)


def test_the_key_names_what_lies_below_in_four_entries_at_most(open_page: Opener) -> None:
    page = opened(open_page)
    keys = page.locator(".map-key:visible")
    assert keys.count() == 1
    assert 1 <= keys.locator(".entries li").count() <= 4
    assert "Line of contact" in keys.inner_text()
    before = keys.inner_text()
    page.locator("[data-proposal]").select_option("putin-2024-06")
    assert page.locator(".map-key:visible").inner_text() != before

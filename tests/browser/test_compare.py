"""Two sides on one page: the divide by keyboard, maps that move together, and a page that needs no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.opening import PHONE, WIDE, ContextOf, Opener

if TYPE_CHECKING:
    from playwright.sync_api import Page

URL = "/en/compare?left=us-28-points&right=ukraine-20-points"
READY = "[data-compare][data-drawn]"
# Where the territory that differs lies in the frame of either map, in pixels.
PLACES = """() => [...document.querySelectorAll('.pane')].map(pane => {
  const shape = pane.querySelector('path.difference').getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  return [shape.left - frame.left, shape.top - frame.top];
})"""
DIVIDE = "() => getComputedStyle(document.querySelector('[data-panes]')).getPropertyValue('--divide')"


def opened(open_page: Opener, size: tuple[int, int]) -> Page:
    page = open_page(URL, size, drawn=False)
    page.wait_for_selector(READY)
    return page


@pytest.mark.smoke
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_the_divide_moves_and_both_maps_stay_together(open_page: Opener, size: tuple[int, int]) -> None:
    page = opened(open_page, size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.locator(".pane.left path.difference").count() > 0
    page.locator("#divide").focus()
    page.keyboard.press("End")
    assert page.evaluate(DIVIDE) == "100%"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(DIVIDE) == "99%"
    page.get_by_role("button", name="Side by side").click()
    left, right = (page.locator(f".pane.{side}").bounding_box() for side in ("left", "right"))
    assert left is not None
    assert right is not None
    assert (right["x"] >= left["x"] + left["width"]) or (right["y"] >= left["y"] + left["height"])


@pytest.mark.sweep(1)
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_the_first_view_shows_what_differs_on_either_side_of_the_divide(
    open_page: Opener, size: tuple[int, int]
) -> None:
    page = opened(open_page, size)
    pane, shape = (page.locator(f".pane.left {part}").bounding_box() for part in ("[data-chart]", "path.difference"))
    assert pane is not None
    assert shape is not None
    assert pane["x"] <= shape["x"]
    assert shape["x"] + shape["width"] <= pane["x"] + pane["width"]
    assert pane["y"] <= shape["y"]
    assert shape["y"] + shape["height"] <= pane["y"] + pane["height"]
    assert max(shape["width"] / pane["width"], shape["height"] / pane["height"]) > 0.4
    divide = float(page.evaluate(DIVIDE).removesuffix("%")) / 100 * pane["width"] + pane["x"]
    assert shape["x"] + 0.2 * shape["width"] < divide < shape["x"] + 0.95 * shape["width"]


@pytest.mark.wide
def test_one_thin_outline_marks_what_differs_and_the_rest_is_paler(open_page: Opener) -> None:
    page = opened(open_page, WIDE)
    for side in ("left", "right"):
        outline = page.locator(f".pane.{side} path.difference")
        assert outline.count() == 1
        assert float(outline.get_attribute("stroke-width") or 9) < 1.5
        assert page.locator(f".pane.{side} path.veil").count() == 1
    page.goto(page.url.split("right=", maxsplit=1)[0] + "right=us-28-points")
    page.wait_for_selector(READY)
    assert page.locator("path.difference, path.veil").count() == 0


@pytest.mark.wide
def test_each_side_names_its_control_map_and_the_key_all_colours(open_page: Opener) -> None:
    page = opened(open_page, WIDE)
    assert "Control map: 20 November 2025" in page.locator(".pane.left .of").inner_text()
    assert "Control map: 24 December 2025" in page.locator(".pane.right .of").inner_text()
    key = page.locator("[data-compare] [data-key]")
    names = key.locator("li span").all_inner_texts()
    assert len(names) == len(set(names))
    assert {"Demilitarised buffer zone", "Line of contact"} <= set(names)
    samples = set(key.locator(".swatch rect").evaluate_all("rects => rects.map(rect => rect.getAttribute('fill'))"))
    drawn = page.locator(".leaflet-zones-pane path").evaluate_all(
        "paths => paths.map(path => path.getAttribute('fill'))"
    )
    assert set(drawn) - {None, "none"} <= samples


def test_small_differences_and_every_piece_are_folded(open_page: Opener) -> None:
    page = opened(open_page, WIDE)
    large, small = page.locator("#differing-heading ~ table"), page.locator(".further table")
    assert 1 <= large.locator("tbody tr").count() < small.locator("tbody tr").count()
    for summary, table in ((".further summary", small), (".every summary", page.locator(".every table"))):
        assert not table.is_visible()
        page.locator(summary).click()
        assert table.is_visible()


@pytest.mark.sweep(1)
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_towns_of_the_first_table_are_named_on_the_map_apart_from_one_another(
    open_page: Opener, size: tuple[int, int]
) -> None:
    page = opened(open_page, size)
    names = page.locator(".pane.left .town span")
    assert {"Donetsk", "Sevastopol", "Kramatorsk"} <= set(names.all_inner_texts())
    assert names.all_inner_texts().count("Oleksandrivka") < 2
    boxes = names.evaluate_all("spans => spans.map(span => span.getBoundingClientRect().toJSON())")
    for place, one in enumerate(boxes):
        for other in boxes[:place]:
            apart = one["left"] > other["right"] or other["left"] > one["right"]
            assert apart or one["top"] > other["bottom"] - 3 or other["top"] > one["bottom"] - 3


def test_a_town_elsewhere_with_the_name_of_one_in_the_table_is_not_named_for_it(open_page: Opener) -> None:
    page = open_page("/en/compare?left=us-28-points&right=us-28-points@2026-08-21", WIDE, drawn=False)
    page.wait_for_selector(READY)
    assert "Yampil" in page.locator("#differing-heading ~ table").inner_text()
    frame = page.locator(".pane.left").bounding_box()
    assert frame is not None
    for name in page.locator(".pane.left .town", has_text="Yampil").all():
        box = name.bounding_box()
        assert box is not None
        assert box["x"] > frame["x"] + frame["width"] / 2


def test_maps_move_together(open_page: Opener) -> None:
    page = opened(open_page, WIDE)
    page.get_by_role("button", name="Side by side").click()
    before = page.evaluate(PLACES)[0]
    page.locator(".pane.left").scroll_into_view_if_needed()
    chart = page.locator(".pane.left [data-chart]").bounding_box()
    assert chart is not None
    page.mouse.move(chart["x"] + 200, chart["y"] + 300)
    page.mouse.down()
    page.mouse.move(chart["x"] + 120, chart["y"] + 220, steps=4)
    page.mouse.up()
    left, right = page.evaluate(PLACES)
    assert left == pytest.approx(right, abs=1.5)
    assert left[0] < before[0] - 50


def test_tables_and_image_need_no_script(context_of: ContextOf, live_server: str) -> None:
    page = context_of(java_script_enabled=False).new_page()
    page.goto(f"{live_server}{URL}")
    assert page.locator("table").count() >= 3
    assert page.locator("[data-image] img").is_visible()
    assert not page.locator("[data-compare]").is_visible()
    page.select_option("#right", "e3-2025-11")
    page.select_option("#right_as_of", "")
    page.get_by_role("button", name="Compare").click()
    page.wait_for_url("**right=e3-2025-11**")
    page.close()

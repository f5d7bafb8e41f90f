"""Fingers and the wheel over a map: they scroll the page, and move the map where the reader means it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.opening import DRAWN, MAP, PHONE, WIDE, Opener, on_map

if TYPE_CHECKING:
    from playwright.sync_api import Page

VIEW = on_map("[theMap().getZoom(), theMap().getCenter().lat, theMap().getCenter().lng]")
EMBED = "/embed/en/us-28-points"
HINT = ".gesture-hint.shown"


def in_view(page: Page) -> tuple[float, float]:
    """The middle of the map, which is brought into view with page below it."""
    page.locator("#map").evaluate("map => map.scrollIntoView()")
    box = page.locator(".folium-map").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + min(box["height"], 400) / 2


def fingers(page: Page, *ways: tuple[tuple[float, float], tuple[float, float]]) -> None:
    """Move fingers at once, each from a place to another."""
    touch = page.context.new_cdp_session(page)
    for share in range(11):
        points = [
            {
                "x": start[0] + (end[0] - start[0]) * share / 10,
                "y": start[1] + (end[1] - start[1]) * share / 10,
                "id": number,
            }
            for number, (start, end) in enumerate(ways)
        ]
        kind = "touchStart" if share == 0 else "touchMove"
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(16)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(500)


def scrolled(page: Page) -> float:
    found: float = page.evaluate("scrollY")
    return found


@pytest.mark.sweep(1)
@pytest.mark.parametrize("path", [MAP, pytest.param(EMBED, marks=pytest.mark.slow)], ids=["page", "embed"])
def test_the_wheel_scrolls_the_page_and_with_control_zooms_the_map(open_page: Opener, path: str) -> None:
    page = open_page(path, (640, 420))
    x, y = in_view(page)
    before, start = page.evaluate(VIEW), scrolled(page)
    page.mouse.move(x, y)
    page.mouse.wheel(0, -60 if start else 60)
    page.locator(HINT).wait_for()
    assert "Ctrl" in page.locator(HINT).inner_text()
    page.wait_for_function("start => scrollY !== start", arg=start)
    assert page.evaluate(VIEW) == before
    at = scrolled(page)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    page.wait_for_function(f"async before => (await ({VIEW})())[0] > before + 0.1", arg=before[0])
    assert scrolled(page) == at


@pytest.mark.sweep(1)
@pytest.mark.parametrize("path", [MAP, pytest.param(EMBED, marks=pytest.mark.slow)], ids=["page", "embed"])
def test_one_finger_scrolls_the_page_and_two_move_the_map(open_page: Opener, path: str) -> None:
    page = open_page(path, (390, 420), has_touch=True, is_mobile=True)
    x, y = in_view(page)
    before, start = page.evaluate(VIEW), scrolled(page)
    fingers(page, ((x, y + 60), (x, y - 60)) if start == 0 else ((x, y - 60), (x, y + 60)))
    assert scrolled(page) != start
    assert page.evaluate(VIEW) == before
    x, y = in_view(page)
    at = scrolled(page)
    fingers(page, ((x - 40, y), (x - 90, y)), ((x + 40, y), (x + 90, y)))
    zoom, *_ = page.evaluate(VIEW)
    assert zoom > before[0] + 0.3
    assert scrolled(page) == at


def test_one_finger_is_told_what_moves_the_map(open_page: Opener) -> None:
    page = open_page("/uk/map/us-28-points", PHONE, has_touch=True, is_mobile=True)
    x, y = in_view(page)
    touch = page.context.new_cdp_session(page)
    for kind, shift in (("touchStart", 0), ("touchMove", -30), ("touchMove", -60)):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y + shift}]})
    page.locator(HINT).wait_for()
    assert page.locator(HINT).inner_text() == "Рухайте карту двома пальцями"
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.locator(HINT).wait_for(state="detached")


def test_a_mouse_drags_the_map(open_page: Opener) -> None:
    page = open_page(f"{MAP}?view=7,48,36", WIDE)
    x, y = in_view(page)
    before = page.evaluate(VIEW)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 80, y + 20, steps=5)
    page.mouse.up()
    page.wait_for_function(f"async before => (await ({VIEW})())[2] < before - 0.2", arg=before[2])


def frame_size(page: Page) -> tuple[float, float]:
    box = page.locator(".map-frame").bounding_box()
    assert box is not None
    return box["width"], box["height"]


@pytest.mark.sweep(1)
@pytest.mark.parametrize("path", [MAP, pytest.param(EMBED, marks=pytest.mark.slow)], ids=["page", "embed"])
def test_the_map_fills_the_screen_and_all_gestures_are_its_own(open_page: Opener, path: str) -> None:
    page = open_page(path, WIDE)
    small, before = frame_size(page), page.evaluate(VIEW)
    page.get_by_role("button", name="Full screen").click()
    leave = page.get_by_role("button", name="Leave full screen")
    leave.wait_for()
    width, height = frame_size(page)
    assert width == WIDE[0]
    assert height > WIDE[1] - 150
    assert width * height > 1.2 * small[0] * small[1]
    page.wait_for_function(f"async before => (await ({VIEW})())[0] > before + 0.3", arg=before[0])
    at_home = page.evaluate(VIEW)
    page.mouse.move(700, 450)
    page.mouse.wheel(0, -120)
    page.wait_for_function(f"async before => (await ({VIEW})())[0] > before + 0.1", arg=at_home[0])
    assert page.locator(HINT).count() == 0
    assert page.locator(".badge").is_visible()
    page.evaluate("() => clausemap.openZone('crimea', document.body, false)")
    assert page.locator("[data-panel] h3").is_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Leave full screen").click()
    page.get_by_role("button", name="Full screen", exact=True).wait_for()
    page.wait_for_function(
        "width => document.querySelector('.map-frame').clientWidth < width", arg=WIDE[0] + (path == EMBED)
    )


@pytest.mark.slow
def test_where_the_browser_has_no_full_screen_the_map_fills_the_window(open_page: Opener) -> None:
    page = open_page(MAP, PHONE, drawn=False)
    page.add_init_script("Object.defineProperty(document, 'fullscreenEnabled', { get: () => false })")
    page.reload()
    page.wait_for_selector(DRAWN)
    page.get_by_role("button", name="Full screen").click()
    width, height = frame_size(page)
    assert (width, height > 550) == (PHONE[0], True)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Full screen", exact=True).wait_for()

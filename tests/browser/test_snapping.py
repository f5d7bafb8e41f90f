"""Points snap to borders of oblasts, the line of contact and rivers near a pointer, by real mouse and by touch."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import pytest
import shapely

from tests.browser.opening import PHONE, WIDE, Opener
from tests.browser.test_draw import POINTS, given, opened
from tests.cases import case
from webapp.setup import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

ASIDE_PX = 6  # from a line: near enough to snap
CLEAR_DEG = 0.03  # from all other lines
ON_LINE_DEG = 2e-6  # the fields of a place have six decimals
DATA = ROOT / "layers" / "data"
Lines = dict[str, shapely.MultiLineString]


@pytest.fixture(scope="module")
def lines() -> Lines:
    """What points snap to, from the files that the page reads."""
    files = {"border": "context/oblasts", "contact": "us-28-points/2025-11-20", "river": "context/hydrography"}
    found = {}
    for name, file in files.items():
        features = json.loads((DATA / f"{file}.geojson").read_text("utf-8"))["features"]
        chosen = [one for one in features if name != "contact" or one["properties"]["kind"] == "line"]
        parts = shapely.get_parts([shapely.geometry.shape(one["geometry"]) for one in chosen])
        areas = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
        rings = [ring for area in parts[areas] for ring in (area.exterior, *area.interiors)]
        found[name] = shapely.MultiLineString([*parts[shapely.get_type_id(parts) == 1], *rings])
        shapely.prepare(found[name])
    return found


def place_on(lines: Lines, name: str) -> tuple[shapely.Point, float]:
    """A place in the middle of a line that is far from other lines, and the direction square to it, in radians."""
    others = [line for other, line in lines.items() if other != name]
    for line in sorted(shapely.get_parts(lines[name]), key=lambda one: -one.length):
        for share in (0.5, 0.4, 0.6, 0.3, 0.7):
            place = line.interpolate(share, normalized=True)
            ahead = line.interpolate(line.length * share + 1e-4)
            if min(place.distance(other) for other in others) > CLEAR_DEG:
                shrink = math.cos(math.radians(place.y))
                return place, math.atan2(ahead.y - place.y, (ahead.x - place.x) * shrink) + math.pi / 2
    raise AssertionError(name)


def show(page: Page, place: shapely.Point) -> tuple[float, float]:
    """Zoom the map to a place and return its pixel in the window."""
    given(page, {"type": "LineString", "coordinates": [[place.x, place.y], [place.x + 0.08, place.y + 0.02]]})
    page.wait_for_function(f"() => document.querySelectorAll('{POINTS}').length === 2")
    box = page.locator(".draw-point.first").bounding_box()
    assert box
    page.locator("[data-act=clear]").click()
    page.wait_for_function(f"() => document.querySelectorAll('{POINTS}').length === 0")
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def chosen(page: Page) -> shapely.Point:
    """The chosen point of the drawing."""
    lon, lat = (float(page.locator(field).input_value()) for field in ("[data-lon]", "[data-lat]"))
    return shapely.Point(lon, lat)


def count(page: Page, points: int) -> None:
    page.wait_for_function(f"() => document.querySelectorAll('{POINTS}').length === {points}")


@pytest.mark.sweep(1)
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["mouse", "touch"])
def test_points_snap_to_each_sort_of_line_and_only_where_asked(
    open_page: Opener, lines: Lines, size: tuple[int, int]
) -> None:
    touch = size == PHONE
    page = opened(open_page, size=size, has_touch=touch)
    page.wait_for_function("() => performance.getEntriesByType('resource').some(({name}) => name.includes('hydro'))")
    press = page.touchscreen.tap if touch else page.mouse.click
    for name in lines:
        with case(name):
            place, square = place_on(lines, name)
            x, y = show(page, place)
            aside = x + ASIDE_PX * math.cos(square), y - ASIDE_PX * math.sin(square)
            press(*aside)
            count(page, 1)
            assert chosen(page).distance(lines[name]) < ON_LINE_DEG
            page.locator("[data-act=clear]").click()
            page.locator("[data-snap]").uncheck()
            page.locator("[data-map]").scroll_into_view_if_needed()
            press(*aside)
            count(page, 1)
            assert chosen(page).distance(lines[name]) > 10 * ON_LINE_DEG
            page.locator("[data-snap]").check()
            page.locator("[data-act=clear]").click()


def test_a_point_that_is_dragged_beside_a_line_snaps_to_it(open_page: Opener, lines: Lines) -> None:
    page = opened(open_page)
    place, square = place_on(lines, "border")
    x, y = show(page, place)
    start = x + 80, y + 60
    page.mouse.click(*start)
    count(page, 1)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(x + ASIDE_PX * math.cos(square), y - ASIDE_PX * math.sin(square), steps=5)
    page.mouse.up()
    assert chosen(page).distance(lines["border"]) < ON_LINE_DEG

"""Another control map chosen on the pages, in a real Chromium: on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.opening import ContextOf, on_map
from tests.cases import case
from tests.made_workspace import DAY, ONE, SEVERAL
from tests.words import LANGUAGES, date_text, text

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROPOSAL = "us-28-points"
SIZES = {"desk": (1280, 900), "phone": (390, 844)}
DRAWN = ".folium-map[data-drawn]"
HELD = on_map("JSON.stringify(state.zones.get('donetsk-held').feature.geometry.coordinates)")
BESIDE = """() => { const boxes = [...document.querySelectorAll(".day select, .day button, .day label")]
    .map(one => one.getBoundingClientRect()), over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return boxes.some((a, i) => boxes.slice(i + 1).some(b => over(a, b))) || boxes.some(a => a.right > innerWidth); }"""


@pytest.fixture
def page(context_of: ContextOf, workspace_server: str) -> Iterator[Page]:
    """A reader; at the end no page may have had an error."""
    opened = context_of(base_url=workspace_server).new_page()
    errors: list[str] = []
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.close()
    assert errors == []


@pytest.mark.sweep(1)
@pytest.mark.parametrize("size", SIZES)
def test_another_control_map_changes_zones_table_and_ways_on(page: Page, size: str) -> None:
    resize(page, size)
    page.goto(f"/en/map/{PROPOSAL}")
    page.wait_for_selector(DRAWN)
    shape = page.evaluate(HELD)
    row = page.locator("#areas").get_by_role("row", name="Donetsk oblast, Russian-held").first
    figure = row.inner_text()
    assert "Clausemap’s control dataset (DeepState, UA Control Map, NZZ)" in page.locator(".credit").inner_text()

    with page.expect_navigation():
        page.get_by_label("according to").select_option(ONE)
    page.wait_for_selector(DRAWN)
    assert f"control={ONE}" in page.url
    assert page.get_by_label("according to").input_value() == ONE
    assert page.evaluate(HELD) != shape
    assert row.inner_text() != figure
    held = page.request.get(f"/layers/{PROPOSAL}/latest/donetsk-held.geojson?control={ONE}").json()
    area = held["features"][0]["properties"]["area_km2"]
    assert f"{round(area, -2):,.0f}" in row.inner_text()
    assert "Made Map (one map, no interval)" in page.locator(".credit").inner_text()

    page.get_by_role("navigation", name="Pages of this proposal").get_by_role("link", name="Areas").click()
    assert f"control={ONE}" in page.url
    assert page.get_by_label("according to").input_value() == ONE
    page.get_by_role("link", name="繁體中文").click()
    assert f"control={ONE}" in page.url
    assert "Made Map（單一地圖，無區間）" in page.locator(".statement").inner_text()


@pytest.mark.sweep(1)
@pytest.mark.parametrize("where", ["map", "areas", "timeline"])
def test_the_form_fits_with_the_longest_names(page: Page, where: str) -> None:
    for lang in LANGUAGES:
        page.goto(f"/{lang}/{where}/{PROPOSAL}?control={SEVERAL}")
        for size, (width, _) in SIZES.items():
            resize(page, size)
            with case(lang, size):
                assert page.evaluate("document.documentElement.scrollWidth") == width
                assert not page.evaluate(BESIDE)
                if size == "desk":
                    tops = [one.bounding_box() for one in page.locator(".day select").all()]
                    assert len({round(top["y"]) for top in tops if top}) == 1
                if where == "timeline":
                    check_table_of_one_date(page, lang)


def resize(page: Page, size: str) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})


def check_table_of_one_date(page: Page, lang: str) -> None:
    """A timeline of one date is a table that is read."""
    caption = text(lang, "table.caption", date=date_text(lang, DAY))
    table = page.get_by_role("table", name=caption)
    assert table.is_visible()
    assert table.get_by_role("row").count() > 8
    assert page.locator("main figure").count() == 0

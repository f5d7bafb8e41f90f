"""The timeline as readers meet it, in a real Chromium: on a desk and on a phone, without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.opening import ContextOf
from tests.words import LANGUAGES

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGE = "timeline/us-28-points"
SIZES = {"desk": (1280, 900), "phone": (390, 844)}

# Every word of the page that is shown: its size in pixels of the window, its colour's contrast with white.
TEXTS = """() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(Number)
      .map(part => part / 255).map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.querySelectorAll("main figure *")]
    .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .filter(one => !["title", "desc"].includes(one.tagName) && !one.closest(".unseen") && one.getClientRects().length)
    .map(one => {
      const look = getComputedStyle(one), svg = one.ownerSVGElement;
      const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
      const colour = svg ? look.fill : look.color;
      return [one.textContent.trim(), parseFloat(look.fontSize) * scale, 1.05 / (light(colour) + 0.05)];
    });
}"""
WIDE = """() => [...document.querySelectorAll("main *")].map(one => one.getBoundingClientRect())
  .filter(box => box.width > 1 && (box.right > innerWidth + 1 || box.left < -1)).length"""


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return SIZES[request.param]


@pytest.fixture
def page(context_of: ContextOf, live_server: str, size: tuple[int, int]) -> Iterator[Page]:
    """A reader without scripts; no page may ask another host for anything."""
    width, height = size
    opened = context_of(java_script_enabled=False, base_url=live_server).new_page()
    opened.set_viewport_size({"width": width, "height": height})
    errors: list[str] = []
    hosts: set[str] = set()
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    yield opened
    opened.close()
    assert not errors
    assert hosts <= {urlsplit(live_server).netloc}


@pytest.mark.sweep(1)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_is_read_without_scrolling_sideways_and_charts_stand_in_columns(
    page: Page, lang: str, size: tuple[int, int]
) -> None:
    page.goto(f"/{lang}/{PAGE}")
    check_columns(page, size[0])
    for summary in page.locator("main summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    assert page.evaluate(WIDE) == 0
    texts = page.evaluate(TEXTS)
    assert len(texts) > 1000
    for words, pixels, contrast in texts:
        assert pixels >= 11, words
        assert contrast >= 4.5, words


def check_columns(page: Page, width: int) -> None:
    """Charts stand in columns where there is room."""
    boxes = [chart.bounding_box() for chart in page.locator("main figure .plot > svg").all()]
    places = [(round(box["x"]), round(box["y"]), round(box["width"])) for box in boxes if box]
    assert len(places) == 14
    columns = 3 if width == 1280 else 1
    assert len({x for x, _, _ in places}) == columns
    for start in range(0, len(places), columns):
        assert len({y for _, y, _ in places[start : start + columns]}) == 1
    if columns == 1:
        assert {across for _, _, across in places} == {width - 32}


@pytest.mark.sweep(1)
def test_the_keyboard_opens_a_table_and_shows_where_it_is(page: Page) -> None:
    page.goto(f"/en/{PAGE}")
    summary = page.locator("#zone-donetsk-buffer summary")
    summary.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert summary.evaluate("one => one === document.activeElement && getComputedStyle(one).outlineStyle") == "solid"
    table = page.get_by_role("table", name="Donetsk buffer zone (Clause 21d): area in km², by date")
    assert not table.is_visible()
    page.keyboard.press("Enter")
    assert table.get_by_role("row").count() == 58
    row = table.get_by_role("row", name="20 November 2025")
    assert [cell.inner_text() for cell in row.get_by_role("cell").all()] == ["5,980", "5,550–6,390"]


@pytest.mark.sweep(1)
def test_charts_and_tables_have_names(page: Page) -> None:
    page.goto(f"/en/{PAGE}")
    for figure in page.locator("main figure").all():
        name = figure.locator("h3").inner_text()
        assert page.get_by_role("figure", name=name, exact=True).count() == 1
        assert figure.get_by_role("img").get_attribute("aria-labelledby")
    assert page.get_by_role("img", name="Donetsk buffer zone (Clause 21d): area in km², by date").count() == 1


@pytest.mark.sweep(1)
def test_a_range_is_chosen_with_the_form(page: Page) -> None:
    page.goto(f"/en/{PAGE}")
    page.get_by_label("From", exact=True).select_option("2025-11-20")
    page.get_by_label("To", exact=True).select_option("2026-01-01")
    page.get_by_role("button", name="Show").click()
    assert page.url.endswith(f"/en/{PAGE}?from=2025-11-20&to=2026-01-01")
    page.locator("#zone-donetsk-buffer summary").click()
    assert page.locator("#zone-donetsk-buffer tbody tr").count() == 6


def test_the_code_of_a_chart_for_other_sites_is_copied(context_of: ContextOf, live_server: str) -> None:
    page = context_of(permissions=("clipboard-read", "clipboard-write")).new_page()
    page.goto(f"{live_server}/en/{PAGE}?zone=donetsk-buffer")
    page.locator("[data-copies]").click()
    page.get_by_role("status").get_by_text("Copied: Embed code").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#embed-code").input_value()
    page.close()

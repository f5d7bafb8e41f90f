"""axe-core finds nothing: on every page, light and dark, on a desk, a tablet and a phone, in every language.

Each page is looked through in light, in dark and in colours that a reader forces, in another language and size each:
every two of these meet on some page. No page may be wider than its window in any of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from tests.browser.pages import DESK, PAGES, PHONE, PROPOSAL, SCHEMES, TABLET, Address, leave_pictures_out
from tests.conftest import skip_unless_ci
from tests.words import LANGUAGES
from webapp.setup import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = (DESK, TABLET, PHONE)
LOOKS = (*SCHEMES, "forced")
OPENED = "donetsk-buffer"
DRAWN = "drawing=y8nMS9UxNjQyAAEdExMow8gCQhsbQGhDMyhtAqGh0oZQaV0jFGUA"
LOOKED_AT = PAGES | {
    "drawing": Address(f"/{{lang}}/draw?proposal=us-28-points#within=15&{DRAWN}", "[data-draw][data-buffered='15']"),
    "chart": Address(f"/{{lang}}/timeline/{PROPOSAL}?zone={OPENED}"),
    "embedded chart": Address(f"/embed/{{lang}}/{PROPOSAL}/timeline/{OPENED}?theme=auto"),
}
# Colours that a reader forces are not those of the style sheets, which axe reads.
FORCED = {"color-contrast": {"enabled": False}}
RUN = """async ([tags, part, rules]) => {
  const found = await axe.run(part || document, {runOnly: tags, rules, resultTypes: ["violations"]});
  return {rules: found.passes.length, violations: found.violations.map(
    one => `${one.id}: ${one.help}: ` + one.nodes.map(node => node.html.slice(0, 200)).join(" | "))};
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, live_server: str) -> Iterator[Page]:
    """One page for all, since a new one each time takes longer than looking through it."""
    if not AXE.is_file():
        skip_unless_ci("no axe-core; `make node_modules/tools` installs it")
    context = browser.new_context(base_url=live_server, bypass_csp=True)
    leave_pictures_out(context)
    yield context.new_page()
    context.close()


def violations(page: Page, scheme: str, size: tuple[int, int], part: str = "") -> list[str]:
    """What axe finds wrong with what is open, or with a part of it, in a scheme of colours and a size."""
    forced = scheme == "forced"
    page.emulate_media(
        color_scheme="dark" if scheme == "dark" else "light", forced_colors="active" if forced else "none"
    )
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("scrollTo(0, 0)")  # a control half under the bar that stays would count as small
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    assert page.evaluate("matchMedia('(forced-colors: active)').matches") == forced
    found = page.evaluate(RUN, [TAGS, part, FORCED if forced else {}])
    assert found["rules"] > 10
    wrong: list[str] = found["violations"]
    return wrong


def looks(name: str) -> list[tuple[str, str, tuple[int, int]]]:
    """Each language of a page with a scheme and a size, all of them, other ones together from page to page."""
    place = list(LOOKED_AT).index(name)
    return [
        (lang, LOOKS[(place + turn) % len(LOOKS)], SIZES[(place // len(LOOKS) + turn) % len(SIZES)])
        for turn, lang in enumerate(LANGUAGES)
    ]


def look_through(page: Page, scheme: str, size: tuple[int, int], part: str = "") -> None:
    assert violations(page, scheme, size, part) == [], (page.url, scheme, size)


def open_zone(page: Page) -> None:
    """Open the panel of a zone on the map that is open."""
    page.locator(f"[data-zone-shape={OPENED}]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-panel]:visible")


@pytest.mark.smoke
def test_nothing_is_found_where_a_zone_is_open(page: Page) -> None:
    PAGES["map"].open(page, "en")
    open_zone(page)
    look_through(page, "dark", PHONE)


@pytest.mark.sweep(2)
@pytest.mark.slow
@pytest.mark.parametrize("name", LOOKED_AT)
def test_nothing_is_found_in_any_language_scheme_or_size(page: Page, name: str) -> None:
    for lang, scheme, size in looks(name):
        LOOKED_AT[name].open(page, lang)
        look_through(page, scheme, size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], (page.url, size)


def list_places(page: Page) -> None:
    page.locator("[data-search]").fill("Pokr")
    page.locator("[role=option]").first.wait_for()


def choose_place(page: Page) -> None:
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("[data-place-answer] p").first.wait_for()


def measure(page: Page) -> None:
    page.locator("[data-tool-close=place]").click()
    page.locator("[data-tool=measure]").click()
    page.locator("[data-card=measure]").wait_for()
    for _ in range(2):
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowRight")


def compare(page: Page) -> None:
    page.locator("[data-tool-close=measure]").click()
    page.locator("[data-tool=changes]").click()
    page.locator("[data-other-day]").select_option("2026-01-01")
    page.locator("[data-changes-result]").wait_for()


def fill_the_screen(page: Page) -> None:
    page.locator("[data-tool-close=changes]").click()
    open_zone(page)
    page.locator(".leaflet-bar button").last.click()
    page.locator("[data-full].full").wait_for()


@pytest.mark.sweep(1)
@pytest.mark.parametrize(
    ("lang", "schemes", "size"),
    [("en", SCHEMES, DESK), ("uk", SCHEMES[::-1], PHONE), ("zh-Hant", SCHEMES, TABLET)],
)
def test_nothing_is_found_in_the_tools_one_after_the_other(
    page: Page, lang: str, schemes: Sequence[str], size: tuple[int, int]
) -> None:
    """Light and dark take turns from tool to tool, and from size to size."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    PAGES["map"].open(page, lang)
    turns = (list_places, choose_place, measure, compare, open_zone, fill_the_screen)
    for turn, scheme in zip(turns, cycle(schemes), strict=False):
        turn(page)
        look_through(page, scheme, size, "[data-full]")


def test_what_is_wrong_is_found(page: Page) -> None:
    PAGES["areas"].open(page, "en")
    page.evaluate("document.documentElement.style.setProperty('--ink-soft', '#aaa')")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    found = [line.partition(":")[0] for line in violations(page, "light", DESK)]
    assert found == ["button-name", "color-contrast"]

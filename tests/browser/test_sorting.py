"""The table of areas is sorted by its headings, with the keyboard too, and is a plain table without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.pages import PAGES, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.opening import Opener

ROWS = "table.full tbody tr"
VALUES = (
    """column => [...document.querySelectorAll("table.full tbody tr")].map(row => row.cells[column].dataset.value)"""
)


def open_areas(open_page: Opener) -> Page:
    page = open_page(PAGES["areas"].path.format(lang="en"), drawn=False)
    page.wait_for_selector("table[data-sorted]")
    return page


def names(page: Page) -> list[str]:
    return [name.split("\n")[0] for name in page.locator(f"{ROWS} th").all_inner_texts()]


def values(page: Page, column: int) -> list[float]:
    """The numbers of a column from the top; rows without one stand last."""
    found = page.evaluate(VALUES, column)
    given = [float(value) for value in found if value is not None]
    assert found[len(given) :] == [None] * (len(found) - len(given))
    return given


def test_numbers_go_by_value_and_names_by_the_language(open_page: Opener) -> None:
    page = open_areas(open_page)
    came = names(page)
    area = page.locator("table.full").get_by_role("columnheader", name="Area (about), km²", exact=True)
    area.get_by_role("button").click()
    assert area.get_attribute("aria-sort") == "descending"
    assert values(page, 3) == sorted(values(page, 3), reverse=True)
    area.get_by_role("button").click()
    assert area.get_attribute("aria-sort") == "ascending"
    assert values(page, 3) == sorted(values(page, 3))
    zone = page.locator("table.full").get_by_role("columnheader", name="Zone", exact=True)
    zone.get_by_role("button").click()
    assert (area.get_attribute("aria-sort"), zone.get_attribute("aria-sort")) == (None, "ascending")
    assert names(page) == sorted(came, key=str.casefold)
    zone.get_by_role("button").click()
    zone.get_by_role("button").click()
    assert zone.get_attribute("aria-sort") is None
    assert names(page) == came


def test_rows_without_a_value_stand_last(open_page: Opener) -> None:
    page = open_areas(open_page)
    water = page.get_by_role("columnheader", name="Inland water, km²", exact=True).get_by_role("button")
    water.click()
    assert values(page, 5) == sorted(values(page, 5), reverse=True)
    water.click()
    assert values(page, 5) == sorted(values(page, 5))


def test_the_keyboard_sorts_and_stays(open_page: Opener) -> None:
    page = open_areas(open_page)
    page.locator("table.full thead button").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    heading = page.locator("table.full thead th").nth(1)
    assert heading.get_attribute("aria-sort") == "ascending"
    assert page.evaluate("document.activeElement.parentElement.cellIndex") == 1


def test_on_phones_the_headings_are_buttons_above_the_rows(open_page: Opener) -> None:
    page = open_areas(open_page)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    button = page.get_by_role("button", name="Area (about), km²", exact=True)
    assert button.is_visible()
    button.click()
    assert values(page, 3) == sorted(values(page, 3), reverse=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.sweep(1)
@pytest.mark.parametrize("width", [800, 1024, 1280])
def test_the_widest_table_fits(open_page: Opener, width: int) -> None:
    page = open_areas(open_page)
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_it_is_a_plain_table(open_page: Opener) -> None:
    page = open_page(PAGES["areas"].path.format(lang="en"), scripts=False)
    assert page.locator("table.full thead button").count() == 0
    assert page.locator(ROWS).count() > 10

"""Clauses beside the map: chosen, they light up their zones; a zone that is opened shows its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layers.catalogue.model import load_catalogue
from layers.kinds.table import kind_of
from tests.browser.opening import MAP, PHONE, SIZES, WIDE, Opener, edition, open_zone, shown_zones

if TYPE_CHECKING:
    from playwright.sync_api import Page


def dimmed(page: Page) -> set[str]:
    shapes = page.locator("[data-zone-shape].dim")
    return set(shapes.evaluate_all("shapes => shapes.map(shape => shape.dataset.zoneShape)"))


def beside(clause: str) -> set[str]:
    """What is dimmed while a clause is lit: zones that it does not cover. The line of contact never is."""
    return {
        zone["id"]
        for zone in load_catalogue().areas(edition("us-28-points"))
        if clause not in (zone["clause"], *(zone["also_clauses"] or "").split(","))
        and not kind_of(zone).is_line_of_contact
    }


def light(page: Page, clause: str) -> None:
    page.locator(f"[data-light='{clause}'] button").click()


@pytest.mark.sweep(1)
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_clause_lights_up_its_zones_and_dims_the_rest(open_page: Opener, size: tuple[int, int]) -> None:
    page = open_page(MAP, size)
    for clause in ("21a", "21b", "21c", "21d", "19", "23"):
        light(page, clause)
        assert dimmed(page) == beside(clause), clause
        assert page.locator(f"[data-light='{clause}'] button").get_attribute("aria-pressed") == "true"
        assert "is highlighted" in page.locator("[data-said]").inner_text()
        light(page, clause)
        assert dimmed(page) == set()


def test_one_clause_is_lit_at_a_time_and_escape_ends_it(open_page: Opener) -> None:
    page = open_page(MAP)
    light(page, "21a")
    light(page, "21d")
    assert page.locator(".light[aria-pressed=true]").all_text_contents() == ["Clause 21d"]
    page.keyboard.press("Escape")
    assert dimmed(page) == set()
    assert page.locator(".light[aria-pressed=true]").count() == 0


def test_escape_ends_one_thing_at_a_time(open_page: Opener) -> None:
    page = open_page(MAP)
    light(page, "21b")
    open_zone(page, "kherson-frozen")
    page.keyboard.press("Escape")
    assert page.locator("[data-panel]").is_hidden()
    assert page.locator(".light[aria-pressed=true]").all_text_contents() == ["Clause 21b"]
    page.keyboard.press("Escape")
    assert dimmed(page) == set()


def test_on_a_phone_a_clause_that_is_chosen_brings_the_map(open_page: Opener) -> None:
    page = open_page(MAP, PHONE)
    light(page, "21d")
    box = page.locator(".map-frame").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < PHONE[1] / 3


def test_keys_choose_a_clause(open_page: Opener) -> None:
    page = open_page(MAP)
    button = page.locator("[data-light='21b'] button")
    button.focus()
    page.keyboard.press("Space")
    assert button.get_attribute("aria-pressed") == "true"
    assert dimmed(page) == beside("21b")


@pytest.mark.sweep(1)
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_zone_that_is_opened_shows_its_clause(open_page: Opener, size: tuple[int, int]) -> None:
    page = open_page(MAP, size)
    open_zone(page, "crimea")
    assert page.locator("[data-clause-card][aria-current=true]").get_attribute("data-clause-card") == "21a"
    page.locator("[data-close]").click()
    assert page.locator("[data-clause-card][aria-current]").count() == 0


def test_a_zone_of_another_clause_takes_over_the_light(open_page: Opener) -> None:
    page = open_page(MAP)
    light(page, "21a")
    open_zone(page, "donetsk-buffer")
    assert page.locator(".light[aria-pressed=true]").all_text_contents() == ["Clause 21d"]
    assert "donetsk-buffer" not in dimmed(page)


def test_what_is_hidden_and_lit_stays_so_on_another_day(open_page: Opener) -> None:
    page = open_page(MAP)
    page.locator("input[data-zones*=crimea]").uncheck()
    light(page, "21b")
    page.locator("[data-step='1']").click()
    page.wait_for_selector(".folium-map[data-day='2025-11-23']")
    assert page.locator("[data-zone-shape=crimea]").is_hidden()
    assert not page.locator("input[data-zones*=crimea]").is_checked()
    assert page.locator(".light[aria-pressed=true]").all_text_contents() == ["Clause 21b"]
    assert "kherson-frozen" not in dimmed(page)
    assert "luhansk-held" in dimmed(page)


def test_a_row_is_hidden_with_all_its_zones_of_every_day(open_page: Opener) -> None:
    page = open_page(f"{MAP}?as_of=2024-08-01")
    box = page.locator("input[data-row='21c-withdrawal']")
    early = set(str(box.get_attribute("data-zones")).split())
    box.uncheck()
    page.locator("#as_of").select_option("2025-11-20")
    page.wait_for_selector(".folium-map[data-day='2025-11-20']")
    late = set(str(box.get_attribute("data-zones")).split())
    assert late - early
    assert not box.is_checked()
    assert not late & shown_zones(page)
    box.check()
    assert late <= shown_zones(page)
    page.locator("#as_of").select_option("2024-08-01")
    page.wait_for_selector(".folium-map[data-day='2024-08-01']")
    assert box.is_checked()
    assert early <= shown_zones(page)


def test_every_point_that_bears_on_the_map_has_its_place(open_page: Opener) -> None:
    page = open_page(MAP)
    cards = page.locator("[data-clause-card]").evaluate_all("all => all.map(one => one.dataset.clauseCard)")
    assert cards == ["21a", "21b", "21c", "21d", "none", "9", "19", "23"]
    undrawn = page.locator(".undrawn dt").all_text_contents()
    assert {"Point 8", "Point 10", "Point 22", "Point 28"} <= set(undrawn)
    assert "The positions were not published" in (page.locator(".undrawn").text_content() or "")
    assert "The plan names no ports" in (page.locator("[data-clause-card='23']").text_content() or "")


def test_clauses_stand_beside_the_map_and_below_it_on_a_phone(open_page: Opener) -> None:
    for name, size in SIZES.items():
        page = open_page(MAP, size)
        chart, clauses = (page.locator(part).bounding_box() for part in (".map-frame", ".legend"))
        assert chart is not None
        assert clauses is not None
        before = clauses["x"] + clauses["width"] <= chart["x"]
        assert before == (size == WIDE), name
        assert before or clauses["y"] > chart["y"] + chart["height"]

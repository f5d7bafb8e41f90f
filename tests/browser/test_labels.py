"""Labels of zones on the map: in words, on their own ground or shortly beside it, and in one place on all dates.

``tests/webapp/test_label_places.py`` tries the script that places them on all maps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.opening import MAP, PHONE, WIDE, Opener
from webapp.jobs.editions import open_catalogue

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Each label: its zone, box, which share of it lies on zones of other clauses, and its place from the map's corner.
LABELS = """() => {
  const { state } = clausemap;
  const frame = state.map.getContainer().getBoundingClientRect();
  const clauseOf = (id) => state.zones.get(id)?.words.clause;
  const shapes = [...document.querySelectorAll("path[data-zone-shape]")]
    .filter((path) => state.zones.get(path.dataset.zoneShape)?.feature.properties.partition);
  const steps = Array.from({ length: 11 }, (_, step) => (step + 0.5) / 11);
  return [...document.querySelectorAll(".map-labels .zone[data-label-for]")].map((text) => {
    const { left, top, width, height } = text.getBoundingClientRect();
    const others = shapes.filter((path) => clauseOf(path.dataset.zoneShape) !== clauseOf(text.dataset.labelFor));
    const places = steps.flatMap((x) => steps.map((y) => new DOMPoint(left + x * width, top + y * height)));
    const foreign = places.filter((place) => others.some((path) =>
      path.isPointInFill(place.matrixTransform(path.getScreenCTM().inverse()))));
    return { zone: text.dataset.labelFor, words: text.textContent, at: [left - frame.left, top - frame.top],
             foreign: foreign.length / places.length };
  });
}"""
LEADERS = """() => [...document.querySelectorAll(".map-labels .leader:not(.of-town)")]
  .map((line) => line.getTotalLength())"""


def labels(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(LABELS)
    return found


def check_labels(page: Page, width: int) -> None:
    """What holds of every map: no label on a zone of another clause, short leaders, words and not a number alone."""
    found = labels(page)
    assert not [one for one in found if one["foreign"] > 0.1]
    assert not [one for one in found if not one["words"].split("\u00a0")[0].strip()]
    assert max(page.evaluate(LEADERS), default=0) <= 0.05 * width + 1


@pytest.mark.smoke
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "390"])
def test_no_label_lies_on_a_zone_of_another_clause(open_page: Opener, size: tuple[int, int]) -> None:
    page = open_page(MAP, size)
    check_labels(page, size[0])
    named = {one["zone"] for one in labels(page)}
    assert "donetsk-buffer" in named
    assert named & {"kherson-frozen", "zaporizhzhia-frozen"}, "one of them names both where there is no room"


def move_to(page: Page, day: str) -> None:
    """Show another day without loading the page anew, as a reader does."""
    page.locator("#as_of").select_option(day)
    page.wait_for_selector(f".folium-map[data-day='{day}']")


def test_a_label_keeps_its_place_while_days_change(open_page: Opener) -> None:
    days = open_catalogue().proposal("us-28-points").dates
    page = open_page(MAP)
    before = {one["zone"]: one["at"] for one in labels(page)}
    for day in (days[0], days[-1]):
        move_to(page, day)
        after = {one["zone"]: one["at"] for one in labels(page)}
        assert {"donetsk-buffer", "kherson-frozen"} <= before.keys() & after.keys()
        for zone in before.keys() & after.keys():
            assert after[zone] == pytest.approx(before[zone], abs=1), (zone, day)

"""The map page as readers use it, in a real Chromium."""

from __future__ import annotations

from itertools import combinations
from urllib.parse import urlsplit

import pytest

from tests.browser.opening import (
    DRAWN,
    MAP,
    PHONE,
    WIDE,
    Opener,
    edition,
    on_map,
    open_zone,
    shown_zones,
    wait_for_day,
)
from tests.words import LANGUAGES, read_area

# A whole pixel of the window where one zone lies on another, with nothing above or between.
MET = """([above, below]) => {
  const box = document.querySelector(`[data-zone-shape="${below}"]`).getBoundingClientRect();
  for (let y = Math.ceil(box.top); y < box.bottom; y += 2) {
    for (let x = Math.ceil(box.left); x < box.right; x += 2) {
      const target = document.elementFromPoint(x, y);
      if (target?.dataset.zoneShape !== above) continue;
      const [first, second] = clausemap.zonesAt({ clientX: x, clientY: y, target });
      if (first === above && second === below) return [x, y];
    }
  }
}"""


def test_the_map_draws_every_zone(open_page: Opener) -> None:
    page = open_page(MAP)
    assert shown_zones(page) == set(edition("us-28-points").zones)
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.sweep(1)
@pytest.mark.parametrize("as_of", ["2024-08-01", "2026-08-21"])
def test_the_map_draws_every_zone_of_another_day(open_page: Opener, as_of: str) -> None:
    page = open_page(f"{MAP}?as_of={as_of}")
    assert shown_zones(page) == set(edition("us-28-points", as_of).zones)


def test_zones_are_hatched_and_the_line_is_dashed(open_page: Opener) -> None:
    page = open_page(MAP)
    fill = page.locator("[data-zone-shape=donetsk-buffer]").get_attribute("fill")
    assert fill is not None
    assert fill.startswith("url(#")
    assert page.locator(fill.removeprefix("url(").removesuffix(")")).count() == 1
    assert page.locator("path.zone-line[stroke-dasharray]").count() >= 2
    assert page.locator("path.part-border").count() >= 1


def test_a_zone_opens_by_mouse(open_page: Opener) -> None:
    page = open_page(MAP)
    open_zone(page, "donetsk-buffer")
    panel = page.locator("[data-panel]")
    words = panel.inner_text()
    for expected in ("Clause 21d", "about 5,980 km²", "between 5,550 and 6,390", "Ukraine (20 November 2025)"):
        assert expected in words
    assert "internationally recognised" in words
    page.locator("[data-close]").click()
    assert panel.is_hidden()


@pytest.mark.smoke
@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_zone_opens_by_keyboard(open_page: Opener, key: str) -> None:
    page = open_page(MAP)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.zoneShape") == "donetsk-buffer":
            break
    else:
        pytest.fail("Tab never reaches the buffer zone")
    assert page.locator("path.highlight").count() > 0, "no visible focus"
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert "21d" in label
    assert "5,980" in label
    page.keyboard.press(key)
    panel = page.locator("[data-panel]")
    assert panel.is_visible()
    assert panel.evaluate("panel => panel.contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert page.evaluate("document.activeElement.dataset.zoneShape") == "donetsk-buffer"


OVER = [
    ("ukraine-20-points", "donetsk-fez", "donetsk-unheld"),
    ("kellogg-2025-04", "demilitarised-held", "held-kharkiv"),
]


@pytest.mark.sweep(1)
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "390"])
@pytest.mark.parametrize(("proposal_id", "above", "below"), OVER, ids=["economic", "buffer"])
def test_a_second_click_opens_what_lies_below(
    open_page: Opener, size: tuple[int, int], proposal_id: str, above: str, below: str
) -> None:
    page = open_page(f"/en/map/{proposal_id}", size)
    page.emulate_media(reduced_motion="reduce")  # the view jumps to a zone, so that a place that is found stays there
    page.reload()
    page.wait_for_selector(DRAWN)
    for zone_id in (above, below):
        page.locator("#map").evaluate("map => map.scrollIntoView()")
        page.mouse.click(*page.evaluate(MET, [above, below]))
        page.locator(f"[data-zone-shape={zone_id}][aria-pressed=true]").wait_for()
        assert page.evaluate(on_map("state.opened?.id")) == zone_id
    page.locator("[data-close]").click()
    assert page.evaluate("document.activeElement.dataset.zoneShape") == below


def test_a_double_click_leaves_open_what_it_opened(open_page: Opener) -> None:
    page = open_page("/en/map/ukraine-20-points")
    page.locator("#map").evaluate("map => map.scrollIntoView()")
    page.mouse.dblclick(*page.evaluate(MET, ["donetsk-fez", "donetsk-unheld"]))
    page.locator("[data-panel]").wait_for(state="visible")
    assert page.evaluate(on_map("state.opened?.id")) == "donetsk-fez"


@pytest.mark.wide
@pytest.mark.parametrize("proposal_id", ["ukraine-20-points", "kellogg-2025-04"])
def test_every_zone_opens_by_keyboard(open_page: Opener, proposal_id: str) -> None:
    page = open_page(f"/en/map/{proposal_id}")
    for zone_id in edition(proposal_id).zones:
        page.locator(f"[data-zone-shape='{zone_id}']").focus()
        page.keyboard.press("Enter")
        assert page.evaluate(on_map("state.opened?.id")) == zone_id
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.dataset.zoneShape") == zone_id


@pytest.mark.smoke
def test_a_zone_opens_on_a_phone(open_page: Opener) -> None:
    page = open_page(MAP, PHONE)
    open_zone(page, "crimea")
    assert "Crimea" in page.locator("[data-panel]").inner_text()


@pytest.mark.smoke
def test_the_legend_shows_and_hides_zones(open_page: Opener) -> None:
    page = open_page(MAP)
    box = page.locator("input[data-zones*=donetsk-buffer]")
    box.uncheck()
    assert shown_zones(page) == set(edition("us-28-points").zones) - {"donetsk-buffer"}
    box.check()
    assert "donetsk-buffer" in shown_zones(page)


def test_a_zone_in_the_address_is_open(open_page: Opener) -> None:
    page = open_page(f"{MAP}#zone-kherson-frozen")
    page.locator("[data-panel] h3", has_text="Kherson").wait_for()
    page.wait_for_function("() => Math.abs(document.querySelector('#map').getBoundingClientRect().top) < 200")


@pytest.mark.sweep(1)
@pytest.mark.smoke
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "390"])
def test_labels_are_whole_and_do_not_collide(open_page: Opener, lang: str, size: tuple[int, int]) -> None:
    page = open_page(f"/{lang}/map/us-28-points", size)
    boxes = page.locator(".map-labels text").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(box => [box.left, box.top, box.right, box.bottom])"
    )
    assert len(boxes) > 15
    for (left, top, right, bottom), other in combinations(boxes, 2):
        across = min(right, other[2]) - max(left, other[0])
        down = min(bottom, other[3]) - max(top, other[1])
        assert across <= 0 or down <= 5, "two labels lie on each other"  # a line is taller than its letters
    frame = page.locator(".map-frame").bounding_box()
    assert frame is not None
    edges = (frame["x"], frame["x"] + frame["width"])
    assert not [box for box in boxes if any(box[0] < edge - 2 and box[2] > edge + 2 for edge in edges)]


def test_the_language_switch_keeps_the_day(open_page: Opener) -> None:
    page = open_page(f"{MAP}?as_of=2026-01-01")
    page.locator(".languages a[lang=uk]").click()
    page.wait_for_selector(DRAWN)
    assert urlsplit(page.url).path == "/uk/map/us-28-points"
    assert urlsplit(page.url).query == "as_of=2026-01-01"
    assert "1 січня 2026" in page.locator(".strip").inner_text()


def test_another_day_is_chosen_with_the_form(open_page: Opener) -> None:
    page = open_page(MAP)
    page.locator("#as_of").select_option("2024-08-01")
    wait_for_day(page, "2024-08-01")
    assert "1 August 2024" in page.locator(".strip").inner_text()
    held = edition("us-28-points", "2024-08-01").held
    shown = read_area("en", held.area_km2, held.area_low_km2, held.area_high_km2)
    assert shown.area in page.locator("table.areas tfoot").first.inner_text()


@pytest.mark.sweep(1)
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "390"])
def test_that_it_is_a_proposal_is_always_in_view(open_page: Opener, size: tuple[int, int]) -> None:
    page = open_page(MAP, size)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
    strip = page.locator(".strip")
    assert "not in force" in strip.inner_text()
    top = strip.bounding_box()
    assert top is not None
    assert 0 <= top["y"] < 5


@pytest.mark.smoke
def test_everything_is_readable_without_javascript(open_page: Opener) -> None:
    page = open_page(MAP, scripts=False)
    table = page.locator("table.areas").first
    assert table.locator("tbody tr", has_text="Donetsk buffer zone").inner_text().count("5,980") == 1
    assert page.locator(".by-zone a[href$='donetsk-buffer.geojson']").count() == 1
    assert page.locator("noscript img").count() == 1
    for of_scripts in (".map-state", ".badge", ".hint", ".legend input", ".through"):
        assert page.locator(of_scripts).first.is_hidden()


def test_layers_are_fetched_and_not_in_the_page(open_page: Opener) -> None:
    page = open_page(MAP, drawn=False)
    fetched: list[str] = []
    page.on(
        "response",
        lambda answer: fetched.append(answer.headers.get("content-encoding", "")) if ".geojson" in answer.url else None,
    )
    page.reload()
    page.wait_for_selector(DRAWN)
    assert len(fetched) == 2  # the ground and the zones
    assert set(fetched) == {"br"}
    html = page.request.get(page.url).text()
    assert "coordinates" not in html
    assert len(html) < 150_000


def test_the_scale_is_in_kilometres_and_the_buttons_have_names(open_page: Opener) -> None:
    page = open_page("/uk/map/us-28-points")
    assert "км" in page.locator(".leaflet-control-scale-line").inner_text()
    buttons = page.locator(".leaflet-bar :is(a, button)")
    names = buttons.evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert len(set(names)) == 4
    assert all(names)


@pytest.mark.sweep(1)
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "390"])
def test_a_map_that_is_printed_is_fitted_to_the_paper(open_page: Opener, size: tuple[int, int]) -> None:
    page = open_page(MAP, size)
    before = page.evaluate(on_map("theMap().getSize()"))
    page.evaluate(
        on_map("""void addEventListener("beforeprint", () => {
      window.printed = [theMap().getSize(), isAtHome()];
    })""")
    )
    page.pdf(format="A4")
    printed, home = page.evaluate("window.printed")
    assert home
    assert printed["x"] / printed["y"] == pytest.approx(170 / 150, rel=0.02)
    page.wait_for_function("() => !document.documentElement.classList.contains('printing')")
    assert page.evaluate(on_map("theMap().getSize()")) == before
    assert page.evaluate(on_map("isAtHome()"))


def test_what_is_held_lies_below_all_zones_and_is_seen_where_they_are_hidden(open_page: Opener) -> None:
    page = open_page(f"{MAP}?off=crimea,sevastopol")
    held = page.locator(".held-ground")
    assert held.count() == 1
    below = page.evaluate("""() => {
      const height = (selector) => getComputedStyle(document.querySelector(selector).closest(".leaflet-pane")).zIndex;
      const pane = (selector) => Number(height(selector));
      return pane(".held-ground") < pane("[data-zone-shape=crimea]");
    }""")
    assert below
    assert page.locator("[data-key=held-ground]").is_visible()


def test_near_the_end_of_the_data_the_map_says_how_exact_it_is(open_page: Opener) -> None:
    page = open_page(MAP)
    note = page.locator(".map-exactness")
    few = page.locator(".part-water").count()
    assert not note.is_visible()
    page = open_page(f"{MAP}?view=9.5,48.6,37.7")
    note = page.locator(".map-exactness")
    assert note.is_visible()
    assert "1 km" in note.inner_text()
    assert page.locator(".leaflet-control-zoom-in.leaflet-disabled").count() == 1
    assert page.locator(".part-water").count() > few

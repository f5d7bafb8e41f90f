"""The page to draw on: a line by mouse, by touch and by keyboard, its figures, files, addresses, what is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

import layers
from tests.browser.opening import PHONE, WIDE, Opener
from tests.cases import case
from webapp.cli import main

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

US = "us-28-points"
PAGE = f"/en/draw#proposal={US}"
READY = "[data-draw][data-ready]"
PLACES = ((0.5, 0.72), (0.6, 0.55), (0.7, 0.45), (0.78, 0.24))  # of the map: from the sea to the north
ACROSS = [[31, 44], [33, 48], [36, 49], [38, 53]]
TOTALS = "[data-figures] > table:first-of-type tbody tr:first-child td"
POINTS = "[data-points] [role=option]"


def opened(open_page: Opener, address: str = PAGE, size: tuple[int, int] = WIDE, **more: Any) -> Page:
    page = open_page(address, size, drawn=False, **more)
    page.wait_for_selector(READY, timeout=30_000)
    page.locator("[data-map]").scroll_into_view_if_needed()
    return page


def pixels(page: Page) -> list[tuple[float, float]]:
    box = page.locator("[data-map]").bounding_box()
    assert box
    return [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in PLACES]


def given(page: Page, content: object, name: str = "line.geojson") -> None:
    text = content if isinstance(content, str) else json.dumps(content)
    file: FilePayload = {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    page.locator("[data-file]").set_input_files(file)


def measured(page: Page, points: int) -> tuple[float, float]:
    """The territory on both sides, once a drawing of so many points has been measured."""
    page.wait_for_function(f"() => document.querySelectorAll('{POINTS}').length === {points}")
    page.wait_for_selector("[data-draw][data-measured=true]")
    left, right = (float(cell.get_attribute("data-value") or "") for cell in page.locator(TOTALS).all())
    return left, right


def command(page: Page, path: Path, *options: str) -> dict[str, Any]:
    """What ``clausemap measure`` says of the drawing that the page saves."""
    with page.expect_download() as download:
        page.locator("[data-act=save]").click()
    download.value.save_as(path)
    date = page.locator("[data-date]").input_value()
    words = ["measure", str(path), "--proposal", US, "--as-of", date, "--format", "json", *options]
    found: dict[str, Any] = json.loads(CliRunner().invoke(main, words).stdout)
    return found


def by_command(page: Page, path: Path) -> tuple[float, float]:
    left, right = command(page, path)["area_km2"]
    return left, right


@pytest.mark.smoke
def test_a_line_drawn_by_mouse_has_the_figures_of_the_command(open_page: Opener, tmp_path: Path) -> None:
    page = opened(open_page)
    for place in pixels(page):
        page.mouse.click(*place)
    assert measured(page, 4) == pytest.approx(by_command(page, tmp_path / "a.geojson"), rel=1e-4)


def test_a_line_drawn_by_touch_has_the_figures_of_the_command(open_page: Opener, tmp_path: Path) -> None:
    page = opened(open_page, size=PHONE, has_touch=True)
    for number, place in enumerate(pixels(page), 1):
        page.touchscreen.tap(*place)
        page.wait_for_function(f"() => document.querySelectorAll('{POINTS}').length === {number}")
    assert measured(page, 4) == pytest.approx(by_command(page, tmp_path / "a.geojson"), rel=1e-4)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


@pytest.mark.sweep(1)
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=str)
def test_a_line_drawn_by_keyboard_has_the_figures_of_the_command(
    open_page: Opener, tmp_path: Path, size: tuple[int, int]
) -> None:
    page = opened(open_page, size=size)
    page.locator("[data-snap]").uncheck()
    for lon, lat in ACROSS[:3]:
        page.locator("[data-act=insert]").focus()
        page.keyboard.press("Enter")
        for field, value in (("[data-lat]", lat), ("[data-lon]", lon)):
            page.locator(field).focus()
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.type(str(value))
            page.keyboard.press("Enter")
    page.locator("[data-points]").focus()
    page.keyboard.press("End")
    page.keyboard.press("+")
    page.keyboard.press("Enter")
    for _ in range(36):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert "Point 4 of 4" in (page.locator("[data-said]").text_content() or "")
    assert measured(page, 4) == pytest.approx(by_command(page, tmp_path / "a.geojson"), rel=1e-4)


@pytest.mark.sweep(1)
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=str)
def test_points_are_dragged_added_on_the_line_and_taken_back(open_page: Opener, size: tuple[int, int]) -> None:
    page = opened(open_page, size=size)
    places = pixels(page)
    for place in places:
        page.mouse.click(*place)
    before = measured(page, 4)
    page.mouse.move(*places[1])
    page.mouse.down()
    page.mouse.move(places[1][0] - 60, places[1][1], steps=4)
    page.mouse.up()
    assert measured(page, 4)[0] < before[0]
    page.locator("[data-act=undo]").click()
    assert measured(page, 4) == before
    page.locator("[data-act=redo]").click()
    assert measured(page, 4)[0] < before[0]
    page.locator("[data-act=undo]").click()
    middle = ((places[1][0] + places[2][0]) / 2, (places[1][1] + places[2][1]) / 2)
    page.mouse.click(*middle)
    measured(page, 5)
    page.keyboard.press("ControlOrMeta+z")
    measured(page, 4)
    page.locator("[data-points]").focus()
    page.keyboard.press("Delete")
    page.wait_for_function(f"() => document.querySelectorAll('{POINTS}').length === 3")


def test_a_shared_address_opens_the_same_drawing(open_page: Opener, live_server: str) -> None:
    page = opened(open_page)
    given(page, {"type": "LineString", "coordinates": ACROSS})
    figures = measured(page, 4)
    page.wait_for_function("() => location.hash.includes('drawing=')")
    other = opened(open_page, page.url.removeprefix(live_server))
    assert measured(other, 4) == figures
    assert len(page.context.cookies()) == 0
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_line_of_contact_and_a_zone_are_starting_points(open_page: Opener) -> None:
    page = opened(open_page)
    page.locator("[data-act=start]").click()
    page.wait_for_selector("[data-draw][data-measured=true]")
    assert re.search(r"0\.0 to 0\.0 km from the line of contact", page.locator("[data-figures]").inner_text())
    page.locator("[data-start]").select_option("donetsk-buffer")
    page.locator("[data-act=start]").click()
    page.wait_for_function("() => document.querySelector('[data-act=area]').ariaPressed === 'true'")
    page.wait_for_selector("[data-draw][data-measured=true]")
    zones = layers.load_zones(US).set_index("id")
    inside = float(page.locator(TOTALS).first.get_attribute("data-value") or "")
    assert inside == pytest.approx(zones.area_km2["donetsk-buffer"], rel=1e-4), "all parts of the zone"


BAD_FILES = (
    ("no map", "cannot be read"),
    ({"type": "Point", "coordinates": [31, 48]}, "no line and no polygon"),
    ({"type": "LineString", "coordinates": [[31 + place * 1e-6, 44] for place in range(30_000)]}, "20,000 points"),
    ({"type": "Feature", "properties": {"name": "<img src=x>"}, "geometry": None}, "markup"),
    ("<!DOCTYPE kml [<!ENTITY a 'b'>]><kml>&a;</kml>", "document type"),
    ({"type": "MultiLineString", "coordinates": [[[31, 44], [31, 53]], [[33, 44], [33, 53]]]}, "several"),
    ("<kml><Placemark><name>&lt;img src=x&gt;</name></Placemark></kml>", "markup"),
    ("<gpx><wpt lon='31' lat='48'/></gpx>", "no line and no polygon"),
    (" " * (5 * 2**20 + 1), "larger than 5 MB"),
)
ONE_SIDED = (
    ([[31, 44], [33, 48], [31, 48], [33, 46], [38, 53]], "crosses itself"),
    ([[31, 48], [36, 53]], "inside Ukraine"),
    ([[30, 43], [34, 43]], "less than 1 km²"),
    ([[10, 48], [36, 53]], "outside the map"),
)


def test_a_bad_file_is_refused_and_what_was_drawn_stays(open_page: Opener) -> None:
    page = opened(open_page)
    given(page, {"type": "LineString", "coordinates": ACROSS})
    before = measured(page, 4)
    for content, words in BAD_FILES:
        with case(words):
            given(page, content, "bad.kml" if isinstance(content, str) else "bad.geojson")
            page.locator("[data-problem]", has_text=words).wait_for()
            assert "still here" in page.locator("[data-problem]").inner_text()
            assert measured(page, 4) == before


MILLION = (
    "<kml><LineString><coordinates>" + "1,2 3,4 " * 500_000 + "</coordinates></LineString></kml>",
    {"type": "MultiLineString", "coordinates": [[[1, 2], [3, 4]]] * 200_000},
)


def test_a_file_of_a_million_points_is_refused_within_seconds(open_page: Opener) -> None:
    page = opened(open_page)
    given(page, {"type": "LineString", "coordinates": ACROSS})
    before = measured(page, 4)
    for content in MILLION:
        given(page, content, "many.kml" if isinstance(content, str) else "many.geojson")
        page.locator("[data-problem]", has_text="20,000").wait_for()
        page.locator("[data-act=undo]").click()
        page.locator("[data-act=redo]").click()
        assert measured(page, 4) == before


def test_a_line_without_two_sides_is_told_of(open_page: Opener) -> None:
    page = opened(open_page)
    for coordinates, words in ONE_SIDED:
        given(page, {"type": "LineString", "coordinates": coordinates})
        page.locator("[data-sum]", has_text=words).wait_for()


def test_files_of_other_programs_are_opened(open_page: Opener) -> None:
    page = opened(open_page)
    positions = " ".join(f"{lon},{lat},0" for lon, lat in ACROSS)
    line = f"<Placemark><name>a</name><LineString><coordinates>{positions}</coordinates></LineString></Placemark>"
    given(page, f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{line}</Document></kml>', "a.kml")
    figures = measured(page, 4)
    page.locator("[data-act=clear]").click()
    points = "".join(f'<trkpt lon="{lon}" lat="{lat}"/>' for lon, lat in ACROSS)
    given(page, f"<gpx><trk><trkseg>{points}</trkseg></trk></gpx>", "a.gpx")
    assert measured(page, 4) == figures


@pytest.mark.sweep(1)
@pytest.mark.parametrize("packed", ["AAAA", "%25%25", "x"])
def test_a_bad_address_is_refused(open_page: Opener, packed: str) -> None:
    page = opened(open_page, f"{PAGE}&drawing={packed}")
    page.locator("[data-problem]", has_text="no drawing that can be read").wait_for()


def test_the_map_page_loads_nothing_of_it(open_page: Opener) -> None:
    page = open_page(f"/en/map/{US}")
    assert not page.evaluate("performance.getEntriesByType('resource').some(({name}) => name.includes('draw'))")


BOXES = {
    "type": "MultiPolygon",
    "coordinates": [
        [
            [[36.6, 47.6], [38.4, 47.7], [38.1, 48.9], [36.6, 47.6]],
            [[37.6, 47.9], [38.0, 47.9], [38.0, 48.2], [37.6, 47.9]],
        ],
        [[[33.0, 46.4], [34.5, 46.5], [34.0, 47.3], [33.0, 46.4]]],
    ],
}


@pytest.mark.sweep(1)
@pytest.mark.parametrize("drawn", [{"type": "LineString", "coordinates": ACROSS}, BOXES], ids=["line", "areas"])
def test_a_buffer_has_the_figures_of_the_command(open_page: Opener, tmp_path: Path, drawn: dict[str, Any]) -> None:
    page = opened(open_page)
    given(page, drawn)
    page.locator("[data-buffer]").fill("12.5")
    page.locator("[data-sum]", has_text="being measured").wait_for()
    page.wait_for_selector("[data-draw][data-buffered='12.5']")
    assert "being measured" not in page.locator("[data-sum]").inner_text()
    assert page.locator(".draw-buffer").get_attribute("d") != "M0 0"
    shown = page.locator("[data-figures] h3 + table tbody tr").first
    found = [float(cell.get_attribute("data-value") or "") for cell in shown.locator("td").all()]
    assert found == pytest.approx(
        command(page, tmp_path / "a.geojson", "--buffer-km", "12.5")["within_buffer"]["area_km2"], 1e-4
    )
    assert "Within 12.5 km" in page.locator("[data-sum]").inner_text()


def test_several_areas_are_measured_edited_one_at_a_time_and_shared(
    open_page: Opener, live_server: str, tmp_path: Path
) -> None:
    page = opened(open_page)
    given(page, BOXES)
    before = measured(page, 3)
    assert before == pytest.approx(by_command(page, tmp_path / "a.geojson"), rel=1e-4)
    page.locator("[data-ring]").select_option(label="Area 3 of 3")
    page.locator("[data-points]").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Insert")
    assert measured(page, 4) == pytest.approx(before)
    page.locator("[data-ring]").select_option(label="Another area")
    page.wait_for_function(f"() => document.querySelectorAll('{POINTS}').length === 0")
    page.wait_for_function("() => location.hash.includes('drawing=')")
    page.locator("[data-act=copy]").click()
    other = opened(open_page, page.url.removeprefix(live_server))
    assert measured(other, 3) == pytest.approx(before)
    assert other.locator("[data-ring] option").count() == 4


def test_areas_that_overlap_are_refused(open_page: Opener) -> None:
    page = opened(open_page)
    squares = [[[[x, 47], [x + 2, 47], [x + 2, 49], [x, 49], [x, 47]]] for x in (34, 35)]
    given(page, {"type": "MultiPolygon", "coordinates": squares})
    page.locator("[data-sum], [data-problem]", has_text="overlap").first.wait_for()


@pytest.mark.sweep(1)
@pytest.mark.parametrize(
    ("drawn", "told"),
    [({"type": "LineString", "coordinates": ACROSS}, "drawn-side"), (BOXES, "drawn-area")],
    ids=["line", "areas"],
)
def test_a_proposal_file_has_the_areas_that_the_page_told(
    open_page: Opener, tmp_path: Path, drawn: dict[str, Any], told: str
) -> None:
    page = opened(open_page)
    given(page, drawn)
    page.locator("[data-buffer]").fill("10")
    page.wait_for_selector("[data-draw][data-buffered='10']")
    sides = measured(page, 4 if told == "drawn-side" else 3)
    row = page.locator("[data-figures] h3 + table tbody tr").first
    near = sum(float(cell.get_attribute("data-value") or "") for cell in row.locator("td").all())
    with page.expect_download() as download:
        page.locator("[data-act=propose]").click()
    path = tmp_path / "proposals" / download.value.suggested_filename
    download.value.save_as(path)
    checked = CliRunner().invoke(main, ["proposals", "check", str(path)])
    assert checked.exit_code == 0, checked.output
    assert "still to be written" in checked.stderr
    layer = tmp_path / "layer.geojson"
    words = ["export", path.stem, "-o", str(layer), "--workspace", str(tmp_path)]
    exported = CliRunner().invoke(main, words)
    assert exported.exit_code == 0, exported.output
    zones = {one["id"]: one["properties"] for one in json.loads(layer.read_text("utf-8"))["features"]}
    assert zones[told]["area_km2"] == pytest.approx(min(sides) if told == "drawn-side" else sides[0], rel=1e-4)
    assert zones["drawn-buffer"]["area_km2"] == pytest.approx(near, rel=1e-4)

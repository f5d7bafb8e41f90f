"""Charts as they are drawn: the same bytes each time, a dot a date where the figures put it, words that fit."""

import re
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor

import pytest

from layers.catalogue.model import Catalogue
from layers.tables.timeline import Series, TimelineRow
from tests.webapp.charts.conftest import drawings, sheet_of
from tests.words import LANGUAGES, language, number_text, text
from webapp.charts.markup import inner_markup
from webapp.charts.plot import Plot, draw
from webapp.charts.style import BOTTOM_PX, HEIGHT_PX, LEFT_PX, RIGHT_PX, TEXT_PX, TOP_PX, WIDTH_PX, look_of
from webapp.typography.fonts import missing_characters, text_width

WITHDRAWAL = {"kind": "withdrawal", "clause": "21c", "held_by": "russia", "partition": True, "recognition_mode": None}
US, UA = "us-28-points", "ukraine-20-points"
EDGES = {"start": 0.0, "middle": 0.5, "end": 1.0}


def tree(drawing: str) -> ET.Element:
    return ET.fromstring(f"<svg>{drawing}</svg>")


def dots(drawing: str, colour: str) -> list[tuple[float, float]]:
    """Where the marks of a colour stand, in pixels."""
    return [
        (float(use.attrib["x"]), float(use.attrib["y"]))
        for use in tree(drawing).iter("use")
        if use.get("fill") == colour
    ]


def places_of_ticks(drawing: str, lang: str, ticks: tuple[float, ...]) -> dict[float, float]:
    """Where the figures at the left stand, by their value."""
    words = {number_text(lang, tick): tick for tick in ticks}
    found = {words[label.text]: float(label.attrib["y"]) for label in tree(drawing).iter("text") if label.text in words}
    assert set(found) == set(ticks)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("proposal_id", [US, UA])
def test_every_date_has_a_dot_and_every_chart_its_words(catalogue: Catalogue, proposal_id: str, lang: str) -> None:
    for chart in sheet_of(catalogue, proposal_id, lang).charts:
        drawing = drawings(proposal_id, lang)[chart.series.id]
        shown = dots(drawing, look_of(chart.series).line)
        absent = dots(drawing, "#ffffff")
        assert len(shown) == len(chart.series.present)
        assert len(shown) + len(absent) == 57
        assert {y for _, y in absent} <= {HEIGHT_PX - BOTTOM_PX}
        labels = [label.text for label in tree(drawing).iter("text")]
        assert text(lang, "timeline.unit") in labels
        assert sum(text(lang, "timeline.draft", date="").strip(" ：,") in (label or "") for label in labels) == 1


def test_the_dots_stand_where_the_figures_say(catalogue: Catalogue) -> None:
    (chart,) = sheet_of(catalogue, US, "en", "donetsk-buffer").charts
    drawing = drawings(US, "en")["donetsk-buffer"]
    places = places_of_ticks(drawing, "en", (0.0, 5000.0, 10000.0))
    px_per_km2 = (places[0.0] - places[10000.0]) / 10000
    assert places[5000.0] == pytest.approx((places[0.0] + places[10000.0]) / 2, abs=0.02)
    zero = HEIGHT_PX - BOTTOM_PX
    for (_, y), row in zip(dots(drawing, look_of(chart.series).line), chart.series.rows, strict=True):
        assert zero - y == pytest.approx((row.area_km2 or 0) * px_per_km2, abs=0.1)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("proposal_id", [US, UA])
def test_words_fit_and_do_not_touch(proposal_id: str, lang: str) -> None:
    for drawing in drawings(proposal_id, lang).values():
        boxes = []
        for label in tree(drawing).iter("text"):
            words, x, y = label.text or "", float(label.attrib["x"]), float(label.attrib["y"])
            assert label.attrib["font-size"] == f"{TEXT_PX}px"
            assert not missing_characters(words)
            width = text_width(words, TEXT_PX)
            left = x - EDGES[label.attrib.get("text-anchor", "start")] * width
            assert left >= -0.5
            assert left + width <= WIDTH_PX + 0.5
            boxes.append((left, left + width, y))
        for place, (left, right, y) in enumerate(boxes):
            others = [box for box in boxes[place + 1 :] if abs(box[2] - y) < TEXT_PX]
            assert all(right + 3 <= other[0] or other[1] + 3 <= left for other in others), boxes


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_chart_can_stand_in_a_page(lang: str) -> None:
    ids: list[str] = []
    for zone, drawing in drawings(US, lang).items():
        root = tree(drawing)
        own = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
        assert all(name.startswith(f"chart-{zone}-") for name in own)
        ids += own
        assert {element.attrib["href"][1:] for element in root.iter("use")} <= set(own)
        assert {element.tag for element in root.iter()} <= {"svg", "g", "path", "defs", "use", "text"}
        assert not [
            name for element in root.iter() for name in element.attrib if name in ("style", "font-family", "class")
        ]
        assert len(drawing) < 12_000
    assert len(ids) == len(set(ids))


def test_the_same_bytes_in_every_thread(catalogue: Catalogue) -> None:
    series = sheet_of(catalogue, US, "en", "donetsk-buffer").charts[0].series
    plots = [Plot(series, "2025-11-20", language(lang), WIDTH_PX, HEIGHT_PX) for lang in LANGUAGES] * 3
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(draw, plots))
    assert drawn[:3] == drawn[3:6] == drawn[6:]
    for lang, document in zip(LANGUAGES, drawn, strict=False):
        assert inner_markup(document, "chart-donetsk-buffer") == drawings(US, lang)["donetsk-buffer"]
        assert not re.search(r"matplotlib|20\d\d-\d\d-\d\dT", re.sub(r'id="[^"]*"', "", document))


def test_a_line_breaks_where_there_is_no_zone_and_a_lone_date_shows_its_interval() -> None:
    rows = (
        TimelineRow("2025-01-01", 20, 10, 30),
        TimelineRow("2025-02-01"),
        TimelineRow("2025-03-01", 30, 20, 40),
        TimelineRow("2025-04-01", 40, 30, 50),
    )
    series = Series("made", {}, "21c", "withdrawal", partition=True, whole=False, rows=rows, properties=WITHDRAWAL)
    drawing = inner_markup(draw(Plot(series, "2030-01-01", language("en"), WIDTH_PX, HEIGHT_PX)), "made")
    look = look_of(series)
    assert len(dots(drawing, look.line)) == 3
    assert len(dots(drawing, "#ffffff")) == 1
    paths = list(tree(drawing).iter("path"))
    assert len([path for path in paths if path.get("fill") == look.band]) == 1
    (interval,) = [path for path in paths if path.get("stroke-width") == "3"]
    top, bottom = HEIGHT_PX - TOP_PX, BOTTOM_PX
    heights = [float(part) for part in re.findall(r"[\d.]+", interval.attrib["d"])[1::2]]
    assert 0 < max(heights) - min(heights) < top - bottom
    assert "Draft" not in drawing


def test_both_ends_of_the_axis_are_inside(catalogue: Catalogue) -> None:
    charts = sheet_of(catalogue, US, "en").charts_by_zone
    for zone, drawing in drawings(US, "en").items():
        places = [x for x, _ in dots(drawing, look_of(charts[zone].series).line)]
        assert min(places) > LEFT_PX
        assert max(places) < WIDTH_PX - RIGHT_PX
        assert places == sorted(places)

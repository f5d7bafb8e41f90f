"""All charts on one sheet: what it states, that nothing overlaps, the same bytes as SVG and as PNG."""

import struct
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from layers.catalogue.model import Catalogue
from layers.tables.timeline import read_timeline
from tests.webapp.charts.conftest import sheet_of
from tests.words import LANGUAGES, language, text
from webapp.charts import drawn_charts, prepare_charts, prepared_charts, render_png, render_svg
from webapp.charts.sheet import SHEET_PX, lay_out
from webapp.charts.style import HEIGHT_PX, WIDTH_PX
from webapp.disk_cache import DiskCache

US, UA = "us-28-points", "ukraine-20-points"
SVG = "{http://www.w3.org/2000/svg}"


def svg_of(catalogue: Catalogue, proposal_id: str, lang: str) -> str:
    proposal = catalogue.proposal(proposal_id)
    return render_svg(catalogue, proposal, read_timeline(catalogue, proposal), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("proposal_id", [US, UA])
def test_the_sheet_says_what_it_is(catalogue: Catalogue, proposal_id: str, lang: str) -> None:
    source = svg_of(catalogue, proposal_id, lang)
    root = ET.fromstring(source)
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert (root.attrib["role"], root.attrib["lang"], root.attrib["width"]) == ("img", lang, "1200")
    named = root.attrib["aria-labelledby"].split()
    assert named == [root[0].attrib["id"], root[1].attrib["id"]]
    title, description = "".join(root[0].itertext()), "".join(root[1].itertext())
    assert catalogue.proposal(proposal_id).texts["title"][lang] in title
    sheet = sheet_of(catalogue, proposal_id, lang)
    assert all(chart.description in description for chart in sheet.charts)
    words = "".join(root.itertext()).replace("\u00a0", " ")
    for part in (text(lang, "statement.short"), "68/262", "Natural Earth", "CC BY 4.0"):
        assert part in words
    assert source.count("http") == source.count("http://www.w3.org/") == 1
    assert "<image" not in source


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "zones", [(), ("donetsk-buffer",), ("donetsk-buffer", "crimea"), ("luhansk-held", "contested")]
)
def test_nothing_on_the_sheet_overlaps(catalogue: Catalogue, zones: tuple[str, ...], lang: str) -> None:
    layout = lay_out(sheet_of(catalogue, US, lang, *zones))
    boxes = [setting.box for setting in layout.words]
    assert all(box.left >= 0 and box.right <= SHEET_PX and box.bottom <= layout.height for box in boxes)
    for place, box in enumerate(boxes):
        assert not [other for other in boxes[place + 1 :] if box.overlaps(other)]
    if len(layout.charts) > 4:
        for placed in layout.charts:
            right, bottom = placed.x + WIDTH_PX, placed.y + HEIGHT_PX
            inside = [
                b for b in boxes if b.left < right and placed.x < b.right and b.top < bottom and placed.y < b.bottom
            ]
            assert not inside


def test_png_is_the_sheet_at_two_pixels_a_pixel(catalogue: Catalogue) -> None:
    proposal = catalogue.proposal(US)
    timeline = read_timeline(catalogue, proposal, None, None, ("donetsk-buffer",))
    drawn = render_png(catalogue, proposal, timeline, "uk")
    width, height = struct.unpack(">II", drawn[16:24])
    assert (width, height) == (2400, 2 * lay_out(sheet_of(catalogue, US, "uk", "donetsk-buffer")).height)
    assert drawn == render_png(catalogue, proposal, timeline, "uk")


def test_the_same_bytes_whether_drawn_or_kept(catalogue: Catalogue, kept: Path) -> None:
    drawn = svg_of(catalogue, US, "en")
    (path,) = kept.glob("*/*")
    assert svg_of(catalogue, US, "en") == drawn
    path.unlink()
    assert svg_of(catalogue, US, "en") == drawn


@pytest.mark.slow
def test_charts_are_read_where_they_are_kept_and_mended_where_they_are_broken(catalogue: Catalogue, kept: Path) -> None:
    sheet = sheet_of(catalogue, US, "en")
    made = drawn_charts(sheet)
    (path,) = kept.glob("*/*")
    whole = path.read_bytes()
    for broken in (b"", b"{}", whole[:-1], whole[:20], whole.replace(b"path", b"line")):
        path.write_bytes(broken)
        assert drawn_charts(sheet) == made
        assert path.read_bytes() == whole
    assert set(drawn_charts(sheet_of(catalogue, US, "en", "crimea"))) == {"crimea"}
    drawn_charts(sheet_of(catalogue, US, "en", since="2026-01-01"))
    assert list(kept.glob("*/*")) == [path]


@pytest.mark.slow
def test_charts_of_other_versions_are_removed(
    catalogue: Catalogue, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.charts.cache.draw_charts", lambda sheet: dict.fromkeys(sheet.charts_by_zone, "<g/>"))
    DiskCache(kept).write("of-another-version", b"{}")
    two = {key: catalogue.proposals[key] for key in (US, UA)}
    assert prepare_charts(replace(catalogue, proposals=two)) == 6
    assert len(list(kept.glob("*/*"))) == 6
    assert DiskCache(kept).read("of-another-version") is None
    assert all(prepared_charts(catalogue, proposal, language(lang)) for proposal in two.values() for lang in LANGUAGES)

"""The SVG as a file: well-formed, described, live text in our fonts, figures of the data, the same bytes each time."""

import hashlib
import io
import math
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import product
from typing import cast

import pytest
import resvg_py
from PIL import Image, ImageChops, ImageStat

from layers.catalogue.model import Catalogue, load_catalogue
from layers.errors import DateError, UnknownError
from layers.zone_properties import ZoneProperties
from tests.webapp.images.conftest import PROPOSALS, Picture, picture_of
from tests.words import LANGUAGES, figure_text, language
from webapp.images import render_svg
from webapp.images.layout.legend import is_small, legend
from webapp.images.map.projection_frame import Rectangle
from webapp.images.map.scene import CLIP_MARGIN_PX
from webapp.images.options.options import NAMED_SIZES, SIZES, Options
from webapp.jobs.editions import open_catalogue
from webapp.setup import ROOT
from webapp.style.light import style_key, zone_style
from webapp.text.interface import date_text
from webapp.text.totals import total
from webapp.typography.fonts import WEIGHTS, missing_characters

SVG = "{http://www.w3.org/2000/svg}"
MOST_BYTES = 150_000
LAYERS = (
    "sea", "neighbours", "coast", "land", "held-ground", "zones", "water", "oblasts", "border", "overlays",
    "line-of-contact", "towns", "sites", "labels", "scale-bar", "panel", "legend", "notes",
)  # fmt: skip
DRAW = """
import hashlib
from layers.catalogue.model import load_catalogue
from webapp.images import render_svg
from webapp.images.options.options import Options
svg = render_svg(load_catalogue(), "us-28-points", None, Options(lang="uk"))
print(hashlib.sha256(svg.encode()).hexdigest())
"""


def _root(picture: Picture) -> ET.Element:
    return ET.fromstring(picture.svg)


def _group(root: ET.Element, name: str) -> ET.Element:
    found = root.find(f".//{SVG}g[@id='{name}']")
    assert found is not None, name
    return found


@pytest.mark.costly
def test_it_is_described_and_says_its_language(picture: Picture) -> None:
    root = _root(picture)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert root.get("role") == "img"
    assert root.get("lang") == root.get("{http://www.w3.org/XML/1998/namespace}lang") == picture.lang
    assert title.text == picture.words.headline
    assert all(row.figure in (description.text or "") for group in picture.words.groups for row in group.rows)


def test_every_layer_is_a_group_of_its_own(picture: Picture) -> None:
    root = _root(picture)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for layer in LAYERS:
        assert len(_group(root, layer)), layer


@pytest.mark.slow
def test_a_locator_is_there_where_it_shows_more_than_the_map() -> None:
    assert picture_of("us-28-points", "own", "en").drawing.locator is None
    near = picture_of("us-28-points", "own", "en", extent="donetsk-buffer").drawing.locator
    assert near is not None
    assert near.held


def test_the_border_lies_over_the_fills_and_the_line_over_the_border(own_picture: Picture) -> None:
    order = [group.get("id") for group in _group(_root(own_picture), "map")]
    for below, above in (
        ("land", "held-ground"),
        ("held-ground", "zones"),
        ("zones", "border"),
        ("border", "line-of-contact"),
    ):
        assert order.index(below) < order.index(above)


def test_it_carries_nothing_that_runs_or_loads(picture: Picture) -> None:
    root = _root(picture)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "defs", "pattern", "clipPath", "g", "path", "rect", "circle", "text", "tspan", "use",
    }  # fmt: skip
    own = re.sub(r'http://www\.(w3\.org/(2000/svg|1999/xlink)|inkscape\.org/namespaces/inkscape)"', "", picture.svg)
    assert not re.search(r"href(?!=\"#labels-\d)|javascript|\son[a-z]+=|<!\[CDATA|http", own)


def test_it_is_small(picture: Picture) -> None:
    assert len(picture.svg.encode()) <= MOST_BYTES


def test_every_character_is_in_the_fonts(picture: Picture) -> None:
    words = "".join(_root(picture).itertext())
    for weight in WEIGHTS:
        assert not missing_characters(words.replace("\n", ""), weight)


def test_zones_carry_their_clause_and_area(picture: Picture) -> None:
    drawn = {element.get("data-zone"): element for element in _root(picture).iter() if element.get("data-zone")}
    expected = [zone for zone in picture.zones if zone["kind"] not in {"country", "river"}]
    assert set(drawn) == {zone["id"] for zone in expected}
    for zone in expected:
        element = drawn[zone["id"]]
        assert element.get("data-clause") == zone["clause"]
        shown = element.get("data-area-km2")
        assert (float(shown) if shown else None) == zone["area_km2"]


def test_areas_of_the_legend_are_those_of_the_data(picture: Picture) -> None:
    rows = {row.key: row for group in picture.words.groups for row in group.rows}
    written = {item.get("data-legend"): item for item in _group(_root(picture), "legend").iter(f"{SVG}g")}
    areas = [zone for zone in picture.zones if zone["area_km2"] is not None and style_key(zone) != "economic-over"]
    told = 0.0
    for key, row in rows.items():
        if row.area_km2 is not None:
            told += row.area_km2
            assert float(written[key].get("data-area-km2", "nan")) == row.area_km2
            assert row.figure in "".join(written[key].itertext())
    assert told <= sum(zone["area_km2"] or 0.0 for zone in areas) + 1.0


def test_a_full_legend_has_a_row_for_every_area(own_picture: Picture) -> None:
    groups = legend(
        own_picture.proposal, own_picture.zones, language("en"), date_text(language("en"), own_picture.edition.as_of)
    )
    told = sum(row.area_km2 or 0.0 for group in groups for row in group.rows)
    areas = [zone for zone in own_picture.zones if style_key(zone) != "economic-over"]
    assert told == pytest.approx(sum(zone["area_km2"] or 0.0 for zone in areas), abs=1.0)


def test_different_marks_that_would_overlap_stand_side_by_side_and_none_is_without_a_name() -> None:
    picture = picture_of("ukraine-20-points", "own", "en")
    places = {site.id: (site.place, zone_style(site.properties).radius_px) for site in picture.drawing.scene.sites}
    (plant, large), (city, small) = places["zaporizhzhia-npp"], places["enerhodar"]
    assert large + small < math.dist(plant, city) < large + small + 2
    phone = picture_of("us-28-points", "own", "en", size=NAMED_SIZES["phone"])
    marked = {one.get("data-zone") for one in _group(_root(phone), "sites") if one.get("data-zone")}
    assert marked <= {label.wanted.id for label in phone.drawing.labels}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["recognised: de facto, by US and others (clause 21a)", "zone: Ukraine leaves; no troops (clause 21d)"]),
        ("uk", ["де-факто, з боку США та інших (п. 21a)", "зона: без військ обох сторін (п. 21d)"]),
        ("zh-Hant", ["由美國等事實上承認（條款21a）", "緩衝區：烏軍撤出，不得駐軍（條款21d）"]),
    ],
)
def test_the_key_of_an_article_says_what_its_terms_would_mean(lang: str, words: list[str]) -> None:
    picture = picture_of("us-28-points", "own", lang)
    joint = "" if lang == "zh-Hant" else " "
    rows = [joint.join(row.label.lines).replace("\u00a0", " ") for group in picture.layout.groups for row in group.rows]
    assert all(any(one in row for row in rows) for one in words)


@pytest.mark.parametrize("size", ["phone", "column-1"])
def test_labels_take_the_place_of_the_key_where_there_is_little_room(size: str) -> None:
    picture = picture_of("us-28-points", "own", "en", size=NAMED_SIZES[size])
    rows = [placed.row for group in picture.layout.groups for placed in group.rows]
    assert [row.key for row in rows] == ["front"]
    assert picture.layout.map_part >= 0.5
    said = {" ".join(label.spot.setting.lines) for label in picture.drawing.labels if label.wanted.kind == "zone"}
    assert {"Russian control recognised", "Frozen", "Buffer zone", "Russia would leave"} <= said
    assert any(town.capital for town in picture.drawing.towns)


@pytest.mark.slow
@pytest.mark.parametrize("size", ["article", "wide", "print"])
def test_the_map_of_an_article_has_most_of_the_surface(size: str) -> None:
    for proposal, lang in product(PROPOSALS, LANGUAGES):
        picture = picture_of(proposal, "own", lang, size=SIZES[size])
        layout = picture.layout
        assert layout.map.width * layout.map.height >= 0.69 * layout.width * layout.height
        rows = [placed.row for group in layout.groups for placed in group.rows]
        assert len([row for row in rows if not is_small(row)]) <= 4
        written = [*layout.settings(), *(label.spot.setting for label in picture.drawing.labels)]
        assert min(setting.lettering.size_px for setting in written) * layout.factor >= 14


@pytest.mark.slow
def test_a_download_has_patterns_and_other_files_paths() -> None:
    catalogue = open_catalogue()
    options = Options(template="pair", beside="ukraine-20-points")
    drawn, paths = (render_svg(catalogue, "us-28-points", None, options, patterns=on) for on in (True, False))
    asked, made = set(re.findall(r"url\(#(pattern-[^)]+)\)", drawn)), re.findall(r'<pattern id="([^"]+)"', drawn)
    assert len(made) == len(set(made))
    assert set(made) == asked
    assert len(asked) >= 5
    assert "<pattern" not in paths
    levels = [
        Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg)))).convert("RGB") for svg in (drawn, paths)
    ]
    assert ImageStat.Stat(ImageChops.difference(*levels)).mean < [1.5] * 3


def test_the_frame_follows_what_is_chosen() -> None:
    whole, part = (picture_of("us-28-points", "own", "en", zones=zones) for zones in ((), ("donetsk-buffer",)))
    assert part.drawing.scene.frame.px_per_metre > 3 * whole.drawing.scene.frame.px_per_metre
    assert part.drawing.locator is not None


def test_the_legend_of_28_points_adds_up_by_clause() -> None:
    picture = picture_of("us-28-points", "own", "en", legend="full")
    rows = {row.key: row for group in picture.words.groups for row in group.rows}
    assert rows["buffer-21d"].figure == "about 5,980 km² (5,550–6,390)"
    assert rows["recognition-21a"].area_km2 == pytest.approx(73_928.5, rel=0.005)
    assert rows["freeze-21b"].area_km2 == pytest.approx(19_167 + 20_192, rel=0.005)


def test_a_zone_whose_extent_is_not_settled_lies_over_others_and_has_no_area_in_the_legend() -> None:
    picture = picture_of("ukraine-20-points", "own", "en", legend="full")
    (row,) = [row for group in picture.words.groups for row in group.rows if row.key == "economic-over-14"]
    assert (row.figure, row.area_km2) == ("", None)
    assert "not settled" in row.label
    written = {item.get("data-legend"): item for item in _group(_root(picture), "legend").iter(f"{SVG}g")}
    drawn = next(one for one in _group(_root(picture), "overlays") if one.get("data-zone") == "donetsk-fez")
    for dashed in (drawn, list(written[row.key].iter(f"{SVG}rect"))[-1]):
        assert dashed.get("fill") == "none"
        assert dashed.get("stroke-dasharray")
    assert len(list(written[row.key].iter(f"{SVG}path"))) == 1  # its hatch


def test_an_area_over_other_zones_hides_nothing_and_has_an_outline() -> None:
    overlays = _group(_root(picture_of("kellogg-2025-04", "own", "en")), "overlays")
    drawn = {str(one.get("data-zone")): one for one in overlays if one.get("data-zone")}
    for name in ("demilitarised-held", "demilitarised-unheld"):
        assert drawn[name].get("fill") == "none"
        assert drawn[name].get("stroke")


@pytest.mark.parametrize(
    ("proposal", "label"),
    [
        ("putin-2024-06", "Line of contact on 1 August 2024"),
        ("us-28-points", "Line of contact on 20 November 2025"),
    ],
)
def test_there_is_one_line_of_contact_whichever_clause_treats_a_stretch_of_it(proposal: str, label: str) -> None:
    picture = picture_of(proposal, "own", "en", legend="full")
    rows = [row for group in picture.words.groups for row in group.rows]
    lines = [row.label.replace("\u00a0", " ") for row in rows if row.sample == "line" and row.key != "border"]
    assert lines == [label]
    assert len({zone_style(line.properties) for line in picture.drawing.scene.lines}) == 1


def test_zones_without_interval_add_the_same_to_low_and_high() -> None:
    fixed = cast(ZoneProperties, {"area_km2": 100.0, "area_low_km2": None, "area_high_km2": None})
    ranged = cast(ZoneProperties, {"area_km2": 10.0, "area_low_km2": 8.0, "area_high_km2": 13.0})
    assert (total([fixed, ranged]).low_km2, total([fixed, ranged]).high_km2) == (108.0, 113.0)
    assert total([fixed]).low_km2 is None
    assert figure_text("en", total([fixed])) == "about 100 km²"


def test_status_control_and_law_are_kept_apart(own_picture: Picture) -> None:
    groups = legend(
        own_picture.proposal, own_picture.zones, language("en"), date_text(language("en"), own_picture.edition.as_of)
    )
    assert [group.key for group in groups] == ["proposed", "control", "legal"]
    assert {row.sample for row in groups[2].rows} == {"line"}
    said = " ".join(row.label for row in groups[1].rows).replace("\u00a0", " ")
    assert "20 November 2025" in said or "24 December 2025" in said


def test_the_statement_stands_at_the_top(picture: Picture) -> None:
    layout = picture.layout
    assert layout.head is not None
    lowest = max(setting.box.bottom for setting in layout.head.under)
    assert lowest < layout.groups[0].rows[0].label.box.top
    source = "".join("".join(note.lines) for note in layout.notes)
    for said in ("68/262", "Earth", "GeoNames", "Clausemap"):
        assert said in source.replace("\u00a0", " ")


def test_shapes_stay_in_the_map(picture: Picture) -> None:
    root, area = _root(picture), picture.drawing.scene.frame.rectangle
    room = area.inset(-CLIP_MARGIN_PX - 0.2)
    for path in _group(root, "map").iter(f"{SVG}path"):
        assert _inside(path.get("d", ""), room), path.attrib


def _inside(data: str, room: Rectangle) -> bool:
    """Whether all places of relative path data lie in a rectangle."""
    for start, moves in re.findall(r"M([-\d. ]+)l([-\d. ]+)", data):
        numbers = [float(number) for number in re.findall(r"-?\d*\.?\d+", f"{start} {moves}")]
        x = y = 0.0
        for right, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + right, y + down
            if not (room.x <= x <= room.right and room.y <= y <= room.bottom):
                return False
    return True


@pytest.mark.slow
def test_the_same_bytes_twice_and_in_another_process(catalogue: Catalogue) -> None:
    first = render_svg(catalogue, "us-28-points", None, Options(lang="uk"))
    assert render_svg(load_catalogue(), "us-28-points", None, Options(lang="uk")) == first
    drawn = subprocess.run([sys.executable, "-c", DRAW], cwd=ROOT, capture_output=True, text=True, check=True)
    assert drawn.stdout.strip() == hashlib.sha256(first.encode()).hexdigest()


def test_a_day_between_two_control_maps_names_both(catalogue: Catalogue) -> None:
    svg = render_svg(catalogue, "us-28-points", "2025-11-22")
    assert 'data-requested-as-of="2025-11-22" data-as-of="2025-11-20"' in svg


def test_what_is_unknown_is_said(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownError, match="us-28-points"):
        render_svg(catalogue, "us-29-points", None)
    with pytest.raises(DateError):
        render_svg(catalogue, "us-28-points", "1991-08-24")


def test_drawing_programs_find_named_layers() -> None:
    root, name = _root(picture_of("us-28-points", "own", "en")), "{http://www.inkscape.org/namespaces/inkscape}"
    layers = {group.get(f"{name}label") for group in root.iter(f"{SVG}g") if group.get(f"{name}groupmode") == "layer"}
    assert set(LAYERS) - {"locator"} <= layers


def test_a_line_of_two_weights_begins_at_its_left_which_programs_that_centre_each_part_keep() -> None:
    labels = picture_of("us-28-points", "own", "en", legend="full").svg
    tailed = re.findall(r'<tspan ([^>]*)>[^<]*<tspan font-weight="400">', labels)
    assert tailed
    assert all('text-anchor="start"' in line for line in tailed)

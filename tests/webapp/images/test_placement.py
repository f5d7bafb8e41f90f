"""Nothing on the image collides, and nothing leaves its frame: proved from boxes, not by eye."""

import math
import re
from collections.abc import Sequence
from itertools import combinations

import pytest
import shapely

from layers.catalogue.model import Catalogue
from layers.kinds.table import KINDS
from tests.cases import case
from tests.webapp.images.conftest import PROPOSALS, Picture, picture_of
from tests.words import LANGUAGES
from webapp.images.labels.others_ground import group_of
from webapp.images.layout.legend import LegendGroup
from webapp.images.layout.panel import boxes_of
from webapp.images.map.projection_frame import Rectangle
from webapp.images.map.scene import Shape
from webapp.images.options.options import SIZES
from webapp.images.output.label_list import foreign_share
from webapp.images.output.svg import said_of
from webapp.text.interface import property_text
from webapp.typography.boxes import Box
from webapp.typography.line_breaking import typographic
from webapp.typography.line_choices import SEGMENT

CLOSE_PX = 14.0  # two marks so near leave room for one name
ALWAYS_NAMED = ("Kyiv", "Kharkiv", "Odesa", "Dnipro", "Donetsk", "Luhansk", "Zaporizhzhia", "Simferopol")


def _shape(box: Box) -> shapely.Polygon:
    return shapely.box(box.left, box.top, box.right, box.bottom)


def _within(box: Box, area: Rectangle) -> bool:
    return box.left >= area.x and box.top >= area.y and box.right <= area.right and box.bottom <= area.bottom


def _inset(picture: Picture) -> list[tuple[str, Box]]:
    if picture.drawing.locator is None:
        return []
    area = picture.drawing.locator.rectangle
    return [("locator", Box(area.x, area.y, area.right, area.bottom))]


def _beside_labels(picture: Picture) -> list[tuple[str, Box]]:
    """The locator and the scale bar, which the last of several maps of one scale has."""
    bar = picture.drawing.bar
    return [*_inset(picture), *([("scale bar", bar.box)] if bar else [])]


def test_no_label_collides_with_another(picture: Picture) -> None:
    boxes = [(label.wanted.id, label.box) for label in picture.drawing.labels]
    boxes += _beside_labels(picture)
    clashes = [(one, other) for (one, box), (other, second) in combinations(boxes, 2) if box.overlaps(second)]
    assert not clashes


def test_no_label_lies_on_the_line_of_contact(picture: Picture) -> None:
    drawn = shapely.buffer(picture.drawing.scene.contact, KINDS["line"].style.stroke_width_px / 2)
    touched = [label.wanted.id for label in picture.drawing.labels if _shape(label.box).intersects(drawn)]
    assert not touched


def test_no_label_lies_on_the_dot_of_another_town(picture: Picture) -> None:
    for town in picture.drawing.towns:
        dot = shapely.Point(town.x, town.y).buffer(town.radius_px)
        others = [label for label in picture.drawing.labels if label.wanted.id != town.id]
        assert not [label.wanted.id for label in others if _shape(label.box).intersects(dot)]


def test_leaders_cross_no_label_and_no_leader(picture: Picture) -> None:
    labels = [label for label in picture.drawing.labels if label.spot.leader is not None]
    for label in labels:
        leader = label.spot.leader
        others = [other for other in picture.drawing.labels if other is not label]
        assert not [other.wanted.id for other in others if _shape(other.box).intersects(leader)]
        assert not [other for other in others if other.spot.leader and other.spot.leader.intersects(leader)]


def test_labels_stay_in_the_map(picture: Picture) -> None:
    frame = picture.drawing.scene.frame.rectangle
    assert not [label.wanted.id for label in picture.drawing.labels if not _within(label.box, frame)]
    assert all(_within(box, frame) for _, box in _beside_labels(picture))


def test_the_words_stay_on_their_paper_and_apart(picture: Picture) -> None:
    layout = picture.layout
    boxes = boxes_of(layout.settings(), layout.groups)
    room = Rectangle(0, 0, layout.width, layout.height).inset(12)
    assert not [box for box in boxes if not _within(box, room)]
    assert not [box for box in boxes if not any(_within(box, paper) for paper in layout.papers)]
    assert not [(one, other) for one, other in combinations(boxes, 2) if one.overlaps(other)]


def test_every_clause_that_treats_a_zone_is_named_or_in_the_key(picture: Picture) -> None:
    zones = {zone.id: zone.properties["clause"] for zone in picture.drawing.scene.zones}
    named = {zones.get(label.wanted.id) for label in picture.drawing.labels if label.wanted.kind == "zone"}
    assert not {clause for clause in zones.values() if clause} - named - clauses_keyed(picture.words.groups)


def clauses_keyed(groups: Sequence[LegendGroup]) -> set[str]:
    """The clauses whose numbers stand in brackets in a legend."""
    rows = " ".join(row.label for group in groups for row in group.rows)
    listed = re.findall(r"[(（][^)）]*[)）]", rows)
    return {number for one in listed for number in re.findall(r"\d+[a-z]?", one)}


def test_a_zone_is_named_in_words(picture: Picture) -> None:
    said = {one.zone: one for one in said_of(picture.side, picture.catalogue.languages[picture.lang])}
    for label in picture.drawing.labels:
        if label.wanted.kind == "zone":
            words = said[label.wanted.id].words
            joint = "" if SEGMENT in words else " "
            assert joint.join(label.spot.setting.lines) == words.replace(SEGMENT, "")
            assert label.spot.setting.lettering.tail in {"", said[label.wanted.id].clause}  # a full legend’s


def test_the_main_towns_are_there(picture: Picture) -> None:
    names = {town.properties["name_en"] for town in picture.drawing.towns}
    assert "Kyiv" in names
    assert len(set(ALWAYS_NAMED) & names) >= len(ALWAYS_NAMED) - 2


def _zones(picture: Picture) -> dict[str, Shape]:
    return {zone.id: zone for zone in (*picture.drawing.scene.zones, *picture.drawing.scene.overlays)}


def test_a_label_without_leader_stands_in_its_zone(picture: Picture) -> None:
    zones = _zones(picture)
    for label in picture.drawing.labels:
        if label.wanted.kind == "zone" and label.spot.leader is None:
            assert zones[label.wanted.id].shape.contains(_shape(label.box)), label.wanted.id


def test_no_label_lies_on_ground_of_another_clause(picture: Picture) -> None:
    shares = {label.wanted.id: foreign_share(label, picture.drawing) for label in picture.drawing.labels}
    assert max(shares.values(), default=0.0) <= 0.1, shares


def test_every_place_is_named(picture: Picture) -> None:
    lang = picture.catalogue.languages[picture.lang]
    labels = {label.wanted.id: label.spot.setting.lines for label in picture.drawing.labels}
    sites = picture.drawing.scene.sites
    for site in sites:
        near = any(math.dist(site.place, other.place) < CLOSE_PX for other in sites if other is not site)
        assert near or site.id in labels, site.id
        if site.id in labels:
            assert " ".join(labels[site.id]) == typographic(property_text(lang, site.properties, "name"), lang)


def test_a_leader_is_short_and_ends_in_its_zone(picture: Picture) -> None:
    zones, width = _zones(picture), picture.drawing.scene.frame.rectangle.width
    for label in picture.drawing.labels:
        if label.spot.leader is not None:
            assert label.spot.leader.length <= 0.05 * width + 0.5, label.wanted.id
        if label.spot.leader is not None and label.wanted.kind == "zone":
            end = shapely.Point(label.spot.leader.coords[-1])
            assert zones[label.wanted.id].shape.distance(end) < 0.2, label.wanted.id


def test_a_leader_of_a_zone_crosses_no_other_zone_and_no_coast(picture: Picture) -> None:
    zones, coast = _zones(picture), picture.drawing.scene.edges.coast
    for label in picture.drawing.labels:
        leader = label.spot.leader
        if leader is not None and label.wanted.kind == "zone":
            own = zones[label.wanted.id]
            others = [
                one.shape for one in picture.drawing.scene.zones if group_of(one.properties) != group_of(own.properties)
            ]
            outside = leader.difference(own.shape.buffer(2))
            assert not outside.intersects(coast), label.wanted.id
            assert outside.intersection(shapely.union_all(others)).length < 0.5, label.wanted.id


@pytest.mark.costly
@pytest.mark.parametrize("lang", ["en", "uk", "zh-Hant"])
def test_seas_and_ukraine_are_named(lang: str) -> None:
    named = {label.wanted.id for label in picture_of("us-28-points", "own", lang).drawing.labels}
    assert {"black_sea", "sea_of_azov", "UKR", "RUS", "BLR"} <= named


LONG_HEADLINES = {
    "en": "28-point draft would turn the Ukrainian-held part of Donetsk oblast into a demilitarised buffer zone",
    "uk": "Проєкт перетворив би підконтрольну Україні частину Донеччини на демілітаризовану буферну зону",
    "zh-Hant": "28點草案擬將烏方控制的頓內茨克州部分地區改設為中立的非軍事緩衝區，其餘依接觸線凍結",
}


@pytest.mark.costly
@pytest.mark.sweep(12)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", LONG_HEADLINES)
def test_a_long_headline_fits(lang: str, size: str) -> None:
    """Each size and language with one of the proposals."""
    proposal = PROPOSALS[(list(SIZES).index(size) + LANGUAGES.index(lang)) % len(PROPOSALS)]
    picture = picture_of(proposal, "own", lang, size=SIZES[size], title=LONG_HEADLINES[lang])
    test_the_words_stay_on_their_paper_and_apart(picture)


CHECKS = (
    test_no_label_collides_with_another,
    test_no_label_lies_on_the_line_of_contact,
    test_no_label_lies_on_the_dot_of_another_town,
    test_leaders_cross_no_label_and_no_leader,
    test_labels_stay_in_the_map,
    test_the_words_stay_on_their_paper_and_apart,
    test_every_clause_that_treats_a_zone_is_named_or_in_the_key,
    test_a_zone_is_named_in_words,
    test_the_main_towns_are_there,
    test_a_label_without_leader_stands_in_its_zone,
    test_no_label_lies_on_ground_of_another_clause,
    test_every_place_is_named,
    test_a_leader_is_short_and_ends_in_its_zone,
    test_a_leader_of_a_zone_crosses_no_other_zone_and_no_coast,
)


@pytest.mark.wide
def test_all_of_this_holds_on_every_second_date(catalogue: Catalogue) -> None:
    """Proposals and languages take turns from date to date."""
    for place, day in enumerate(catalogue.control_dates[::2]):
        proposal, lang = PROPOSALS[place % len(PROPOSALS)], LANGUAGES[place % len(LANGUAGES)]
        with case(proposal, day, lang):
            for check in CHECKS:
                check(picture_of(proposal, day, lang))

"""The rules of labels on every map of an image: every template in every size and extent.

Languages, proposals and themes take turns, so that each language meets each size and each extent of a template. Read
from the layout; nothing is drawn.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest

from layers.catalogue.model import Catalogue
from layers.zone_properties import ZoneProperties
from tests.webapp.images import test_placement as placement
from tests.webapp.images.conftest import PROPOSALS, Picture, picture_of
from tests.words import LANGUAGES
from webapp.errors import LimitError
from webapp.images.drawing import Drawing
from webapp.images.labels.held import names_of
from webapp.images.layout.layout import Layout
from webapp.images.layout.panel import Words
from webapp.images.map.framed import LEAST_PX2
from webapp.images.options.options import SIZES, TEMPLATES, THEMES
from webapp.images.output.svg import composed, words_of
from webapp.images.sides import MapSide, sides_of
from webapp.typography.boxes import Setting

LEAST_PX, MOST_KEYS, SERIES = 14.0, 4, 6
EXTENTS = ("auto", "south-east", "ukraine", "Kramatorsk:60")
ANY_EXTENT = ("article", "pair")
OWN_EXTENTS = ("auto", "Kramatorsk:60")  # of templates that show the main zone where no place is chosen
Case = tuple[str, ...]
CHECKS = (
    placement.test_no_label_collides_with_another,
    placement.test_no_label_lies_on_the_line_of_contact,
    placement.test_no_label_lies_on_the_dot_of_another_town,
    placement.test_leaders_cross_no_label_and_no_leader,
    placement.test_labels_stay_in_the_map,
    placement.test_a_zone_is_named_in_words,
    placement.test_a_label_without_leader_stands_in_its_zone,
    placement.test_no_label_lies_on_ground_of_another_clause,
    placement.test_a_leader_is_short_and_ends_in_its_zone,
    placement.test_a_leader_of_a_zone_crosses_no_other_zone_and_no_coast,
)


@dataclass(frozen=True)
class OneMap:
    """One map of an image, as the checks of placement know a picture."""

    catalogue: Catalogue
    side: MapSide
    lang: str
    drawing: Drawing
    words: Words
    layout: Layout

    @property
    def proposal(self) -> Any:
        return self.side.proposal

    @property
    def zones(self) -> list[ZoneProperties]:
        return self.catalogue.areas(self.side.edition)


def _cases() -> Iterator[Case]:
    for turn, template in enumerate(TEMPLATES):
        extents = EXTENTS if template in ANY_EXTENT else OWN_EXTENTS
        for (row, size), (column, extent) in product(enumerate(SIZES), enumerate(extents)):
            proposal = PROPOSALS[(row + column) % len(PROPOSALS)]
            lang = LANGUAGES[(turn + row + column) % len(LANGUAGES)]
            yield (template, size, lang, extent, proposal, THEMES[(row + 2 * column) % len(THEMES)])


CASES = tuple(_cases())
FEW = (0, len(CASES) // 2)


def _maps(picture: Picture) -> Iterator[OneMap]:
    catalogue, options = picture.catalogue, picture.options
    sides = sides_of(catalogue, picture.proposal, picture.edition, options)
    words = words_of(catalogue, sides, options)
    layout, drawings = composed(catalogue, sides, words, options)
    for side, drawing in zip(sides, drawings, strict=True):
        yield OneMap(catalogue, side, picture.lang, drawing, words, layout)


def _drawn(picture: Picture) -> list[OneMap]:
    """The maps of an image; none of several that a phone has no room for, with all their words."""
    if picture.options.template == "article":
        return list(_maps(picture))
    with contextlib.suppress(LimitError):
        return list(_maps(picture))
    return []


def _letters(one: OneMap) -> Iterator[Setting]:
    yield from one.layout.settings()
    yield from (label.spot.setting for label in one.drawing.labels)
    if one.drawing.bar:
        yield one.drawing.bar.label


def _check_words(one: OneMap) -> None:
    """Nothing is too small to be read, no name is broken inside a word, the key is short."""
    small = {setting.lines for setting in _letters(one) if setting.lettering.size_px * one.layout.factor < LEAST_PX}
    assert not small
    for label in one.drawing.labels:
        ways = {tuple(lines) for spots in label.wanted.in_turn() for lines in spots.choices}
        whole = next(iter(sorted(ways, key=len)))
        said = label.spot.setting.lines
        assert [word for line in said for word in line.split()] == [
            word for line in whole for word in line.split()
        ] or (one.lang == "zh-Hant" and "".join(said) == "".join(whole))
    assert sum(not row.minor for group in one.words.groups for row in group.rows) <= MOST_KEYS


def _check_told(one: OneMap) -> None:
    """A clause whose zones are shown in full is named beside one of them or in the key."""
    clauses = {zone.id: zone.properties["clause"] for zone in one.drawing.scene.zones}
    named = {clauses.get(label.wanted.id) for label in one.drawing.labels if label.wanted.kind == "zone"}
    keyed = placement.clauses_keyed(one.words.groups)
    frame = one.drawing.scene.frame
    chosen = [zone for zone in one.drawing.scene.zones if zone.id in one.side.chosen]
    for zone in (one for one in chosen if frame.clip(one.shape).area > LEAST_PX2):
        clause = zone.properties["clause"]
        assert not clause or clause in named | keyed, zone.id


def _picture(case: Case) -> Picture:
    template, size, lang, extent, proposal, theme = case
    return picture_of(proposal, "own", lang, template=template, size=SIZES[size], theme=theme, extent=extent)


def _check(case: Case) -> None:
    for one in _drawn(_picture(case)):
        _check_words(one)
        _check_told(one)
        for check in CHECKS:
            check(one)  # type: ignore[arg-type]  # as much of a picture as they look at


def _places(one: OneMap) -> dict[str, tuple[tuple[str, ...], float, float]]:
    """Where the labels of zones stand, from the corner of their map."""
    area = one.drawing.scene.frame.rectangle
    settings = {label.wanted.id: label.spot.setting for label in one.drawing.labels if label.wanted.kind == "zone"}
    return {name: (at.lines, round(at.x - area.x), round(at.y - area.y)) for name, at in settings.items()}


@pytest.mark.parametrize("case", [CASES[number] for number in FEW], ids="-".join)
def test_labels_keep_the_rules(case: Case) -> None:
    _check(case)


@pytest.mark.sweep(20)
@pytest.mark.slow
@pytest.mark.parametrize("case", [case for number, case in enumerate(CASES) if number not in FEW], ids="-".join)
def test_labels_keep_the_rules_in_all_options(case: Case) -> None:
    _check(case)


@pytest.mark.costly
@pytest.mark.wide
@pytest.mark.parametrize(("template", "size"), list(product(TEMPLATES, SIZES)))
def test_labels_keep_the_rules_in_every_combination(template: str, size: str) -> None:
    for lang, extent, theme in product(LANGUAGES, EXTENTS, THEMES):
        _check((template, size, lang, extent, PROPOSALS[0], theme))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_proposals_side_by_side_keep_the_rules_and_their_own_words(lang: str) -> None:
    catalogue = picture_of(PROPOSALS[0], "own", lang).catalogue
    for one in _drawn(picture_of(PROPOSALS[0], "own", lang, template="pair", beside=PROPOSALS[1])):
        named = {label.wanted.id: label.spot.setting.lettering.tail for label in one.drawing.labels}
        clauses = {zone["id"]: zone["clause"] for zone in catalogue.areas(one.side.edition)}
        assert all(tail in ("", clauses[name]) for name, tail in named.items() if name in clauses)
        for check in CHECKS:
            check(one)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_maps_of_one_scale_name_the_same_ground_and_have_one_scale_bar(lang: str) -> None:
    left, right = _drawn(picture_of(PROPOSALS[0], "own", lang, template="pair", beside=PROPOSALS[1]))
    assert names_of(left.drawing.labels) == names_of(right.drawing.labels) != frozenset()
    assert {town.id for town in left.drawing.towns} == {town.id for town in right.drawing.towns}
    assert [one.drawing.bar is not None for one in (left, right)] == [False, True]


@pytest.mark.costly
@pytest.mark.parametrize("template", ["article", "pair"])
def test_a_theme_moves_no_label(template: str) -> None:
    first, *others = (
        [_places(one) for one in _drawn(_picture((template, "square", "uk", "auto", PROPOSALS[0], theme)))]
        for theme in THEMES
    )
    assert first
    assert all(other == first for other in others)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_label_of_a_series_stays_in_its_place(lang: str) -> None:
    places = [_places(one) for one in _drawn(_picture(("series", "article", lang, "auto", PROPOSALS[0], "light")))]
    assert len(places) == SERIES
    assert places[0]
    assert all(place.items() <= places[0].items() for place in places)

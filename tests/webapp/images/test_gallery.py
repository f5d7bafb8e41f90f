"""Every preset in every theme and language: nothing collides or leaves, every glyph exists, all as it was stored."""

import re
import xml.etree.ElementTree as ET
from itertools import combinations, cycle

import pytest
from PIL import Image

from layers.catalogue.model import load_catalogue
from tests.webapp.images import test_placement as placement
from tests.webapp.images.conftest import PROPOSALS, Picture, picture_of
from tests.webapp.images.references import CASES, Case, difference, reference_path, thumbnail
from tests.webapp.images.test_colours import LEAST_CONTRAST, contrast
from tests.words import LANGUAGES
from webapp.errors import LimitError
from webapp.images.layout.style import look_of
from webapp.images.options.options import SIZES, THEMES
from webapp.images.output.png import png_bytes
from webapp.typography.fonts import WEIGHTS, missing_characters

SAME_LEVELS = 2.5
# What holds of a map of any shape; on small ones not every town and zone finds a place.
ALWAYS = (
    placement.test_no_label_collides_with_another,
    placement.test_no_label_lies_on_the_line_of_contact,
    placement.test_no_label_lies_on_the_dot_of_another_town,
    placement.test_leaders_cross_no_label_and_no_leader,
    placement.test_labels_stay_in_the_map,
    placement.test_the_words_stay_on_their_paper_and_apart,
    placement.test_a_zone_is_named_in_words,
    placement.test_a_label_without_leader_stands_in_its_zone,
    placement.test_no_label_lies_on_ground_of_another_clause,
    placement.test_a_leader_is_short_and_ends_in_its_zone,
    placement.test_a_leader_of_a_zone_crosses_no_other_zone_and_no_coast,
)
OTHERS = tuple(sorted(set(load_catalogue().proposals) - set(PROPOSALS)))
# Each size in each language with one of the two proposals, both of which meet each size and each language.
TAKING_TURNS = [
    (PROPOSALS[(row + column) % len(PROPOSALS)], size, lang)
    for row, size in enumerate(SIZES)
    for column, lang in enumerate(LANGUAGES)
]
# Each size but the first with each other proposal; themes and languages take turns in both.
VARIED = [
    (proposal, size, THEMES[(row + column // 3) % len(THEMES)], LANGUAGES[(row + column) % len(LANGUAGES)])
    for row, size in enumerate(list(SIZES)[1:])
    for column, proposal in enumerate(OTHERS)
]
OTHER_SIZES = ((960, 540), (1080, 1350), (600, 900), (320, 1000), (2400, 1350), (4000, 4000), (1600, 500))


@pytest.mark.sweep(9)
@pytest.mark.costly
@pytest.mark.parametrize(("proposal", "size", "lang"), TAKING_TURNS)
def test_nothing_collides_or_leaves(proposal: str, size: str, lang: str) -> None:
    picture = picture_of(proposal, "own", lang, size=SIZES[size])
    for check in (*ALWAYS, placement.test_every_clause_that_treats_a_zone_is_named_or_in_the_key):
        check(picture)


@pytest.mark.sweep(10)
@pytest.mark.costly
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("proposal", OTHERS)
def test_nothing_collides_or_leaves_in_the_other_proposals(proposal: str, lang: str) -> None:
    picture = picture_of(proposal, "own", lang)
    for check in (*ALWAYS, placement.test_every_clause_that_treats_a_zone_is_named_or_in_the_key):
        check(picture)
    words = "".join(ET.fromstring(picture.svg).itertext()).replace("\n", "")
    for weight in WEIGHTS:
        assert not missing_characters(words, weight)


@pytest.mark.sweep(10)
@pytest.mark.slow
@pytest.mark.parametrize(("proposal", "size", "theme", "lang"), VARIED)
def test_the_other_proposals_in_every_size(proposal: str, size: str, theme: str, lang: str) -> None:
    picture = picture_of(proposal, "own", lang, size=SIZES[size], theme=theme)
    assert picture.svg
    for check in ALWAYS:
        check(picture)


@pytest.mark.sweep(2)
@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "lang"),
    list(zip([(320, 320), (320, 568), (480, 480), (640, 360), (1000, 400)], cycle(LANGUAGES), strict=False)),
)
def test_the_size_that_a_refusal_names_is_drawn(size: tuple[int, int], lang: str) -> None:
    with pytest.raises(LimitError, match="needs a height of") as refused:
        _ = picture_of("us-28-points", "own", lang, size=size, legend="full").layout
    found = re.search(r"a height of (\d+)", str(refused.value))
    assert found
    picture = picture_of("us-28-points", "own", lang, size=(size[0], int(found[1])), legend="full")
    assert picture.svg
    for check in ALWAYS:
        check(picture)


@pytest.mark.sweep(3)
@pytest.mark.slow
@pytest.mark.parametrize(("size", "fewer"), list(zip(OTHER_SIZES, cycle(("none", "few")), strict=False)))
def test_nothing_collides_or_leaves_in_sizes_of_ones_own(size: tuple[int, int], fewer: str) -> None:
    """With many labels, which are the hardest to place, and in turn with none or few."""
    for labels in ("many", fewer):
        picture = picture_of("us-28-points", "own", "uk", size=size, labels=labels)
        for check in ALWAYS:
            check(picture)


@pytest.mark.sweep(4)
@pytest.mark.slow
@pytest.mark.parametrize(
    "chosen",
    [
        {"legend": "off"},
        {"legend": "full"},
        {"areas": False},
        {"clauses": ("21d",)},
        {"zones": ("donetsk-buffer",), "inset": False},
        {"subtitle": "Ground that would change under clause 21d, with what the maps disagree on", "credit": "A desk"},
    ],
    ids=str,
)
def test_nothing_collides_or_leaves_with_other_options(chosen: dict[str, object]) -> None:
    for size, lang in zip(("article", "square", "column"), LANGUAGES, strict=True):
        picture = picture_of("us-28-points", "own", lang, size=SIZES[size], **chosen)
        for check in ALWAYS:
            check(picture)


def _picture(case: Case) -> Picture:
    template, size, theme, lang = case
    return picture_of("us-28-points", "own", lang, template=template, size=SIZES[size], theme=theme)


@pytest.mark.sweep(11)
@pytest.mark.costly
@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_every_glyph_exists_and_text_is_read(case: Case) -> None:
    picture = _picture(case)
    words = "".join(ET.fromstring(picture.svg).itertext()).replace("\n", "")
    for weight in WEIGHTS:
        assert not missing_characters(words, weight)
    look = look_of(picture.options, picture.zones, frozenset())
    for setting in picture.layout.settings():
        assert contrast(look.ink(setting.lettering.colour), look.ink("paper")) >= LEAST_CONTRAST
    for label in picture.drawing.labels:
        letters = label.spot.setting.lettering
        if letters.halo:
            assert contrast(look.ink(letters.colour), look.ink(letters.halo)) >= LEAST_CONTRAST, label.wanted.id


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_it_looks_as_it_was_stored(case: Case) -> None:
    picture = _picture(case)
    drawn = thumbnail(png_bytes(picture.svg, picture.options.scale, {}))
    with Image.open(reference_path(case)) as stored:
        assert stored.size == drawn.size
        levels = difference(stored, drawn)
    assert levels < SAME_LEVELS, "look at it, and where it is right: python -m tests.webapp.images.references"


def test_references_are_told_apart() -> None:
    """The tolerance is below what parts any two stored pictures of one size."""
    stored: dict[tuple[int, int], list[Image.Image]] = {}
    for case in CASES:
        with Image.open(reference_path(case)) as opened:
            stored.setdefault(opened.size, []).append(opened.convert("RGB"))
    for images in stored.values():
        assert min(difference(one, other) for one, other in combinations(images, 2)) > SAME_LEVELS

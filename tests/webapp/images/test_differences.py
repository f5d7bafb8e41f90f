"""A map of differences: every piece by what it changes from and to, with the figures of the comparison."""

import json
from itertools import combinations, pairwise

import pytest

import layers
from layers.catalogue.model import Catalogue
from layers.kinds.table import OTHER
from tests.webapp.images.conftest import Picture, picture_of
from tests.words import LANGUAGES
from webapp.images.changes import TreatmentChange, change_styles, changes_between
from webapp.images.description.description import LONGEST_ALT, describe
from webapp.images.options.options import SIZES
from webapp.images.output.geojson import image_features
from webapp.images.pairs import PairSide
from webapp.style.themes import THEMES

LEFT, RIGHT = "us-28-points", "ukraine-20-points"
MOST_KEYS = 4


def drawn(lang: str = "en", **chosen: object) -> Picture:
    return picture_of(LEFT, "own", lang, template="difference", beside=RIGHT, **chosen)


def pairs_of(catalogue: Catalogue) -> list[tuple[PairSide, PairSide]]:
    """Each proposal and the next by date, and one proposal on two dates."""
    ordered = sorted(catalogue.proposals.values(), key=lambda one: (one.date, one.id))
    own = [PairSide(catalogue, one, one.edition_on(_day(one.own_date, one.control_dates))) for one in ordered]
    later = PairSide(catalogue, own[0].proposal, own[0].proposal.edition_on(own[0].proposal.control_dates[-1]))
    return [*pairwise(own), (own[0], later)]


def _day(asked: str, known: tuple[str, ...]) -> str:
    return max(day for day in known if day <= asked)


@pytest.mark.costly
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_key_has_the_figures_of_the_comparison(lang: str) -> None:
    document = layers.compare_editions(LEFT, RIGHT).attrs["comparison"]
    (group,) = drawn(lang).words.groups
    assert 1 < len(group.rows) <= MOST_KEYS + 1  # and the tint of what is Russian-held
    frozen = [
        row for row in document["clauses"]
        if row["left_kind"] == "recognition" and row["right_kind"].partition("+")[0] == "freeze"
    ]  # fmt: skip
    assert group.rows[0].area_km2 == pytest.approx(sum(row["area_km2"] for row in frozen), abs=0.2)
    assert all("→" in row.label for row in group.rows[:-2])
    assert sum(row.area_km2 or 0 for row in group.rows) == pytest.approx(document["differs"]["area_km2"], abs=0.5)


def test_what_the_edge_cuts_has_a_row() -> None:
    differs = layers.compare_editions(LEFT, RIGHT).attrs["comparison"]["differs"]["area_km2"]
    (group,) = drawn(extent="Kramatorsk:60").words.groups
    assert "Cut by the edge, or elsewhere" in [row.label for row in group.rows]
    assert sum(row.area_km2 or 0.0 for row in group.rows) == pytest.approx(differs, abs=0.5)


@pytest.mark.costly
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_change_of_the_key_is_named_on_the_map(lang: str) -> None:
    picture = drawn(lang, size=SIZES["square"])
    named = {label.spot.setting.words for label in picture.drawing.labels if label.wanted.kind == "zone"}
    rows = [row.label for row in picture.words.groups[0].rows if "→" in row.label]
    assert {"".join(words.split()) for words in named} == {"".join(row.split()) for row in rows}


def test_what_is_drawn_is_what_differs() -> None:
    picture = drawn()
    features = json.loads(image_features(picture.catalogue, LEFT, picture.requested, picture.options))["features"]
    zones = [one["properties"] for one in features if one["properties"]["layer"] == "zones"]
    frame = layers.compare_editions(LEFT, RIGHT)
    assert {one["id"] for one in zones} <= set(frame[frame["differs"]]["id"])
    assert sum(one["area_km2"] for one in zones) == pytest.approx(frame[frame["differs"]]["area_km2"].sum(), rel=0.01)
    assert all(one["name_en"].count("→") == 1 for one in zones)


def test_chosen_zones_bound_what_is_compared(catalogue: Catalogue) -> None:
    row = drawn(zones=("donetsk-buffer",)).words.groups[0].rows[0]
    buffer = next(zone for zone in picture_of(LEFT, "own", "en").zones if zone["id"] == "donetsk-buffer")
    assert row.label.startswith("Buffer zone →")
    assert row.area_km2 == pytest.approx(buffer["area_km2"], rel=0.1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_say_what_changes(lang: str) -> None:
    for picture in (drawn(lang), picture_of(LEFT, "own", lang, template="difference")):
        words = describe(picture.catalogue, picture.proposal, picture.requested, picture.edition, picture.options)
        assert len(words.alt) <= LONGEST_ALT
        assert words.title in words.caption
        assert "→" not in words.caption + words.alt  # read out it says nothing
    (group,) = picture.words.groups
    assert group.heading.count("→") == 1


def test_what_is_mostly_on_the_map_has_its_area() -> None:
    picture = picture_of("kellogg-2025-04", "own", "en", template="difference", beside="e3-2025-11")
    (group,) = picture.words.groups
    assert group.heading.replace("\u00a0", " ") == "Kellogg outline → E3 counter-proposal"
    assert all(row.figure for row in group.rows if "→" in row.label)


def test_an_edition_does_not_differ_from_itself() -> None:
    picture = picture_of(LEFT, "own", "en", template="difference", beside=f"{LEFT}@2025-11-20")
    assert "the same way" in picture.words.headline
    assert [row.label for group in picture.words.groups for row in group.rows] == [
        "Russian-held on 20\xa0November 2025"
    ]


@pytest.mark.costly
@pytest.mark.parametrize("theme", THEMES)
def test_changes_on_one_map_look_different(catalogue: Catalogue, theme: str) -> None:
    for left, right in pairs_of(catalogue):
        changes = changes_between(left, right)
        looks = [THEMES[theme].styles["-to-".join(change_styles(left, right, one))] for one in changes.named]
        looks += [THEMES[theme].styles[f"{OTHER.style.key}-to-{OTHER.style.key}"]] if changes.others else []
        assert len(looks) <= MOST_KEYS
        for one, other in combinations(looks, 2):
            assert (one.fill, one.hatch) != (other.fill, other.hatch), (left.proposal.id, right.proposal.id)


def test_bands_tell_a_change_only_where_nothing_else_does(catalogue: Catalogue) -> None:
    for left, right in pairs_of(catalogue):
        changes = changes_between(left, right)
        english = catalogue.languages["en"]
        words = [changes.plain_words(english, one) for one in changes.named]
        assert len(set(words)) == len(words)
        assert all(before != after for before, after in (one.split(" →\u00a0") for one in words)), words
        assert all(isinstance(one, TreatmentChange) for one in changes.named)

"""Legends and captions speak of what the map shows: no area of all of Ukraine stands under a local map."""

import pytest

from layers.catalogue.model import find_edition, load_catalogue
from tests.words import LANGUAGES
from webapp.images.description.description import describe
from webapp.images.layout.layout import lay_out
from webapp.images.layout.legend import DISAGREE, FRONT, REST
from webapp.images.options.options import SIZES, read_options
from webapp.images.output.svg import composed, words_of
from webapp.images.sides import sides_of
from webapp.style.legend import MOST_KEYS

CATALOGUE = load_catalogue()
PROPOSAL = CATALOGUE.proposal("us-28-points")


def rows(**words: str) -> dict[str, str]:
    """Label and figure of each row of the key, as worked out for an image."""
    options = read_options(words, LANGUAGES)
    said = words_of(CATALOGUE, sides_of(CATALOGUE, PROPOSAL, find_edition(PROPOSAL)[1], options), options)
    return {row.key: row.figure for group in said.groups for row in group.rows}


def test_a_local_map_has_no_figure_of_a_zone_that_its_edge_cuts_and_no_row_of_one_beyond() -> None:
    local, chosen, whole = rows(extent="Pokrovsk:60"), rows(zones="donetsk-buffer"), rows()
    assert local["buffer"] == local["recognition"] == ""
    assert chosen["contested"] == ""
    assert chosen["buffer"].startswith("about 5,980")
    assert whole["recognition"].startswith("about 73,9")
    assert "withdrawal" not in rows(extent="Simferopol:60")


def test_stripes_of_what_is_left_to_ukraine_are_in_the_key() -> None:
    areas = [name for name in rows() if name[0].islower()]  # those of places are their names
    assert areas[-2:] == [REST, FRONT]
    assert len(areas) == MOST_KEYS + 2
    assert {"unheld", REST} & set(rows(extent="Zaporizhzhia:60"))


def test_a_caption_of_a_local_map_gives_no_area_of_all_of_ukraine() -> None:
    asked, edition = find_edition(PROPOSAL)
    told = describe(CATALOGUE, PROPOSAL, asked, edition, read_options({"extent": "Pokrovsk:60"}, LANGUAGES))
    assert "km²" not in told.caption
    assert "km²" not in told.alt
    zone = describe(CATALOGUE, PROPOSAL, asked, edition, read_options({"extent": "donetsk-buffer"}, LANGUAGES))
    assert "about 5,980 km²" in zone.caption


def test_a_zoom_has_in_its_key_where_control_maps_disagree_and_names_the_towns_at_the_front() -> None:
    assert DISAGREE in rows(template="zoom")
    options = read_options({"template": "zoom"}, LANGUAGES)
    sides = sides_of(CATALOGUE, PROPOSAL, find_edition(PROPOSAL)[1], options)
    country, part = composed(CATALOGUE, sides, words_of(CATALOGUE, sides, options), options)[1]
    said = [{label.spot.setting.words for label in one.labels} for one in (country, part)]
    assert {"Kyiv", "Ukraine", "Russia", "Black Sea"} <= said[0]
    assert {"Pokrovsk", "Kostiantynivka", "Kramatorsk"} <= said[1]


@pytest.mark.slow
@pytest.mark.costly
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_size_has_a_key(lang: str) -> None:
    for size in SIZES:
        options = read_options({"size": size, "lang": lang}, LANGUAGES)
        words = words_of(CATALOGUE, sides_of(CATALOGUE, PROPOSAL, find_edition(PROPOSAL)[1], options), options)
        laid = lay_out(words, options.size, over=False)
        assert laid.keys or laid.groups, size

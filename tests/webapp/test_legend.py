"""The legends of the map page and of images show the same entries with the same samples."""

import pytest

from layers.catalogue.model import COMMITTED, find_edition, load_catalogue
from layers.kinds.table import kind_of
from tests.cases import case
from tests.words import language
from webapp.context import View, unserved
from webapp.images.layout.legend import legend
from webapp.pages.clauses import read_key, read_legend
from webapp.style.legend import MOST_KEYS, key_entries, legend_entries
from webapp.style.light import HELD_GROUND
from webapp.text.interface import date_text
from webapp.text.legend import key_label
from webapp.text.zones import read_zones

CATALOGUE = load_catalogue(COMMITTED)


@pytest.mark.parametrize("proposal_id", list(CATALOGUE.proposals))
def test_map_and_image_have_the_same_entries(proposal_id: str) -> None:
    proposal = CATALOGUE.proposal(proposal_id)
    requested, edition = find_edition(proposal)
    zones = CATALOGUE.areas(edition)
    entries = legend_entries(zones)
    assert sorted(zone["id"] for entry in entries for zone in entry.zones) == sorted(zone["id"] for zone in zones)

    view = View(unserved(CATALOGUE, language("en")), proposal, requested, edition)
    on_page = [row for group in read_legend(view, read_zones(view)) for row in group.rows]
    assert {(row.style, tuple(zone.id for zone in row.zones)) for row in on_page} == {
        (entry.style, tuple(zone["id"] for zone in entry.zones)) for entry in entries
    }

    shown = legend(proposal, zones, language("en"), date_text(language("en"), edition.as_of))
    rows = [row for group in shown for row in group.rows if row.key not in ("border", HELD_GROUND)]
    drawn = [entry for entry in entries if entry.kind.in_images]
    assert {(row.style, row.sample) for row in rows} == {(entry.style, entry.sample) for entry in drawn}
    alone = [entry for entry in drawn if entry.kind.shape != "place"]
    places = {entry.clause for entry in drawn if entry.kind.shape == "place"}
    assert len(rows) == len(alone) + len(places)  # the places of a point share a row
    assert all(kind_of(entry.zones[0]) is entry.kind for entry in entries)


@pytest.mark.parametrize("proposal_id", list(CATALOGUE.proposals))
def test_a_key_has_four_entries_and_no_more_on_any_date_and_signs_for_what_else_is_drawn(proposal_id: str) -> None:
    proposal = CATALOGUE.proposal(proposal_id)
    for date in proposal.dates:
        requested, edition = find_edition(proposal, date)
        view = View(unserved(CATALOGUE, language("en")), proposal, requested, edition)
        key = read_key(view, read_zones(view))
        with case(date):
            assert 1 <= len(key.entries) <= MOST_KEYS
            assert not any(row.folded for row in key.entries)
            keys = [row.key for row in (*key.entries, *key.signs)]
            assert len(set(keys)) == len(keys)
            assert {"line", HELD_GROUND} <= set(keys)
            places = {zone["id"] for zone in CATALOGUE.areas(edition) if kind_of(zone).shape == "place"}
            assert places <= {zone.id for row in key.signs for zone in row.zones}


def test_recognition_de_jure_of_one_zone_is_not_said_of_the_rest() -> None:
    proposal = CATALOGUE.proposal("us-2025-04")
    first = key_entries(CATALOGUE.areas(find_edition(proposal)[1]))[0]
    assert {zone["recognition_mode"] for zone in first.zones} == {"de-facto", "de-jure"}
    assert key_label(language("en"), proposal, first, "17 Apr 2025") == "Russian control recognised"

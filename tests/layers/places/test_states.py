"""What a search says of a place is what its position, the control map and the zones say, worked out a second way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest
import shapely

from geo.measure import WGS84
from layers.build.edition import BuildSetting, DerivedEdition, derive, load_setting
from layers.derivations.parameters import SomeOblasts
from layers.kinds.table import kind_of
from layers.places.index import places_json
from layers.products.writers import write_places
from layers.proposal.loading import load_proposal
from layers.reference.register import SOURCES, read_rows

QUICK = ("us-28-points", "2025-11-20")
SLOW = (("putin-2024-06", "2024-08-01"), ("e3-2025-11", "2026-08-21"), ("ukraine-20-points", "2026-03-14"))
STEP_DEG = 0.002


@cache
def setting() -> BuildSetting:
    return load_setting()


@cache
def edition(proposal_id: str, as_of: str) -> DerivedEdition:
    return derive(load_proposal(proposal_id, setting().reference.names), as_of, setting())


def states(made: DerivedEdition) -> Mapping[str, Any]:
    return dict(json.loads(write_places(made)))


def number_of(name: str, population: int = 0) -> int:
    return next(
        number
        for number, one in enumerate(setting().index)
        if one.place.names["en"] == name and one.place.population >= population
    )


@pytest.mark.parametrize(
    ("proposal_id", "as_of"), [QUICK, *(pytest.param(*case, marks=pytest.mark.slow) for case in SLOW)]
)
def test_every_place_stands_where_its_position_says(proposal_id: str, as_of: str) -> None:
    made = edition(proposal_id, as_of)
    found = states(made)
    levels = made.control.levels
    for number, one in enumerate(setting().index):
        position = one.place.position
        if not setting().reference.ukraine.intersects(position):
            continue  # just outside the outlines: it counts with the nearest place inside
        assert (found["held"][number] in "rR") == levels["majority"].intersects(position), one.place.names["en"]
        disputed = levels["any"].intersects(position) and not levels["agreed"].intersects(position)
        assert found["held"][number].isupper() == disputed, one.place.names["en"]
        inside = {
            zone.id for zone in made.zones
            if kind_of(zone.properties).has_area and zone.properties["kind"] not in ("contested", "country")
            and zone.geometry.contains(position)
        }  # fmt: skip
        assert inside == {zone for zone, numbers in found["zones"].items() if number in numbers}, one.place.names["en"]


@pytest.mark.parametrize("as_of", ["2025-11-20", pytest.param("2024-08-01", marks=pytest.mark.slow)])
def test_distances_are_those_to_the_nearest_of_many_points_along_the_line(as_of: str) -> None:
    made = edition("us-28-points", as_of)
    found = states(made)["line_km"]
    line = made.day.derive(setting().reference, SomeOblasts(function="line"))[0].geometry
    along = shapely.get_coordinates(shapely.segmentize(line, STEP_DEG))
    for number, one in list(enumerate(setting().index))[::25]:
        at = one.place.position
        _, _, away_m = WGS84.inv(np.full(len(along), at.x), np.full(len(along), at.y), *along.T)
        assert abs(found[number] - away_m.min() / 1000) <= 0.51, one.place.names["en"]


def test_kramatorsk_is_in_the_buffer_zone_twenty_km_from_the_line() -> None:
    found, number = states(edition(*QUICK)), number_of("Kramatorsk")
    assert found["held"][number] == "u"
    assert [zone for zone, numbers in found["zones"].items() if number in numbers] == ["donetsk-buffer"]
    assert found["line_km"][number] == 20


def test_towns_of_the_panel_are_in_the_same_zones() -> None:
    made = edition(*QUICK)
    found = states(made)
    numbers = {one.place.geonameid: number for number, one in enumerate(setting().index)}
    for zone, towns in made.towns.items():
        for town in towns:
            number = numbers[town["geonameid"]]
            assert number in found["zones"][zone], town["name_en"]
            assert found["held"][number].isupper() == town["contested"], town["name_en"]


def test_the_index_has_every_place_its_oblast_and_other_names() -> None:
    index = json.loads(places_json(setting().index, setting().reference))
    rows = {row[0]: row for row in index["places"]}
    sources = [row for name in ("towns.csv", "places.csv") for row in read_rows(SOURCES / name)]
    assert set(rows) == {int(row["geonameid"]) for row in sources}
    bakhmut = rows[713174]
    assert bakhmut[5:] == ["Bakhmut", "Бахмут", "巴赫姆特", ["Артемівськ", "Артёмовск"]]
    assert index["oblasts"][bakhmut[4]][0] == "UA-14"
    assert index["languages"] == ["en", "uk", "zh-Hant"]


def test_aliases_are_of_places_that_there_are_and_no_name_twice() -> None:
    places = {row["geonameid"]: row for name in ("towns.csv", "places.csv") for row in read_rows(SOURCES / name)}
    for row in read_rows(SOURCES / "place-aliases.csv"):
        place = places[row["geonameid"]]
        aliases = row["aliases"].split("|")
        assert place["name_en"] == row["place"]
        assert len(set(aliases)) == len(aliases)
        assert not {place["name_en"], place["name_uk"], place["name_zh_hant"]} & set(aliases)

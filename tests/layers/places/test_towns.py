"""Which zone a town lies in, what is contested, and which towns stand just outside all outlines."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
import shapely

from geo.geojson import Feature
from layers.catalogue.model import Catalogue, Town
from layers.control_map import ControlMap
from layers.places.gazetteer import Place, read_places, towns_by_zone
from layers.places.positions import Positions
from layers.places.registered import NOTE
from layers.reference.study_data import StudyData
from tests.layers.conftest import DATES, proposals

PROPOSALS = tuple(proposals())
NEAR = {"Kherson", "Ochakiv", "Skadovsk"}  # on shores that the outlines leave out
ASIDE = {"Seredyna-Buda", "Milove", "Tarasivtsi"}  # at the state border


def towns_of(catalogue: Catalogue, proposal: str, as_of: str) -> dict[str, tuple[Town, ...]]:
    return catalogue.towns(catalogue.proposal(proposal).edition_on(as_of))


def named(towns: Sequence[Town]) -> list[str]:
    return [town.names["en"] for town in towns]


def test_towns_of_the_28_points_on_their_day(every_date: Catalogue) -> None:
    found = towns_of(every_date, "us-28-points", "2025-11-20")
    assert named(found["donetsk-held"])[:4] == ["Donetsk", "Mariupol", "Makiivka", "Horlivka"]
    assert named(found["donetsk-buffer"])[:2] == ["Kramatorsk", "Sloviansk"]
    assert named(found["sevastopol"])[0] == "Sevastopol"
    assert named(found["kherson-frozen"])[0] == "Nova Kakhovka"
    assert named(found["kherson-unheld"])[0] == "Kherson"
    kherson = found["kherson-unheld"][0]
    assert kherson.names == {"en": "Kherson", "uk": "Херсон", "zh-Hant": "赫松"}
    assert kherson.near
    assert not kherson.contested


@pytest.mark.parametrize("proposal", PROPOSALS)
@pytest.mark.parametrize("as_of", [DATES[0], "2025-11-20", DATES[-1]])
def test_a_town_is_in_the_zone_that_it_lies_in(every_date: Catalogue, proposal: str, as_of: str) -> None:
    found = towns_of(every_date, proposal, as_of)
    context = {one.properties["geonameid"]: one for one in every_date.store.features("context/towns.geojson")}
    layer = every_date.store.features(f"{proposal}/{as_of}.geojson")
    parts = {zone.id: zone.geometry for zone in layer if zone.properties["partition"]}
    contested = next(zone.geometry for zone in layer if zone.id == "contested")
    assert list(found) == list(parts)
    listed = [(zone, town) for zone, towns in found.items() for town in towns]
    assert len({town.geonameid for _, town in listed}) == len(listed) > 100
    for zone, town in listed:
        place = context[town.geonameid].geometry
        assert town.population == context[town.geonameid].properties["population"]
        assert parts[zone].intersects(place) or (town.near and parts[zone].distance(place) < 0.03)
        assert town.contested == contested.intersects(place), town
    inside = [
        number for number, one in context.items() if any(shape.intersects(one.geometry) for shape in parts.values())
    ]
    assert {town.geonameid for _, town in listed if not town.near} == set(inside)
    assert {town.names["en"] for _, town in listed if town.near} <= NEAR | ASIDE
    for towns in found.values():
        assert [town.population for town in towns] == sorted((town.population for town in towns), reverse=True)


def test_some_towns_are_contested(every_date: Catalogue) -> None:
    found = towns_of(every_date, "us-28-points", "2025-11-20")
    contested = {town.names["en"] for towns in found.values() for town in towns if town.contested}
    assert contested == {"Pokrovsk", "Vovchansk"}


def test_the_file_says_where_towns_come_from(every_date: Catalogue) -> None:
    edition = every_date.proposal("us-28-points").edition_on("2025-11-20")
    content = json.loads(every_date.read(edition.products["towns"]))
    assert list(content) == ["proposal", "requested_as_of", "as_of", "control_source", "zones", "note"]
    assert content["note"] == NOTE
    assert "GeoNames" in NOTE
    assert "different years" in NOTE


def made(lon: float, lat: float, population: int = 10_000, number: int = 1) -> Place:
    names = dict.fromkeys(("en", "uk", "zh-Hant"), f"town {number}")
    return Place(number, names, frozenset(names), shapely.Point(lon, lat), population, 8)


def zone(study: StudyData, iso: str) -> Feature:
    return Feature(f"zone-{iso}", {"partition": True, "oblast": iso}, study.reference.oblasts[iso].outline)


def towns_in(
    zones: list[Feature], places: list[Place], study: StudyData, control: ControlMap
) -> Mapping[str, list[dict[str, Any]]]:
    return towns_by_zone(zones, places, Positions([place.position for place in places]), study.reference, control)


def test_a_single_map_speaks_for_itself(study: StudyData) -> None:
    around_kyiv = shapely.box(30.3, 50.3, 30.7, 50.6)
    place = made(30.5, 50.45)
    for contested, said in ((None, False), (around_kyiv, True), (shapely.box(36, 48, 37, 49), False)):
        control = ControlMap("2025-11-20", {"held": shapely.box(36, 45, 38, 47)}, "made", "0", contested)
        (town,) = towns_in([zone(study, "UA-30")], [place], study, control)["zone-UA-30"]
        assert town["contested"] is said


def test_a_town_outside_counts_for_the_nearest_oblast_and_only_near_it(study: StudyData) -> None:
    control = study.control["2025-11-20"]
    zones = [zone(study, iso) for iso in ("UA-43", "UA-65")]
    lon, lat = min(
        shapely.get_coordinates(study.reference.oblasts["UA-43"].outline).tolist(), key=lambda place: place[1]
    )
    near, far = made(lon, lat - 0.02, number=1), made(lon, lat - 0.04, number=2)
    found = towns_in(zones, [near, far], study, control)
    assert [(town["geonameid"], town["near"]) for town in found["zone-UA-43"]] == [(1, True)]
    assert found["zone-UA-65"] == []
    assert towns_in(zones[1:], [near], study, control) == {"zone-UA-65": []}


def test_places_tell_whether_a_name_is_of_the_language(study: StudyData) -> None:
    places = {place.names["en"]: place for place in read_places(study.reference)}
    assert places["Kherson"].own == {"en", "uk", "zh-Hant"}
    without = [place for place in places.values() if "zh-Hant" not in place.own]
    assert len(without) > 100
    assert all(place.names["zh-Hant"] == place.names["en"] for place in without)

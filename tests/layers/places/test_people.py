"""People registered before the war are counted once, whatever areas they are counted in."""

import shapely

from layers.places.index import IndexedPlace, index_places
from layers.places.people import people_before_war, registered_before_war
from layers.reference.reference_data import ReferenceData, load_reference_data

AROUND_KRAMATORSK = shapely.box(37.0, 48.6, 38.0, 49.0)


def sources() -> tuple[ReferenceData, tuple[IndexedPlace, ...]]:
    reference = load_reference_data()
    return reference, index_places(reference)


def test_every_place_counts_in_one_oblast() -> None:
    reference, places = sources()
    found = people_before_war([oblast.outline for oblast in reference.oblasts.values()], places)
    ids = [place.geonameid for people in found for place in people.places]
    assert sorted(ids) == sorted(one.place.geonameid for one in places)
    assert sum(people.registered_before_war for people in found) == sum(map(registered_before_war, places))


def test_an_area_has_its_towns_largest_first_and_parts_add_up() -> None:
    _, places = sources()
    (whole,) = people_before_war([AROUND_KRAMATORSK], places)
    assert [place.names["en"] for place in whole.places[:2]] == ["Kramatorsk", "Sloviansk"]
    assert whole.registered_before_war == sum(place.population for place in whole.places)
    halves = [shapely.box(37.0, 48.6, 37.5678, 49.0), shapely.box(37.5678, 48.6, 38.0, 49.0)]  # through Kramatorsk
    parts = people_before_war(halves, places)
    assert sum(part.registered_before_war for part in parts) == whole.registered_before_war
    assert [place.names["en"] for place in parts[0].places[:1]] == ["Kramatorsk"]


def test_nobody_is_in_an_empty_area_and_sevastopol_has_its_villages_once() -> None:
    reference, places = sources()
    nobody, sevastopol = people_before_war([shapely.MultiPolygon(), reference.oblasts["UA-40"].outline], places)
    assert (nobody.places, nobody.registered_before_war) == ((), 0)
    assert sevastopol.registered_before_war == sevastopol.places[0].population


def test_figures_are_of_before_the_war() -> None:
    _, places = sources()
    by_name = {one.place.names["en"]: one.place.population for one in reversed(places)}
    assert [by_name[name] for name in ("Kherson", "Mariupol", "Bakhmut")] == [279_131, 425_681, 71_094]

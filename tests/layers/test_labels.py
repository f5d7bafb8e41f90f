"""The table of places of zones' names: inside of the zones on every date, beside them on ground of no other zone."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
import shapely

from layers.catalogue.model import load_catalogue
from layers.control_map import split
from layers.labels.ground_key import ALONG_LINE, TOGETHER, ground_key
from layers.labels.rectangles import grid_of, largest
from layers.reference.study_data import StudyData, load_study_data
from tests.ground import label_anew

EDGE_DEG = 0.005
MOST_OUTSIDE = 0.03  # of a rectangle, where an edge juts between two cells


@pytest.fixture(scope="module")
def study() -> StudyData:
    return load_study_data()


@pytest.fixture(scope="module")
def stored() -> bytes:
    """The table as the set-up built it."""
    return load_catalogue().read(load_catalogue().display["labels"])


@pytest.fixture(scope="module")
def table(stored: bytes) -> Mapping[str, Any]:
    places: Mapping[str, Any] = json.loads(stored)
    return places


@pytest.mark.slow
def test_the_table_that_was_built_is_the_one_of_the_control_maps(study: StudyData, stored: bytes) -> None:
    assert label_anew(study) == stored


def check_day(study: StudyData, table: Mapping[str, Any], date: str) -> None:
    control = study.control[date]
    outlines = {iso: oblast.outline for iso, oblast in study.reference.oblasts.items()}
    day = split(control.levels[control.drawn], outlines)
    for key, places in table.items():
        if key == ALONG_LINE:
            continue
        sides = [
            getattr(day[iso], side).ground for iso, _, side in (one.rpartition("-") for one in key.split(TOGETHER))
        ]
        ground = shapely.union_all(sides)
        if not ground.is_empty:
            boxes = [shapely.box(*one) for one in places["inside"]]
            outside = [box.difference(ground).area / box.area for box in boxes]
            assert max(outside, default=0) < MOST_OUTSIDE, (key, date)


def test_rectangles_lie_in_their_ground(study: StudyData, table: Mapping[str, Any]) -> None:
    for date in study.control.dates[::19]:
        check_day(study, table, date)


@pytest.mark.slow
def test_rectangles_lie_in_their_ground_on_every_third_date(study: StudyData, table: Mapping[str, Any]) -> None:
    for date in study.control.dates[::3]:
        check_day(study, table, date)


def test_names_beside_a_ground_lie_on_no_held_ground_of_others(study: StudyData, table: Mapping[str, Any]) -> None:
    control = study.control[study.control.dates[-1]]
    outlines = {iso: oblast.outline for iso, oblast in study.reference.oblasts.items()}
    day = split(control.levels[control.drawn], outlines)
    for key, places in table.items():
        others = [cut.held.ground for iso, cut in day.items() if not key.startswith(iso)]
        held = shapely.union_all(others).buffer(-2 * EDGE_DEG)
        assert not [one for one in places["beside"] if held.intersects(shapely.box(*one))], key


def test_every_ground_that_zones_lie_on_has_room_for_a_name(table: Mapping[str, Any]) -> None:
    assert {"UA-14-held", "UA-14-unheld", "UA-63-held", "UA-43-held", ALONG_LINE, "UA-23-held+UA-65-held"} <= set(table)
    assert all(places["inside"] or places["beside"] for key, places in table.items() if not key.endswith("unheld"))


def test_the_largest_rectangle_of_a_shape_is_found() -> None:
    (west, south, east, north), *_ = largest(grid_of(shapely.box(30, 0, 34, 1)), [4.0])
    assert (west, south, east, north) == pytest.approx((30, 0, 34, 1), abs=0.1)


def test_a_rectangle_may_have_to_reach_to_a_place() -> None:
    area = shapely.union(shapely.box(30, 0, 31, 1), shapely.box(33, 0, 36, 3))
    (west, _, east, _), *_ = largest(grid_of(area), [1.0], around=(30.5, 0.5))
    assert (west, east) == pytest.approx((30, 31), abs=0.1)


def test_a_zone_names_the_ground_that_it_lies_on() -> None:
    zone = {"kind": "buffer", "oblast": "UA-14", "held_by": "ukraine", "partition": True}
    assert ground_key(zone) == "UA-14-unheld"
    assert ground_key(zone | {"oblast": None, "partition": False}) == ALONG_LINE
    assert ground_key(zone | {"kind": "line"}) is None

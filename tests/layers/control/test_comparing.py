"""What differs between two control maps: days, sources, and made lines that were moved by a known way."""

from dataclasses import replace

import pytest
import shapely

from geo.measure import area_km2, length_km
from geo.overlay import halve
from layers.control.comparison import Comparison, compare, contested_ground
from layers.control.preparation import with_edges
from layers.reference.control_series import EMBEDDED_NAME
from layers.reference.reference_data import Oblast, ReferenceData
from layers.reference.study_data import StudyData
from tests.layers.control.conftest import DAY, Maps, made, made_control

LATER = "2026-01-01"
BOX = shapely.box(35, 47, 37, 48)
KM_EAST = 3 / 75.4  # degrees for 3 km at 47.5 degrees north


@pytest.fixture(scope="module")
def days(study: StudyData) -> Comparison:
    return compare(study.control[DAY], study.control[LATER], study.reference)


@pytest.fixture(scope="module")
def small(study: StudyData) -> ReferenceData:
    """One oblast, a box of a degree by two."""
    names = {"en": "Box", "uk": "Коробка", "zh-Hant": "方框"}
    return replace(study.reference, oblasts={"UA-00": Oblast("UA-00", "box", names, BOX, area_km2(BOX), 1)})


def test_two_days_of_the_embedded_maps(days: Comparison) -> None:
    assert days.total("held_in_second_only_km2") == pytest.approx(660.9, abs=0.1)
    assert days.total("held_in_first_only_km2") == pytest.approx(111.1, abs=0.1)
    assert days.line.length_first_km == pytest.approx(1_073, abs=2)
    assert days.line.moved_km == pytest.approx(442, abs=2)
    assert days.line.mean_distance_km == pytest.approx(0.79, abs=0.02)
    assert days.line.p95_distance_km == pytest.approx(4.45, abs=0.1)
    assert days.first == f"{EMBEDDED_NAME}, 2025-11-20"
    assert {"UA-14", "UA-23", "UA-63"} < {change.iso for change in days.differing}
    assert "UA-43" not in {change.iso for change in days.differing}


def test_what_each_way_is_agrees_with_the_areas_held(days: Comparison, study: StudyData) -> None:
    outline = study.reference.oblasts["UA-14"].outline
    held = [area_km2(halve(outline, study.control[day].levels["majority"]).inside) for day in (DAY, LATER)]
    donetsk = next(change for change in days.oblasts if change.iso == "UA-14")
    difference = donetsk.held_in_second_only_km2 - donetsk.held_in_first_only_km2
    assert held[1] - held[0] == pytest.approx(difference, abs=0.1)


def test_the_changed_ground_adds_up_to_the_table(days: Comparison) -> None:
    for which in ("first", "second"):
        parts = [part for part in days.ground if part.properties["held_in"] == f"{which} only"]
        total = days.total(f"held_in_{which}_only_km2")
        assert sum(area_km2(part.geometry) for part in parts) == pytest.approx(total, abs=0.1 + days.dropped.area_km2)
        assert sum(part.properties["area_km2"] for part in parts) == pytest.approx(total, abs=0.2)


def test_a_map_against_itself_is_nothing(study: StudyData) -> None:
    same = compare(study.control[DAY], study.control[DAY], study.reference)
    assert same.differing == ()
    assert same.ground == ()
    assert (same.line.moved_km, same.line.mean_distance_km, same.line.p95_distance_km) == (0, 0, 0)


def test_b_and_a_mirror_a_and_b(days: Comparison, study: StudyData) -> None:
    back = compare(study.control[LATER], study.control[DAY], study.reference)
    assert back.total("held_in_first_only_km2") == days.total("held_in_second_only_km2")
    assert back.total("held_in_second_only_km2") == days.total("held_in_first_only_km2")
    assert back.total("contested_first_km2") == days.total("contested_second_km2")
    assert back.line.mean_distance_km == days.line.mean_distance_km
    assert back.line.p95_distance_km == days.line.p95_distance_km
    assert (back.line.length_first_km, back.first) == (days.line.length_second_km, days.second)


@pytest.mark.slow
def test_two_sources_of_one_day_lie_close(samples: Maps, study: StudyData) -> None:
    """What is left over along coasts is no line of contact: it would put the mean at 20 km and more."""
    deepstate = with_edges(samples["deepstate"], study.reference)
    found = compare(deepstate, study.control[DAY], study.reference)
    assert 1_200 < found.line.length_first_km < 1_450
    assert found.line.mean_distance_km < 1.5
    assert found.line.p95_distance_km < 4


def test_a_line_that_is_moved_by_three_kilometres(small: ReferenceData) -> None:
    one = made_control(shapely.box(36, 46, 38, 49))
    two = made_control(shapely.box(36 + KM_EAST, 46, 38, 49))
    found = compare(one, two, small)
    assert found.line.mean_distance_km == pytest.approx(3, rel=0.01)
    assert found.line.p95_distance_km == pytest.approx(3, rel=0.02)
    length = length_km(shapely.LineString([(36, 47), (36, 48)]))
    assert found.line.length_first_km == pytest.approx(length, abs=0.1)
    assert found.line.moved_km == pytest.approx(length, abs=0.1)
    assert found.total("held_in_second_only_km2") == 0
    lost = area_km2(shapely.box(36, 47, 36 + KM_EAST, 48))
    assert found.total("held_in_first_only_km2") == pytest.approx(lost, abs=0.02)


def test_one_map_that_holds_nothing_has_no_line(small: ReferenceData) -> None:
    found = compare(made_control(shapely.box(36, 46, 38, 49)), made_control(shapely.box(0, 0, 1, 1)), small)
    assert found.line.length_second_km == 0
    assert found.line.mean_distance_km == 0
    assert found.total("held_in_first_only_km2") == pytest.approx(area_km2(shapely.box(36, 47, 37, 48)), abs=0.1)


def test_contested_ground_of_several_maps_and_of_one(study: StudyData, small: ReferenceData) -> None:
    levels = study.control[DAY].levels
    several = area_km2(contested_ground(study.control[DAY]))
    assert several == pytest.approx(area_km2(levels["any"]) - area_km2(levels["agreed"]), abs=1)
    contested = shapely.box(35.5, 47.2, 35.6, 47.3)
    single = made(shapely.box(36, 46, 38, 49), contested=contested).control
    found = compare(single, made_control(shapely.box(36, 46, 38, 49)), small)
    assert found.total("contested_first_km2") == pytest.approx(area_km2(contested), abs=0.1)
    assert found.total("contested_second_km2") == 0
    assert len(found.differing) == 1

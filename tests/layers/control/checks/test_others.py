"""A map against the others of its day: real maps pass; a wrong day, a class turned round and a rough map do not."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from layers.control.checks.cleaning import clean
from layers.control.checks.other_maps import OtherMaps, Way
from layers.control.checks.report import check_file
from layers.control.towns import towns_held_since_2014
from layers.readers import read_control
from layers.reference.study_data import StudyData, load_study_data

CODE = "far-from-other-maps"
DAY, TODAY = "2025-11-20", date(2026, 11, 26)
MAKERS = {
    "creamycaprice_2025-11-18.kml": "2025-11-18",
    "deepstate-dump_2025-08-03.geojson": "2025-08-03",
    "deepstate-mirror_2025-11-20.geojson": "2025-11-19",
    "isw_2025-11-19_null-and-invalid.geojson": "2025-11-19",
    "nzz_2025-11-20.json": DAY,
    "uacontrolmap_2025-11-20.json": DAY,
}


@pytest.fixture(scope="module")
def study() -> StudyData:
    return load_study_data()


@pytest.fixture(scope="module")
def others(study: StudyData) -> OtherMaps:
    return OtherMaps(study)


@pytest.fixture(scope="module")
def good_base(shared: Path, study: StudyData) -> BaseGeometry:
    """A rough map, some 8,000 km² from the others."""
    return clean(read_control(shared / "samples/faults/00_good_base.geojson"), study.reference.ukraine).held


def said(
    others: OtherMaps, held: BaseGeometry, day: str | None, maker: str | None = None, way: Way = "refuse"
) -> list[str]:
    """The messages, all of them of this check; refused where the way is to refuse."""
    found = others.compare(held, day, maker, way)
    assert {finding.code for finding in found} <= {CODE}
    return [finding.message for finding in found]


@pytest.mark.costly
@pytest.mark.parametrize(("file", "day"), MAKERS.items())
def test_maps_of_real_makers_pass(shared: Path, others: OtherMaps, study: StudyData, file: str, day: str) -> None:
    raw = read_control(shared / "samples/control" / file)
    held = clean(raw, study.reference.ukraine).held
    assert said(others, held, day, raw.publisher) == []
    assert said(others, held, None, raw.publisher) == []  # it fits one of all days


@pytest.mark.parametrize("file", MAKERS)
def test_maps_of_real_makers_under_the_day_of_fifteen_months_before(
    shared: Path, others: OtherMaps, study: StudyData, file: str
) -> None:
    raw = read_control(shared / "samples/control" / file)
    (message,) = said(others, clean(raw, study.reference.ukraine).held, "2024-08-20", raw.publisher)
    assert "Donetsk " in message
    assert "in brackets the other maps of 2024-08-15 and 2024-09-01" in message
    assert "\n" not in message


@pytest.mark.slow
def test_no_map_passes_for_one_of_fifteen_months_earlier_or_later(others: OtherMaps, study: StudyData) -> None:
    """Every embedded day under every other about fifteen months from it, at the level that is nearest to that one."""
    far = timedelta(days=456)
    for day in study.control.dates[::4]:
        for other in study.control.dates[::4]:
            apart = date.fromisoformat(day) - date.fromisoformat(other)
            if abs(abs(apart) - far) < timedelta(days=20):
                level = "any" if apart > timedelta(0) else "agreed"
                assert said(others, study.control[other].levels[level], day), (day, other)


@pytest.mark.parametrize("level", ["agreed", "majority", "any"])
def test_every_level_passes_on_its_own_day_and_near_it(others: OtherMaps, study: StudyData, level: str) -> None:
    for day in ("2024-08-01", "2025-03-01", DAY, "2026-08-21"):
        held = study.control[day].levels[level]
        for near in (-9, 0, 9):
            asked = (date.fromisoformat(day) + timedelta(days=near)).isoformat()
            assert said(others, held, asked, "DeepState") == []


def test_a_map_of_one_of_the_three_makers_is_held_closer(others: OtherMaps, study: StudyData) -> None:
    """Four months do not show on any map, but on one of those that the embedded data is made from."""
    held = study.control["2025-07-14"].levels["agreed"]
    assert said(others, held, DAY) == []
    (message,) = said(others, held, DAY, "UA Control Map")
    assert re.search(r"Donetsk 17,\d{3} \(18,\d{3} to 19,\d{3}\); in all 97,\d{3} \(98,\d{3} to 100,\d{3}\)", message)
    assert re.search("; it fits the maps of 2025-0[67]-", message)


def test_a_class_turned_round(others: OtherMaps, study: StudyData) -> None:
    """64,000 km² missing: only what was held before 2022 is left, or only what was taken since."""
    held = study.control[DAY].levels["majority"]
    before = shapely.union_all([shapely.box(32, 44, 37, 46.15), shapely.box(37.6, 47.2, 40.5, 48.75)])
    for left in (held & before, held - before, study.reference.ukraine - held):
        (message,) = said(others, left, DAY, None, "tell")
        assert "look whether its day and the class taken from it are right" in message
        assert message.endswith("; behind a proposal it needs --accept-difference")


def test_what_was_held_before_2022_is_left_to_another_check(others: OtherMaps, study: StudyData) -> None:
    """Crimea is missing, as on maps that begin in 2022: ``incomplete`` tells it, and no figure comes of it."""
    whole = study.control[DAY].levels["majority"]
    crimea = study.reference.area_of(("UA-43", "UA-40")).buffer(0.3)
    assert said(others, whole - crimea, DAY) == []
    assert said(others, whole - crimea - shapely.box(33, 46.2, 36, 47.6), DAY)  # and Kherson besides


def test_the_rough_map_is_told_by_oblast(others: OtherMaps, good_base: BaseGeometry) -> None:
    (message,) = said(others, good_base, DAY)
    for words in ("away from coast and border it holds, in km², ", "Zaporizhzhia 17,", "Kherson 15,", "Kharkiv 0 ("):
        assert words in message
    assert message.endswith("in brackets the other maps of 2025-11-20; --accept-difference lets it through")
    assert "fits" not in message  # no day
    (accepted,) = others.compare(good_base, DAY, None, "accept")
    assert (accepted.verdict, accepted.message.endswith("; accepted")) == ("told", True)


def test_a_map_without_a_day_is_held_against_all(others: OtherMaps, good_base: BaseGeometry) -> None:
    (message,) = said(others, good_base, None, way="tell")
    assert ", of any day the nearest; behind a proposal" in message


@pytest.mark.parametrize("day", ["2022-05-01", "2024-06-30", "2026-09-22"])
def test_without_a_day_near_nothing_could_be_compared(others: OtherMaps, good_base: BaseGeometry, day: str) -> None:
    (finding,) = others.compare(good_base, day, None, "refuse")
    assert (finding.code, finding.verdict) == (CODE, "told")
    assert finding.message.startswith("nothing could be compared: ")
    assert others.days_near(day) == ()


@pytest.mark.parametrize(
    ("day", "near"),
    [
        ("2024-07-01", ("2024-08-01",)),
        ("2024-08-01", ("2024-08-01",)),
        ("2024-08-02", ("2024-08-01", "2024-08-15")),
        ("2026-09-21", ("2026-08-21",)),
    ],
)
def test_the_days_that_a_map_is_held_against(others: OtherMaps, day: str, near: tuple[str, ...]) -> None:
    assert others.days_near(day) == near


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("faults/2025-08-05 nzz-like.json", True),
        ("faults/00_good_base.geojson", True),
        ("control/deepstate-mirror_2025-11-20.geojson", False),
        ("control/isw_2202-02-02_impossible-date.geojson", False),
    ],
)
def test_a_check_tells_it_and_refuses_nothing(shared: Path, study: StudyData, file: str, told: bool) -> None:
    report = check_file(shared / "samples" / file, study, towns_held_since_2014(), TODAY)
    assert [finding.verdict for finding in report.findings if finding.code == CODE] == ["told"] * told
    assert report.usable is ("impossible" not in file)

"""Proposal files from drawings: a draft that the check accepts, zones cut to Ukraine, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shapely import box

from geo.measure import area_km2
from layers.build.own_proposals import check_file, try_proposal
from layers.proposal.starting import drawing_file
from layers.reference.study_data import StudyData, load_study_data
from layers.zones.derive import derive_zones, split_day

DAY = "2025-11-20"
INSIDE = [[[[36.5, 48.0], [37.5, 48.0], [37.5, 48.5], [36.5, 48.5]]]]


@pytest.fixture(scope="module")
def study() -> StudyData:
    return load_study_data()


def written(folder: Path, polygons: object, zone: str = "drawn-area") -> Path:
    parts = drawing_file()
    text = parts["head"] + parts[zone] + parts["rest"]
    for blank, words in {"id": "drawn-proposal", "date": DAY, "km": "10", "polygons": json.dumps(polygons)}.items():
        text = text.replace(f"{{{blank}}}", words)
    path = folder / "drawn-proposal.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("zone", ["drawn-area", "drawn-side", "drawn-buffer"])
def test_the_file_of_a_drawing_is_accepted_as_a_draft(study: StudyData, tmp_path: Path, zone: str) -> None:
    checked = check_file(written(tmp_path, INSIDE, zone), study.reference)
    assert checked.problems == ()
    assert checked.proposal
    (draft,) = try_proposal(checked.proposal, study).remarks
    assert "still to be written" in draft
    assert f"zones.{zone}.says" in draft


def test_a_drawn_zone_is_what_lies_in_ukraine(study: StudyData, tmp_path: Path) -> None:
    over_the_border = [[[[38.0, 48.0], [42.0, 48.0], [42.0, 49.0], [38.0, 49.0]]]]
    for polygons, expected in (
        (INSIDE, box(36.5, 48, 37.5, 48.5)),
        (over_the_border, box(38, 48, 42, 49).intersection(study.reference.ukraine)),
    ):
        proposal = check_file(written(tmp_path, polygons), study.reference).proposal
        assert proposal
        (drawn, *_) = derive_zones(study, proposal, split_day(study, DAY), "").features
        assert drawn.id == "drawn-area"
        assert area_km2(drawn.geometry) == pytest.approx(area_km2(expected), rel=1e-6)


@pytest.mark.parametrize(
    ("polygons", "words"),
    [
        ([], "polygons"),
        ([[[[36, 48], [37, 49]]]], "polygons"),
        ([[[[36, 48], [37, 49], [37, 48], [36, 49]]]], "crosses itself"),
        ([[[[36, 48], [37, 49], [48, 137]]]], "longitude and latitude"),
        ([[[["x", 48], [37, 49], [37, 48]]]], "number"),
        ([[[[30 + place * 1e-5, 48] for place in range(40_001)]]], "simplify"),
    ],
)
def test_what_is_no_ground_is_refused(study: StudyData, tmp_path: Path, polygons: object, words: str) -> None:
    checked = check_file(written(tmp_path, polygons), study.reference)
    assert checked.proposal is None
    assert words in checked.problems[0]

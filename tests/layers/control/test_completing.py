"""Completing a map that leaves out what was held before 2022."""

from pathlib import Path

import pytest
import shapely

from geo.measure import area_km2
from layers.control.completion import complete
from layers.control.importing import ImportRequest, import_control
from layers.control.preparation import check_complete, completed
from layers.control.references import find_near
from layers.control.selection import ControlChoice
from layers.control.stored import StoredMap
from layers.control.towns import HELD_SINCE_2014, missing_towns, towns_held_since_2014
from layers.control.workspace import Workspace
from layers.control_map import ControlMap
from layers.errors import ControlError, UnknownError
from layers.reference.reference_data import ReferenceData
from layers.reference.study_data import StudyData
from tests.layers.control.conftest import DAY, FILES, TODAY, Maps, made, made_control, square, zones

TOWNS = {"Here": shapely.Point(36.25, 48.25), "There": shapely.Point(38.25, 48.25)}


def test_only_pieces_around_missing_towns_are_taken() -> None:
    held = square(36, 48)  # holds the first town
    there, nowhere, beside = square(38, 48), square(40, 48), square(36.4, 48)
    done = complete(held, shapely.union_all([there, nowhere, beside]), TOWNS)
    assert done.held.equals(shapely.union_all([held, there]))
    (piece,) = done.pieces
    assert piece.towns == ("There",)
    assert piece.area_km2 == pytest.approx(area_km2(there), abs=0.1)


def test_a_piece_is_what_the_other_map_has_beyond() -> None:
    held = shapely.box(36, 48, 38.2, 48.5)
    other = shapely.box(37, 48, 38.5, 48.5)
    done = complete(held, other, TOWNS)
    assert done.pieces[0].area_km2 == pytest.approx(area_km2(shapely.box(38.2, 48, 38.5, 48.5)), abs=0.1)
    assert done.held.equals(shapely.box(36, 48, 38.5, 48.5))


def test_a_map_that_holds_all_towns_stays_as_it_is(samples: Maps, study: StudyData) -> None:
    other = study.control[DAY]
    assert completed(samples["deepstate"], lambda _: other) is samples["deepstate"]
    assert completed(samples["nzz"], None) is samples["nzz"]


def test_nzz_with_deepstate(shared: Path, desk: Workspace, study: StudyData) -> None:
    add = find_near("deepstate", desk, study, TODAY)
    path = shared / "samples/control" / FILES["nzz"]
    stored = import_control(path, ImportRequest("nzz", DAY), study, today=TODAY, add=add).stored
    (entry,) = stored.provenance["added"]
    assert entry["title"] == "deepstate: DeepState"
    assert entry["as_of"] == DAY
    assert entry["sha256"] == desk.shelf("deepstate")[DAY].sha256
    assert sorted(town for piece in entry["pieces"] for town in piece["towns"]) == sorted(HELD_SINCE_2014)
    assert sum(piece["area_km2"] for piece in entry["pieces"]) == pytest.approx(45_000, rel=0.02)
    assert missing_towns(stored.levels["held"], towns_held_since_2014()) == ()
    assert "NZZ, completed with deepstate: DeepState of 2025-11-20 (sha256 3765b422e9f4; one map" in stored.citation


def test_an_incomplete_map_is_refused_with_both_ways_out(samples: Maps) -> None:
    with pytest.raises(ControlError) as refused:
        check_complete(samples["nzz"])
    assert refused.value.code == "incomplete"
    for words in ("nzz of 2025-11-20", *HELD_SINCE_2014, "--add NAME|FILE", "--incomplete"):
        assert words in str(refused.value)


@pytest.mark.slow
def test_behind_a_proposal(desk: Workspace, tmp_path: Path) -> None:
    with pytest.raises(ControlError, match="does not hold Simferopol"):
        zones(ControlChoice(desk, "nzz"))
    assert not (tmp_path / "refused").exists()
    let = zones(ControlChoice(desk, "nzz", incomplete=True))
    assert let["donetsk-buffer"]["area_km2"] > 13_000
    whole = zones(ControlChoice(desk, "nzz", add="deepstate"))
    assert whole["donetsk-buffer"]["area_km2"] == pytest.approx(5_623, abs=30)
    assert "completed with deepstate: DeepState of 2025-11-20" in whole["donetsk-buffer"]["control_source"]
    embedded = zones(ControlChoice(desk, "nzz", add="embedded"))
    assert 5_400 < embedded["donetsk-buffer"]["area_km2"] < 5_700


def test_a_map_is_completed_with_the_day_that_is_nearest_to_its_own(tmp_path: Path, study: StudyData) -> None:
    workspace = Workspace(tmp_path)
    for day, west in (("2024-01-01", 36), ("2025-01-01", 36.1), ("2026-01-01", 36.2)):
        workspace.put(made(square(west, 48), "other", day))
    near = find_near("other", workspace, study, TODAY)
    assert [near(day).as_of for day in ("2020-01-01", "2025-02-01", "2025-11-20", "2030-01-01")] == [
        "2024-01-01", "2025-01-01", "2026-01-01", "2026-01-01",
    ]  # fmt: skip
    assert find_near("other@2024-01-01", workspace, study, TODAY)("2026-01-01").as_of == "2024-01-01"
    assert find_near("embedded", workspace, study, TODAY)("2025-11-21").as_of == DAY
    assert find_near("2026-01-01", workspace, study, TODAY)(DAY).as_of == "2026-01-01"
    with pytest.raises(UnknownError, match="known: embedded, other"):
        find_near("nobody", workspace, study, TODAY)


def test_a_town_on_the_line_between_two_pieces_is_held() -> None:
    assert complete(square(36, 48), square(38, 48), {"Edge": shapely.Point(36.5, 48.2)}).pieces == ()
    assert made_control(square(36, 48)).drawn == "held"


def test_maps_to_complete_others_with_are_prepared_once_and_load_no_sources_again(
    study: StudyData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, found = Workspace(tmp_path), []
    desk.put(made(square(37, 47), name="other"))

    def noting(stored: StoredMap, _: ReferenceData) -> ControlMap:
        found.append(stored.as_of)
        return stored.control

    monkeypatch.setattr("layers.control.references.with_edges", noting)
    monkeypatch.setattr(
        "layers.reference.reference_data.read_features", lambda _: pytest.fail("the sources are loaded again")
    )
    near, included = (find_near(name, desk, study, TODAY) for name in ("other", "embedded"))
    assert near("2025-11-20") is near("2025-11-21")
    assert found == [DAY]
    assert included("2025-11-20").as_of == DAY

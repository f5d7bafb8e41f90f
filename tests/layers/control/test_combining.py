"""A desk's own interval from several maps of about one day."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import shapely

from geo.measure import area_km2
from geo.overlay import halve
from layers.control.combination import combine, combine_maps
from layers.control.selection import ControlChoice
from layers.control.stored import StoredMap, own_bytes
from layers.control.workspace import Workspace
from layers.control_map import LEVELS
from layers.errors import ControlError, DateError, UnknownError
from layers.reference.study_data import StudyData
from tests.layers.control.conftest import DAY, TODAY, Maps, made, square, zones

NAMES = ("deepstate", "uacontrolmap", "nzz")


@pytest.fixture(scope="module")
def combined(desk: Workspace) -> StoredMap:
    return combine_maps(NAMES, DAY, "combined", ControlChoice(desk, add="deepstate"), today=TODAY)


@pytest.mark.slow
def test_the_buffer_of_donetsk(combined: StoredMap, study: StudyData) -> None:
    outline = study.reference.oblasts["UA-14"].outline
    low, majority, high = (area_km2(halve(outline, combined.levels[level]).outside) for level in reversed(LEVELS))
    assert 5_500 < low < majority < high < 6_450
    assert majority == pytest.approx(6_000, abs=50)


@pytest.mark.slow
def test_a_combination_stands_on_other_outlines_too(combined: StoredMap, osm_study: StudyData) -> None:
    """Made on the embedded outlines, it has ground enough beyond them: no strip is left along the border."""
    outline = osm_study.reference.oblasts["UA-09"].outline
    assert 60 < area_km2(halve(outline, combined.levels["majority"]).outside) < 110
    crimea = osm_study.reference.oblasts["UA-43"].outline
    assert area_km2(halve(crimea, combined.levels["agreed"]).outside) < 5


def test_levels_lie_exactly_in_one_another(combined: StoredMap) -> None:
    for inner, outer in pairwise(LEVELS):
        assert shapely.difference(combined.levels[inner], combined.levels[outer]).area < 1e-12
    assert area_km2(combined.levels["agreed"]) < area_km2(combined.levels["any"])


def test_every_level_lies_between_all_and_any_of_the_maps(
    combined: StoredMap, desk: Workspace, study: StudyData
) -> None:
    """In Donetsk, where no edge is filled but along the sea: what all agree on cannot be more than the smallest map."""
    outline = study.reference.oblasts["UA-14"].outline.buffer(-0.1)
    single = [area_km2(halve(outline, desk.shelf(name)[DAY].levels["held"]).inside) for name in NAMES[:2]]
    agreed, shown = (area_km2(halve(outline, combined.levels[level]).inside) for level in ("agreed", "any"))
    assert agreed <= min(single) + 1
    assert shown >= max(single) - 1


def test_what_a_combination_says_of_itself(combined: StoredMap, samples: Maps) -> None:
    assert combined.maps == 3
    assert combined.title == "DeepState + UA Control Map + NZZ"
    assert "3 maps" in combined.citation
    assert [part["sha256"] for part in combined.provenance["parts"]] == [samples[name].sha256 for name in NAMES]
    assert combined.provenance["parts"][2]["added"][0]["title"] == "deepstate: DeepState"
    assert "0.1 degrees" in combined.provenance["method"]
    assert len(combined.sha256) == 64


@pytest.mark.slow
def test_the_same_maps_give_the_same_bytes(combined: StoredMap, desk: Workspace) -> None:
    again = combine_maps(NAMES, DAY, "combined", ControlChoice(desk, add="deepstate"), today=TODAY)
    assert own_bytes(again) == own_bytes(combined)


def test_zones_of_a_combination_have_an_interval(combined: StoredMap, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.put(combined)
    found = zones(ControlChoice(workspace, "combined"))
    buffer = found["donetsk-buffer"]
    assert 5_500 < buffer["area_low_km2"] < buffer["area_km2"] < buffer["area_high_km2"] < 6_450
    assert buffer["licence"] == (
        "the makers of the control maps decide (DeepState, UA Control Map, NZZ); outlines and texts CC BY 4.0"
    )
    assert "one map" not in found["contested"]["open_en"]
    assert found["contested"]["area_km2"] > 1_000


def test_two_and_nine_maps(study: StudyData) -> None:
    two = combine([square(36, 48), square(36.1, 48)], study.reference.ukraine)
    assert two["agreed"].equals(two["majority"])
    assert area_km2(two["any"]) == pytest.approx(area_km2(shapely.box(36, 48, 36.6, 48.5)), rel=1e-4)
    nine = combine([square(36 + step / 100, 48) for step in range(9)], study.reference.ukraine)
    assert area_km2(nine["majority"]) == pytest.approx(area_km2(square(36.04, 48)), rel=1e-4)
    assert area_km2(nine["agreed"]) == pytest.approx(area_km2(shapely.box(36.08, 48, 36.5, 48.5)), rel=1e-4)


@pytest.mark.parametrize("maps", [0, 1, 10])
def test_too_few_or_too_many_maps(desk: Workspace, study: StudyData, maps: int) -> None:
    with pytest.raises(ControlError, match=f"named: {maps}; name from 2 to 9"):
        combine_maps(["deepstate"] * maps, DAY, "own", ControlChoice(desk), today=TODAY)
    with pytest.raises(ControlError, match="name from 2 to 9"):
        combine([square(36, 48)] * maps, study.reference.ukraine)


@pytest.mark.parametrize(
    ("names", "as_of", "error", "words"),
    [
        (("deepstate", "embedded"), DAY, ControlError, "embedded: is a combination itself"),
        (("deepstate", "deepstate@2025-11-20"), DAY, ControlError, "the same file as deepstate; name each map once"),
        (("deepstate", "nzz"), DAY, ControlError, "--add NAME|FILE, or let it through with --incomplete"),
        (("deepstate", "uacontrolmap"), "2025-11-24", DateError, "within 3 days of 2025-11-24, the nearest is of 2025"),
        (("deepstate@latest", "uacontrolmap"), "2025-11-24", ControlError, "speaks of 2025-11-20, more than 3 days"),
        (("deepstate", "uacontrolmap"), "2025-11-31", DateError, "'2025-11-31' is not a date; write it as YYYY-MM-DD$"),
        (("deepstate", "nobody"), DAY, UnknownError, "known: embedded, deepstate, nzz, uacontrolmap"),
    ],
)
def test_what_is_refused(
    desk: Workspace, names: tuple[str, ...], as_of: str, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words.replace("|", r"\|")):
        combine_maps(names, as_of, "own", ControlChoice(desk), today=TODAY)


def test_a_combination_of_combinations_is_refused(combined: StoredMap, desk: Workspace, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.put(combined)
    workspace.put(desk.shelf("deepstate")[DAY])
    with pytest.raises(ControlError, match="combined: is a combination itself; name the maps that it was made of"):
        combine_maps(("deepstate", "combined"), DAY, "own", ControlChoice(workspace), today=TODAY)


def test_a_combination_takes_no_place_of_a_single_map(combined: StoredMap, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    path = workspace.put(made(square(36, 48), "combined", "2025-10-01"))
    before = path.read_bytes()
    with pytest.raises(ControlError, match="its map of 2025-10-01 is made of 1, this one of 3; choose another name"):
        workspace.put(combined)
    with pytest.raises(ControlError, match="choose another name"):
        workspace.put(replace(combined, as_of="2025-10-01"))
    assert path.read_bytes() == before


@pytest.mark.slow
def test_incomplete_maps_are_let_through_when_that_is_said(desk: Workspace) -> None:
    let = combine_maps(("deepstate", "nzz"), DAY, "own", ControlChoice(desk, incomplete=True), today=TODAY)
    assert area_km2(let.levels["agreed"]) < 85_000 < area_km2(let.levels["any"])


@pytest.mark.slow
def test_of_several_days_the_nearest_is_taken(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    for day, west in (("2025-11-17", 36), ("2025-11-19", 36.1), ("2025-11-21", 36.2)):
        workspace.put(made(square(west, 48), "one", day))
    workspace.put(replace(made(square(36.1, 48), "two"), provenance={"sha256": "f" * 64}))
    told: list[str] = []
    choice = ControlChoice(workspace, incomplete=True, accept_difference=True)
    combine_maps(("one", "two"), DAY, "own", choice, today=TODAY, tell=told.append)
    assert told[0].endswith(", 2025-11-19")

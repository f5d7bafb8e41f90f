"""Coast and border: what raw maps leave over on the embedded outlines, and what filling gives."""

import pytest
import shapely

from geo.measure import area_km2
from geo.overlay import halve
from layers.control.edge_filling import find_strips, run_outward
from layers.control.preparation import by_oblast, with_edges
from layers.control.selection import ControlChoice
from layers.control.workspace import Workspace
from layers.control_map import ControlMap
from layers.reference.study_data import StudyData
from tests.layers.control.conftest import Maps, zones

CRIMEA, LUHANSK = "UA-43", "UA-09"


def unheld_km2(control: ControlMap, study: StudyData, iso: str) -> float:
    return area_km2(halve(study.reference.oblasts[iso].outline, control.levels["held"]).outside)


@pytest.mark.parametrize(("name", "crimea", "luhansk"), [("deepstate", 244, 322), ("uacontrolmap", 2, 331)])
def test_a_raw_map_leaves_strips_that_filling_gives_to_the_ground_beside(
    samples: Maps, study: StudyData, name: str, crimea: float, luhansk: float
) -> None:
    kept, filled = (with_edges(samples[name], study.reference, edges) for edges in ("keep", "fill"))
    assert unheld_km2(kept, study, CRIMEA) == pytest.approx(crimea, abs=2)
    assert unheld_km2(filled, study, CRIMEA) < 1
    assert unheld_km2(kept, study, LUHANSK) == pytest.approx(luhansk, abs=3)
    assert 90 < unheld_km2(filled, study, LUHANSK) < 105


def test_what_was_filled_is_told_by_oblast(samples: Maps, study: StudyData) -> None:
    told: list[str] = []
    with_edges(samples["deepstate"], study.reference, tell=told.append)
    (line,) = told
    assert line.startswith(
        "deepstate of 2025-11-20: edges filled along coast, border and seams (--edges keep does not), km²"
    )
    assert "Autonomous Republic of Crimea 244, " in line
    assert "Luhansk 227, " in line


def test_a_small_strip_is_not_told_as_nothing(study: StudyData) -> None:
    assert (
        by_oblast({CRIMEA: 1234.4, LUHANSK: 0.3}, study.reference)
        == "Autonomous Republic of Crimea 1,234, Luhansk under 1"
    )


def test_keep_leaves_the_map_as_it_is(samples: Maps, study: StudyData) -> None:
    for stored in samples.values():
        assert with_edges(stored, study.reference, "keep").levels["held"] is stored.levels["held"]


@pytest.mark.parametrize("name", ["deepstate", "uacontrolmap"])
def test_filling_takes_nothing_away_and_stays_near_coast_and_border(samples: Maps, study: StudyData, name: str) -> None:
    held = samples[name].levels["held"]
    outlines = {iso: oblast.outline for iso, oblast in study.reference.oblasts.items()}
    strips = find_strips(held, outlines, study.reference.ukraine)
    assert area_km2(shapely.intersection(strips.ground, held)) < 0.5
    assert area_km2(shapely.difference(strips.ground, study.reference.ukraine)) < 0.5
    assert sum(strips.by_oblast_km2.values()) == pytest.approx(area_km2(strips.ground), abs=1)
    coast = shapely.union_all([part.exterior for part in shapely.get_parts(study.reference.ukraine)])
    parts = shapely.get_parts(strips.ground)
    seams = parts[shapely.distance(parts, coast) > 0.075]  # 5 km of longitude
    filled = shapely.union(held, strips.ground)
    open_km2 = [area_km2(shapely.difference(seam.buffer(0.0001), filled)) for seam in seams]
    assert max(open_km2, default=0.0) < 0.05  # deep in held territory, on all sides


def test_a_seam_between_two_polygons_of_a_map_is_no_line_of_contact(samples: Maps, study: StudyData) -> None:
    """UA Control Map leaves 5 km² between its parts along the border of Donetsk and Luhansk, far behind the line."""
    behind = shapely.box(38.4, 47.9, 39.2, 48.25)
    kept, filled = (
        with_edges(samples["uacontrolmap"], study.reference, edges).levels["held"] for edges in ("keep", "fill")
    )
    assert area_km2(shapely.difference(behind, kept)) > 3
    assert area_km2(shapely.difference(behind, filled)) < 0.1


def test_filling_a_filled_map_finds_next_to_nothing(samples: Maps, study: StudyData) -> None:
    filled = with_edges(samples["deepstate"], study.reference)
    outlines = {iso: oblast.outline for iso, oblast in study.reference.oblasts.items()}
    assert area_km2(find_strips(filled.levels["held"], outlines, study.reference.ukraine).ground) < 1


def test_the_line_of_contact_stays_where_the_map_has_it(samples: Maps, study: StudyData) -> None:
    """Dnipropetrovsk has neither coast nor state border: nothing in it is filled."""
    kept, filled = (with_edges(samples["deepstate"], study.reference, edges) for edges in ("keep", "fill"))
    assert unheld_km2(kept, study, "UA-12") == unheld_km2(filled, study, "UA-12")


def test_a_map_is_carried_on_beyond_coast_and_border_and_nowhere_else(samples: Maps, study: StudyData) -> None:
    held = with_edges(samples["deepstate"], study.reference).levels["held"]
    outward = run_outward(held, study.reference.ukraine)
    inside = shapely.intersection(outward, study.reference.ukraine)
    assert area_km2(shapely.symmetric_difference(inside, shapely.intersection(held, study.reference.ukraine))) < 1
    assert area_km2(outward) > area_km2(inside) + 5_000
    assert shapely.hausdorff_distance(outward.envelope, held.envelope) < 0.15


def test_the_strip_of_luhansk_in_the_zones(desk: Workspace) -> None:
    filled = zones(ControlChoice(desk, "deepstate"))
    kept = zones(ControlChoice(desk, "deepstate", edges="keep"))
    assert 90 < filled["luhansk-unheld"]["area_km2"] < 105
    assert kept["luhansk-unheld"]["area_km2"] == pytest.approx(322, abs=4)
    assert filled["crimea"]["area_km2"] == kept["crimea"]["area_km2"]

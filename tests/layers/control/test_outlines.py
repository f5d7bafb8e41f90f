"""Control maps on the outlines of OpenStreetMap: the areas of the samples' table, and no gap around Ukraine."""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from click.testing import CliRunner

from geo.measure import area_km2
from layers.boundaries.surroundings import FRAME
from layers.control.selection import ControlChoice
from layers.control.workspace import Workspace
from layers.reference.study_data import StudyData
from tests.layers.control.conftest import FILES, zones
from webapp.cli import main

HELD_KM2 = {
    "deepstate": {
        "UA-14": 20_317, "UA-09": 26_570, "UA-23": 20_057, "UA-65": 19_024,
        "UA-63": 1_422, "UA-59": 216, "UA-48": 109, "UA-12": 154,
    },
    "uacontrolmap": {
        "UA-14": 20_564, "UA-09": 26_530, "UA-23": 20_089, "UA-65": 19_287,
        "UA-63": 1_328, "UA-59": 171, "UA-48": 123, "UA-12": 296,
    },
}  # fmt: skip
ALL_KM2 = {"deepstate": 114_715, "uacontrolmap": 115_512}
REST_OF_DONETSK_KM2 = {"deepstate": 6_265, "uacontrolmap": 6_018}
ZONES = {"donetsk-held": "UA-14", "luhansk-held": "UA-09", "zaporizhzhia-frozen": "UA-23", "kherson-frozen": "UA-65"}


@pytest.mark.slow
@pytest.mark.parametrize("name", HELD_KM2)
def test_check_tells_the_areas_of_the_table(shared: Path, osm: Path, name: str) -> None:
    file = shared / "samples/control" / FILES[name]
    done = CliRunner().invoke(main, ["control", "check", str(file), "--boundaries", str(osm), "--format", "json"])
    assert done.exit_code == 0, done.output
    (told,) = json.loads(done.stdout)["files"]
    assert told["held_km2"] == pytest.approx(ALL_KM2[name], rel=0.005)
    for iso, expected in HELD_KM2[name].items():
        assert told["by_oblast_km2"][iso] == pytest.approx(expected, rel=0.005), iso
    assert sum(told["by_oblast_km2"].values()) == pytest.approx(told["held_km2"], abs=5)


@pytest.mark.slow
@pytest.mark.costly
@pytest.mark.parametrize("name", HELD_KM2)
def test_zones_have_the_areas_of_the_table(desk: Workspace, osm: Path, name: str) -> None:
    found = zones(ControlChoice(desk, name, boundaries=osm, edges="keep"))
    for zone, iso in ZONES.items():
        assert found[zone]["area_km2"] == pytest.approx(HELD_KM2[name][iso], rel=0.005), zone
    assert found["donetsk-buffer"]["area_km2"] == pytest.approx(REST_OF_DONETSK_KM2[name], rel=0.005)
    assert "sha256" in found["crimea"]["boundary_source"]


@pytest.mark.slow
def test_neighbours_and_sea_end_where_ukraine_begins(osm_study: StudyData) -> None:
    """All units together are the frame: no gap, and nothing twice."""
    around = [feature.geometry for feature in (*osm_study.reference.neighbours, osm_study.reference.sea)]
    units = np.array([*around, *(oblast.outline for oblast in osm_study.reference.oblasts.values())], dtype=object)
    assert shapely.is_valid(units).all()
    together = shapely.union_all(units, grid_size=1e-6)
    assert area_km2(shapely.difference(FRAME, together)) < 0.5
    inside = [shapely.intersection(unit, FRAME) for unit in units]
    assert sum(map(area_km2, inside)) == pytest.approx(area_km2(FRAME), abs=5)
    for unit in around:
        assert area_km2(shapely.intersection(unit, osm_study.reference.ukraine)) < 0.5


@pytest.mark.slow
def test_the_embedded_surroundings_stay_what_they_are(study: StudyData, osm_study: StudyData) -> None:
    assert [feature.id for feature in osm_study.reference.neighbours] == [
        feature.id for feature in study.reference.neighbours
    ]
    for one, other in zip(study.reference.neighbours, osm_study.reference.neighbours, strict=True):
        assert area_km2(shapely.symmetric_difference(one.geometry, other.geometry)) < 3_000, one.id
    assert set(osm_study.reference.countries) == set(study.reference.countries)
    assert not osm_study.is_embedded
    assert study.is_embedded


@pytest.mark.slow
def test_their_maker_decides_on_other_outlines(study: StudyData, osm_study: StudyData) -> None:
    assert study.licence == "CC BY 4.0"
    decides = "the maker of the outlines decides (adm1_osm_land.geojson)"
    assert osm_study.licence == f"control data CC BY 4.0; {decides}; texts CC BY 4.0"

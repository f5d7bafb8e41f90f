"""A desk's workspace with the sample maps of one day, and outlines of OpenStreetMap."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import area_km2
from layers.build.edition import derive, load_setting
from layers.build.memory import catalogue_in_memory
from layers.catalogue.model import Catalogue
from layers.control.importing import ImportRequest, import_control
from layers.control.selection import ControlChoice, choose_study_data, with_outlines
from layers.control.stored import StoredMap
from layers.control.workspace import Workspace
from layers.control_map import ControlMap
from layers.proposal.loading import load_proposal
from layers.reference.study_data import StudyData, load_study_data

DAY, TODAY = "2025-11-20", date(2026, 11, 25)
US = "us-28-points"
FILES = {
    "deepstate": "deepstate-mirror_2025-11-20.geojson",
    "uacontrolmap": "uacontrolmap_2025-11-20.json",
    "nzz": "nzz_2025-11-20.json",
}
SHA = "0123456789abcdef" * 4
Maps = dict[str, StoredMap]


@cache
def cached_study() -> StudyData:
    return load_study_data()


@pytest.fixture(scope="session")
def study() -> StudyData:
    """All sources, read strictly."""
    return cached_study()


@pytest.fixture(scope="session")
def osm(shared: Path) -> Path:
    """Outlines of OpenStreetMap."""
    return shared / "samples/boundaries/adm1_osm_land.geojson"


@pytest.fixture(scope="session")
def osm_study(study: StudyData, osm: Path) -> StudyData:
    """The same on these outlines."""
    return replace(study, reference=with_outlines(study.reference, osm))


@pytest.fixture(scope="session")
def samples(shared: Path, study: StudyData) -> Maps:
    """The three sample maps of the day, as they are imported."""

    def imported(name: str, file: str) -> StoredMap:
        wanted = ImportRequest(name, DAY)
        return import_control(shared / "samples/control" / file, wanted, study, today=TODAY).stored

    return {name: imported(name, file) for name, file in FILES.items()}


@pytest.fixture(scope="session")
def desk(samples: Maps, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace that holds them; nobody writes into it."""
    workspace = Workspace(tmp_path_factory.mktemp("desk"))
    for stored in samples.values():
        workspace.put(stored)
    return workspace


def made(held: BaseGeometry, name: str = "made", as_of: str = DAY, **changed: Any) -> StoredMap:
    """A single map of made ground."""
    provenance: dict[str, Any] = {"sha256": SHA, "file": f"{name}.geojson", "area_after_km2": round(area_km2(held), 1)}
    provenance["compared_with"] = []  # as after an import with --accept-difference
    given: dict[str, Any] = {"title": "Made", "maps": 1, "edges": "keep", "contested": None} | changed
    return StoredMap(name=name, as_of=as_of, levels={"held": held}, provenance=provenance, **given)


def made_control(held: BaseGeometry, as_of: str = DAY) -> ControlMap:
    """The same as the control map that zones are derived from."""
    return made(held, as_of=as_of).control


def catalogue_of(choice: ControlChoice) -> Catalogue:
    """The 28 points on what is chosen."""
    study = choose_study_data(choice, today=TODAY)
    return catalogue_in_memory(derive(load_proposal(US, study.reference.names), DAY, load_setting(study)))


def zones(choice: ControlChoice) -> dict[str, dict[str, Any]]:
    """The zones of the 28 points on what is chosen, by id."""
    catalogue = catalogue_of(choice)
    return {zone["id"]: cast(dict[str, Any], zone) for zone in catalogue.areas(catalogue.proposal(US).editions[DAY])}


def square(west: float, south: float, size: float = 0.5) -> shapely.Polygon:
    """A square in degrees."""
    return shapely.box(west, south, west + size, south + size)

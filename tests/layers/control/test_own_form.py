"""The project's own form: exact round trips, whole provenance, and damaged files told by name."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from geo.measure import area_km2
from layers.control.importing import ImportRequest, import_control, read_map
from layers.control.selection import ControlChoice
from layers.control.stored import CONTESTED, MEMBER, StoredMap, is_own, own_bytes, read_own
from layers.control.workspace import Workspace
from layers.errors import ControlError
from layers.reference.study_data import StudyData
from tests.layers.control.conftest import DAY, FILES, TODAY, Maps, made, square, zones

DUMP = "deepstate-dump_2025-08-03.geojson"


@pytest.fixture(scope="module")
def dump(shared: Path, study: StudyData) -> StoredMap:
    """A map with a contested class."""
    wanted = ImportRequest("dump", "2025-08-03")
    return import_control(shared / "samples/control" / DUMP, wanted, study, today=TODAY).stored


@pytest.mark.parametrize("name", [*FILES, "dump"])
def test_a_round_trip_is_exact(samples: Maps, dump: StoredMap, tmp_path: Path, name: str) -> None:
    stored = {**samples, "dump": dump}[name]
    path = tmp_path / "own.geojson"
    path.write_bytes(own_bytes(stored))
    again = read_own(path)
    assert own_bytes(again) == own_bytes(stored) == path.read_bytes()
    assert area_km2(again.levels["held"]) == pytest.approx(area_km2(stored.levels["held"]), abs=1e-6)
    assert (again.name, again.as_of, again.provenance) == (stored.name, stored.as_of, dict(stored.provenance))
    assert (again.contested is None) == (stored.contested is None)


def test_one_feature_a_level(dump: StoredMap, samples: Maps) -> None:
    features = json.loads(own_bytes(dump))["features"]
    assert [feature["properties"]["level"] for feature in features] == ["held", CONTESTED]
    assert {feature["properties"]["date"] for feature in features} == {"2025-08-03"}
    assert len(json.loads(own_bytes(samples["deepstate"]))["features"]) == 1


def test_provenance_says_what_was_read(dump: StoredMap, shared: Path) -> None:
    told = dump.provenance
    assert told["file"] == DUMP
    assert told["sha256"] == hashlib.sha256((shared / "samples/control" / DUMP).read_bytes()).hexdigest()
    assert told["format"] == "deepstate-dump"
    assert told["publisher"] == "DeepState"
    roles = {taken["role"] for taken in told["classes"]}
    assert roles == {"held", "contested", "left out"}
    assert {"repaired", "told"} == {finding["verdict"] for finding in told["findings"]}
    assert told["area_before_km2"] == pytest.approx(114_330, abs=10)
    assert told["area_after_km2"] == pytest.approx(112_523, abs=10)
    assert told["outside_ukraine_km2"] == pytest.approx(1_807, abs=10)


def test_a_file_of_the_own_form_stands_for_itself(samples: Maps, tmp_path: Path, study: StudyData) -> None:
    path = tmp_path / "own.geojson"
    path.write_bytes(own_bytes(samples["deepstate"]))
    assert is_own(path)
    assert read_map(path, ImportRequest(), study, today=TODAY).stored.citation == samples["deepstate"].citation
    found = zones(ControlChoice(Workspace(tmp_path / "none"), str(path)))
    assert found["donetsk-buffer"]["area_km2"] == pytest.approx(6_264, abs=1)
    with pytest.raises(ControlError, match="speaks of 2025-11-20, not of 2025-11-19; leave --as-of out"):
        read_map(path, ImportRequest(as_of="2025-11-19"), study, today=TODAY)


def test_other_files_are_not_of_the_own_form(shared: Path, tmp_path: Path) -> None:
    assert not any(is_own(path) for path in (shared / "samples/control").iterdir())
    assert not is_own(tmp_path)
    assert not is_own(tmp_path / "nowhere")


def without(document: dict[str, Any], *keys: str | int) -> dict[str, Any]:
    *inner, last = keys
    place: Any = document
    for key in inner:
        place = place[key]
    del place[last]
    return document


def changed(document: dict[str, Any], value: Any, *keys: str | int) -> dict[str, Any]:
    *inner, last = keys
    place: Any = document
    for key in inner:
        place = place[key]
    place[last] = value
    return document


POINT = {"type": "Point", "coordinates": [36, 48]}
DAMAGE: dict[str, Any] = {
    "no-member": lambda document: without(document, MEMBER),
    "no-provenance": lambda document: without(document, MEMBER, "provenance"),
    "no-hash": lambda document: without(document, MEMBER, "provenance", "sha256"),
    "no-features": lambda document: changed(document, [], "features"),
    "no-level": lambda document: without(document, "features", 0, "properties", "level"),
    "another-level": lambda document: changed(document, "some", "features", 0, "properties", "level"),
    "a-point": lambda document: changed(document, POINT, "features", 0, "geometry"),
    "no-geometry": lambda document: changed(document, None, "features", 0, "geometry"),
    "no-day": lambda document: changed(document, "2025-02-30", MEMBER, "as_of"),
    "more-maps": lambda document: changed(document, 3, MEMBER, "maps"),
    "maps-in-words": lambda document: changed(document, "one", MEMBER, "maps"),
    "other-edges": lambda document: changed(document, "round", MEMBER, "edges"),
    "unknown-member": lambda document: changed(document, 1, MEMBER, "extra"),
    "provenance-is-a-list": lambda document: changed(document, [], MEMBER, "provenance"),
    "a-list": lambda document: [document],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_told_by_name(tmp_path: Path, damage: str) -> None:
    workspace = Workspace(tmp_path)
    path = workspace.put(made(square(36, 48)))
    path.write_text(json.dumps(DAMAGE[damage](json.loads(path.read_bytes()))))
    assert_refused(workspace, path)


@pytest.mark.parametrize("keep", [0, 1, 100, 400, -3])
def test_a_file_that_is_cut_off_is_told_by_name(tmp_path: Path, keep: int) -> None:
    workspace = Workspace(tmp_path)
    path = workspace.put(made(square(36, 48)))
    path.write_bytes(path.read_bytes()[:keep])
    assert_refused(workspace, path)


def assert_refused(workspace: Workspace, path: Path) -> None:
    with pytest.raises(ControlError) as refused:
        workspace.shelf("made")[DAY]
    assert refused.value.code == "damaged"
    message = str(refused.value)
    assert message.startswith(f"{path}: not a control map as 'clausemap control import' writes it (")
    assert message.endswith("); import its source again")
    assert message.count(str(path)) == 1
    assert "\n" not in message


@pytest.mark.parametrize("content", [b"\x00\xff", b"[" * 100_000])
def test_bytes_that_are_no_json(tmp_path: Path, content: bytes) -> None:
    workspace = Workspace(tmp_path)
    path = workspace.put(made(square(36, 48)))
    path.write_bytes(content)
    assert_refused(workspace, path)

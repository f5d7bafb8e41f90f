"""``?v=``: every version that a workspace has served keeps its bytes; others are refused with those that there are."""

import json
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import COMMITTED, Catalogue, load_catalogue
from layers.versions.keeping import keep_version, kept_versions
from webapp.app import create_app

PLAN, DATE, ZONE = "us-28-points", "2025-11-20", "donetsk-buffer"
OLD = "1-0123456789ab"
LAYER, ZONE_LAYER = f"/layers/{PLAN}/{DATE}.geojson", f"/layers/{PLAN}/{DATE}/{ZONE}.geojson"
STORED = (
    LAYER, ZONE_LAYER, f"/areas/{PLAN}/{DATE}.csv", f"/areas/{PLAN}/{DATE}.json", f"/towns/{PLAN}/{DATE}.json",
    "/context/towns.geojson",
)  # fmt: skip
FOR_GOOD = "public, max-age=31536000, immutable"


def built(root: Path, version: str) -> Path:
    """What is committed, in another version."""
    shutil.copytree(COMMITTED, root)
    document = json.loads((root / "catalog.json").read_bytes())
    current = document["data_version"]
    for path in [path for path in root.rglob("*.*json") if path.name != "catalog.json"] + [*root.rglob("*.csv")]:
        path.write_bytes(path.read_bytes().replace(current.encode(), version.encode()))
    renewed = load_catalogue(COMMITTED).document.replace(current.encode(), version.encode())
    (root / "catalog.json").write_bytes(_with_hashes(renewed, root))
    return root


def _with_hashes(document: bytes, root: Path) -> bytes:
    """The catalogue with the hash of each file as it is."""
    from hashlib import sha256

    def renewed(value: object) -> object:
        if isinstance(value, dict):
            parts = {name: renewed(part) for name, part in value.items()}
            if parts.get("path"):
                content = (root / str(parts["path"])).read_bytes()
                parts |= {"sha256": sha256(content).hexdigest(), "size_bytes": len(content)}
            return parts
        return [renewed(part) for part in value] if isinstance(value, list) else value

    return json.dumps(renewed(json.loads(document))).encode()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which an earlier version was served, then another build took its place."""
    folder = tmp_path_factory.mktemp("versions")
    root = built(folder / "built", OLD)
    keep_version(root, folder / "workspace")
    shutil.rmtree(root)
    return folder / "workspace"


@pytest.fixture(scope="module")
def reader(catalogue: Catalogue, workspace: Path) -> FlaskClient:
    return create_app(catalogue, workspace=workspace).test_client()


def test_an_earlier_version_keeps_its_bytes_beside_the_new_ones(reader: FlaskClient, catalogue: Catalogue) -> None:
    for path in STORED:
        old, new, named = (reader.get(path + query) for query in (f"?v={OLD}", "", f"?v={catalogue.data_version}"))
        assert (old.status_code, new.status_code) == (200, 200), path
        assert old.headers["Cache-Control"] == named.headers["Cache-Control"] == FOR_GOOD
        assert new.headers["Cache-Control"] != FOR_GOOD
        assert new.data == named.data
        assert (old.headers["X-Data-Version"], new.headers["X-Data-Version"]) == (OLD, catalogue.data_version)
        if "context" not in path and "towns" not in path:
            assert OLD.encode() in old.data, path
            assert OLD.encode() not in new.data
            assert old.headers["ETag"] != new.headers["ETag"]
    assert reader.get(f"{LAYER}?v={OLD}", headers={"Range": "bytes=0-9"}).status_code == 206


def test_a_date_between_two_maps_is_that_of_the_version(reader: FlaskClient) -> None:
    between = reader.get(f"/layers/{PLAN}/2025-11-22.geojson?v={OLD}").json
    (found,) = {feature["properties"]["requested_as_of"] for feature in between["features"]}  # type: ignore[index]
    assert found == "2025-11-22"


def test_other_formats_are_written_of_the_old_layer_and_not_for_good(reader: FlaskClient) -> None:
    answer = reader.get(f"/layers/{PLAN}/{DATE}.geojsonl?v={OLD}")
    assert answer.status_code == 200
    assert OLD.encode() in answer.data
    assert answer.headers["Cache-Control"] != FOR_GOOD


def test_unknown_versions_and_dates_name_what_there_is(reader: FlaskClient, catalogue: Catalogue) -> None:
    known = [catalogue.data_version, OLD]
    for path in (*STORED, f"/layers/{PLAN}/{DATE}.gpkg", "/catalog.json"):
        answer = reader.get(f"{path}?v=2-000000000000")
        assert (answer.status_code, answer.content_type) == (404, "application/problem+json"), path
        assert answer.json["known"] == known  # type: ignore[index]
    for path in (f"/timelines/{PLAN}.json", "/catalog.jsonld"):
        answer = reader.get(f"{path}?v={OLD}")
        assert (answer.status_code, answer.json["known"]) == (404, [catalogue.data_version])  # type: ignore[index]
    answer = reader.get(f"/layers/{PLAN}/2026-01-15.geojson?v={OLD}")
    assert (answer.status_code, answer.json["known"]) == (404, [DATE])  # type: ignore[index]
    assert reader.get(f"/layers/nope/{DATE}.geojson?v={OLD}").json["known"] == known[:1]  # type: ignore[index]
    for odd in ("..", "../..", ".", "%2e%2e", "a/b", "x" * 500):
        assert reader.get(f"{LAYER}?v={odd}").status_code == 404


def test_the_catalogue_lists_the_versions_and_what_was_replaced(reader: FlaskClient, catalogue: Catalogue) -> None:
    now, then = (reader.get(f"/catalog.json{query}").json for query in ("", f"?v={OLD}"))
    assert now
    assert then
    assert now["versions"] == [catalogue.data_version, OLD]
    assert then["data_version"] == OLD
    (plan,) = (one for one in then["proposals"] if one["id"] == PLAN)
    assert plan["editions"][0]["layer"]["url"] == f"{LAYER}?v={OLD}"
    (plan,) = (one for one in now["proposals"] if one["id"] == PLAN)
    for edition in (*plan["editions"], *plan.get("on_demand", ())):
        assert edition["replaces"]["data_version"] == "1-b409587b2ded"
        assert edition["replaces"]["date"] == "2026-11-27"


def test_what_the_map_page_draws_has_versions_of_its_own(reader: FlaskClient) -> None:
    answer = reader.get(f"/display/{PLAN}/{DATE}.geojson?v=0123456789ab")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, max-age=300")


def test_a_version_is_kept_once_and_grows_with_its_editions(tmp_path: Path) -> None:
    root = tmp_path / "root"
    contents = {path: path.encode() for path in ("a/2025-11-20.geojson", "origin.json")}
    catalog = json.dumps({"control": {"id": "one"}, "data_version": OLD}).encode()
    for path, content in {**contents, "catalog.json": catalog}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    place = keep_version(root, tmp_path / "workspace")
    assert place is not None
    assert kept_versions(tmp_path / "workspace", "one") == (OLD,)
    assert sorted(path.name for path in place.rglob("*") if path.is_file()) == ["2025-11-20.geojson", "catalog.json"]
    assert (place / "catalog.json").samefile(root / "catalog.json")
    (root / "a/2025-11-20.geojson").unlink()
    keep_version(root, tmp_path / "workspace")
    assert (place / "a/2025-11-20.geojson").is_file()
    for name in ("2025-11-20", "2026-01-01"):
        (root / f"a/{name}.geojson").write_bytes(b"new")
    keep_version(root, tmp_path / "workspace")
    assert (place / "a/2026-01-01.geojson").is_file()
    assert keep_version(tmp_path / "nothing", tmp_path / "workspace") is None


def test_a_build_in_the_workspace_keeps_what_it_replaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from layers.build import origin
    from layers.control.selection import ControlChoice
    from layers.control.workspace import Workspace

    workspace = Workspace(tmp_path)
    root = built(workspace.built("one"), OLD)
    monkeypatch.setattr(origin, "is_built", lambda *_: False)
    monkeypatch.setattr(origin, "read_order", lambda **_: None)
    monkeypatch.setattr(origin, "build_order", lambda place, *_: shutil.rmtree(place))
    origin.build_for_service(root, origin.Origin(ControlChoice(workspace)), None)  # type: ignore[arg-type]
    assert kept_versions(tmp_path, "embedded") == (OLD,)
    assert load_catalogue(tmp_path / "versions" / "embedded" / OLD).data_version == OLD

"""Files on disk that are not those of the catalogue: never sent, reported at the start; everything else goes on."""

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from layers.catalogue.looking import damaged_files
from layers.catalogue.model import COMMITTED, Catalogue, load_catalogue
from layers.catalogue.store import FolderStore
from layers.errors import DamagedFileError
from webapp.app import create_app
from webapp.server.serving import report_damaged

US, DAY = "us-28-points", "2025-11-20"
TRUNCATED, MISSING, ALTERED = f"{US}/{DAY}.geojson", f"{US}/{DAY}/areas.csv", "context/oblasts.geojson"
REFUSED = {
    f"/layers/{TRUNCATED}": TRUNCATED,
    f"/layers/{US}/{DAY}.geojson?v={load_catalogue(COMMITTED).data_version}": TRUNCATED,
    f"/areas/{US}/{DAY}.csv": MISSING,
    f"/{ALTERED}": ALTERED,
}
SERVED = (
    f"/areas/{US}/{DAY}.json",
    f"/layers/{US}/{DAY}/crimea.geojson",
    "/context/sea.geojson",
    f"/en/points/{US}",
)


@pytest.fixture
def damaged(tmp_path: Path) -> Catalogue:
    """The committed data with three files that are not those of its catalogue."""
    root = Path(shutil.copytree(COMMITTED, tmp_path / "data"))
    (root / TRUNCATED).write_bytes((root / TRUNCATED).read_bytes()[:1000])
    (root / MISSING).unlink()
    (root / ALTERED).write_bytes((root / ALTERED).read_bytes().replace(b"Crimea", b"Krimea"))
    return load_catalogue(root)


@pytest.fixture
def reader(damaged: Catalogue) -> FlaskClient:
    """A reader of what is served of it."""
    return create_app(damaged).test_client()


@pytest.mark.parametrize("path", REFUSED)
def test_a_damaged_file_is_refused_with_its_name(reader: FlaskClient, path: str) -> None:
    for headers in ({}, {"Accept-Encoding": "gzip"}, {"Range": "bytes=0-9"}):
        answer = reader.get(path, headers=headers)
        assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
        assert REFUSED[path] in answer.get_json()["detail"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers


@pytest.mark.parametrize("path", SERVED)
def test_the_rest_is_served(reader: FlaskClient, path: str) -> None:
    assert reader.get(path).status_code == 200


def test_a_file_that_is_mended_is_served(reader: FlaskClient, damaged: Catalogue) -> None:
    assert reader.get(f"/layers/{TRUNCATED}").status_code == 503
    shutil.copy(COMMITTED / TRUNCATED, damaged.root / TRUNCATED)
    assert reader.get(f"/layers/{TRUNCATED}").data == (COMMITTED / TRUNCATED).read_bytes()
    (damaged.root / TRUNCATED).write_bytes(b"{}")  # what was read whole is in memory
    assert reader.get(f"/layers/{TRUNCATED}").data == (COMMITTED / TRUNCATED).read_bytes()


def test_what_is_made_of_a_damaged_file_is_not_made(damaged: Catalogue) -> None:
    for read in (damaged.store.read, damaged.store.features, damaged.store.members):
        with pytest.raises(DamagedFileError, match="SHA-256"):
            read(TRUNCATED)


def test_the_start_names_each_file_once(damaged: Catalogue, capsys: pytest.CaptureFixture[str]) -> None:
    report_damaged(create_app(damaged))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    for path in (TRUNCATED, MISSING, ALTERED):
        assert sum(path in line for line in lines) == 1
    assert list(damaged_files(load_catalogue(COMMITTED))) == []


def test_a_file_that_was_built_is_not_derived_in_its_place(tmp_path: Path) -> None:
    class Deriver:
        def file(self, proposal_id: str, as_of: str, path: str) -> bytes:
            return b"derived"

    store = FolderStore(tmp_path, Deriver(), {TRUNCATED: "0" * 64}.get)
    assert store.read(f"{US}/2026-01-01.geojson") == b"derived"
    with pytest.raises(DamagedFileError, match="cannot be read"):
        store.read(TRUNCATED)

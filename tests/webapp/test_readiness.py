"""``/readyz``: 200 while everything can be answered, else 503 that says what is wrong; what is whole is hashed once."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from layers.catalogue.model import COMMITTED, Catalogue, load_catalogue
from layers.catalogue.store import FolderStore
from webapp.app import create_app
from webapp.jobs.pool import RUNNING

LAYER = "us-28-points/2025-11-20.geojson"


@pytest.fixture
def own(tmp_path: Path) -> Catalogue:
    """A copy of the committed data."""
    return load_catalogue(Path(shutil.copytree(COMMITTED, tmp_path / "data")))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were read, from the moment on; each request looks again."""
    found: list[str] = []
    before = FolderStore._read_built

    def reading(store: FolderStore, path: str) -> bytes:
        found.append(path)
        return before(store, path)

    monkeypatch.setattr(FolderStore, "_read_built", reading)
    monkeypatch.setattr("webapp.readiness.CHECKED_FOR_S", -1.0)
    return found


def test_a_file_is_read_once_and_again_when_it_has_changed(own: Catalogue, read: list[str]) -> None:
    client = create_app(own).test_client()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.get_json() == {"status": "ready", "data_version": own.data_version}
    assert len(read) == len(set(read)) == len(own._sha256)
    read.clear()
    assert client.get("/readyz").status_code == 200
    assert read == []
    path = own.root / LAYER
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Crimea", b"Krimea"))  # as long as before
    for _ in range(2):
        answer = client.get("/readyz")
        assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
        assert answer.get_json()["detail"].startswith(f"{LAYER} is not the file that catalog.json names")
    assert client.get("/healthz").status_code == 200
    path.write_bytes(content)
    assert client.get("/readyz").status_code == 200
    assert set(read) == {LAYER}


def test_of_many_files_that_are_missing_a_few_are_named(own: Catalogue, read: list[str]) -> None:
    shutil.rmtree(own.root)
    detail = create_app(own).test_client().get("/readyz").get_json()["detail"]
    assert detail.count("cannot be read") == 5
    assert detail.endswith(f"and {len(own._sha256) - 5} more files")


def test_it_is_looked_at_once_however_often_it_is_requested(own: Catalogue, read: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("webapp.readiness.CHECKED_FOR_S", 60.0)
        client = create_app(own).test_client()
        assert client.get("/readyz").status_code == 200
        (own.root / LAYER).unlink()
        assert client.get("/readyz").status_code == 200
    assert client.get("/readyz").status_code == 503


def test_a_pool_that_broke_is_told(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    client = create_app(catalogue).test_client()
    monkeypatch.setattr("webapp.readiness.CHECKED_FOR_S", -1.0)
    monkeypatch.setattr(RUNNING, "pool", SimpleNamespace(active=False))
    answer = client.get("/readyz")
    assert (answer.status_code, "processes that draw" in answer.get_json()["detail"]) == (503, True)
    monkeypatch.setattr(RUNNING, "pool", None)
    assert client.get("/readyz").status_code == 200

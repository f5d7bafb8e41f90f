"""``/readyz``: 200 while everything can be answered, else 503 that says what is wrong; what is whole is hashed once."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from layers.catalogue import looking
from layers.catalogue.model import COMMITTED, Catalogue, load_catalogue
from layers.catalogue.store import whole_content
from webapp.app import create_app
from webapp.jobs.pool import RUNNING

US = "us-28-points"
LAYER = f"{US}/2025-11-20.geojson"


def files_of(catalogue: Catalogue) -> list[str]:
    """The paths of all files of a build."""
    return [path.relative_to(catalogue.root).as_posix() for path in catalogue.root.rglob("*.*")]


@pytest.fixture
def own(tmp_path: Path) -> Catalogue:
    """A copy of the committed data."""
    return load_catalogue(Path(shutil.copytree(COMMITTED, tmp_path / "data")))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were read, from the moment on; each request looks again."""
    found: list[str] = []
    before = whole_content

    def reading(root: Path, path: str, sha256: str) -> bytes:
        found.append(path)
        return before(root, path, sha256)

    monkeypatch.setattr(looking, "whole_content", reading)
    monkeypatch.setattr("webapp.readiness.CHECKED_FOR_S", -1.0)
    return found


def test_a_file_is_read_once_and_again_when_it_has_changed(own: Catalogue, read: list[str]) -> None:
    client = create_app(own).test_client()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.get_json() == {"status": "ready", "data_version": own.data_version}
    assert len(read) == len(set(read)) == len(files_of(own))
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
    count = 1 + len(own.shared_sha256) + len(own.proposals)  # editions are named in the files of years
    shutil.rmtree(own.root)
    detail = create_app(own).test_client().get("/readyz").get_json()["detail"]
    assert (detail.count("catalog.json is missing"), detail.count("cannot be read")) == (1, 4)
    assert detail.endswith(f"and {count - 5} more files")


@pytest.mark.parametrize("changed", [f"{US}/2025.json", "catalog.json"])
@pytest.mark.parametrize("missing", [False, True])
def test_a_file_of_the_catalogue_that_is_missing_or_another_is_told(
    own: Catalogue, read: list[str], changed: str, missing: bool
) -> None:
    client, path = create_app(own).test_client(), own.root / changed
    assert client.get("/readyz").status_code == 200
    content = path.read_bytes()
    path.unlink() if missing else path.write_bytes(content.replace(b"2025", b"2024"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.get_json()["detail"].startswith(changed)) == (503, True)
    path.write_bytes(content)
    assert client.get("/readyz").status_code == 200


def test_a_large_archive_is_looked_through_in_turn(
    own: Catalogue, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "EDITIONS_AT_ONCE", 3)
    monkeypatch.setattr(looking, "EDITIONS_IN_TURN", 2)
    monkeypatch.setattr("webapp.readiness.CHECKED_FOR_S", -1.0)
    client, editions = create_app(own).test_client(), len(own.proposals)
    (own.root / LAYER).unlink()
    answers = [client.get("/readyz").status_code for _ in range(2 * editions)]
    first = answers.index(503)
    assert set(answers[:first]) <= {200}
    assert set(answers[first:]) == {503}  # not forgotten while others have their turn
    assert client.get("/readyz").get_json()["detail"].startswith(LAYER)
    shutil.copy(COMMITTED / LAYER, own.root / LAYER)
    assert client.get("/readyz").status_code == 200
    year = own.root / US / "2025.json"
    content = year.read_bytes()
    year.write_bytes(content.replace(b"us-28", b"us-82"))
    assert client.get("/readyz").get_json()["detail"].startswith(f"{US}/2025.json")
    year.write_bytes(content)
    assert client.get("/readyz").status_code == 200


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

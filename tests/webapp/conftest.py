"""The application on every date, made once; pages stay finished between tests as they do for readers."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.catalogue.model import EVERY_DATE, Catalogue
from tests.conftest import made_once, skip_unless_ci
from tests.webapp.planted import build_planted
from webapp.app import create_app
from webapp.disk_cache import DiskCache
from webapp.jobs.editions import open_catalogue
from webapp.setup.assets import VENDOR


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Every date: as the set-up built it, else derived when a test asks for it."""
    if not (EVERY_DATE / "catalog.json").is_file() or not (VENDOR / "leaflet").is_dir():
        skip_unless_ci("not set up; `make setup` builds the data and brings Leaflet")
    return open_catalogue(EVERY_DATE)


@pytest.fixture(scope="session")
def app(catalogue: Catalogue) -> Flask:
    """The application; what goes wrong in it becomes an answer, as for readers."""
    return create_app(catalogue)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A reader without cookies."""
    return app.test_client()


@pytest.fixture(scope="session")
def planted_root(run_folder: Path) -> Path:
    """What is built of two proposals with markup in every text."""
    ids = ("us-28-points", "ukraine-20-points")
    return made_once(run_folder, "planted", lambda folder: build_planted(folder, *ids)) / "data"


@pytest.fixture
def kept_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which fragments of maps are kept; charts are kept beside it."""
    monkeypatch.setattr("webapp.charts.cache.PREPARED", DiskCache(tmp_path / "charts"))
    monkeypatch.setattr("webapp.map.fragment.PREPARED", DiskCache(tmp_path / "pages"))
    return tmp_path / "pages"

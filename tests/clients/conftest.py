"""What the clients of others ask: the service as it runs, at an address of this machine."""

import json
import urllib.request
from typing import Any

import pytest

from layers.catalogue.model import EVERY_DATE
from tests.conftest import skip_unless_ci

COLLECTION = "us-28-points_recognition"


@pytest.fixture(scope="session")
def api(live_server: str) -> str:
    """The address of the OGC API."""
    if not (EVERY_DATE / "catalog.json").is_file():
        skip_unless_ci("not set up; `make setup` builds the data")
    return f"{live_server}/ogc"


@pytest.fixture(scope="session")
def features(api: str) -> list[dict[str, Any]]:
    """All features of a collection with several zones a date, as the service writes them."""
    with urllib.request.urlopen(f"{api}/collections/{COLLECTION}/items?limit=1000") as answer:
        found: list[dict[str, Any]] = json.load(answer)["features"]
    return found

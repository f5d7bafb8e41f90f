"""QGIS without a screen, as Debian has it (``apt install python3-qgis``); its Python is that of the system."""

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.clients.conftest import COLLECTION

PYTHON = Path("/usr/bin/python3")
BOX = (33.0, 45.0, 33.5, 45.2)
SCRIPT = """
import json, sys
from qgis.core import QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorLayer

url, name, sides = json.loads(sys.argv[1])
application = QgsApplication([], False)
application.initQgis()
layer = QgsVectorLayer(f"srsname='CRS84' typename='{name}' url='{url}'", name, "OAPIF")
in_box = QgsFeatureRequest().setFilterRect(QgsRectangle(*sides))
first = QgsFeatureRequest().setFilterExpression("zone = 'crimea'")
print(json.dumps({
    "valid": layer.isValid(),
    "count": layer.featureCount(),
    "fields": [field.name() for field in layer.fields()],
    "ids": sorted(feature["id"] for feature in layer.getFeatures()),
    "in_box": sorted(feature["id"] for feature in layer.getFeatures(in_box)),
    "crimea": [feature["id"] for feature in layer.getFeatures(first)],
}))
sys.stdout.flush()
application.exitQgis()
"""
pytestmark = pytest.mark.slow


@cache
def environment() -> dict[str, str]:
    """What the system's Python runs in: nothing of this project's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return {**kept, "QT_QPA_PLATFORM": "offscreen"}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(PYTHON), "-c", *arguments]
    return subprocess.run(command, env=environment(), capture_output=True, text=True, check=False, timeout=300)


def read_in_qgis(api: str, collection: str) -> dict[str, Any]:
    """What QGIS reads of a collection; the test is skipped where there is none."""
    if not PYTHON.exists() or run("import qgis.core").returncode:
        pytest.skip("no QGIS for the system's Python; on Debian and Ubuntu: apt install python3-qgis")
    done = run(SCRIPT, json.dumps([api, collection, BOX]))
    assert done.stdout, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_it_reads_a_collection(api: str, features: list[dict[str, Any]]) -> None:
    said = read_in_qgis(api, COLLECTION)
    ids = sorted(one["id"] for one in features)
    crimea = [one["id"] for one in features if one["properties"]["zone"] == "crimea"]
    assert (said["valid"], said["count"], said["ids"]) == (True, len(features), ids)
    assert {"id", "zone", "as_of", "area_km2"} <= set(said["fields"])
    assert set(crimea) <= set(said["in_box"])
    assert set(said["in_box"]) < set(ids)
    assert sorted(said["crimea"]) == sorted(crimea)

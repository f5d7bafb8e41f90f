"""What programs read of another control map than the first: all of them follow links that have its path."""

import json
import shutil
import subprocess
import urllib.request
from typing import Any

import pyogrio
import pytest
from owslib.ogcapi.features import Features

from tests.clients.test_qgis import read_in_qgis
from tests.made_workspace import DAY, LATER, ONE

COLLECTION = "us-28-points_recognition"
SOURCE = "Made Map"


@pytest.fixture(scope="module")
def api(workspace_server: str) -> str:
    """The address of the OGC API of a made map."""
    return f"{workspace_server}/ogc/control/{ONE}"


@pytest.fixture(scope="module")
def count(api: str) -> int:
    """How many features its collection has."""
    with urllib.request.urlopen(f"{api}/collections/{COLLECTION}/items?limit=1") as answer:
        return int(json.load(answer)["numberMatched"])


@pytest.mark.slow
def test_gdal_reads_every_page(api: str) -> None:
    if "OAPIF" not in pyogrio.list_drivers():
        pytest.skip("this GDAL has no driver OAPIF")
    assert COLLECTION in dict(pyogrio.list_layers(f"OAPIF:{api}"))
    frame = pyogrio.read_dataframe(f"OAPIF:{api}", layer=COLLECTION, PAGE_SIZE=2)
    assert pyogrio.read_info(f"OAPIF:{api}", layer=COLLECTION)["features"] == len(frame) > 4
    assert set(frame["as_of"].astype(str)) == {DAY, LATER}
    assert frame["control_source"].str.contains(SOURCE).all()
    one = pyogrio.read_dataframe(f"OAPIF:{api}", layer=COLLECTION, where=f"id = 'crimea_{LATER}'")
    assert one["control_source"].str.contains(SOURCE).tolist() == [True]


def test_gdal_follows_an_address_that_names_the_map_in_its_query(workspace_server: str) -> None:
    if "OAPIF" not in pyogrio.list_drivers():
        pytest.skip("this GDAL has no driver OAPIF")
    frame = pyogrio.read_dataframe(f"OAPIF:{workspace_server}/ogc/collections/{COLLECTION}?control={ONE}", PAGE_SIZE=2)
    assert len(frame) > 4
    assert frame["control_source"].str.contains(SOURCE).all()


def test_owslib_reads_documents_and_features(api: str) -> None:
    client = Features(api)
    assert COLLECTION in client.feature_collections()
    assert client.conformance()["conformsTo"]
    assert client.api()["servers"][0]["url"].endswith(f"/ogc/control/{ONE}")
    page = client.collection_items(COLLECTION, limit=3)
    assert _sources(page) == [True] * 3
    (further,) = (link["href"] for link in page["links"] if link["rel"] == "next")
    assert further.partition("?")[0].endswith(f"/ogc/control/{ONE}/collections/{COLLECTION}/items")
    assert _sources(client.collection_items(COLLECTION, limit=3, offset=3))[0]
    assert client.collection_item(COLLECTION, f"crimea_{DAY}")["id"] == f"crimea_{DAY}"


def _sources(page: Any) -> list[bool]:
    return [SOURCE in one["properties"]["control_source"] for one in page["features"]]


@pytest.mark.slow
def test_r_reads_every_feature(api: str, count: int) -> None:
    found = shutil.which("Rscript")
    if found is None:
        pytest.skip("Rscript is not installed")
    read = f'sf::st_read("OAPIF:{api}", "{COLLECTION}", quiet = TRUE)'
    code = f'if (requireNamespace("sf", quietly = TRUE)) cat(nrow({read}))'
    said = subprocess.run([found, "-e", code], capture_output=True, text=True, check=True).stdout
    if not said:
        pytest.skip("R has no package sf (Debian's r-cran-sf)")
    assert int(said) == count


@pytest.mark.slow
def test_qgis_reads_every_feature(api: str, count: int) -> None:
    said = read_in_qgis(api, COLLECTION)
    assert (said["valid"], said["count"], len(said["ids"])) == (True, count, count)
    assert said["crimea"] == [f"crimea_{day}" for day in (LATER, DAY)]

"""The page of the data and what data portals read: every file with size and hash, and lines that open it elsewhere."""

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import geopandas
import pyogrio
import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from layers.dates import control_date
from layers.products.registry import offered
from tests.webapp.markup import Node, read_html
from tests.words import LANGUAGES
from webapp.app import create_app


def page(client: FlaskClient, lang: str = "en", query: str = "") -> Node:
    answer = client.get(f"/{lang}/data{query}")
    assert answer.status_code == 200
    return read_html(answer.text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_file_is_listed_with_its_size_and_hash(client: FlaskClient, catalogue: Catalogue, lang: str) -> None:
    sets = page(client, lang).all("details")
    assert {one["id"] for one in sets} == set(catalogue.proposals)
    for one in sets:
        proposal = catalogue.proposals[one["id"]]
        as_of = control_date(proposal.own_date, proposal.control_dates)
        edition = proposal.editions[as_of]
        links = [link["href"] for link in one.all("a")]
        named = {"proposal": proposal.id, "date": as_of}
        assert links == [product.url.format(**named) for product in offered()]
        for file in (edition.products[name] for name in ("layer", "areas_csv", "areas_json")):
            assert file.sha256 in one.words


def test_a_date_can_be_chosen(client: FlaskClient) -> None:
    assert "/layers/us-28-points/2024-08-01.geojson" in client.get("/en/data?as_of=2024-08-01").text
    assert client.get("/en/data?as_of=2024-01-01").status_code == 404


def snippets(live_server: str) -> dict[str, str]:
    with create_app(base_url=live_server).test_client() as client:
        return {code["data-code"]: code.words for code in page(client).all("code") if "data-code" in code.attributes}


def test_the_lines_for_python_and_gdal_open_the_layer(live_server: str) -> None:
    shown = snippets(live_server)
    url = shown["geopandas"].split('"')[1]
    assert len(geopandas.read_file(url)) > 5
    for name in ("gdal", "qgis"):
        opened = next(part for part in shown[name].split('"') if part.startswith("/vsicurl/"))
        assert pyogrio.list_layers(opened).shape[0] >= 2


def test_the_line_for_javascript_opens_the_layer(live_server: str) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed")
    code = snippets(live_server)["javascript"] + "\nconsole.log(zones.features.length);"
    run = subprocess.run([node, "--input-type=module", "-e", code], capture_output=True, text=True, check=True)
    assert int(run.stdout) > 5


def test_lines_have_the_paths_of_the_page_where_no_url_of_the_service_is_known(client: FlaskClient) -> None:
    code = {one["data-code"]: one.words for one in page(client).all("code") if "data-code" in one.attributes}
    assert '"/layers/' in code["geopandas"]
    assert '"/vsicurl//layers/' in code["gdal"]


def described(client: FlaskClient) -> Any:
    answer = client.get("/catalog.jsonld")
    assert answer.status_code == 200
    assert answer.mimetype == "application/ld+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return json.loads(answer.data)


def test_data_portals_find_every_proposal_and_its_files(client: FlaskClient, catalogue: Catalogue) -> None:
    document = described(client)
    assert {one["dct:identifier"] for one in document["dcat:dataset"]} == set(catalogue.proposals)
    assert {title["@language"] for title in document["dct:title"]} == set(LANGUAGES)
    for dataset in document["dcat:dataset"]:
        assert [one["@language"] for one in dataset["dct:description"]] == list(LANGUAGES)
        assert len(dataset["dcat:distribution"]) == len(offered())
    hashed = [one for one in dataset["dcat:distribution"] if "spdx:checksum" in one]
    assert hashed
    for one in hashed:
        data = client.get(one["dcat:downloadURL"]["@id"]).data
        assert sha256(data).hexdigest() == one["spdx:checksum"]["spdx:checksumValue"]
        assert int(one["dcat:byteSize"]["@value"]) == len(data)


def test_no_licence_is_named_for_other_control_maps_and_urls_are_whole_where_known(client: FlaskClient) -> None:
    assert described(client)["dct:license"]["@id"].startswith("https://creativecommons.org/")
    with create_app(base_url="https://maps.example.org").test_client() as known:
        assert described(known)["@id"] == "https://maps.example.org/catalog.jsonld"


def test_faults_are_reported_where_the_operator_says(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    monkeypatch.setenv("CLAUSEMAP_REPORT", "maps@example.org")
    with create_app().test_client() as told:
        lines = dict(line.split(": ", 1) for line in told.get("/.well-known/security.txt").text.splitlines())
    assert lines["Contact"] == "mailto:maps@example.org"
    left = datetime.fromisoformat(lines["Expires"]) - datetime.now(UTC)
    assert timedelta(days=360) < left < timedelta(days=366)  # RFC 9116: less than a year is recommended

"""The page of the data and what data portals read: every file with size and hash, and lines that open it elsewhere."""

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pyogrio
import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from layers.dates import control_date
from layers.products.registry import offered
from tests.webapp.markup import Node, read_html
from tests.words import LANGUAGES
from webapp.app import create_app

# The class of what a property leads to: https://semiceu.github.io/DCAT-AP/releases/3.0.0/
RANGES = {
    "dcat:dataset": "dcat:Dataset",
    "dcat:distribution": "dcat:Distribution",
    "dcat:landingPage": "foaf:Document",
    "dcat:mediaType": "dct:MediaType",
    "dcat:theme": "skos:Concept",
    "dct:language": "dct:LinguisticSystem",
    "dct:license": "dct:LicenseDocument",
    "dct:publisher": "foaf:Agent",
    "dct:spatial": "dct:Location",
    "dct:temporal": "dct:PeriodOfTime",
    "foaf:homepage": "foaf:Document",
    "spdx:algorithm": "spdx:ChecksumAlgorithm",
    "spdx:checksum": "spdx:Checksum",
}
# What a node of a class must have.
MANDATORY = {
    "dcat:Catalog": ("dct:title", "dct:description", "dct:publisher"),
    "dcat:Dataset": ("dct:title", "dct:description"),
    "dcat:Distribution": ("dcat:accessURL",),
    "foaf:Agent": ("foaf:name",),
    "skos:Concept": ("skos:prefLabel",),
    "spdx:Checksum": ("spdx:algorithm", "spdx:checksumValue"),
}
DATATYPES = {"dcat:byteSize": "xsd:nonNegativeInteger", "spdx:checksumValue": "xsd:hexBinary"}


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
        return {code["data-code"]: code.lines for code in page(client).all("code") if "data-code" in code.attributes}


def said_by(program: str, *arguments: str) -> str:
    """What a program prints; the test is skipped where it is not installed."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    return subprocess.run([found, *arguments], capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def shown(live_server: str) -> dict[str, str]:
    """The lines by what they are for, with the URL of a service that runs."""
    return snippets(live_server)


@pytest.fixture(scope="module")
def zones(shown: dict[str, str]) -> int:
    """How many zones the layer has, by the line for geopandas as it stands."""
    names: dict[str, Any] = {}
    exec(shown["geopandas"], names)
    return len(names["zones"])


@pytest.mark.slow
def test_the_lines_for_qgis_and_gdal_open_the_layer(shown: dict[str, str], zones: int) -> None:
    opened = shown["qgis"].split('"')[1]
    layers = [name for name, shape in pyogrio.list_layers(opened) if shape]
    assert sum(pyogrio.read_info(opened, layer=one)["features"] for one in layers) == zones
    said = said_by(*shlex.split(shown["gdal"]))
    counts = dict(re.findall(r"Layer name: (\w+).*?Feature Count: (\d+)", said, re.DOTALL))
    assert sum(int(counts[one]) for one in layers) == zones


def test_the_line_for_javascript_opens_the_layer(shown: dict[str, str], zones: int) -> None:
    code = shown["javascript"] + "\nconsole.log(zones.features.length);"
    assert int(said_by("node", "--input-type=module", "-e", code)) == zones


@pytest.mark.slow
def test_the_line_for_r_opens_the_layer(shown: dict[str, str], zones: int) -> None:
    if shutil.which("Rscript") and not said_by("Rscript", "-e", 'cat(system.file(package = "sf"))'):
        pytest.skip("R has no package sf (Debian's r-cran-sf)")
    assert int(said_by("Rscript", "-e", f"{shown['r']}\ncat(nrow(zones))").split()[-1]) == zones


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
        assert sha256(data).hexdigest() == one["spdx:checksum"]["spdx:checksumValue"]["@value"]
        assert int(one["dcat:byteSize"]["@value"]) == len(data)


def typed(node: Any) -> Iterator[tuple[str, Any]]:
    """Every property of a document with each node that it leads to."""
    if isinstance(node, dict):
        for name, values in node.items():
            if not name.startswith("@"):
                for value in values if isinstance(values, list) else [values]:
                    yield name, value
                    yield from typed(value)


def classes(node: Any) -> list[str]:
    return [node["@type"]] if isinstance(node["@type"], str) else node["@type"]


def test_every_node_is_of_the_class_that_dcat_ap_wants(client: FlaskClient) -> None:
    document = described(client)
    found = [(name, value) for name, value in typed(document) if name in RANGES]
    assert {name for name, _ in found} == set(RANGES)
    for name, value in found:
        assert RANGES[name] in classes(value), name
    assert {(name, value["@type"]) for name, value in typed(document) if name in DATATYPES} == set(DATATYPES.items())
    for one in (file for dataset in document["dcat:dataset"] for file in dataset["dcat:distribution"]):
        assert "rdfs:Resource" in classes(one)
        assert one["@id"] == one["dcat:accessURL"]["@id"] == one["dcat:downloadURL"]["@id"]


def test_every_node_has_what_dcat_ap_makes_mandatory(client: FlaskClient) -> None:
    document = described(client)
    nodes = [document, *(value for _, value in typed(document) if isinstance(value, dict) and "@type" in value)]
    found = [(name, one) for one in nodes for name in MANDATORY if name in classes(one)]
    assert {name for name, _ in found} == set(MANDATORY)
    assert not [(name, needed) for name, one in found for needed in MANDATORY[name] if not one.get(needed)]


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

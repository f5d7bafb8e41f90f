"""The OGC API of each control map: below a path of its own, with links that keep it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from layers.embedded import EMBEDDED
from tests.made_workspace import COMPLETED, DAY, LATER, ONE
from tests.webapp.control.conftest import NAMES, PROPOSAL, page, read_json
from tests.webapp.ogc.test_documents import links
from webapp.app import create_app

ROOT = f"/ogc/control/{ONE}"
COLLECTION = f"{PROPOSAL}_recognition"
ITEMS = f"/collections/{COLLECTION}/items"
LEADING_ELSEWHERE = ("license", "related")


def documents(client: FlaskClient, root: str) -> Iterator[Any]:
    """One document of every sort, with a page of features that others follow and precede."""
    for path in ("", "/conformance", "/api", "/collections", f"/collections/{COLLECTION}", f"{ITEMS}?limit=1&offset=1"):
        yield read_json(client, root + path)
    yield read_json(client, f"{root}{ITEMS}/crimea_{LATER}")


@pytest.mark.parametrize("base", ["", "https://maps.example.org/peace"])
def test_every_link_keeps_the_control_map(catalogue: Catalogue, others: dict[str, Catalogue], base: str) -> None:
    client = create_app(catalogue, others, base_url=base).test_client()
    found = list(documents(client, ROOT))
    led = [link for one in found for link in links(one) if link["rel"] not in LEADING_ELSEWHERE]
    assert {"self", "next", "prev", "items", "collection", "conformance", "service-desc", "data"} <= {
        link["rel"] for link in led
    }
    for address in {link["href"] for link in led}:
        assert address.startswith(base + ROOT)
        assert client.get(address.removeprefix(base)).status_code == 200
    assert found[2]["servers"] == [{"url": base + ROOT}]


def test_features_are_those_of_the_control_map(client: FlaskClient, others: dict[str, Catalogue]) -> None:
    for zone in read_json(client, f"/areas/{PROPOSAL}/{DAY}.json?control={ONE}")["zones"]:
        path = f"/collections/{PROPOSAL}_{zone['kind']}/items/{zone['id']}_{DAY}"
        assert read_json(client, ROOT + path)["properties"]["control_sha256"] == zone["control_sha256"]
    days = {one["properties"]["as_of"] for one in read_json(client, f"{ROOT}{ITEMS}?limit=1000")["features"]}
    assert days == set(others[ONE].proposals[PROPOSAL].editions) == {DAY, LATER}


def test_the_one_that_is_shown_first_has_its_own_name_too(client: FlaskClient) -> None:
    first, named = (read_json(client, root + ITEMS) for root in ("/ogc", f"/ogc/control/{EMBEDDED}"))
    assert (first["features"], first["numberMatched"]) == (named["features"], named["numberMatched"])


def test_every_landing_page_leads_to_those_of_all_control_maps(client: FlaskClient) -> None:
    for root in ("/ogc", ROOT):
        document = read_json(client, root)
        related = [link["href"] for link in document["links"] if link["rel"] == "related"]
        assert related == [f"/ogc/control/{name}" for name in NAMES]
    assert "Made Map" in document["title"]
    assert client.get(f"{ROOT}/").data == client.get(ROOT).data


@pytest.mark.parametrize("path", ["", "/collections", f"{ITEMS}?limit=2&bbox=33,45,34,46"])
def test_a_query_that_names_a_control_map_leads_to_its_path(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/ogc{path}{'&' if '?' in path else '?'}control={COMPLETED}")
    assert (answer.status_code, answer.headers["Location"]) == (307, f"/ogc/control/{COMPLETED}{path}")


def test_an_unknown_control_map_is_a_problem_that_lists_what_there_is(client: FlaskClient) -> None:
    for path in ("/ogc/control/none", "/ogc/control/none/collections", "/ogc?control=none"):
        answer = client.get(path)
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
        assert json.loads(answer.data)["known"] == list(NAMES)


def test_pages_of_the_documents_keep_the_control_map(app: Flask) -> None:
    shown = page(app.test_client(), f"{ROOT}/collections.html")
    ways = [link["href"] for link in shown.all("a") if link["href"].startswith("/")]
    assert ways
    assert [way for way in ways if f"control={ONE}" not in way and not way.startswith(ROOT)] == []


def test_the_page_of_the_data_leads_to_the_api_of_its_control_map(client: FlaskClient) -> None:
    for query, root in (("", "/ogc"), (f"?control={ONE}", ROOT)):
        (link,) = (one["href"] for one in page(client, f"/en/data{query}").all("a") if one.words == "OGC API")
        assert link == root

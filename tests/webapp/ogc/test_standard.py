"""The abstract tests of OGC 17-069r4 (OGC API - Features - Part 1: Core 1.0.1), annex A, on the service.

Names in the comments are those of the standard, without ``/conf/``.
"""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from layers.catalogue.model import Catalogue
from tests.webapp.markup import read_html
from webapp.app import create_app
from webapp.ogc.query import Query
from webapp.ogc.resources import find_resource
from webapp.ogc.service import Service

BASE = "https://maps.example.org"
BUFFER, SITES, HELD = "us-28-points_buffer", "us-28-points_site", "putin-2024-06_recognition"
DAY, ONE = "2025-11-20", "donetsk-buffer_2025-11-20"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
ITEMS = f"/ogc/collections/{BUFFER}/items"
GEOJSON, JSON, HTML = "application/geo+json", "application/json", "text/html"
PATHS = (
    "/ogc",
    "/ogc/conformance",
    "/ogc/api",
    "/ogc/collections",
    f"/ogc/collections/{BUFFER}",
    ITEMS,
    f"{ITEMS}/{ONE}",
)


@pytest.fixture(scope="module")
def app(catalogue: Catalogue) -> Flask:
    """The service at a public URL, which its links name."""
    return create_app(catalogue, base_url=BASE)


def found(client: FlaskClient, path: str, media_type: str = JSON) -> Any:
    """A document that is there, with the media type that it should have."""
    answer = client.get(path)
    assert (answer.status_code, answer.content_type) == (200, media_type), path
    return answer.get_json(force=True)


def linked(document: Any, rel: str, media_type: str = "") -> list[str]:
    return [
        link["href"]
        for link in document["links"]
        if link["rel"] == rel and (not media_type or link["type"] == media_type)
    ]


def followed(client: FlaskClient, url: str) -> TestResponse:
    assert url.startswith(BASE)
    return client.get(url.removeprefix(BASE))


def pages(client: FlaskClient, path: str) -> Iterator[Any]:
    """A page of features, and those that its ``next`` links lead to."""
    document = found(client, path, GEOJSON)
    yield document
    while further := linked(document, "next", GEOJSON):
        assert len(further) == 1
        document = found(client, further[0].removeprefix(BASE), GEOJSON)
        yield document


def ids(document: Any) -> list[str]:
    return [feature["id"] for feature in document["features"]]


# core/http: HTTP 1.1, its statuses and its ways to ask


@pytest.mark.parametrize("path", PATHS)
def test_get_and_head_alone(client: FlaskClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == got.headers["ETag"]
    assert client.get(path, headers={"If-None-Match": got.headers["ETag"]}).status_code == 304
    assert not got.headers["ETag"].startswith("W/")
    refused = client.post(path)
    assert (refused.status_code, {"GET", "HEAD"} <= set(refused.headers["Allow"].split(", "))) == (405, True)


# core/root-op, core/root-success


def test_landing_page(client: FlaskClient) -> None:
    document = found(client, "/ogc")
    assert document["title"]
    for rel in ("service-desc", "service-doc", "conformance", "data", "self", "alternate"):
        assert linked(document, rel), rel
        for url in linked(document, rel):
            assert followed(client, url).status_code == 200
    assert client.get("/ogc/").data == client.get("/ogc").data


# core/api-definition-op, core/api-definition-success, oas30/oas-definition-1 and -2, oas30/oas-impl


def test_the_definition_names_every_path(client: FlaskClient) -> None:
    media_type = "application/vnd.oai.openapi+json;version=3.0"
    (url,) = linked(found(client, "/ogc"), "service-desc", media_type)
    document = found(client, url.removeprefix(BASE), media_type)
    assert document["openapi"].startswith("3.0.")
    assert document["servers"] == [{"url": f"{BASE}/ogc"}]
    for one in found(client, "/ogc/collections")["collections"]:
        path = f"/collections/{one['id']}"
        assert {path, f"{path}/items", f"{path}/items/{{featureId}}"} <= set(document["paths"])
    for path, operations in document["paths"].items():
        assert set(operations) == {"get"}
        if "{" not in path:
            assert client.get(f"/ogc{path}").status_code == 200, path


def test_the_definition_is_valid(client: FlaskClient) -> None:
    """As schemathesis has the schema of OpenAPI 3.0 with it."""
    from schemathesis.specs.openapi.definitions import OPENAPI_30_VALIDATOR

    OPENAPI_30_VALIDATOR.validate(found(client, "/ogc/api", "application/vnd.oai.openapi+json;version=3.0"))


# core/conformance-op, core/conformance-success


def test_conformance(client: FlaskClient) -> None:
    (url,) = linked(found(client, "/ogc"), "conformance")
    classes = found(client, url.removeprefix(BASE))["conformsTo"]
    start = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
    assert set(classes) == {f"{start}/{name}" for name in ("core", "geojson", "html", "oas30")}


# core/fc-md-op, core/fc-md-success, core/fc-md-links, core/fc-md-items, core/fc-md-items-links, core/fc-md-extent


def test_collections(client: FlaskClient, catalogue: Catalogue) -> None:
    document = found(client, "/ogc/collections")
    assert linked(document, "self", JSON) == [f"{BASE}/ogc/collections"]
    assert linked(document, "alternate", HTML)
    kinds = {
        f"{one.id}_{zone.kind}"
        for one in catalogue.proposals.values()
        for edition in one.editions.values()
        for zone in edition.zones.values()
    }
    assert {one["id"] for one in document["collections"]} == kinds
    for one in document["collections"]:
        assert one["itemType"] == "feature"
        assert one["crs"] == [CRS84]
        assert [link["type"] for link in one["links"] if link["rel"] == "items"] == [GEOJSON, HTML]
        assert all(link["rel"] and link["type"] for link in one["links"])
        (west, south, east, north), (first, last) = (
            one["extent"]["spatial"]["bbox"][0],
            one["extent"]["temporal"]["interval"][0],
        )
        assert -180 <= west <= east <= 180
        assert -90 <= south <= north <= 90
        assert first <= last


# core/sfc-md-op, core/sfc-md-success


@pytest.mark.parametrize("name", [BUFFER, SITES, HELD])
def test_collection(client: FlaskClient, name: str) -> None:
    listed = {one["id"]: one for one in found(client, "/ogc/collections")["collections"]}
    assert found(client, f"/ogc/collections/{name}") == listed[name]


# core/fc-op, core/fc-response, core/fc-links, core/fc-rel-type, core/fc-numberMatched, core/fc-numberReturned


def test_features(client: FlaskClient, catalogue: Catalogue) -> None:
    document = found(client, ITEMS, GEOJSON)
    assert document["type"] == "FeatureCollection"
    assert document["numberMatched"] == len(catalogue.proposals["us-28-points"].editions)
    assert document["numberReturned"] == len(document["features"])
    assert linked(document, "self", GEOJSON) == [BASE + ITEMS]
    assert linked(document, "alternate", HTML) == [f"{BASE}{ITEMS}.html"]
    assert all(link["rel"] and link["type"] for link in document["links"])
    assert "timeStamp" not in document  # equal requests get equal bytes


@pytest.mark.slow
def test_geometry_is_of_one_type(client: FlaskClient) -> None:
    for one in found(client, "/ogc/collections")["collections"]:
        features = found(client, f"/ogc/collections/{one['id']}/items?limit=1000", GEOJSON)["features"]
        assert len({feature["geometry"]["type"] for feature in features}) == 1, one["id"]
        assert len({feature["id"] for feature in features}) == len(features)
        assert len({tuple(feature["properties"]) for feature in features}) == 1


# core/fc-limit-definition, core/fc-limit-response-1


@pytest.mark.parametrize("limit", [1, 5, 1000, 1001, 10**30])
def test_limit(client: FlaskClient, limit: int) -> None:
    document = found(client, f"/ogc/collections/{HELD}/items?limit={limit}", GEOJSON)
    assert document["numberReturned"] == min(limit, document["numberMatched"], 1000)


# core/fc-response: paging


@pytest.mark.parametrize("limit", [1, 7, 57, 100])
def test_the_next_links_lead_through_all_features_once(client: FlaskClient, limit: int) -> None:
    read = [name for page in pages(client, f"{ITEMS}?limit={limit}") for name in ids(page)]
    assert read == ids(found(client, f"{ITEMS}?limit=1000", GEOJSON))
    assert len(set(read)) == len(read)


def test_behind_the_last_feature_is_an_empty_page(client: FlaskClient) -> None:
    document = found(client, f"{ITEMS}?offset=100000", GEOJSON)
    assert (document["numberReturned"], document["features"], linked(document, "next")) == (0, [], [])
    assert document["numberMatched"] > 0
    assert linked(document, "prev")


# core/fc-bbox-definition, core/fc-bbox-response


def test_bbox(client: FlaskClient) -> None:
    import shapely
    from shapely.geometry import shape

    whole = found(client, f"/ogc/collections/{HELD}/items?limit=1000", GEOJSON)["features"]
    for sides in ((36, 47, 37, 48), (33.9, 46.1, 34, 46.2), (30, 44, 33, 45), (38.5, 48.9, 38.6, 49.1), (0, 0, 1, 1)):
        written = ",".join(map(str, sides))
        met = [one["id"] for one in whole if shape(one["geometry"]).intersects(shapely.box(*sides))]
        assert ids(found(client, f"/ogc/collections/{HELD}/items?limit=1000&bbox={written}", GEOJSON)) == met
        heights = ",".join(map(str, (*sides[:2], -5, *sides[2:], 5)))
        assert ids(found(client, f"/ogc/collections/{HELD}/items?limit=1000&bbox={heights}", GEOJSON)) == met


def test_a_box_across_180_degrees(client: FlaskClient) -> None:
    assert found(client, f"{ITEMS}?bbox=170,40,-170,50", GEOJSON)["numberMatched"] == 0
    assert found(client, f"{ITEMS}?bbox=30,40,-170,50", GEOJSON)["numberMatched"] > 0


# core/fc-time-definition, core/fc-time-response


@pytest.mark.parametrize(
    ("datetime", "since", "until"),
    [
        (DAY, DAY, DAY),
        (f"{DAY}T08:00:00Z", DAY, DAY),
        ("2025-11-01/2025-12-01T00:00:00Z", "2025-11-01", "2025-12-01"),
        ("2026-01-01/..", "2026-01-01", "9999"),
        ("../2025-01-01", "", "2025-01-01"),
        ("2000-01-01/2001-01-01", "2000", "2001"),
    ],
)
def test_datetime(client: FlaskClient, datetime: str, since: str, until: str) -> None:
    days = [one["properties"]["as_of"] for one in found(client, f"{ITEMS}?limit=1000", GEOJSON)["features"]]
    chosen = found(client, f"{ITEMS}?limit=1000&datetime={datetime}", GEOJSON)["features"]
    assert [one["properties"]["as_of"] for one in chosen] == [day for day in days if since <= day <= until]


# core/fc-filters: rec/core/fc-filters


@pytest.mark.parametrize("name", ["zone", "clause", "oblast", "held_by", "recognition_mode"])
def test_properties_choose(client: FlaskClient, name: str) -> None:
    path = f"/ogc/collections/{HELD}/items?limit=1000"
    whole = found(client, path, GEOJSON)["features"]
    for value in {one["properties"][name] for one in whole} - {None} | {"nowhere"}:
        expected = [one["id"] for one in whole if one["properties"][name] == value]
        assert ids(found(client, f"{path}&{name}={value}", GEOJSON)) == expected
    both = f"{path}&{name}={whole[0]['properties'][name]}&datetime={DAY}"
    assert {one["properties"]["as_of"] for one in found(client, both, GEOJSON)["features"]} <= {DAY}


# core/f-op, core/f-success, core/f-links


def test_feature(client: FlaskClient) -> None:
    document = found(client, f"{ITEMS}/{ONE}", GEOJSON)
    assert (document["type"], document["id"]) == ("Feature", ONE)
    assert linked(document, "self", GEOJSON) == [f"{BASE}{ITEMS}/{ONE}"]
    assert linked(document, "alternate", HTML)
    assert linked(document, "collection") == [f"{BASE}/ogc/collections/{BUFFER}"]
    in_collection = found(client, f"{ITEMS}?datetime={DAY}", GEOJSON)["features"]
    assert in_collection == [{name: value for name, value in document.items() if name != "links"}]


# core/query-param-unknown, core/query-param-invalid, core/fc-op and f-op for what is not there


@pytest.mark.parametrize(
    ("path", "status", "known"),
    [
        (f"{ITEMS}?crs=3857", 400, "bbox"),
        (f"{ITEMS}?control=none", 404, "embedded"),
        ("/ogc/control/none", 404, "embedded"),
        ("/ogc/control/embedded/tiles", 404, "collections"),
        ("/ogc/control/embedded?control=none", 400, "f"),
        (f"{ITEMS}?utm_source=x", 400, "bbox"),
        (f"{ITEMS}?limit=0", 400, "1000"),
        (f"{ITEMS}?bbox=1,2,3", 400, "west,south,east,north"),
        (f"{ITEMS}?datetime=soon", 400, "2025-11-20"),
        (f"{ITEMS}?limit=1&limit=2", 400, "limit=…"),
        ("/ogc?limit=1", 400, "f"),
        (f"{ITEMS}/{ONE}?limit=1", 400, None),
        ("/ogc/collections/nope", 404, BUFFER),
        ("/ogc/collections/nope/items", 404, BUFFER),
        (f"{ITEMS}/donetsk-buffer_1999-01-01", 404, ONE),
        (f"{ITEMS}/nope", 404, None),
        (f"/ogc/collections/{BUFFER}/queryables", 404, "items"),
        ("/ogc/tiles", 404, "collections"),
    ],
)
def test_problems_name_what_there_is(client: FlaskClient, path: str, status: int, known: str | None) -> None:
    answer = client.get(path, headers={"Accept": GEOJSON})
    problem = json.loads(answer.data)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert (problem["status"], bool(problem["title"]), bool(problem["detail"])) == (status, True, True)
    if known:
        assert known in problem["known"]


# geojson/definition, geojson/content, html/definition, html/content


@pytest.mark.parametrize("path", PATHS)
def test_each_reader_gets_the_form_that_they_accept(client: FlaskClient, path: str) -> None:
    plain = client.get(path)
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    for accepted in (
        "*/*",
        "application/geo+json, application/json",
        "application/json",
        "image/png",
        "text/html;q=0.1, */*",
    ):
        assert client.get(path, headers={"Accept": accepted}).data == plain.data
    page = client.get(path, headers={"Accept": browser})
    assert page.content_type == "text/html; charset=utf-8"
    assert "Accept" in page.vary
    assert "Accept" in plain.vary
    stem = f"{path}/index" if path == "/ogc" else path
    assert client.get(f"{stem}.html").data == page.data
    assert client.get(f"{stem}.json").data == plain.data
    assert client.get(f"{path}?f=html").data == page.data
    assert client.get(f"{path}?f=json", headers={"Accept": browser}).data == plain.data
    assert client.get(f"{stem}.html?f=xml").status_code == 400
    tree = read_html(page.get_data(as_text=True))
    shown = {urlsplit(node["href"]).path for node in tree.all("a")}
    document = plain.get_json(force=True)
    assert {urlsplit(link["href"]).path for link in document.get("links", ())} <= shown


def test_pages_show_what_the_documents_say(client: FlaskClient) -> None:
    features, page = (
        found(client, f"{ITEMS}?limit=3", GEOJSON),
        client.get(f"{ITEMS}.html?limit=3").get_data(as_text=True),
    )
    for one in features["features"]:
        assert f"{BASE}{ITEMS}/{one['id']}.html" in page
        assert one["properties"]["name_en"] in page
    page = client.get(f"{ITEMS}/{ONE}.html").get_data(as_text=True)
    properties = found(client, f"{ITEMS}/{ONE}", GEOJSON)["properties"]
    assert all(name in page and ("'" in str(value) or str(value or "") in page) for name, value in properties.items())


def test_what_is_served_is_what_the_functions_write(client: FlaskClient, catalogue: Catalogue) -> None:
    service = Service(catalogue, f"{BASE}/ogc")
    for path in PATHS:
        assert client.get(path).data == find_resource(service, path[len("/ogc/") :]).write(Query()), path


def test_without_a_known_url_links_are_paths(catalogue: Catalogue) -> None:
    client = create_app(catalogue).test_client()
    assert linked(found(client, "/ogc"), "conformance") == ["/ogc/conformance"]

"""OWSLib's client of OGC API - Features."""

from typing import Any

from owslib.ogcapi.features import Features

from tests.clients.conftest import COLLECTION


def test_it_reads_the_documents(api: str) -> None:
    client = Features(api)
    assert COLLECTION in client.feature_collections()
    assert any(one.endswith("/conf/core") for one in client.conformance()["conformsTo"])
    assert f"/collections/{COLLECTION}/items" in client.api()["paths"]
    assert client.collection(COLLECTION)["id"] == COLLECTION


def test_it_reads_features(api: str, features: list[dict[str, Any]]) -> None:
    client = Features(api)
    page = client.collection_items(COLLECTION, limit=4, offset=2)
    assert (page["numberMatched"], page["features"]) == (len(features), features[2:6])
    chosen = client.collection_items(COLLECTION, bbox=[33, 45, 33.5, 45.2], datetime_="2025-11-01/..", zone="crimea")
    assert {one["properties"]["zone"] for one in chosen["features"]} == {"crimea"}
    assert client.collection_item(COLLECTION, features[0]["id"])["geometry"] == features[0]["geometry"]

"""The documents of the OGC API as pure functions of a catalogue: as served, and as files of a folder."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from layers.catalogue.model import COMMITTED, Catalogue, load_catalogue
from webapp.ogc.query import FILTERS, FORM, HTML_FORM, Query
from webapp.ogc.resources import find_resource, resource_paths
from webapp.ogc.service import Service

ROOT = "https://maps.example.org/peace/ogc"
SITES = "us-28-points_site"


@pytest.fixture(scope="module")
def committed() -> Catalogue:
    return load_catalogue(COMMITTED)


@pytest.fixture(scope="module")
def folder(committed: Catalogue) -> Service:
    return Service(committed, ROOT, filters=False)


def read(service: Service, path: str, query: Query | None = None) -> Any:
    return json.loads(find_resource(service, path).write(query or Query()))


def links(document: Any) -> Iterator[dict[str, str]]:
    """All links of a document, also those of its parts."""
    if isinstance(document, dict):
        found = document.get("links")
        yield from found if isinstance(found, list) else ()
        document = list(document.values())
    if isinstance(document, list):
        for part in document:
            yield from links(part)


def test_every_link_of_every_file_leads_to_a_file(folder: Service) -> None:
    paths = set(resource_paths(folder))
    pages = {folder.url(path, HTML_FORM) for path in paths}
    addresses = {folder.url(path) for path in paths} | pages
    for path in paths:
        for link in links(read(folder, path)):
            assert link["href"] in addresses or link["rel"] == "license", (path, link)
            assert link["title"]


def test_a_folder_has_all_features_on_one_page(folder: Service) -> None:
    for name, shown in folder.collections.items():
        document = read(folder, f"collections/{name}/items", Query(limit=1))
        assert document["numberReturned"] == document["numberMatched"] == len(shown.features)
        assert not [link for link in document["links"] if link["rel"] in {"next", "prev"}]


def test_a_folder_lists_no_filters(folder: Service, committed: Catalogue) -> None:
    served = read(Service(committed, ROOT), "api")["components"]["parameters"]
    assert set(served) - set(read(folder, "api")["components"]["parameters"]) == {*FILTERS, FORM}


def test_each_feature_is_the_zone_of_the_layer(committed: Catalogue, folder: Service) -> None:
    for proposal in committed.proposals.values():
        (edition,) = proposal.editions.values()
        layer = json.loads(committed.read(edition.products["layer"]))
        for zone in layer["features"]:
            name = f"{proposal.id}_{zone['properties']['kind']}"
            feature = read(folder, f"collections/{name}/items/{zone['id']}_{edition.as_of}")
            properties = dict(feature["properties"])
            assert properties.pop("zone") == zone["properties"].pop("id") == zone["id"]
            assert (feature["id"], properties) == (f"{zone['id']}_{edition.as_of}", zone["properties"])
            assert (feature["geometry"], feature["bbox"]) == (zone["geometry"], zone["bbox"])


def test_every_zone_is_in_one_collection(committed: Catalogue, folder: Service) -> None:
    zones = sum(len(edition.zones) for one in committed.proposals.values() for edition in one.editions.values())
    features = [(one.source.proposal.id, feature.id) for one in folder.collections.values() for feature in one.features]
    assert len(set(features)) == len(features) == zones


def test_another_control_map_has_no_licence_of_ours(committed: Catalogue) -> None:
    for licence, licensed in ((committed.licence, True), ("the maker of the control map decides", False)):
        document = read(Service(replace(committed, licence=licence), ROOT), f"collections/{SITES}")
        assert ("license" in {link["rel"] for link in document["links"]}) is licensed


def test_equal_catalogues_give_equal_bytes(committed: Catalogue) -> None:
    one, other = Service(committed, ROOT), Service(load_catalogue(COMMITTED), ROOT)
    for path in list(resource_paths(one))[:20]:
        assert find_resource(one, path).write(Query()) == find_resource(other, path).write(Query())

"""Layers, areas, context and catalogue: the bytes that were built, with the headers that scripts and caches need."""

import csv
import gzip
import hashlib
import io
import json
from typing import Any

import brotli
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from layers.catalogue.model import Catalogue, load_catalogue
from tests.words import LANGUAGES
from webapp.app import create_app

PROPOSAL, DAY, LATER = "us-28-points", "2025-11-20", "2025-11-22"
GEOJSON, JSON, CSV = "application/geo+json", "application/json", "text/csv"
BUILT = [
    (f"/layers/{PROPOSAL}/{DAY}.geojson", f"{PROPOSAL}/{DAY}.geojson", GEOJSON, f"{PROPOSAL}_{DAY}.geojson"),
    (
        f"/layers/{PROPOSAL}/{DAY}/donetsk-buffer.geojson",
        f"{PROPOSAL}/{DAY}/donetsk-buffer.geojson",
        GEOJSON,
        f"{PROPOSAL}_donetsk-buffer_{DAY}.geojson",
    ),
    (f"/areas/{PROPOSAL}/{DAY}.csv", f"{PROPOSAL}/{DAY}/areas.csv", CSV, f"{PROPOSAL}_areas_{DAY}.csv"),
    (f"/areas/{PROPOSAL}/{DAY}.json", f"{PROPOSAL}/{DAY}/areas.json", JSON, f"{PROPOSAL}_areas_{DAY}.json"),
    *(
        (f"/context/{name}.geojson", f"context/{name}.geojson", GEOJSON, f"{name}.geojson")
        for name in ("oblasts", "neighbours", "sea", "hydrography", "towns")
    ),
    ("/display/ground.geojson", "display/ground.geojson", GEOJSON, "ground.geojson"),
    *(
        (f"/display/towns-{language}.json", f"display/towns-{language}.json", JSON, f"towns-{language}.json")
        for language in LANGUAGES
    ),
    (
        f"/display/{PROPOSAL}/{DAY}.geojson",
        f"display/{PROPOSAL}/{DAY}.geojson",
        GEOJSON,
        f"{PROPOSAL}_display_{DAY}.geojson",
    ),
    (f"/towns/{PROPOSAL}/{DAY}.json", f"{PROPOSAL}/{DAY}/towns.json", JSON, f"{PROPOSAL}_towns_{DAY}.json"),
    ("/catalog.json", "catalog.json", JSON, "catalog.json"),
]
OPENED = {"br": brotli.decompress, "gzip": gzip.decompress}
ADDRESSES = [row[0] for row in BUILT]
DATED = [address for address in ADDRESSES if DAY in address and not address.startswith("/display/")]


def fetch(client: FlaskClient, path: str, **headers: str) -> TestResponse:
    """An answer with headers given as ``Accept_Encoding="gzip"``."""
    return client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize(("path", "file", "media_type", "filename"), BUILT, ids=ADDRESSES)
def test_the_bytes_are_those_that_were_built(
    catalogue: Catalogue, path: str, file: str, media_type: str, filename: str
) -> None:
    built = load_catalogue(catalogue.root)
    answer = create_app(built).test_client().get(path)
    assert answer.status_code == 200
    if file == "catalog.json":  # which says what was corrected, too
        document = json.loads(answer.data)
        for edition in (edition for one in document["proposals"] for edition in one["editions"]):
            edition.pop("replaces", None)
        assert document == json.loads(built.document)
    else:
        assert answer.data == (built.root / file).read_bytes()
    assert answer.mimetype == media_type
    assert answer.headers["Content-Disposition"] == f'inline; filename="{filename}"'
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("*", "br"),
        ("br", "br"),
        ("br;q=0.1, gzip;q=1", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0, *", "br"),
    ],
)
def test_the_encoding_that_a_reader_likes_best(client: FlaskClient, accepted: str, coding: str) -> None:
    for path in ADDRESSES:
        plain, packed = client.get(path), fetch(client, path, Accept_Encoding=accepted)
        assert packed.headers["Content-Encoding"] == coding, path
        assert OPENED[coding](packed.data) == plain.data, path
        assert len(packed.data) < len(plain.data), path
        assert int(packed.headers["Content-Length"]) == len(packed.data), path
        kept = ("Content-Type", "Content-Disposition", "Access-Control-Allow-Origin", "Vary", "Cache-Control")
        assert [packed.headers[name] for name in kept] == [plain.headers[name] for name in kept], path


@pytest.mark.parametrize("accepted", ["", "identity", "deflate, zstd", "br;q=0, gzip;q=0", "*;q=0"])
def test_plain_where_no_encoding_is_accepted(client: FlaskClient, accepted: str) -> None:
    assert "Content-Encoding" not in fetch(client, "/catalog.json", Accept_Encoding=accepted).headers


def test_a_known_etag_is_answered_with_304(client: FlaskClient) -> None:
    for path in ADDRESSES:
        tags = set()
        for accepted in ("identity", "gzip", "br"):
            whole = fetch(client, path, Accept_Encoding=accepted)
            tag = whole.headers["ETag"]
            assert tag.startswith('"')
            tags.add(tag)
            for asked in (tag, f'"other", {tag}', f"W/{tag}", "*"):
                again = fetch(client, path, Accept_Encoding=accepted, If_None_Match=asked)
                assert (again.status_code, again.data) == (304, b"")
                for name in ("ETag", "Vary", "Cache-Control", "Access-Control-Allow-Origin"):
                    assert again.headers[name] == whole.headers[name]
            assert fetch(client, path, Accept_Encoding=accepted, If_None_Match='"other"').status_code == 200
        assert len(tags) == 3, path


@pytest.mark.parametrize(("held", "accepted"), [("gzip", "identity"), ("br", "gzip"), ("gzip", "br")])
def test_an_etag_of_one_encoding_does_not_speak_for_the_other(client: FlaskClient, held: str, accepted: str) -> None:
    tag = fetch(client, "/catalog.json", Accept_Encoding=held).headers["ETag"]
    assert fetch(client, "/catalog.json", Accept_Encoding=accepted, If_None_Match=tag).status_code == 200


@pytest.mark.parametrize("path", DATED)
def test_the_day_asked_for_is_told_and_changes_the_etag(client: FlaskClient, path: str) -> None:
    own, later = client.get(path), client.get(path.replace(DAY, LATER))
    assert later.headers["ETag"] != own.headers["ETag"]
    assert later.headers["Content-Disposition"] == own.headers["Content-Disposition"]
    for answer, requested in ((own, DAY), (later, LATER)):
        rows = properties(answer)
        assert {row["requested_as_of"] for row in rows} == {requested}
        assert {row["as_of"] for row in rows} == {DAY}
    without = [[{**row, "requested_as_of": ""} for row in properties(answer)] for answer in (own, later)]
    assert without[0] == without[1]


def properties(answer: TestResponse) -> list[dict[str, Any]]:
    """What a layer or a table says of each zone."""
    if answer.mimetype == CSV:
        return list(csv.DictReader(io.StringIO(answer.text)))
    content = json.loads(answer.data)
    if "note" in content:
        return [{name: content[name] for name in ("requested_as_of", "as_of", "zones")}]
    if "zones" in content:
        assert content["requested_as_of"] == content["zones"][0]["requested_as_of"]
        return list(content["zones"])
    return [feature["properties"] for feature in content["features"]]


@pytest.mark.parametrize("path", DATED)
def test_latest_is_the_newest_control_map(client: FlaskClient, catalogue: Catalogue, path: str) -> None:
    newest = catalogue.proposals[PROPOSAL].dates[-1]
    answer = client.get(path.replace(DAY, "latest"))
    assert answer.data == client.get(path.replace(DAY, newest)).data
    assert {row["as_of"] for row in properties(answer)} == {newest}
    assert newest in answer.headers["Content-Disposition"]


def test_what_is_drawn_is_that_of_the_control_map(client: FlaskClient, catalogue: Catalogue) -> None:
    drawn = {day: client.get(f"/display/{PROPOSAL}/{day}.geojson") for day in (DAY, LATER, "latest")}
    assert drawn[LATER].data == drawn[DAY].data != drawn["latest"].data
    newest = catalogue.proposals[PROPOSAL].dates[-1]
    assert drawn["latest"].data == (catalogue.root / f"display/{PROPOSAL}/{newest}.geojson").read_bytes()
    for day, answer in drawn.items():
        exact = client.get(f"/layers/{PROPOSAL}/{day}.geojson").get_json(force=True)["features"]
        shown = json.loads(answer.data)["features"]
        kept = [(zone["id"], *(zone["properties"][name] for name in ("kind", "clause", "partition"))) for zone in exact]
        assert [(zone["id"], *list(zone["properties"].values())[:3]) for zone in shown] == kept


def test_a_zone_is_a_collection_of_one(client: FlaskClient) -> None:
    layer = json.loads(client.get(f"/layers/{PROPOSAL}/{DAY}.geojson").data)
    for feature in layer["features"]:
        alone = json.loads(client.get(f"/layers/{PROPOSAL}/{DAY}/{feature['id']}.geojson").data)
        assert alone["type"] == "FeatureCollection"
        assert alone["features"] == [feature]


def test_every_address_and_sha256_of_the_catalogue_is_right(client: FlaskClient) -> None:
    content = client.get("/catalog.json").get_json()
    files = [*content["context"].values(), *content["display"].values()]
    for proposal in content["proposals"]:
        before = [edition for edition in proposal["editions"] if edition["as_of"] <= proposal["date"]]
        own = [*proposal["editions"][:1], *before][-1]
        for edition in {edition["as_of"]: edition for edition in (own, proposal["editions"][-1])}.values():
            files += [edition[name] for name in ("layer", "areas_csv", "areas_json", "towns", "display")]
            files += edition["zones"]
    assert client.head(own["images"][0]).status_code == 200
    assert len(files) > 50
    for file in files:
        body = client.get(file["url"]).data
        assert (hashlib.sha256(body).hexdigest(), len(body)) == (file["sha256"], file["size_bytes"]), file["url"]


@pytest.mark.parametrize("path", [f"/layers/{PROPOSAL}/{DAY}.geojson", "/context/towns.geojson"])
def test_what_names_the_data_version_is_kept_for_good(client: FlaskClient, catalogue: Catalogue, path: str) -> None:
    assert "immutable" in client.get(f"{path}?v={catalogue.data_version}").headers["Cache-Control"]
    for query in ("", "?v=", "?v=0"):
        assert "immutable" not in client.get(path + query).headers["Cache-Control"]


def test_static_files_are_kept_for_good_under_their_version(client: FlaskClient) -> None:
    from webapp.static_files import asset_path, known_assets

    for name, path in known_assets().items():
        answer = client.get(asset_path(name))
        assert answer.data == path.read_bytes()
        assert "immutable" in answer.headers["Cache-Control"]
        assert client.get(f"/static/{name}?v=0").headers["Cache-Control"] == "no-cache"
    assert client.get("/static/map.js").mimetype == "text/javascript"
    assert client.get("/static/icon.svg").mimetype == "image/svg+xml"

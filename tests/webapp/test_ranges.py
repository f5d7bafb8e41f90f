"""Byte ranges and conditions: what GDAL, QGIS and R need to open a layer by its URL, in the order of RFC 9110."""

from datetime import UTC, datetime
from itertools import pairwise

import pyogrio
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from layers.catalogue.model import Catalogue
from webapp.static_files import asset_path

US, UA, DAY = "us-28-points", "ukraine-20-points", "2025-11-20"
LAYER = f"/layers/{UA}/latest.geojson"
FINISHED = (
    LAYER,
    f"/layers/{US}/{DAY}/donetsk-buffer.geojson",
    "/context/abroad.geojson",
    "/display/ground.geojson",
    f"/display/{US}/{DAY}.geojson",
    f"/areas/{US}/{DAY}.csv",
    f"/areas/{US}/{DAY}.json",
    f"/timelines/{US}.csv",
    f"/towns/{US}/{DAY}.json",
    f"/images/{US}/{DAY}.svg",
    f"/images/{US}/{DAY}.png",
    f"/images/{US}/{DAY}.txt",
    f"/scripts/en/{US}.js",
    "/static/map.bundle.js",
    "/static/icon.svg",
    "/catalog.json",
    "/en/",
)
STEP = 16_384  # GDAL's


def part(client: FlaskClient, path: str, wanted: str, **headers: str) -> TestResponse:
    """The answer to a range; further headers are given as ``If_Range="…"``."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(path, headers={"Range": wanted, **named})


@pytest.mark.parametrize("path", FINISHED)
def test_a_range_is_that_part_of_the_file_uncompressed(client: FlaskClient, path: str) -> None:
    whole = client.get(path)
    size = len(whole.data)
    for wanted, first, end in (
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, size),
        ("bytes=-7", size - 7, size),
        (f"bytes=5-{size * 2}", 5, size),
        (f"bytes=-{size * 2}", 0, size),
        ("Bytes = 0 - 0", 0, 1),
    ):
        answer = part(client, path, wanted, Accept_Encoding="br, gzip")
        assert (answer.status_code, answer.data) == (206, whole.data[first:end]), wanted
        assert answer.headers["Content-Range"] == f"bytes {first}-{end - 1}/{size}"
        assert int(answer.headers["Content-Length"]) == end - first
        assert "Content-Encoding" not in answer.headers
        for name in ("ETag", "Content-Type", "Cache-Control", "Vary", "Accept-Ranges"):
            assert answer.headers.get(name) == whole.headers.get(name), name
    assert whole.headers["Accept-Ranges"] == "bytes"


def test_parts_come_together_to_the_whole(client: FlaskClient) -> None:
    size = int(client.head(LAYER).headers["Content-Length"])
    assert size > 160_000
    ends = [*range(0, size, STEP), size]
    parts = [part(client, LAYER, f"bytes={start}-{end - 1}").data for start, end in pairwise(ends)]
    assert b"".join(parts) == client.get(LAYER).data


@pytest.mark.parametrize("wanted", ["bytes=999999999-", "bytes=999999999-9999999999", "bytes=-0"])
def test_a_range_behind_the_end_is_told_the_length(client: FlaskClient, wanted: str) -> None:
    size = len(client.get(LAYER).data)
    answer = part(client, LAYER, wanted)
    assert (answer.status_code, answer.mimetype) == (416, "application/problem+json")
    assert answer.headers["Content-Range"] == f"bytes */{size}"
    assert str(size) in answer.get_json()["detail"]


@pytest.mark.parametrize(
    "wanted",
    ["bytes=0-1,5-6", "bytes=5-6,0-1", "bytes=9-3", "bytes=x-y", "bytes=", "bytes", "lines=0-1", "", "bytes=--5",
     "bytes=0-" + "9" * 50_000, "bytes=٠-٩"],
)  # fmt: skip
def test_several_ranges_and_none_are_given_the_whole(client: FlaskClient, wanted: str) -> None:
    answer = client.get(LAYER, headers={"Range": wanted.encode().decode("latin-1")})
    assert (answer.status_code, answer.data) == (200, client.get(LAYER).data)
    assert "Content-Range" not in answer.headers


def test_a_unit_that_is_no_range_leaves_the_compression(client: FlaskClient) -> None:
    assert part(client, LAYER, "lines=0-1", Accept_Encoding="gzip").headers["Content-Encoding"] == "gzip"


def test_a_range_counts_for_the_version_that_it_was_begun_with(client: FlaskClient) -> None:
    etag = client.get(LAYER).headers["ETag"]
    packed = client.get(LAYER, headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    assert part(client, LAYER, "bytes=0-9", If_Range=etag).status_code == 206
    for other in (packed, f"W/{etag}", '"other"', "Thu, 26 Nov 2026 19:30:03 GMT"):
        answer = part(client, LAYER, "bytes=0-9", If_Range=other)
        assert (answer.status_code, answer.headers["ETag"]) == (200, etag), other


def test_head_has_no_ranges(client: FlaskClient) -> None:
    for accepted in ("", "gzip"):
        headers = {"Accept-Encoding": accepted}
        plain = client.head(LAYER, headers=headers)
        ranged = client.head(LAYER, headers={"Range": "bytes=0-9", **headers})
        assert (ranged.status_code, dict(ranged.headers)) == (200, dict(plain.headers))


def test_what_did_not_change_is_not_sent_in_parts(client: FlaskClient) -> None:
    etag = client.get(LAYER).headers["ETag"]
    for condition in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = part(client, LAYER, "bytes=0-9", If_None_Match=condition)
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", etag)
    assert part(client, LAYER, "bytes=0-9", If_None_Match='"other"').status_code == 206


@pytest.mark.parametrize("path", [LAYER, "/en/", "/static/page.css"])
def test_a_condition_that_holds_changes_nothing(client: FlaskClient, path: str) -> None:
    whole = client.get(path)
    etag = whole.headers["ETag"]
    for name, value in (
        ("If-Match", "*"),
        ("If-Match", etag),
        ("If-Match", f'"other", {etag}'),
        ("If-Match", ""),
        ("If-Unmodified-Since", "Thu, 26 Nov 2099 00:00:00 GMT"),
        ("If-Unmodified-Since", "yesterday"),
        ("If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ("If-Modified-Since", "yesterday"),
    ):
        answer = client.get(path, headers={name: value})
        assert (answer.status_code, answer.data) == (200, whole.data), (name, value)
        assert client.head(path, headers={name: value}).status_code == 200


@pytest.mark.parametrize("path", [LAYER, "/en/", "/static/page.css"])
def test_a_condition_that_does_not_hold_is_told_without_the_file(client: FlaskClient, path: str) -> None:
    etag = client.get(path).headers["ETag"]
    for condition in ('"other"', f"W/{etag}"):  # compared strongly
        answer = client.get(path, headers={"If-Match": condition})
        assert answer.status_code == 412
        assert answer.mimetype == ("text/html" if path == "/en/" else "application/problem+json")
        assert len(answer.data) < 6_000
        assert answer.headers["Cache-Control"] == "no-store"
        assert client.head(path, headers={"If-Match": condition, "If-None-Match": etag}).status_code == 412
    assert client.get(path, headers={"If-Match": "*", "If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("path", [LAYER, f"/layers/{US}/{DAY}.kml", "/context/sea.geojson", asset_path("page.css")])
def test_a_date_counts_where_no_etag_is_named(client: FlaskClient, path: str) -> None:
    whole = client.get(path)
    modified, etag = whole.headers["Last-Modified"], whole.headers["ETag"]
    for name, value, status in (
        ("If-Modified-Since", modified, 304),
        ("If-Modified-Since", "Thu, 26 Nov 2099 00:00:00 GMT", 304),
        ("If-Unmodified-Since", modified, 200),
        ("If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT", 412),
    ):
        answer = client.get(path, headers={name: value})
        assert (answer.status_code, answer.headers.get("ETag", etag)) == (status, etag), (name, value)
    known = {"If-Modified-Since": modified, "If-None-Match": '"other"'}
    assert client.get(path, headers=known).status_code == 200
    old = {"If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:00 GMT", "If-Match": etag}
    assert client.get(path, headers=old).status_code == 200


def test_built_data_was_modified_when_its_catalogue_was_written(client: FlaskClient, catalogue: Catalogue) -> None:
    written = datetime.fromtimestamp(int((catalogue.root / "catalog.json").stat().st_mtime), UTC)
    assert client.get(LAYER).last_modified == written
    assert client.get("/catalog.json").last_modified == written
    assert client.get("/en/").last_modified is None


def zones_read(server: str, path: str) -> int:
    """How many features GDAL finds at a URL, all of them read."""
    _, _, shapes, _ = pyogrio.raw.read(f"/vsicurl/{server}{path}")
    return len(shapes)


@pytest.mark.costly
@pytest.mark.parametrize("path", ["/context/towns.geojson", "/context/abroad.geojson", "/display/ground.geojson"])
def test_gdal_opens_large_layers_by_their_url(live_server: str, client: FlaskClient, path: str) -> None:
    assert zones_read(live_server, path) == len(client.get(path).get_json(force=True)["features"])


@pytest.mark.parametrize("proposal_id", [US, UA])
def test_gdal_opens_the_layers_of_a_few_days(live_server: str, catalogue: Catalogue, proposal_id: str) -> None:
    days = catalogue.proposals[proposal_id].dates
    for day in (days[0], days[len(days) // 2], days[-1]):
        zones = catalogue.proposals[proposal_id].edition_on(day).zones
        assert zones_read(live_server, f"/layers/{proposal_id}/{day}.geojson") == len(zones)
        assert zones_read(live_server, f"/display/{proposal_id}/{day}.geojson") == len(zones)


@pytest.mark.slow
@pytest.mark.parametrize("proposal_id", [US, UA])
def test_gdal_opens_layers_of_many_days_and_those_of_zones(
    live_server: str, catalogue: Catalogue, proposal_id: str
) -> None:
    """The whole layer on every fourth date, and that of each zone on the newest."""
    editions = catalogue.proposals[proposal_id].editions
    newest = max(editions)
    for day in [*list(editions)[::4], newest]:
        assert zones_read(live_server, f"/layers/{proposal_id}/{day}.geojson") == len(editions[day].zones)
    for zone in editions[newest].zones:
        assert zones_read(live_server, f"/layers/{proposal_id}/{newest}/{zone}.geojson") == 1

"""Responses that are sent again without the application: the same as the application's own, header by header."""

from collections.abc import Iterator, Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from layers.catalogue.model import Catalogue
from layers.products.registry import PRODUCTS
from tests.cases import case
from webapp.app import create_app
from webapp.responses import remembering
from webapp.static_files import asset_path

US, DAY, ZONE = "us-28-points", "2025-11-20", "crimea"
BUILT = [product.url.format(proposal=US, date=DAY, zone=ZONE) for product in PRODUCTS.values() if product.path]
MADE = [f"/layers/{US}/{DAY}.fgb?crs=3035&lang=uk", f"/layers/{US}/{DAY}/areas.geojson", f"/areas/{US}/{DAY}.xlsx"]
OTHERS = [
    f"/layers/{US}/{DAY}/{ZONE}.geojson",
    f"/layers/{US}/2025-11-25.geojson",
    "/context/oblasts.geojson",
    "/display/ground.geojson",
    "/catalog.json",
    f"/timelines/{US}.csv",
    f"/scripts/en/{US}.js",
    "/ogc/collections.json",
    f"/en/map/{US}",
    f"/embed/uk/{US}",
    asset_path("map.bundle.js"),
    asset_path("icon.svg"),
]
ASKED: list[Mapping[str, str]] = [
    {},
    {"Accept-Encoding": "gzip"},
    {"Accept-Encoding": "br, gzip;q=0.5"},
    {"Accept-Encoding": "identity;q=1, *;q=0"},
    {"Range": "bytes=10-99"},
    {"Range": "bytes=10-99", "Accept-Encoding": "gzip"},
    {"Range": "bytes=-5"},
    {"Range": "bytes=0-1,5-6", "Accept-Encoding": "gzip"},
    {"Range": "lines=0-1", "Accept-Encoding": "gzip"},
    {"Range": "bytes=0-9", "If-Range": '"other"'},
    {"Range": "bytes=999999999-"},
    {"If-None-Match": "*"},
    {"If-None-Match": '"other"', "Accept-Encoding": "gzip"},
    {"If-Match": "*"},
    {"If-Match": '"other"'},
    {"If-Modified-Since": "Thu, 26 Nov 2099 00:00:00 GMT"},
    {"If-Modified-Since": "Thu, 26 Nov 1998 00:00:00 GMT"},
    {"If-Unmodified-Since": "Thu, 26 Nov 1998 00:00:00 GMT"},
    {"Origin": "https://other.example", "Cookie": "a=b"},
]


@pytest.fixture(scope="module")
def plain(catalogue: Catalogue) -> Flask:
    """The application without a memory of what it has sent."""
    app = create_app(catalogue)
    app.wsgi_app = vars(app.wsgi_app)["_application"]  # type: ignore[method-assign]
    return app


def all_of(answer: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    """What a client gets: status, headers, body."""
    return answer.status_code, sorted((name.lower(), value) for name, value in answer.headers), answer.data


def asking(path: str, client: FlaskClient) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Method and headers of every request that is made of a path."""
    etag = client.get(path, headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    for headers in [*ASKED, {"If-None-Match": etag, "Accept-Encoding": "gzip"}, {"If-None-Match": f"W/{etag}"}]:
        yield "GET", headers
        yield "HEAD", headers


@pytest.mark.parametrize("path", [*BUILT, *MADE, *OTHERS])
def test_what_is_sent_again_is_what_the_application_sends(app: Flask, plain: Flask, path: str) -> None:
    again, first = app.test_client(), plain.test_client()
    for method, headers in asking(path, first):
        expected = all_of(first.open(path, method=method, headers=headers))
        for _ in range(2):
            with case(method, headers):
                assert all_of(again.open(path, method=method, headers=headers)) == expected


@pytest.mark.parametrize("path", [*BUILT, *MADE, *OTHERS])
def test_what_was_sent_once_is_sent_without_the_application(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    app = create_app(catalogue)
    client = app.test_client()
    first = {coding: client.get(path, headers={"Accept-Encoding": coding}) for coding in ("", "gzip", "br")}
    part = client.get(path, headers={"Range": "bytes=0-9"})
    monkeypatch.setattr(app, "full_dispatch_request", None)
    for coding, answer in first.items():
        assert all_of(client.get(path, headers={"Accept-Encoding": coding})) == all_of(answer)
        same = client.get(path, headers={"Accept-Encoding": coding, "If-None-Match": answer.headers["ETag"]})
        assert (same.status_code, same.data) == (304, b"")
    assert all_of(client.get(path, headers={"Range": "bytes=0-9"})) == all_of(part)
    assert client.get(path, headers={"Range": "bytes=3-4"}).data == first[""].data[3:5]


@pytest.mark.parametrize(
    "path", ["/healthz", "/static/page.css", "/oembed?url=x", "/layers/nope/latest.geojson", "/ogc/collections", "/"]
)
def test_what_may_change_or_depends_on_more_is_left_to_the_application(catalogue: Catalogue, path: str) -> None:
    app = create_app(catalogue)
    client = app.test_client()
    client.get(path)
    assert all(known.sent() is None for known in vars(app.wsgi_app)["_known"].values())


def test_other_methods_are_left_to_the_application(client: FlaskClient) -> None:
    path = BUILT[0]
    client.get(path)
    assert client.post(path).status_code == 405
    assert client.options(path).status_code == 204


def test_what_clients_write_fills_no_memory(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST_RESPONSES", 8)
    app = create_app(catalogue)
    client, known = app.test_client(), vars(app.wsgi_app)["_known"]
    client.get(f"{BUILT[0]}?utm_source={'x' * remembering.LONGEST_KEY}")
    assert known == {}
    for number in range(20):
        assert client.get(f"{BUILT[0]}?utm_source={number}").status_code == 200
        assert 0 < len(known) <= 8


def test_what_the_cache_has_dropped_is_made_again(catalogue: Catalogue) -> None:
    app = create_app(catalogue)
    client = app.test_client()
    first = all_of(client.get(BUILT[0]))
    vars(app.extensions["clausemap"].finished)["_entries"].clear()
    assert [known.sent() for known in vars(app.wsgi_app)["_known"].values()] == [None]
    assert all_of(client.get(BUILT[0])) == first

"""nginx in front of the service, with a published folder: files from there, everything else from the service."""

import urllib.request
from collections.abc import Iterator
from email.message import Message

import pytest
from flask.testing import FlaskClient

from tests.documentation.pages import blocks, page
from tests.nginx import nginx_server
from webapp.publishing.making import write_made

LAYER = "/layers/us-28-points/2025-11-20.geojson"
OWN = "X-Data-Version"  # a header of the service


@pytest.fixture(scope="module")
def front(live_server: str, app_client: FlaskClient, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of nginx, with one layer in the published folder."""
    site, folder = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("nginx")
    write_made(LAYER, LAYER[1:], app_client.get(LAYER).data, compressible=True, folder=site)
    lines = next(block for block in blocks("nginx", page("operating.md")) if "gzip_static" in block)
    with nginx_server(lines.replace("127.0.0.1:8000", live_server.removeprefix("http://")), site, folder) as address:
        yield address


@pytest.fixture(scope="module")
def app_client(request: pytest.FixtureRequest) -> FlaskClient:
    """A reader of the same service, without nginx."""
    client: FlaskClient = request.getfixturevalue("app").test_client()
    return client


def asked(url: str, method: str = "GET", **headers: str) -> tuple[int, Message, bytes]:
    """Status, headers and body of a response."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with urllib.request.urlopen(urllib.request.Request(url, method=method, headers=named), timeout=60) as answer:
        return answer.status, answer.headers, answer.read()


def test_a_published_layer_comes_from_the_folder(front: str, app_client: FlaskClient) -> None:
    status, headers, body = asked(front + LAYER, Accept_Encoding="gzip")
    assert (status, headers["Content-Encoding"], OWN in headers) == (200, "gzip", False)
    assert headers["Content-Type"] == "application/geo+json"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert asked(front + LAYER)[2] == app_client.get(LAYER).data
    status, _, part = asked(front + LAYER, Range="bytes=10-19")
    assert (status, part) == (206, app_client.get(LAYER).data[10:20])
    assert body


@pytest.mark.parametrize(
    "path",
    ["/en/", "/healthz", f"{LAYER}?lang=uk", "/layers/ukraine-20-points/latest.geojson", "/static/page.css"],
)
def test_everything_else_comes_from_the_service(front: str, live_server: str, path: str) -> None:
    status, headers, body = asked(front + path)
    assert (status, body) == (200, asked(live_server + path)[2])
    assert headers[OWN]


def test_a_preflight_is_answered_by_the_service(front: str) -> None:
    status, headers, _ = asked(front + LAYER, "OPTIONS", Origin="https://other.example")
    assert status == 204
    assert "GET" in headers["Access-Control-Allow-Methods"]

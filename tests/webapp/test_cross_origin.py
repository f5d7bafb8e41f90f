"""Scripts of other sites: preflights, and what they may read of answers and of errors."""

import pytest
from flask.testing import FlaskClient

US, DAY = "us-28-points", "2025-11-20"
DATA = (
    f"/layers/{US}/{DAY}.geojson",
    f"/layers/{US}/{DAY}/donetsk-buffer.geojson",
    "/context/oblasts.geojson",
    "/display/ground.geojson",
    f"/areas/{US}/{DAY}.csv",
    f"/timelines/{US}.json",
    f"/towns/{US}/{DAY}.json",
    f"/images/{US}/{DAY}.svg",
    f"/scripts/en/{US}.js",
    "/static/frame.js",
    "/catalog.json",
    "/ogc/collections",
    "/healthz",
    "/robots.txt",
    "/oembed?url=x",
)
MISSING = ("/layers/nope/latest.geojson", "/layers/x", f"/images/{US}/{DAY}.gif", "/static/nope", "/areas/")
PAGES = ("/", "/en/", f"/en/map/{US}", f"/embed/en/{US}", "/fr/")
ASKING = {
    "Origin": "https://other.example",
    "Access-Control-Request-Method": "GET",
    "Access-Control-Request-Headers": "if-none-match,range",
}


def listed(header: str) -> set[str]:
    """The names of a list in a header, in lower case."""
    return {name.strip().lower() for name in header.split(",")}


@pytest.mark.parametrize("path", [*DATA, *MISSING])
def test_a_preflight_is_answered_below_the_data(client: FlaskClient, path: str) -> None:
    answer = client.options(path, headers=ASKING)
    assert (answer.status_code, answer.data) == (204, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert listed(answer.headers["Access-Control-Allow-Methods"]) == {"get", "head", "options"}
    sent = listed(answer.headers["Access-Control-Allow-Headers"])
    assert {"if-none-match", "if-match", "if-range", "range", "cache-control", "x-requested-with", "*"} <= sent
    assert int(answer.headers["Access-Control-Max-Age"]) > 0
    assert listed(answer.headers["Allow"]) == {"get", "head", "options"}


@pytest.mark.parametrize("path", [*DATA, *MISSING])
def test_other_sites_may_read_answers_and_errors(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Origin": "https://other.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    exposed = listed(answer.headers["Access-Control-Expose-Headers"])
    assert {"etag", "x-data-version", "content-range", "accept-ranges", "content-length"} <= exposed
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Range": "bytes=0-9"}, 206),
        ({"Range": "bytes=999999999-"}, 416),
        ({"If-Match": '"other"'}, 412),
        ({"If-None-Match": "*"}, 304),
    ],
)
def test_so_are_parts_and_conditions(client: FlaskClient, headers: dict[str, str], status: int) -> None:
    for path in (f"/layers/{US}/{DAY}.geojson", "/static/frame.js"):
        answer = client.get(path, headers=headers)
        assert answer.status_code == status
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "X-Data-Version" in answer.headers["Access-Control-Expose-Headers"]


def test_what_may_not_be_done_can_be_read_elsewhere(client: FlaskClient) -> None:
    for answer in (client.post("/catalog.json"), client.get(f"/catalog.json?x={'a' * 9000}"), client.get("/healthz/")):
        assert answer.status_code in {405, 414, 308}
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_for_readers_alone(client: FlaskClient, path: str) -> None:
    for answer in (client.get(path), client.options(path, headers=ASKING)):
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control-")]

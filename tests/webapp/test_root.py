"""The way in: from the root to the language that the reader accepts, and what every answer does without."""

import pytest
from flask.testing import FlaskClient

EVERY_KIND = (
    "/",
    "/en/",
    "/uk/map/us-28-points",
    "/zh-Hant/areas/us-28-points",
    "/en/points/us-28-points",
    "/uk/images/us-28-points?theme=dark",
    "/layers/us-28-points/latest.geojson",
    "/layers/us-28-points/2025-11-20/donetsk-buffer.geojson",
    "/areas/us-28-points/2025-11-20.csv",
    "/areas/us-28-points/2025-11-20.json",
    "/images/us-28-points/2025-11-20.svg",
    "/context/oblasts.geojson",
    "/catalog.json",
    "/healthz",
    "/static/page.css",
)


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh", "zh-Hant"),
        ("zh-Hant", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"),
        ("ZH-tw", "zh-Hant"),
        ("zh-CN", "en"),
        ("zh-Hans", "en"),
        ("uk", "uk"),
        ("uk-UA", "uk"),
        ("en-GB", "en"),
        ("fr", "en"),
        ("", "en"),
        ("*", "en"),
        ("fr, uk;q=0.5", "uk"),
        ("en;q=0.3, uk;q=0.9", "uk"),
        ("uk;q=0, zh-TW;q=0.1", "zh-Hant"),
        ("uk;q=0", "en"),
        ("fr-CH, fr;q=0.9, *;q=0.5", "en"),
        ("nonsense;;q=x,,", "en"),
    ],
)
def test_the_root_leads_to_the_language_that_is_accepted_best(client: FlaskClient, accepted: str, lang: str) -> None:
    answer = client.get("/", headers={"Accept-Language": accepted})
    assert answer.status_code == 302
    assert answer.location == f"/{lang}/"
    assert answer.headers["Vary"] == "Accept-Language"


def test_without_the_header_the_root_leads_to_english(client: FlaskClient) -> None:
    assert client.get("/").location == "/en/"
    assert client.get("/", follow_redirects=True).status_code == 200


@pytest.mark.parametrize("lang", ["en", "uk", "zh-Hant"])
def test_the_last_slash_may_be_left_out(client: FlaskClient, lang: str) -> None:
    assert client.get(f"/{lang}").location == f"/{lang}/"


@pytest.mark.parametrize("path", ["//example.org", "//example.org/..", "//en/", "/en//", "/\\example.org"])
def test_no_path_leads_to_another_host(client: FlaskClient, path: str) -> None:
    answer = client.get("/", environ_overrides={"PATH_INFO": path})
    assert answer.status_code in {200, 308, 404}
    assert answer.headers.get("Location", "/en/") == "/en/"


@pytest.mark.parametrize("path", EVERY_KIND)
def test_no_cookie_is_set(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in {200, 302}
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", EVERY_KIND)
def test_head_gives_the_headers_alone(client: FlaskClient, path: str) -> None:
    whole, head = client.get(path), client.head(path)
    assert head.status_code == whole.status_code
    assert head.data == b""
    assert dict(head.headers) == dict(whole.headers)
    assert int(head.headers["Content-Length"]) == len(whole.data)


def test_health_tells_the_data_version(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert answer.get_json() == {"status": "ok", "data_version": client.get("/catalog.json").get_json()["data_version"]}
    assert answer.headers["Cache-Control"] == "no-store"

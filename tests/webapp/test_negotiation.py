"""URLs of an edition without an ending: the format that ``Accept`` names, and where it has a URL of its own."""

import pytest
from flask.testing import FlaskClient

LAYER, AREAS = "/layers/us-28-points/2025-11-20", "/areas/us-28-points/2025-11-20"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("path", "accept", "ending"),
    [
        (LAYER, None, ".geojson"),
        (LAYER, "*/*", ".geojson"),
        (LAYER, BROWSER, ".geojson"),
        (LAYER, "application/geo+json", ".geojson"),
        (LAYER, "application/json", ".geojson"),
        (LAYER, "application/geopackage+sqlite3", ".gpkg"),
        (LAYER, "application/vnd.google-earth.kml+xml, application/geo+json;q=0.5", ".kml"),
        (AREAS, None, ".csv"),
        (AREAS, "application/json", ".json"),
        (AREAS, "text/csv;q=0.1, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
    ],
)
def test_the_format_is_what_is_accepted(client: FlaskClient, path: str, accept: str | None, ending: str) -> None:
    answer = client.get(path, headers={"Accept": accept} if accept else {})
    own = client.get(path + ending)
    assert (answer.status_code, answer.data) == (200, own.data)
    assert answer.headers["Content-Location"] == path + ending
    assert "Accept" in {name.strip() for name in answer.headers["Vary"].split(",")}
    for name in ("Content-Type", "ETag", "Content-Disposition", "Access-Control-Allow-Origin"):
        assert answer.headers[name] == own.headers[name]


@pytest.mark.parametrize(("path", "first"), [(LAYER, "application/geo+json"), (AREAS, "text/csv")])
def test_what_does_not_exist_is_refused_with_what_there_is(client: FlaskClient, path: str, first: str) -> None:
    answer = client.get(path, headers={"Accept": "image/png"})
    assert (answer.status_code, answer.content_type) == (406, "application/problem+json")
    assert answer.get_json()["known"][0] == first
    assert len(answer.get_json()["known"]) >= 3


def test_options_go_with_the_format(client: FlaskClient) -> None:
    asked = {"Accept": "application/flatgeobuf"}
    answer = client.get(f"{LAYER}?crs=3035", headers=asked)
    assert answer.headers["Content-Location"] == f"{LAYER}.fgb?crs=3035"
    assert answer.data == client.get(f"{LAYER}.fgb?crs=3035").data
    assert client.get(f"{LAYER}?crs=3035").status_code == 400  # GeoJSON has degrees alone


def test_an_ending_that_does_not_exist_is_not_negotiated(client: FlaskClient) -> None:
    answer = client.get(f"{LAYER}.gif")
    assert answer.status_code == 404
    assert ".gpkg" in answer.get_json()["known"]
    assert client.get("/layers/us-28-points/1999-01-01").status_code == 404

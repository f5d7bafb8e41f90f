"""``?v=`` of drawings: these bytes for good, or a problem document; never other bytes."""

from hashlib import sha256
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from webapp.app import create_app
from webapp.responses.lasting import names_version

TEXTS = "/images/us-28-points/2025-11-20.txt?lang=uk"
FOR_GOOD = "public, max-age=31536000, immutable"


def reader(catalogue: Catalogue, workspace: Path | None) -> FlaskClient:
    return create_app(catalogue, workspace=workspace).test_client()


def version_of(content: bytes) -> str:
    return f"sha256-{sha256(content).hexdigest()[:16]}"


@pytest.fixture
def redrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release that writes other texts beside images."""
    monkeypatch.setattr("webapp.routes.images.texts_beside", lambda *_: b"otherwise")


def test_a_cited_image_keeps_its_bytes_in_a_workspace(
    catalogue: Catalogue, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    client = reader(catalogue, tmp_path)
    first = client.get(TEXTS)
    cited = f"{TEXTS}&v={version_of(first.data)}"
    named = client.get(cited)
    assert (named.data, named.headers["Cache-Control"]) == (first.data, FOR_GOOD)
    request.getfixturevalue("redrawn")
    later = reader(catalogue, tmp_path)
    assert later.get(TEXTS).data == b"otherwise"
    assert later.get(cited).data == first.data
    for other in (cited.replace("lang=uk", "lang=en"), cited.replace("2025-11-20", "latest")):
        answer = later.get(other)
        assert (answer.status_code, answer.json["known"]) == (404, [version_of(b"otherwise")])  # type: ignore[index]
    for file in (tmp_path / "versions").rglob("*.cached"):
        file.write_bytes(b"damaged")
    assert reader(catalogue, tmp_path).get(cited).status_code == 404


def test_without_a_workspace_other_bytes_are_refused(catalogue: Catalogue, request: pytest.FixtureRequest) -> None:
    cited = f"{TEXTS}&v={version_of(reader(catalogue, None).get(TEXTS).data)}"
    request.getfixturevalue("redrawn")
    for address in (cited, f"{TEXTS}&v={catalogue.data_version}"):
        answer = reader(catalogue, None).get(address)
        assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


def test_charts_have_versions_too(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.routes.timelines.job_result", lambda _: b"<svg/>")
    chart = "/timelines/us-28-points.svg?lang=uk"
    assert client.get(f"{chart}&v={version_of(b'<svg/>')}&utm_source=x").headers["Cache-Control"] == FOR_GOOD
    assert client.get(f"{chart}&v={version_of(b'other')}").status_code == 404


def test_what_caches_and_editing_systems_add_is_no_version(client: FlaskClient) -> None:
    for added in ("1", "202611281430", "1764338400000", "9.0.1"):
        assert not names_version(added)
    answer = client.get(f"{TEXTS}&v=3")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, max-age=300")


@pytest.mark.slow
def test_the_record_names_the_address_that_lasts(client: FlaskClient) -> None:
    record = client.get("/images/us-28-points/2025-11-20.json?lang=uk&format=svg").json
    assert record
    assert record["lasting_url"] == f"{record['url']}&v=sha256-{record['sha256'][:16]}"
    answer = client.get(record["lasting_url"])
    assert sha256(answer.data).hexdigest() == record["sha256"]
    assert answer.headers["Cache-Control"] == FOR_GOOD


def test_a_version_of_the_catalogue_leaves_images_to_theirs(client: FlaskClient, catalogue: Catalogue) -> None:
    document = client.get(f"/catalog.json?v={catalogue.data_version}").json
    assert document
    images = [image for one in document["proposals"] for edition in one["editions"] for image in edition["images"]]
    assert images
    assert not any("v=" in image for image in images)

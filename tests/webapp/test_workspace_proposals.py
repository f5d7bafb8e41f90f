"""Proposals of a workspace on the pages, beside the embedded ones and on other control maps."""

import io
import json
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from layers.build.own_proposals import build_own
from layers.catalogue.joining import joined
from layers.catalogue.model import Catalogue, load_catalogue
from layers.control.workspace import Workspace
from layers.embedded import EMBEDDED
from layers.proposal.starting import starting_file
from layers.reference.study_data import load_study_data
from tests.made_workspace import COMPLETED, DAY, ONE, SEVERAL, made_workspace
from webapp.app import create_app
from webapp.commands.catalogues import roots_to_serve
from webapp.commands.options import ControlOptions
from webapp.server.serving import load_application

ID, OWN_DAY, EMBEDDED_ID = "my-plan", "2025-11-20", "us-28-points"
PAGES = ("map", "areas", "timeline", "points", "images")
FILES = (
    f"/layers/{ID}/{OWN_DAY}.geojson", f"/layers/{ID}/{OWN_DAY}/contested.geojson", f"/display/{ID}/{OWN_DAY}.geojson",
    f"/areas/{ID}/{OWN_DAY}.csv", f"/towns/{ID}/{OWN_DAY}.json", f"/images/{ID}/{OWN_DAY}.svg", f"/timelines/{ID}.csv",
    f"/scripts/en/{ID}.js",
)  # fmt: skip
NOTHING = ControlOptions()


def with_proposal(root: Path) -> Workspace:
    workspace = Workspace(root)
    workspace.proposals.mkdir(parents=True)
    (workspace.proposals / f"{ID}.toml").write_bytes(starting_file(ID, date.fromisoformat(OWN_DAY)))
    return workspace


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """A proposal of a workspace, built on one embedded control map."""
    workspace, study = with_proposal(tmp_path_factory.mktemp("own")), load_study_data()
    one_day = replace(study, control=replace(study.control, dates=(OWN_DAY,)))
    root = build_own(workspace, tuple(workspace.proposals.iterdir()), one_day, tell=lambda _: None)
    assert root is not None
    return load_catalogue(root)


def test_its_zip_has_its_file(catalogue: Catalogue, own: Catalogue) -> None:
    content = create_app(joined(catalogue, own)).test_client().get(f"/data/{ID}/{OWN_DAY}.zip").data
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.read("proposal.toml") == starting_file(ID, date.fromisoformat(OWN_DAY))


@pytest.mark.slow
def test_every_page_and_file_of_it_is_served(catalogue: Catalogue, own: Catalogue) -> None:
    both = joined(catalogue, own)
    client = create_app(both, base_url="https://maps.example.org").test_client()
    for path in (*(f"/uk/{page}/{ID}" for page in PAGES), f"/embed/en/{ID}", *FILES):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["X-Data-Version"] == own.data_version
    url = f"https://maps.example.org/en/map/{ID}"
    assert ID in client.get("/oembed", query_string={"url": url}).json["html"]  # type: ignore[index]
    assert client.get(f"/areas/{EMBEDDED_ID}/{OWN_DAY}.csv").headers["X-Data-Version"] == catalogue.data_version
    listed = json.loads(client.get("/catalog.json").data)
    assert [entry["id"] for entry in listed["proposals"]] == [*catalogue.proposals, ID]
    for page in ("/en/", "/en/proposals", "/sitemap.xml"):
        assert f"/en/map/{ID}" in client.get(page).text
    assert client.get("/en/map/nowhere").status_code == 404


def test_an_embedded_proposal_stays_what_it_is(catalogue: Catalogue, own: Catalogue) -> None:
    impostor = replace(own, proposals={EMBEDDED_ID: own.proposals[ID]})
    assert joined(catalogue, impostor) is catalogue
    both = joined(catalogue, replace(own, proposals={**own.proposals, EMBEDDED_ID: own.proposals[ID]}))
    assert both.proposals[EMBEDDED_ID] is catalogue.proposals[EMBEDDED_ID]
    assert both.holding(EMBEDDED_ID) is both
    assert both.holding(ID) is not both
    assert both.holding("nowhere") is both


@pytest.mark.slow
def test_it_is_served_on_every_control_map(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = made_workspace(tmp_path)
    for name in (COMPLETED, SEVERAL):
        shutil.rmtree(tmp_path / "control" / name)
    with_proposal(tmp_path)
    (workspace.proposals / "broken.toml").write_text("x = [")
    options = replace(NOTHING, workspace=tmp_path)
    roots = roots_to_serve(options)
    assert roots == (None, workspace.built(EMBEDDED), workspace.built(ONE))
    assert "broken.toml: not TOML" in capsys.readouterr().err
    client = load_application(roots).test_client()
    for control in (EMBEDDED, ONE):
        assert client.get(f"/en/areas/{ID}?control={control}").status_code == 200
    assert client.get(f"/layers/{ID}/{DAY}.geojson?control={ONE}").status_code == 200
    times = [(root / "catalog.json").stat().st_mtime_ns for root in roots if root]
    assert roots_to_serve(options) == roots
    assert [(root / "catalog.json").stat().st_mtime_ns for root in roots if root] == times

"""Which catalogues a service with a workspace answers from, and the real server on one."""

import json
import shutil
import urllib.error
import urllib.request
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from layers.build.workspace import build_chosen
from layers.catalogue.model import Catalogue, load_catalogue
from layers.control.selection import ControlChoice
from layers.control.workspace import Workspace
from layers.embedded import EMBEDDED
from layers.errors import ControlError, UnknownError
from layers.reference.register import SOURCES
from tests.conftest import served
from tests.made_workspace import COMPLETED, DAY, LATER, ONE, SEVERAL, made_workspace
from tests.words import LANGUAGES, text
from webapp.cli import main
from webapp.commands.catalogues import roots_to_serve
from webapp.commands.options import ControlOptions
from webapp.server import serving

PROPOSAL = "us-28-points"
NOTHING = ControlOptions()


@pytest.fixture
def workspace(built_workspace: Workspace, tmp_path: Path) -> Workspace:
    """A copy of the workspace of made maps, to write into; in another place all of them are built anew."""
    return Workspace(shutil.copytree(built_workspace.root, tmp_path / "workspace"))


def options(workspace: Workspace, control: str | None = None) -> ControlOptions:
    return replace(NOTHING, workspace=workspace.root, control=control)


def test_nothing_is_built_for_the_embedded_data_alone() -> None:
    assert roots_to_serve(NOTHING) == ()
    assert roots_to_serve(replace(NOTHING, control=EMBEDDED)) == ()


@pytest.mark.slow
def test_all_maps_of_a_workspace_are_built_once(tmp_path: Path) -> None:
    workspace = made_workspace(tmp_path)
    names = (ONE, COMPLETED, SEVERAL)
    roots = roots_to_serve(options(workspace))
    assert roots == (None, *map(workspace.built, names))
    times = [(workspace.built(name) / "catalog.json").stat().st_mtime_ns for name in names]
    assert roots_to_serve(options(workspace)) == roots
    assert [(workspace.built(name) / "catalog.json").stat().st_mtime_ns for name in names] == times
    (workspace.root / "control" / ONE / f"{LATER}.geojson").unlink()
    roots_to_serve(options(workspace))
    assert load_catalogue(workspace.built(ONE)).proposals[PROPOSAL].dates == (DAY,)


def test_the_map_that_was_chosen_comes_first(built_workspace: Workspace) -> None:
    others = (None, built_workspace.built(ONE), built_workspace.built(COMPLETED))
    assert roots_to_serve(options(built_workspace, SEVERAL)) == (built_workspace.built(SEVERAL), *others)


@pytest.mark.wide
def test_a_map_that_cannot_be_used_is_told_and_left_out(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace.root / "control" / SEVERAL / f"{DAY}.geojson"
    path.write_bytes(path.read_bytes()[:1000])
    assert workspace.built(SEVERAL) not in roots_to_serve(options(workspace))
    said = capsys.readouterr().err
    assert f"{SEVERAL} is left out: " in said
    assert str(path) in said
    with pytest.raises(ControlError, match="import its source again"):
        roots_to_serve(options(workspace, SEVERAL))


def test_an_unknown_map_is_refused_with_those_that_there_are(built_workspace: Workspace) -> None:
    with pytest.raises(UnknownError) as refused:
        roots_to_serve(options(built_workspace, "none"))
    assert refused.value.known == (EMBEDDED, ONE, COMPLETED, SEVERAL)


def test_an_application_holds_each_control_map_once(built_workspace: Workspace, catalogue: Catalogue) -> None:
    roots = roots_to_serve(options(built_workspace, ONE))
    client = serving.load_application((*roots, roots[0])).test_client()
    controls = json.loads(client.get("/catalog.json").data)["controls"]
    assert [entry["id"] for entry in controls] == [ONE, EMBEDDED, COMPLETED, SEVERAL]


def test_the_workspace_may_stand_in_the_environment(
    built_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[serving.Roots] = []
    monkeypatch.setattr(serving, "serve", lambda host, port, workers, find, _: called.append(find()))
    environment = {"CLAUSEMAP_WORKSPACE": str(built_workspace.root)}
    result = CliRunner().invoke(main, ["serve", "--control", ONE], env=environment)
    assert (result.exit_code, result.stdout) == (0, "")
    assert [root and root.name for root in called[0]] == [ONE, None, COMPLETED, SEVERAL]


@pytest.mark.slow
def test_other_outlines_stand_behind_every_map(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.labels.places.label_places", lambda study: b"{}")  # dear to find, and not looked at
    outlines = copied(tmp_path)
    for name in (COMPLETED, SEVERAL):
        shutil.rmtree(workspace.root / "control" / name)
    catalogues = [
        load_catalogue(root) for root in roots_to_serve(replace(options(workspace, ONE), boundaries=outlines))
    ]
    assert [one.control.id for one in catalogues] == [ONE, EMBEDDED]
    assert {one.boundary_source.partition(" (")[0] for one in catalogues} == {outlines.name}
    assert all(not proposal.outline_effect for one in catalogues for proposal in one.proposals.values())


@pytest.mark.slow
@pytest.mark.costly
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_names_the_file_of_other_outlines(
    workspace: Workspace, tmp_path: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.labels.places.label_places", lambda study: b"{}")  # dear to find, and not looked at
    choice = ControlChoice(workspace, control=SEVERAL, boundaries=copied(tmp_path))
    root = build_chosen(choice, today=date(2026, 1, 1), tell=lambda words: None)
    client = serving.load_application((root,)).test_client()
    page = client.get(f"/{lang}/areas/{PROPOSAL}").text
    assert text(lang, "control.other_outlines", outlines="oblasts-of-a-desk.geojson") in page
    assert text(lang, "outlines.heading") not in page
    credit = client.get(f"/{lang}/map/{PROPOSAL}").text
    assert "oblasts-of-a-desk.geojson" in credit
    assert "sha256" not in credit


def copied(folder: Path) -> Path:
    """The embedded outlines as a file of somebody's own."""
    return Path(shutil.copy(SOURCES / "oblasts.geojson", folder / "oblasts-of-a-desk.geojson"))


@pytest.mark.slow
def test_the_server_answers_for_every_map_of_a_workspace(tmp_path: Path, built_workspace: Workspace) -> None:
    with served(tmp_path / "said.txt", "--workspace", str(built_workspace.root), "--control", ONE) as address:
        listed = json.loads(_get(f"{address}/catalog.json"))["controls"]
        assert [entry["id"] for entry in listed] == [ONE, EMBEDDED, COMPLETED, SEVERAL]
        assert "Made Map (one map, no interval)" in _get(f"{address}/en/map/{PROPOSAL}")
        assert "read from three public maps" in _get(f"{address}/en/map/{PROPOSAL}?control={EMBEDDED}")
        areas = json.loads(_get(f"{address}/areas/{PROPOSAL}/{DAY}.json?control={SEVERAL}"))
        assert areas["control_source"].startswith(f"{SEVERAL}: A + B + C (sha256 ")
        with pytest.raises(urllib.error.HTTPError) as refused:
            _get(f"{address}/areas/{PROPOSAL}/{DAY}.json?control=none")
        assert refused.value.code == 404
        refused.value.close()
    assert f"{built_workspace.root}" not in (tmp_path / "said.txt").read_text()


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return str(answer.read().decode())

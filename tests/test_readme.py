"""The README is true: every command, address, derivation, figure and picture in it exists."""

import re
import shlex
import shutil
from pathlib import Path

import geopandas
import pytest
from click.testing import CliRunner

from geo.geojson import Feature, feature_collection
from layers.catalogue import COMMITTED, find_edition, load_catalogue
from layers.derivations import DERIVATIONS
from layers.figures import read_area
from layers.ground import load_ground
from layers.register import SOURCES
from tests.pictures import read_png
from webapp.app import create_app
from webapp.cli import main
from webapp.setup import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"^clausemap (.*?)(?:\s+#.*)?$", re.MULTILINE)
COMMANDS = COMMAND.findall(README)
OWN_MAPS = COMMAND.findall(README.partition("**With your own control map.**")[2].partition("A file may stand")[0])
DRAWN = re.findall(r"^clausemap image .*-o docs/.*$", README, re.MULTILINE)
ALONE = [command for command in COMMANDS if command not in {*OWN_MAPS, "serve --port 8001"}]


def test_every_command_is_shown_and_every_shown_one_exists() -> None:
    shown = {command.split()[0] for command in COMMANDS}
    assert shown <= set(main.commands)
    assert set(main.commands) - shown == {"inputs"}
    assert "make inputs" in README


@pytest.mark.parametrize("command", ALONE)
def test_shown_commands_work(
    command: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("shown"))
    done = CliRunner().invoke(main, shlex.split(command))
    assert done.exit_code == 0, done.output


def test_shown_commands_for_own_maps_work_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAUSEMAP_WORKSPACE", str(tmp_path / "workspace"))
    shutil.copy(SOURCES / "oblasts.geojson", "oblasts.geojson")
    levels = load_ground().control["2025-11-20"].levels
    held = levels["majority"]
    Path("map.geojson").write_bytes(feature_collection([Feature("held", {}, held)]))
    geopandas.GeoDataFrame(geometry=[held], crs=4326).to_file("other.kml", driver="KML")
    for name, level in (("uacontrolmap", "agreed"), ("nzz", "any")):
        Path(f"{name}.geojson").write_bytes(feature_collection([Feature("held", {}, levels[level])]))
        done = CliRunner().invoke(main, f"control import {name}.geojson --as-of 2025-11-20 --name {name}".split())
        assert done.exit_code == 0, done.output
    assert len(OWN_MAPS) == 7
    for command in OWN_MAPS:
        if not command.startswith("serve"):
            done = CliRunner().invoke(main, shlex.split(command))
            assert done.exit_code == 0, f"{command}: {done.output}"


@pytest.mark.parametrize("address", sorted(set(re.findall(r"`(/[\w/.?=-]+)`", README)) - {"/srv/languages/pl/"}))
def test_every_address_answers(address: str) -> None:
    assert create_app().test_client().get(address).status_code == 200


def test_an_editor_is_answered_as_is_shown() -> None:
    shown = re.search(r"`(/oembed\?url=(http://[\d.:]+)/[^`]*)`", README)
    assert shown
    assert create_app(base_url=shown[2]).test_client().get(shown[1]).status_code == 200


def test_the_answer_for_another_day_that_is_named_exists() -> None:
    named = re.search(r"`\?as_of=([\d-]+)`", README)
    assert named
    answer = create_app().test_client().get(f"/en/map/us-28-points?as_of={named[1]}")
    assert answer.status_code == 200


def test_derivations_are_those_of_the_registry() -> None:
    sentence = re.search(r"Derivations are (.*?);", README, re.DOTALL)
    assert sentence
    assert set(re.findall(r"`([a-z-]+)`", sentence[1])) == set(DERIVATIONS)


def test_figures_are_those_of_the_data() -> None:
    catalogue = load_catalogue(COMMITTED)
    _, edition = find_edition(catalogue.proposal("us-28-points"))
    buffer = next(zone for zone in catalogue.areas(edition) if zone["id"] == "donetsk-buffer")
    own, held = (
        read_area("en", *(figures[key] for key in ("area_km2", "area_low_km2", "area_high_km2")))
        for figures in (buffer, edition.held)
    )
    for figure in (own.area, own.low, own.high, held.area):
        assert f"{figure} " in README or f"{figure})" in README


@pytest.mark.parametrize("picture", re.findall(r"!\[.+?\]\((.+?)\)", README))
def test_the_pictures_are_what_the_project_draws(picture: str, tmp_path: Path) -> None:
    command = next((line for line in DRAWN if f"-o {picture}" in line), f"clausemap image us-28-points -o {picture}")
    words = shlex.split(command.replace(picture, str(tmp_path / "drawn.png")))[1:]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    shown, drawn = (read_png(path.read_bytes()) for path in (ROOT / picture, tmp_path / "drawn.png"))
    assert shown.shape == drawn.shape
    differing = (shown != drawn).any(axis=2).mean()
    assert differing < 0.02, f"draw it again: {command}"

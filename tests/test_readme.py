"""The README is true: every command, address, derivation, figure and picture in it exists."""

import re
import shlex
import shutil
import tomllib
from datetime import date
from pathlib import Path

import geopandas
import pytest
from click.testing import CliRunner
from shapely import box

from geo.geojson import Feature, feature_collection
from layers.catalogue.model import COMMITTED, find_edition, load_catalogue
from layers.derivations.registry import DERIVATIONS
from layers.proposal.loading import proposal_problems
from layers.proposal.starting import starting_file
from layers.reference.ground import EMBEDDED_NAME, load_ground
from layers.reference.register import SOURCES
from layers.text.figures import read_area
from tests.pictures import read_png
from webapp.app import create_app
from webapp.cli import main
from webapp.setup import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"^clausemap (.*?)(?:\s+#.*)?$", re.MULTILINE)
COMMANDS = COMMAND.findall(README)
OWN_MAPS = COMMAND.findall(README.partition("**With your own control map.**")[2].partition("A file may stand")[0])
DRAWN = re.findall(r"^clausemap image .*-o docs/.*$", README, re.MULTILINE)
OWN_PROPOSAL = [command for command in COMMANDS if command.startswith("proposals ")]
ALONE = [command for command in COMMANDS if command not in {*OWN_MAPS, *OWN_PROPOSAL, "serve --port 8001"}]


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


def test_shown_commands_for_own_proposals_work_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [command.split()[1] for command in OWN_PROPOSAL] == ["new", "check"]
    for command in OWN_PROPOSAL:
        done = CliRunner().invoke(main, shlex.split(command))
        assert done.exit_code == 0, f"{command}: {done.output}"


def test_shown_commands_for_own_maps_work_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAUSEMAP_WORKSPACE", str(tmp_path / "workspace"))
    shutil.copy(SOURCES / "oblasts.geojson", "oblasts.geojson")
    levels = load_ground().control["2025-11-20"].levels
    held = levels["majority"]
    Path("map.geojson").write_bytes(feature_collection([Feature("held", {}, held)]))
    geopandas.GeoDataFrame(geometry=[held], crs=4326).to_file("other.kml", driver="KML")
    days = {"Name": ["2025-11-20", "2026-01-01"]}
    geopandas.GeoDataFrame(days, geometry=[held, held], crs=4326).to_file("days.kml", driver="KML")
    sides = [Feature("1", {"side": "RU"}, held), Feature("2", {"side": "UA"}, box(30, 50, 31, 51))]
    Path("sides.geojson").write_bytes(feature_collection(sides))
    for name, level in (("uacontrolmap", "agreed"), ("nzz", "any")):
        Path(f"{name}.geojson").write_bytes(feature_collection([Feature("held", {}, levels[level])]))
        done = CliRunner().invoke(main, f"control import {name}.geojson --as-of 2025-11-20 --name {name}".split())
        assert done.exit_code == 0, done.output
    assert len(OWN_MAPS) == 9
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


def test_proposals_and_dates_are_those_of_the_catalogue() -> None:
    catalogue = load_catalogue(COMMITTED)
    shown = re.findall(r"^\| `([\w-]+)` \| (.+?) \| (\d{4}-\d\d-\d\d) \|$", README, re.MULTILINE)
    found = catalogue.proposals.values()
    assert sorted(shown) == sorted((one.id, one.texts["title"]["en"], one.date) for one in found)
    assert [date for *_, date in shown] == sorted(date for *_, date in shown)
    known = catalogue.proposals["us-28-points"].control_dates
    assert f"any of {len(known)} control maps from 1 August 2024 to" in " ".join(README.split())
    assert (known[0], known[-1]) == ("2024-08-01", "2026-08-21")


def test_shown_zones_are_what_a_proposal_may_have() -> None:
    shown = re.search(r"```toml\n(.*?)```", README, re.DOTALL)
    assert shown
    raw = {**tomllib.loads(starting_file("my-plan", date(2025, 11, 20)).decode()), "clauses": []}
    texts = {key: raw["zones"][0][key] for key in ("name", "says", "open")}
    zones = [{**zone, **texts} for zone in tomllib.loads(shown[1])["zones"]]
    points = [{**raw["points"][0], "number": number} for number in (1, 2)]
    _, problems = proposal_problems({**raw, "points": points, "zones": zones}, "my-plan", load_ground().names)
    assert problems == []


def test_the_citation_of_the_control_data_is_the_one_in_use() -> None:
    licences = (ROOT / "LICENSE").read_text(encoding="utf-8")
    for text in (README, licences):
        assert EMBEDDED_NAME in " ".join(text.split())


def test_shares_of_water_are_those_of_the_data() -> None:
    catalogue = load_catalogue(COMMITTED)
    _, edition = find_edition(catalogue.proposal("us-28-points"))
    zones = {zone["id"]: zone for zone in catalogue.areas(edition)}
    for name, key, words in (
        ("crimea", "inland_water_km2", "of Crimea is lagoons and lakes"),
        ("zaporizhzhia-unheld", "drained_bed_km2", "of Ukrainian-held Zaporizhzhia oblast is the bed"),
    ):
        share = 100 * zones[name][key] / zones[name]["area_km2"]
        assert f"{share:.1f} % {words}" in " ".join(README.split())


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

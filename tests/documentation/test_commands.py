"""Every command, option, make target and Python example in the documentation works, and none is undocumented."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import geopandas
import pytest
from click.testing import CliRunner
from shapely import box

import layers
from geo.geojson import Feature, feature_collection
from layers.catalogue.model import load_catalogue
from layers.reference.register import SOURCES
from layers.reference.study_data import load_study_data
from tests.documentation.pages import ALL, blocks, inline_code, page, shown_commands, table
from webapp.cli import main
from webapp.setup import ROOT

COMMANDS = shown_commands()
OWN_MAPS = [command for command in shown_commands(page("control-maps.md")) if not command.startswith("serve")]
OWN_PROPOSAL = [command for command in COMMANDS if command.startswith("proposals ")]
SERVING = [command for command in COMMANDS if command.startswith("serve")]
LONG = [command for command in COMMANDS if command.startswith(("publish", "archive"))]  # minutes; tested for themselves
DRAWN = [command for command in COMMANDS if " -o docs/" in command]  # drawn by the tests of pictures
ALONE = [command for command in COMMANDS if command not in {*OWN_MAPS, *OWN_PROPOSAL, *SERVING, *LONG, *DRAWN}]

LINE = "<kml><LineString><coordinates>31,44 33,48 38,53</coordinates></LineString></kml>"


def leaves(group: click.Group = main, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command that can be run, with its words."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


def options() -> Iterator[tuple[str, ...]]:
    """The spellings of every option of every command."""
    for command in (main, *main.commands.values(), *(command for _, command in leaves())):
        yield from (tuple(one.opts) for one in command.params if isinstance(one, click.Option))


def test_every_command_is_documented() -> None:
    shown = [*COMMANDS, *(code.removeprefix("clausemap ") for code in inline_code() if code.startswith("clausemap "))]
    for name, _ in leaves():
        assert any(f"{command} ".startswith(f"{name} ") for command in shown), name


def test_every_option_is_documented() -> None:
    named = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", ALL))
    of_images = {f"--{name}" for name in inline_code("\n".join(row[0] for row in table(page("images.md"), "option")))}
    for spellings in options():
        assert {*named, *of_images} & set(spellings), spellings


def test_every_option_named_exists() -> None:
    known = {spelling for spellings in options() for spelling in spellings} | {"--help"}
    for block in [*blocks("sh"), *inline_code()]:
        for named in re.findall(r"(?<![\w-])--[a-z][a-z-]*", block):
            assert named in known, named


def test_every_make_target_is_documented_and_every_named_one_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)) - {"help"}
    rows = "\n".join(row[0] for row in table(page("contributing.md"), "command"))
    assert {code.removeprefix("make ") for code in inline_code(rows)} == targets
    code = [*blocks(""), *blocks("sh"), *inline_code()]
    assert {name for text in code for name in re.findall(r"^make ([a-z-]+)", text, re.MULTILINE)} <= targets


@pytest.mark.costly
@pytest.mark.parametrize("command", ALONE)
def test_shown_commands_work(
    command: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("shown"))
    Path("line.kml").write_text(LINE, "utf-8")
    root = load_catalogue().root
    for path in (root / "catalog.json", *root.glob("*/????.json")):  # what is compared: the catalogue with its years
        copy = "old" / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    done = CliRunner().invoke(main, shlex.split(command))
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("command", SERVING)
def test_shown_commands_that_serve_are_read(command: str) -> None:
    name, *words = shlex.split(command)
    assert main.commands[name].make_context(name, words).params["port"]


def test_shown_commands_for_own_proposals_work_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [command.split()[1] for command in OWN_PROPOSAL] == ["new", "check"]
    for command in OWN_PROPOSAL:
        done = CliRunner().invoke(main, shlex.split(command))
        assert done.exit_code == 0, f"{command}: {done.output}"


@pytest.mark.slow
def test_shown_commands_for_own_maps_work_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAUSEMAP_WORKSPACE", str(tmp_path / "workspace"))
    shutil.copy(SOURCES / "oblasts.geojson", "oblasts.geojson")
    levels = load_study_data().control["2025-11-20"].levels
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
    assert len(OWN_MAPS) == 10
    for command in OWN_MAPS:
        done = CliRunner().invoke(main, shlex.split(command))
        assert done.exit_code == 0, f"{command}: {done.output}"


def test_functions_for_notebooks_are_documented() -> None:
    shown = [row[0].strip("`") for row in table(page("layers-and-api.md"), "function")]
    assert {call.partition("(")[0] for call in shown} == {f"layers.{name}" for name in layers.__all__}
    for call in shown:
        if not re.search("read_control_map|measure_geometry", call):
            assert len(eval(call, {"layers": layers}))  # noqa: S307  # what the page shows


@pytest.mark.parametrize("example", dict.fromkeys(blocks("python")))
def test_python_examples_run(example: str) -> None:
    exec(compile(example, "example", "exec"), {})

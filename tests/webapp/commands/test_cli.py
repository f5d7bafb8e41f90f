"""The command line as people and scripts use it."""

import csv
import io
import json
import re
import struct
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
import shapely
from click.testing import CliRunner, Result

from layers.catalogue.model import COMMITTED, load_catalogue
from layers.proposal.loading import proposal_ids
from webapp.cli import main
from webapp.commands.catalogues import days_bar

BUFFER = COMMITTED / "us-28-points/2025-11-20/donetsk-buffer.geojson"
LAYER = COMMITTED / "us-28-points/2025-11-20.geojson"


def run(*arguments: str | Path) -> Result:
    """Run a command; an exception that is no exit is a failure of its own."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_every_command_has_a_help_text_that_says_what_it_does() -> None:
    assert set(main.commands) == {
        "serve", "publish", "proposals", "areas", "export", "image", "timeline", "measure", "compare", "archive",
        "control", "boundaries", "build", "inputs",
    }  # fmt: skip
    for name in main.commands:
        shown = run(name, "--help")
        assert shown.exit_code == 0
        assert len(shown.stdout) > 150


def test_proposals_are_listed() -> None:
    listed = json.loads(run("proposals", "--format", "json").stdout)["proposals"]
    assert [entry["id"] for entry in listed] == list(proposal_ids())
    dates = {entry["id"]: entry["as_of"] for entry in listed}
    assert dates["us-28-points"] == "2025-11-20"
    assert dates["prabowo-2023-06"] == "2024-08-01"
    assert "us-28-points" in run("proposals").stdout


def test_a_new_proposal_passes_the_check(tmp_path: Path) -> None:
    path = tmp_path / "my-plan.toml"
    assert run("proposals", "new", "my-plan", "-o", path).exit_code == 0
    checked = run("proposals", "check", path)
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert re.fullmatch(r"ok: 1 point, \d+ zones on the control map of \d{4}-\d{2}-\d{2}\n", checked.stdout)
    assert [file.name for file in tmp_path.iterdir()] == ["my-plan.toml"]


def test_a_new_proposal_stands_in_the_folder_and_replaces_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("proposals", "new", "my-plan").exit_code == 0
    written = Path("my-plan.toml").read_bytes()
    refused = run("proposals", "new", "my-plan")
    assert refused.exit_code == 1
    assert "is there already and is not replaced" in refused.stderr
    assert Path("my-plan.toml").read_bytes() == written


def test_every_problem_of_a_proposal_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "my-plan.toml"
    run("proposals", "new", "my-plan", "-o", path)
    text = path.read_text("utf-8")
    changes = {'"UA-14"] }\n[zones': '"UA-99"] }\n[zones', '"freeze"': '"""\nice"""', "Title of": "Liberation of"}
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    checked = run("proposals", "check", path)
    assert checked.exit_code == 1
    told = checked.stdout.splitlines()
    for words in (
        "zones.donetsk-frozen.kind: ",
        "title.en: has 'Liberat', which takes a side",
        "unknown 'UA-99'; known",
    ):
        assert any(words in line for line in told)
    assert all(re.match(r"[a-z]+(\.[\w{}-]+)*: ", line) for line in told)
    assert checked.stderr == f"clausemap: {path}: {len(told)} to mend\n"


def test_a_file_of_very_many_problems_is_told_in_short(tmp_path: Path) -> None:
    path = tmp_path / "my-plan.toml"
    path.write_text("\n".join(f'"{"x" * 2000}{number}" = 1' for number in range(500)), "utf-8")
    checked = run("proposals", "check", path)
    assert checked.exit_code == 1
    assert len(checked.stdout) < 60_000
    assert "of them not shown" in checked.stderr


def test_proposals_of_a_workspace_are_used_by_every_command(tmp_path: Path) -> None:
    assert run("proposals", "new", "my-plan", "-o", tmp_path / "proposals/my-plan.toml").exit_code == 0
    own, day = ("--workspace", tmp_path), ("--as-of", "2025-11-20")
    assert "my-plan" in run("proposals", *own).stdout
    assert "my-plan" not in run("proposals").stdout
    areas = json.loads(run("areas", "my-plan", *own, *day, "--format", "json").stdout)
    assert (areas["proposal"], areas["as_of"]) == ("my-plan", "2025-11-20")
    assert run("export", "my-plan", "-o", tmp_path / "a.geojson", *own, *day).exit_code == 0
    assert run("image", "my-plan", "-o", tmp_path / "a.svg", *own, *day).exit_code == 0
    range_of_days = ("--from", "2025-11-20", "--to", "2025-11-23")
    assert run("timeline", "my-plan", "-o", tmp_path / "a.csv", *own, *range_of_days).exit_code == 0
    assert run("areas", "my-plan").exit_code == 1


def test_areas_as_json_are_those_of_the_interface() -> None:
    answer = json.loads(run("areas", "us-28-points", "--as-of", "2025-11-22", "--format", "json").stdout)
    assert set(answer) == {"proposal", "requested_as_of", "as_of", "control_source", "zones"}
    assert (answer["requested_as_of"], answer["as_of"]) == ("2025-11-22", "2025-11-20")
    zones = {zone["id"]: zone for zone in answer["zones"]}
    assert zones["donetsk-buffer"]["area_km2"] == pytest.approx(5979, rel=0.005)
    assert zones["donetsk-buffer"]["requested_as_of"] == "2025-11-22"


def test_areas_as_csv_and_table() -> None:
    rows = list(csv.DictReader(io.StringIO(run("areas", "us-28-points", "--format", "csv").stdout)))
    assert {row["id"] for row in rows} >= {"donetsk-buffer", "contact-line"}
    shown = run("areas", "us-28-points", "--lang", "zh-Hant", "--as-of", "2025-11-22")
    line = next(line for line in shown.stdout.splitlines() if line.startswith("donetsk-buffer"))
    assert "5,978.3" in line
    assert "頓內茨克" in line
    assert "asked for 2025-11-22" in shown.stderr
    assert "not in force" in shown.stderr


def test_a_table_shows_no_interval_where_the_maps_agree() -> None:
    line = next(
        row for row in run("areas", "us-28-points").stdout.splitlines() if row.startswith("withdrawal-mykolaiv")
    )
    assert line.count("131.7") == 1


def test_export_writes_what_the_service_serves(tmp_path: Path) -> None:
    one, everything = tmp_path / "buffer.geojson", tmp_path / "all.json"
    assert run("export", "us-28-points", "-o", one, "--zone", "donetsk-buffer").exit_code == 0
    assert run("export", "us-28-points", "-o", everything).exit_code == 0
    assert one.read_bytes() == BUFFER.read_bytes()
    assert everything.read_bytes() == LAYER.read_bytes()
    two = tmp_path / "two.geojson"
    run("export", "us-28-points", "-o", two, "--zone", "crimea", "--zone", "sevastopol")
    assert [feature["id"] for feature in json.loads(two.read_text())["features"]] == ["crimea", "sevastopol"]


def test_images_are_written_and_are_the_same_each_time(tmp_path: Path) -> None:
    first, second, pixels = tmp_path / "a.svg", tmp_path / "b.svg", tmp_path / "c.png"
    for path in (first, second):
        assert run("image", "us-28-points", "-o", path, "--lang", "uk").exit_code == 0
    assert first.read_bytes() == second.read_bytes()
    assert ElementTree.parse(first).getroot().tag.endswith("svg")
    assert run("image", "us-28-points", "-o", pixels, "--as-of", "latest").exit_code == 0
    content = pixels.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == (1200, 675)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("areas", "us-29-points"), "unknown proposal 'us-29-points'; known: "),
        (("areas", "us-28-points", "--as-of", "2020-01-01"), "the first is of 2024-08-01"),
        (("areas", "us-28-points", "--as-of", "soon"), "write it as YYYY-MM-DD or 'latest'"),
        (("export", "us-28-points", "-o", "x.geojson", "--zone", "donbas"), "donetsk-buffer"),
        (("image", "us-28-points", "-o", "x.png", "--size", "huge"), "huge"),
        (("export", "us-28-points", "-o", "/dev/null/x.geojson"), "could not be written"),
        (("inputs", "--countries", "nowhere"), "run 'npm ci'"),
        (("proposals", "check", "nowhere.toml"), "nowhere.toml: not there"),
        (("proposals", "check", "/"), "/: is a folder"),
        (("proposals", "new", "My plan"), "use lower-case letters, digits and hyphens"),
        (("proposals", "new", "us-28-points"), "is taken by the embedded data"),
        (("proposals", "new", "my-plan", "-o", "other.toml"), "name the file my-plan.toml"),
        (("proposals", "new", "my-plan", "-o", "/dev/null/my-plan.toml"), "could not be written"),
    ],
)
def test_what_is_refused_ends_with_one_line_and_exit_1(arguments: tuple[str, ...], words: str) -> None:
    refused = run(*arguments)
    assert refused.exit_code == 1
    assert words in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    assert refused.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("areas",),
        ("areas", "us-28-points", "--lang", "fr"),
        ("export", "us-28-points", "-o", "x.shp"),
        ("image", "us-28-points", "-o", "x.gif"),
        ("build", "--all", "--check"),
        ("fly",),
    ],
)
def test_wrong_use_ends_with_exit_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_debug_shows_the_traceback() -> None:
    assert "Traceback" in run("--debug", "areas", "us-29-points").stderr


@pytest.mark.slow
def test_check_says_that_all_is_as_the_inputs_give() -> None:
    checked = run("build", "--check")
    assert checked.exit_code == 0
    assert "byte for byte" in checked.stderr


def test_long_work_shows_progress(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert list(days_bar(["2025-11-01", "2025-11-20"])) == ["2025-11-01", "2025-11-20"]
    assert "Dates" in capsys.readouterr().err


def test_another_version_in_the_cache_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    committed = load_catalogue(COMMITTED)
    older = replace(committed, data_version="1-old")
    monkeypatch.setattr("webapp.commands.options.load_catalogue", lambda *_, **__: committed)
    monkeypatch.setattr("webapp.commands.options.open_catalogue", lambda *_, **__: older)
    shown = run("proposals")
    assert shown.exit_code == 0
    assert "layers/cache is of version 1-old" in shown.stderr
    assert "run 'clausemap build --all'" in shown.stderr


def test_ground_that_cannot_be_cut_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise shapely.errors.GEOSException("TopologyException: side location conflict")

    monkeypatch.setattr("webapp.commands.options.load_catalogue", fail)
    refused = run("areas", "us-28-points")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("clausemap: an overlay of polygons failed (TopologyException")
    assert len(refused.stderr.strip().splitlines()) == 1

"""``--accept-difference``: a map that lies far from the others of its day becomes a figure only when it is accepted."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geo.geojson import Feature, feature_collection
from layers.control.workspace import Workspace
from layers.reference.study_data import load_study_data
from webapp.cli import main

DAY, EARLY = "2025-11-20", "2024-08-15"
ACCEPT, CODE = "--accept-difference", "far-from-other-maps"
US = "us-28-points"
ROUGH_KM2 = {"donetsk-buffer": 7_786, "kherson-frozen": 18_155.5, "zaporizhzhia-frozen": 18_655.3}


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """An empty workspace that commands use by default."""
    monkeypatch.setenv("CLAUSEMAP_WORKSPACE", str(tmp_path / "workspace"))
    return Workspace(tmp_path / "workspace")


@pytest.fixture
def rough(shared: Path) -> Path:
    """A rough outline, 8,000 km² from the others."""
    return shared / "samples/faults/00_good_base.geojson"


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def refused(*arguments: str | Path) -> str:
    """The one line of a command that is refused for this check."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    last = result.stderr.strip().splitlines()[-1]
    assert last.startswith("clausemap: ")
    assert f"{ACCEPT} lets it through" in last
    return last


def areas(*arguments: str | Path) -> dict[str, float]:
    result = run("areas", US, "--format", "json", *arguments)
    assert result.exit_code == 0, result.output
    return {zone["id"]: zone["area_km2"] for zone in json.loads(result.stdout)["zones"]}


def misdated(folder: Path) -> Path:
    """The map of one day in a file that says it is of a day fifteen months later."""
    held = load_study_data().control[EARLY].levels["majority"]
    path = folder / f"map_{DAY}.geojson"
    path.write_bytes(feature_collection([Feature("held", {}, held)]))
    return path


def test_a_rough_map_is_used_when_it_is_accepted(kept: Workspace, rough: Path) -> None:
    told = refused("areas", US, "--control", rough, "--as-of", DAY)
    assert "Kherson 15," in told
    found = areas("--control", rough, "--as-of", DAY, ACCEPT)
    assert {zone: found[zone] for zone in ROUGH_KM2} == pytest.approx(ROUGH_KM2, rel=0.001)
    assert kept.names == ()


@pytest.mark.slow
def test_a_file_under_a_wrong_day_never_becomes_a_figure(kept: Workspace, tmp_path: Path, shared: Path) -> None:
    file, other = misdated(tmp_path), shared / "samples/control/deepstate-mirror_2025-11-20.geojson"
    for command in (
        ("areas", US, "--control", file),
        ("export", US, "--control", file, "-o", tmp_path / "out.geojson"),
        ("timeline", US, "--control", file, "-o", tmp_path / "out.csv"),
        ("build", "--control", file, "-o", tmp_path / "out"),
        ("control", "import", file, "--name", "own"),
        ("control", "import", file, "--name", "own", "-o", tmp_path / "out.geojson"),
        ("control", "combine", other, file, "--as-of", DAY),
    ):
        assert f"it fits the maps of {EARLY}" in refused(*command)
    assert {path.name for path in tmp_path.iterdir()} == {file.name}
    assert kept.names == ()
    right = run("control", "import", file, "--name", "own", ACCEPT)
    assert f"told: {CODE}: " in right.stderr
    assert "; accepted" in right.stderr


def test_check_tells_it_and_says_what_a_figure_needs(kept: Workspace, tmp_path: Path) -> None:
    done = run("control", "check", misdated(tmp_path), "--format", "json")
    assert done.exit_code == 0
    (file,) = json.loads(done.stdout)["files"]
    (found,) = (finding for finding in file["findings"] if finding["code"] == CODE)
    assert found["verdict"] == "told"
    assert found["message"].endswith(f"behind a proposal it needs {ACCEPT}")
    assert file["usable"] is True


def test_what_was_accepted_on_import_stays_accepted(kept: Workspace, rough: Path) -> None:
    refused("control", "import", rough, "--as-of", DAY, "--name", "own")
    done = run("control", "import", rough, "--as-of", DAY, "--name", "own", ACCEPT)
    assert done.exit_code == 0, done.output
    provenance = kept.shelf("own")[DAY].provenance
    assert provenance["compared_with"] == [DAY]
    assert [finding["verdict"] for finding in provenance["findings"] if finding["code"] == CODE] == ["told"]
    assert areas("--control", "own")["kherson-frozen"] == pytest.approx(18_155.5, rel=0.001)


@pytest.mark.slow
def test_a_stored_map_that_was_never_compared_is_compared_when_used(kept: Workspace, rough: Path) -> None:
    path = Path(run("control", "import", rough, "--as-of", DAY, "--name", "own", ACCEPT).stdout.strip())
    path.write_text(path.read_text("utf-8").replace('"compared_with":', '"other":'), "utf-8")
    assert "own of 2025-11-20: " in refused("areas", US, "--control", "own")
    assert "own of 2025-11-20: " in refused("areas", US, "--control", path)
    for accepted in ("own", path):
        done = run("areas", US, "--control", accepted, ACCEPT)
        assert done.exit_code == 0
        assert "; accepted" in done.stderr


def test_a_difference_may_be_looked_at(kept: Workspace, rough: Path) -> None:
    """Nothing is asked where two maps are compared, and where the option has nothing to accept it is refused."""
    day = run("control", "import", rough, "--as-of", DAY, "--name", "own", ACCEPT).stdout.strip()
    assert run("control", "diff", day, DAY).exit_code == 0
    loose = run("areas", US, ACCEPT)
    assert loose.exit_code == 2
    assert f"{ACCEPT} says how to use another control map" in loose.stderr


@pytest.mark.slow
def test_combinations_likewise(kept: Workspace, rough: Path, shared: Path) -> None:
    control = shared / "samples/control"
    maps = (control / "deepstate-mirror_2025-11-20.geojson", control / "uacontrolmap_2025-11-20.json")
    assert run("control", "combine", *maps, "--as-of", DAY).exit_code == 0
    assert kept.shelf("combined")[DAY].provenance["compared_with"] == [DAY]
    assert run("control", "import", rough, "--as-of", DAY, "--name", "own", ACCEPT).exit_code == 0
    combined = ("control", "combine", "own", maps[0], "--as-of", DAY, "--name", "two")
    assert "two of 2025-11-20: " in refused(*combined)  # held on both is less than on any other map
    assert run(*combined, ACCEPT).exit_code == 0
    assert areas("--control", "two")["kherson-frozen"] < 18_200


@pytest.mark.slow
def test_a_map_that_completes_another_is_looked_at_too(kept: Workspace, tmp_path: Path, shared: Path) -> None:
    nzz = shared / "samples/control/nzz_2025-11-20.json"
    add = ("areas", US, "--control", nzz, "--as-of", DAY, "--add", misdated(tmp_path))
    refused(*add)
    assert run(*add, ACCEPT).exit_code == 0


def test_where_no_day_is_near_it_is_told_and_used(kept: Workspace, rough: Path) -> None:
    done = run("control", "import", rough, "--as-of", "2022-05-01", "--name", "own")
    assert done.exit_code == 0
    assert "nothing could be compared" in done.stderr
    assert kept.shelf("own")["2022-05-01"].provenance["compared_with"] == []

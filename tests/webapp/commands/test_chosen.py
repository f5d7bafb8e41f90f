"""``--control``, ``--boundaries``, ``--edges``, ``--add`` and ``--incomplete`` wherever a proposal is used."""

import csv
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geo.geojson import read_features
from layers.catalogue.model import load_catalogue
from layers.control.workspace import Workspace
from layers.reference.register import SOURCES
from webapp.cli import main

DAY, US = "2025-11-20", "us-28-points"


@pytest.fixture(scope="module")
def control(shared: Path) -> Path:
    return shared / "samples/control"


@pytest.fixture(scope="module")
def kept(control: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with DeepState on two days and NZZ on one."""
    root = tmp_path_factory.mktemp("chosen")
    days = {"deepstate-mirror_2025-11-20.geojson": DAY, "deepstate-dump_2025-08-03.geojson": "2025-08-03"}
    for file, day in days.items():
        assert run("control", "import", control / file, "--as-of", day, "--workspace", root).exit_code == 0
    assert run("control", "import", control / "nzz_2025-11-20.json", "--workspace", root).exit_code == 0
    return Workspace(root)


@pytest.fixture(autouse=True)
def _in_the_workspace(kept: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CLAUSEMAP_WORKSPACE", str(kept.root))
    monkeypatch.chdir(tmp_path)


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def answered(*arguments: str | Path) -> dict[str, dict[str, object]]:
    """The zones that ``areas`` gives, by id."""
    done = run("areas", US, "--format", "json", *arguments)
    assert done.exit_code == 0, done.output
    return {zone["id"]: zone for zone in json.loads(done.stdout)["zones"]}


@pytest.mark.slow
def test_days_of_a_name(kept: Workspace) -> None:
    asked = {day: answered("--control", "deepstate", "--as-of", day)["crimea"] for day in ("2025-09-01", DAY, "latest")}
    assert [(zone["requested_as_of"], zone["as_of"]) for zone in asked.values()] == [
        ("2025-09-01", "2025-08-03"), (DAY, DAY), (DAY, DAY),
    ]  # fmt: skip
    done = run("areas", US, "--control", "deepstate", "--as-of", "2025-08-02")
    assert done.exit_code == 1
    assert done.stderr == (
        "clausemap: no control map for 2025-08-02: the first is of 2025-08-03; ask for that day or later\n"
    )


@pytest.mark.slow
def test_a_file_answers_for_its_own_day_and_later_ones(control: Path) -> None:
    file = control / "deepstate-mirror_2025-11-20.geojson"
    assert answered("--control", file)["crimea"]["as_of"] == "2025-11-19"
    crimea = answered("--control", file, "--as-of", "2025-12-01")["crimea"]
    assert (crimea["requested_as_of"], crimea["as_of"]) == ("2025-12-01", "2025-11-19")
    early = run("areas", US, "--control", file, "--as-of", "2025-11-18")
    assert early.exit_code == 1
    assert "the first is of 2025-11-19" in early.stderr


@pytest.mark.slow
def test_an_incomplete_map_and_both_ways_out() -> None:
    done = run("areas", US, "--control", "nzz")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "--add NAME|FILE, or let it through with --incomplete" in done.stderr
    assert answered("--control", "nzz", "--incomplete")["donetsk-buffer"]["area_km2"] == pytest.approx(13_905, abs=50)
    added = answered("--control", "nzz", "--add", "deepstate")["donetsk-buffer"]
    assert added["area_km2"] == pytest.approx(5_623, abs=30)
    assert "completed with deepstate: DeepState of 2025-11-20" in str(added["control_source"])


def test_export_and_timeline(tmp_path: Path) -> None:
    chosen = ("--control", "deepstate")
    assert run("export", US, "-o", "zones.geojson", *chosen).exit_code == 0
    buffer = next(one for one in read_features(tmp_path / "zones.geojson") if one.id == "donetsk-buffer")
    assert buffer.properties["area_low_km2"] is None
    assert buffer.properties["control_source"].startswith("deepstate: DeepState (sha256 30e5ba47feaf; one map, no ")
    assert run("timeline", US, "-o", "time.csv", *chosen).exit_code == 0
    rows = list(csv.DictReader((tmp_path / "time.csv").read_text("utf-8-sig").splitlines()))
    assert {row["as_of"] for row in rows} == {"2025-08-03", DAY}
    assert {row["area_low_km2"] for row in rows} == {""}


@pytest.mark.slow
def test_an_image_names_the_map(tmp_path: Path) -> None:
    assert run("image", US, "-o", "map.svg", "--control", "deepstate").exit_code == 0
    picture = (tmp_path / "map.svg").read_text("utf-8")
    assert "DeepState (one map, no interval)" in " ".join(picture.split())


@pytest.mark.slow
def test_an_image_on_other_outlines(tmp_path: Path) -> None:
    outlines = shutil.copy(SOURCES / "oblasts.geojson", tmp_path)  # others take half a minute to fit
    assert run("image", US, "-o", "map.png", "--control", "deepstate", "--boundaries", outlines).exit_code == 0
    assert (tmp_path / "map.png").stat().st_size > 50_000


@pytest.mark.wide
def test_a_build_has_its_place_or_the_one_given(kept: Workspace, control: Path, tmp_path: Path) -> None:
    assert run("build", "--control", "deepstate").exit_code == 0
    built = load_catalogue(kept.built("deepstate"))
    assert built.proposal(US).control_dates == ("2025-08-03", DAY)
    assert built.licence.startswith("the maker of the control map decides (DeepState)")
    before = built.document
    assert run("build", "--control", "deepstate", "--edges", "keep").exit_code == 0
    assert load_catalogue(kept.built("deepstate")).document == before
    (other,) = [path for path in (kept.root / "built").iterdir() if path.name.startswith("deepstate-")]
    assert load_catalogue(other).data_version != built.data_version
    (tmp_path / "one").mkdir()  # an empty folder may be built into
    assert run("build", "--control", control / "uacontrolmap_2025-11-20.json", "-o", "one").exit_code == 0
    assert load_catalogue(tmp_path / "one").licence.startswith("the maker of the control map decides (UA Control Map")


def test_a_folder_with_other_files_is_not_built_into(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/cat.png").write_bytes(b"cat")
    done = run("build", "--control", "deepstate", "-o", "photos")
    assert done.exit_code == 2
    assert "photos: holds other files, which the build would replace; name a new folder" in done.stderr
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["cat.png"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (
            ("areas", US, "--control", "nobody"),
            1,
            "file 'nobody'; known: embedded, deepstate, nzz",
        ),
        (("areas", US, "--control", ".."), 1, "..: is a folder; name a file that holds the map"),
        (("areas", "nothing", "--control", "deepstate"), 1, "unknown proposal 'nothing'"),
        (("areas", US, "--control", "deepstate", "--boundaries", "no.geojson"), 1, "no.geojson: cannot be read"),
        (("areas", US, "--control", "nzz", "--add", "nobody"), 1, "unknown control map or file 'nobody'"),
        (("areas", US, "--control", "deepstate", "--as-of", "2025-02-30"), 1, "write it as YYYY-MM-DD or 'latest'"),
        (("areas", US, "--control", "deepstate", "--edges", "round"), 2, "is not one of 'fill', 'keep'"),
        (("areas", US, "--add", "deepstate"), 2, "--add says how to use another control map; name it with --control"),
        (("export", US, "-o", "a.geojson", "--incomplete"), 2, "--incomplete says how to use another control map"),
        (("image", US, "-o", "a.svg", "--edges", "keep", "--control", "embedded"), 2, "name it with --control"),
        (("timeline", US, "-o", "a.csv", "--where", "a=b"), 2, "--where says how to use another control map"),
        (("build", "--edges", "keep"), 2, "--edges says how to use another control map"),
        (("export", US, "-o", "a.geojson", "--control", "deepstate", "--zone", "moon"), 1, "unknown zone"),
        (("timeline", US, "-o", "a.csv", "--control", "nzz"), 1, "does not hold Simferopol"),
        (("timeline", US, "-o", "a.csv", "--control", "deepstate", "--from", "2026-01-01"), 1, "2025-11-20"),
        (("build", "--control", "nzz", "-o", "out"), 1, "does not hold Simferopol"),
        (
            ("build", "--control", "deepstate", "--all"),
            2,
            "--all, --newest and --check are for the embedded data",
        ),
        (("build", "-o", "out"), 2, "-o goes with --control or --boundaries"),
        (("build", "--control", "deepstate", "-o", "/dev/null/out"), 1, "/dev/null/out: could not be written"),
    ],
)
def test_what_is_refused(tmp_path: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    done = run(*arguments)
    assert done.exit_code == code, done.output
    assert done.stdout == ""
    assert words in done.stderr.strip().splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []

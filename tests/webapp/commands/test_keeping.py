"""``clausemap control import``, ``list`` and ``combine`` as a desk uses them, and wrong use of them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from layers.control.workspace import Workspace
from tests.layers.readers.made import collection, feature, polygon, saved, square
from webapp.cli import main

DAY = "2025-11-20"
ROUGH = "--accept-difference"  # made maps lie far from the others of their day


@pytest.fixture
def control(shared: Path) -> Path:
    return shared / "samples/control"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """An empty workspace that commands use by default."""
    monkeypatch.setenv("CLAUSEMAP_WORKSPACE", str(tmp_path / "workspace"))
    return Workspace(tmp_path / "workspace")


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def refused(result: Result, code: int = 1) -> str:
    """The message of a command that ended with a code; nothing on stdout, no traceback."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    last = result.stderr.strip().splitlines()[-1]
    assert last.startswith("clausemap: " if code == 1 else "Error: ")
    return last


def made(folder: Path, west: float = 36.0, name: str = "map.geojson") -> Path:
    return saved(folder, collection(feature(polygon(square(west)), status="held")), name)


@pytest.mark.slow
def test_a_day_of_a_desk(kept: Workspace, control: Path) -> None:
    done = run("control", "import", control / "deepstate-mirror_2025-11-20.geojson", "--as-of", DAY)
    assert done.exit_code == 0, done.output
    assert done.stdout == f"{kept.root}/control/deepstate/{DAY}.geojson\n"
    for words in ("repaired: clockwise", "Crimea 244, ", "Luhansk 227", "as read 115,605, in Ukraine 113,777"):
        assert words in done.stderr
    assert run("control", "import", control / "uacontrolmap_2025-11-20.json", "--name", "ua").exit_code == 0
    nzz = run("control", "import", control / "nzz_2025-11-20.json", "--as-of", DAY, "--add", "deepstate")
    assert "NZZ LEAVES OUT ALL THAT WAS HELD BEFORE 2022" in nzz.stderr
    assert "completed around Simferopol, Sevastopol, Kerch: 28," in nzz.stderr
    combined = run("control", "combine", "deepstate", "ua", "nzz", "--as-of", DAY)
    assert combined.stdout == f"{kept.root}/control/combined/{DAY}.geojson\n"
    assert "held in Ukraine, km²: agreed 114," in combined.stderr
    listed = json.loads(run("control", "list", "--format", "json").stdout)
    assert listed["workspace"] == str(kept.root)
    names = {entry["name"]: entry["days"] for entry in listed["control"]}
    assert len(names.pop("embedded")) == 57
    assert names == {name: [DAY] for name in ("combined", "deepstate", "nzz", "ua")}
    assert run("control", "list").stdout.splitlines()[-1].split() == ["ua", "1", DAY, DAY]
    rows = json.loads(run("areas", "us-28-points", "--control", "combined", "--format", "json").stdout)
    buffer = next(zone for zone in rows["zones"] if zone["id"] == "donetsk-buffer")
    assert 5_500 < buffer["area_low_km2"] < 5_950 < buffer["area_km2"] < 6_050 < buffer["area_high_km2"] < 6_450


@pytest.mark.slow
def test_into_a_file_and_not_into_the_workspace(kept: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "deep/own.geojson"
    done = run("control", "import", made(tmp_path), "--as-of", DAY, "--name", "own", ROUGH, "-o", out)
    assert done.exit_code == 0, done.output
    assert done.stdout == f"{out}\n"
    assert kept.names == ()
    told = run("areas", "us-28-points", "--control", out, "--incomplete", "--format", "json")
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["as_of"] == DAY


def test_a_class_is_chosen_with_where(kept: Workspace, tmp_path: Path) -> None:
    both = collection(feature(polygon(square(36)), status="held"), feature(polygon(square(37)), status="free"))
    path = saved(tmp_path, both)
    assert (
        run("control", "import", path, "--as-of", DAY, "--name", "own", "--where", "status=held", ROUGH).exit_code == 0
    )
    assert kept.shelf("own")[DAY].levels["held"].bounds[2] == 37
    assert "no value 'x' in the column 'status'; there are: free, held" in refused(
        run("control", "import", path, "--as-of", DAY, "--name", "own", "--where", "status=x")
    )


def test_another_file_for_the_same_day_is_told(kept: Workspace, tmp_path: Path) -> None:
    given = ("--as-of", DAY, "--name", "own", ROUGH)
    first = run("control", "import", made(tmp_path), *given)
    assert "replaced" not in first.stderr
    former = Path(first.stdout.strip()).read_bytes()
    assert "replaced" not in run("control", "import", made(tmp_path), *given).stderr
    again = run("control", "import", made(tmp_path, 36.01), *given)
    assert again.exit_code == 0
    assert f"own of {DAY} was there already, read from another file; it is replaced" in again.stderr
    (aside,) = (kept.root / "control" / "own" / "replaced").iterdir()
    assert str(aside) in " ".join(again.stderr.split())
    assert aside.read_bytes() == former
    assert kept.days("own") == (DAY,)  # what was set aside is no map that could be chosen


def test_a_damaged_map_can_be_imported_again(kept: Workspace, tmp_path: Path) -> None:
    given = ("--as-of", DAY, "--name", "own", ROUGH)
    path = Path(run("control", "import", made(tmp_path), *given).stdout.strip())
    whole = path.read_bytes()
    path.write_bytes(whole[:300])
    message = refused(run("areas", "us-28-points", "--control", "own"))
    assert f"{path}: not a control map as 'clausemap control import' writes it" in message
    assert message.endswith("import its source again")
    assert run("control", "import", made(tmp_path), *given).exit_code == 0
    assert path.read_bytes() == whole


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("no.geojson",), 1, "no.geojson: cannot be read (No such file or directory); look at the path"),
        (("map.geojson",), 1, "names no day; say which one it speaks of with --as-of YYYY-MM-DD"),
        (("map.geojson", "--as-of", "yesterday"), 1, "'yesterday' is not a date; write it as YYYY-MM-DD"),
        (("map.geojson", "--as-of", DAY, "--name", "Own Map"), 1, "use lower-case letters, digits and hyphens"),
        (("map.geojson", "--as-of", DAY, "--name", "embedded"), 1, "choose another"),
        (
            ("map.geojson", "--as-of", DAY, "--add", "nobody"),
            1,
            "unknown control map or file 'nobody'; known: embedded",
        ),
        (("map.geojson", "--as-of", DAY, "--add", "embedded@2020-01-01"), 1, "the first is of 2024-08-01"),
        (("map.geojson", "--as-of", DAY, "--where", "status"), 2, "--where status: write it as COLUMN=VALUE"),
        (("map.geojson", "--as-of", DAY, "--edges", "round"), 2, "'round' is not one of 'fill', 'keep'"),
        (("map.geojson", "--as-of", DAY, "-o", "own.txt"), 2, "name the file with .geojson or .json"),
        (("text.geojson", "--as-of", DAY), 1, "text.geojson: no control map that is known; what is read"),
        ((), 2, "Missing argument 'FILE'"),
    ],
)
def test_what_import_refuses(
    kept: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    made(tmp_path)
    saved(tmp_path, "some text", "text.geojson")
    assert words in refused(run("control", "import", *arguments), code)
    assert not kept.root.exists()
    assert {path.name for path in tmp_path.iterdir()} == {"map.geojson", "text.geojson"}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("own",), 1, "control maps named: 1; name from 2 to 9"),
        (("own", "own"), 1, "own: is read from the same file as own; name each map once"),
        (("own", "embedded"), 1, "embedded: is a combination itself"),
        (("own", "nobody"), 1, "unknown control map or file 'nobody'; known: embedded, other, own"),
        (("own", "other"), 1, "complete it with --add NAME|FILE, or let it through with --incomplete"),
        (
            ("own", "other", "--incomplete", ROUGH, "--name", "own"),
            1,
            "is made of 1, this one of 2; choose another name",
        ),
        (("own", "other", "--incomplete", "--name", "a b"), 1, "--name 'a b'"),
        (("own", "other", "-o", "own.txt"), 2, "name the file with .geojson or .json"),
        (("own", "other", "--boundaries", "no.geojson"), 1, "no.geojson: cannot be read"),
    ],
)
def test_what_combine_refuses(
    kept: Workspace, tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    for name, west in (("own", 36.0), ("other", 36.1)):
        file = made(tmp_path, west, f"{name}.geojson")
        assert run("control", "import", file, "--as-of", DAY, "--name", name, ROUGH).exit_code == 0
    assert words in refused(run("control", "combine", *arguments, "--as-of", DAY), code)
    assert kept.names == ("other", "own")
    assert refused(run("control", "combine", "own", "other"), 2) == "Error: Missing option '--as-of'."


def test_a_workspace_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    blocked = tmp_path / "file/workspace"
    message = refused(
        run("control", "import", made(tmp_path), "--as-of", DAY, "--name", "a", ROUGH, "--workspace", blocked)
    )
    assert f"{blocked}/control/a/{DAY}.geojson: could not be written (Not a directory)" in message
    assert refused(run("control", "list", "--workspace", tmp_path / "file"), 2).endswith("is a file.")
    assert run("control", "list", "--workspace", tmp_path / "none").exit_code == 0
    assert not (tmp_path / "none").exists()

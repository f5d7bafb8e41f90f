"""``clausemap control check`` as people and scripts use it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.layers.readers.made import collection, feature, polygon, saved, square
from webapp.cli import main
from webapp.commands import control_check

BOX = collection(feature(polygon(square(36.5)), status="held"), feature(polygon(square(30)), status="free"))
KEYS = {
    "file", "usable", "sha256", "format", "publisher", "file_date", "changed", "as_of", "vertices", "classes",
    "area_before_km2", "held_km2", "contested_km2", "outside_km2", "by_oblast_km2", "findings",
}  # fmt: skip


def check(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["control", "check", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_help_says_what_it_does() -> None:
    for arguments in (["control", "--help"], ["control", "check", "--help"]):
        shown = CliRunner().invoke(main, arguments)
        assert shown.exit_code == 0
        assert len(shown.stdout) > 150


@pytest.mark.slow
def test_the_samples_as_json(shared: Path) -> None:
    result = check("--format", "json", *sorted((shared / "samples/control").iterdir()))
    assert result.exit_code == 1
    files = {Path(entry["file"]).name: entry for entry in json.loads(result.stdout)["files"]}
    assert all(set(entry) == KEYS for entry in files.values())
    refused = {
        name: [finding["code"] for finding in entry["findings"] if finding["verdict"] == "refused"]
        for name, entry in files.items()
        if not entry["usable"]
    }
    assert refused == {
        "isw_2202-02-02_impossible-date.geojson": ["impossible-date"],
        "uacontrolmap_2025-12-30_empty.json": ["empty-day"],
    }
    mirror = files["deepstate-mirror_2025-11-20.geojson"]
    assert (mirror["publisher"], mirror["file_date"], mirror["as_of"]) == ("DeepState", "2025-11-20", "2025-11-19")
    assert mirror["contested_km2"] is None
    assert files["deepstate-dump_2025-08-03.geojson"]["contested_km2"] > 500
    assert files["isw_2202-02-02_impossible-date.geojson"]["as_of"] is None
    nzz = {finding["code"] for finding in files["nzz_2025-11-20.json"]["findings"]}
    assert {"missing-before-2022", "incomplete"} <= nzz


def test_the_samples_as_a_table(shared: Path) -> None:
    samples = shared / "samples/control"
    result = check(*(samples / name for name in ("nzz_2025-11-20.json", "isw_2202-02-02_impossible-date.geojson")))
    assert result.exit_code == 1
    facts = [line for line in result.stdout.splitlines() if line.startswith("  ")]
    assert max(map(len, facts)) <= 100
    assert "REFUSED   impossible-date" in result.stdout
    assert "UNUSABLE" in result.stdout


def test_a_usable_file_and_the_choice_of_a_class(tmp_path: Path) -> None:
    path = saved(tmp_path, BOX)
    assert check(path).exit_code == 0
    chosen = check(path, "--where", "status=held", "--format", "json")
    (entry,) = json.loads(chosen.stdout)["files"]
    assert chosen.exit_code == 0
    assert entry["classes"] == [
        {"name": "status=held", "role": "held", "features": 1, "area_km2": pytest.approx(8_200, rel=0.01)}
    ]


def test_a_day_of_several_and_several_choices(tmp_path: Path, shared: Path) -> None:
    path = shared / "samples/faults/k04_folders_per_day.kml"
    assert "choose one with --day 2025-11-20" in " ".join(check(path).stdout.split())
    chosen = check(
        path, "--day", "2025-11-20", "--where", "name=held", "--where", "folder=2025-11-20", "--format", "json"
    )
    (entry,) = json.loads(chosen.stdout)["files"]
    assert (entry["file_date"], round(entry["held_km2"])) == ("2025-11-20", 106_937)
    assert entry["classes"][0]["name"] == "name=held and folder=2025-11-20"
    assert check(path, "--day", "20 Nov").exit_code == 2
    assert check(path, "--where", "name").exit_code == 2
    changed = check(shared / "samples/faults/2025-08-05 nzz-like.json")
    assert "2025-08-05 in the file, last changed 2025-07-31" in changed.stdout


def test_the_others_are_told_where_one_is_unusable(tmp_path: Path) -> None:
    result = check(tmp_path / "none.json", saved(tmp_path, BOX))
    assert result.exit_code == 1
    assert f"{tmp_path / 'none.json'}: UNUSABLE" in result.stdout
    assert "map.geojson: usable" in result.stdout


@pytest.mark.parametrize("arguments", [[], ["--where", "held", "a.json"], ["--format", "xml", "a.json"]])
def test_wrong_use(arguments: list[str]) -> None:
    assert check(*arguments).exit_code == 2


class Terminal:
    """A stream that says that somebody looks."""

    def __init__(self) -> None:
        self.said = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.said += text
        return len(text)

    def flush(self) -> None: ...


def test_a_large_file_shows_a_bar_to_who_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control_check, "LONG_BYTES", 10)
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with control_check.reading_bar(saved(tmp_path, BOX)) as progress:
        assert progress is not None
        for label in ("Reading", "Cutting"):
            for done in range(3):
                progress(label, done, 2)
    assert "reading" in terminal.said
    assert "cutting" in terminal.said
    monkeypatch.undo()
    with control_check.reading_bar(saved(tmp_path, BOX)) as nothing:
        assert nothing is None

"""The workspace: what is listed, which day is taken, and that nothing is mixed up in it."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from layers.control.importing import ImportRequest, import_control
from layers.control.references import find_map, find_stored, nearest
from layers.control.selection import ControlChoice, choose_study_data
from layers.control.workspace import Workspace, check_name
from layers.embedded import EMBEDDED
from layers.errors import ControlError, DateError, UnknownError
from layers.reference.study_data import StudyData
from tests.layers.control.conftest import DAY, FILES, TODAY, Maps, made, square

DAYS = ("2025-10-01", "2025-11-01", "2025-12-01")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """One map on three days, each a little farther west."""
    workspace = Workspace(tmp_path / "workspace")
    for step, day in enumerate(DAYS):
        workspace.put(made(square(36 - step / 10, 48), "own", day))
    return workspace


def test_names_and_days(workspace: Workspace) -> None:
    assert workspace.names == ("own",)
    assert workspace.days("own") == DAYS
    assert workspace.days("nobody") == ()
    assert list(workspace.shelf("own")) == list(DAYS)
    with pytest.raises(UnknownError, match="known: embedded, own"):
        workspace.shelf("nobody")
    assert Workspace(workspace.root / "not-there").names == ()


def test_a_reference_to_what_is_no_file_is_refused_at_once(
    workspace: Workspace, study: StudyData, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, what in (("pipe", "is a named pipe"), ("workspace", "is a folder")):
        with pytest.raises(ControlError, match=what):
            find_stored(str(tmp_path / name), workspace, study, TODAY)
        with pytest.raises(ControlError, match=what):
            choose_study_data(ControlChoice(workspace, str(tmp_path / name)), today=TODAY)
    with pytest.raises(UnknownError, match="known: embedded, own"):
        find_stored("a" * 300, workspace, study, TODAY)


def test_what_is_no_map_is_not_listed(workspace: Workspace) -> None:
    control = workspace.root / "control"
    for place in ("empty", "Bad Name", EMBEDDED, "folder/2025-10-01.geojson"):
        (control / place).mkdir(parents=True)
    for place in ("Bad Name/2025-10-01.geojson", f"{EMBEDDED}/2025-10-01.geojson", "own/notes.geojson", "file.txt"):
        (control / place).write_text("{}")
    (control / "own/2025-02-30.geojson").write_text("{}")
    (control / "own/.2025-10-02.geojson.x1y2").write_text("{")
    assert workspace.names == ("own",)
    assert workspace.days("own") == DAYS


@pytest.mark.parametrize(
    ("asked", "taken"),
    [("2025-10-01", DAYS[0]), ("2025-10-31", DAYS[0]), ("2025-11-20", DAYS[1]), ("2030-01-01", DAYS[2])],
)
def test_the_last_map_on_or_before_a_day_is_taken(
    workspace: Workspace, study: StudyData, asked: str, taken: str
) -> None:
    assert workspace.shelf("own").on(asked).as_of == taken
    assert find_map(f"own@{asked}", workspace, study, TODAY).as_of == taken


def test_a_day_before_the_first_is_told_with_the_first(workspace: Workspace, study: StudyData) -> None:
    with pytest.raises(DateError, match="no control map for 2025-09-30: the first is of 2025-10-01"):
        find_stored("own@2025-09-30", workspace, study, TODAY)
    with pytest.raises(DateError, match="'2025-13-01' is not a date"):
        find_stored("own@2025-13-01", workspace, study, TODAY)


def test_without_a_day_the_newest_is_meant(workspace: Workspace, study: StudyData) -> None:
    for reference in ("own", "own@latest", "own@"):
        assert find_map(reference, workspace, study, TODAY).as_of == DAYS[-1]
    for reference in ("embedded", "latest", "embedded@latest"):
        assert find_map(reference, workspace, study, TODAY).as_of == study.control.dates[-1]
    assert find_map("2025-11-22", workspace, study, TODAY).as_of == DAY


def test_the_nearest_day_is_the_earlier_of_two(workspace: Workspace) -> None:
    shelf = workspace.shelf("own")
    assert nearest(shelf, "2025-11-16", timedelta(20)).as_of == DAYS[1]
    with pytest.raises(DateError, match="within 3 days of 2025-11-16, the nearest is of 2025-11-01; import one"):
        nearest(shelf, "2025-11-16", timedelta(3))


def test_every_day_of_a_name_can_be_chosen(workspace: Workspace) -> None:
    study = choose_study_data(ControlChoice(workspace, "own", incomplete=True), today=TODAY)
    assert study.control.dates == DAYS
    assert [study.control[day].as_of for day in DAYS] == list(DAYS)
    assert study.reference.names.dates == choose_study_data(ControlChoice(workspace), today=TODAY).control.dates


def test_the_version_changes_with_what_is_chosen(workspace: Workspace) -> None:
    workspace.put(made(square(30, 48), "other", DAY))
    choices = [
        ControlChoice(workspace, "own"),
        ControlChoice(workspace, "own", edges="fill"),
        ControlChoice(workspace, "own", add="other"),
        ControlChoice(workspace, "own", add="embedded"),
    ]
    before = [choose_study_data(choice, today=TODAY).version for choice in choices]
    assert len(set(before)) == len(before)
    workspace.put(made(square(30, 49), "other", DAY))
    after = [choose_study_data(choice, today=TODAY).version for choice in choices]
    assert [one == two for one, two in zip(before, after, strict=True)] == [True, True, False, True]
    workspace.put(made(square(30, 49), "own", "2025-12-02"))
    assert choose_study_data(choices[0], today=TODAY).version != before[0]


@pytest.mark.parametrize(
    "name", ["", "a b", "A", "../x", "a/b", "-a", "a-", "a.b", "à", "x" * 41, EMBEDDED, "latest", DAY]
)
def test_names_that_cannot_be(workspace: Workspace, name: str) -> None:
    with pytest.raises(ControlError, match="--name"):
        check_name(name)
    with pytest.raises(ControlError):
        workspace.put(made(square(36, 48), name))
    assert workspace.names == ("own",)


def test_a_map_in_another_place_is_refused(workspace: Workspace) -> None:
    folder = workspace.root / "control/own"
    (folder / f"{DAYS[0]}.geojson").rename(folder / "2025-10-09.geojson")
    with pytest.raises(ControlError, match="holds own of 2025-10-01; put it back there"):
        workspace.shelf("own")["2025-10-09"]
    folder.rename(folder.with_name("renamed"))
    with pytest.raises(ControlError, match="holds own of 2025-12-01"):
        workspace.shelf("renamed")[DAYS[2]]


def test_the_same_map_may_be_put_twice_and_a_damaged_one_again(workspace: Workspace) -> None:
    stored = workspace.shelf("own")[DAYS[2]]
    path = workspace.root / f"control/own/{DAYS[2]}.geojson"
    before = path.read_bytes()
    path.write_bytes(before[:200])
    assert set(workspace.totals("own")) == set(DAYS[:2])
    workspace.put(stored)
    workspace.put(replace(stored))
    assert path.read_bytes() == before
    assert set(workspace.totals("own")) == set(DAYS)


@pytest.mark.slow
def test_a_jump_is_stopped_unless_it_is_accepted(shared: Path, study: StudyData, samples: Maps, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.put(samples["deepstate"])
    nzz = shared / "samples/control" / FILES["nzz"]
    wanted = ImportRequest("deepstate", "2025-11-21")
    with pytest.raises(ControlError, match=r"-42,2\d\d against 2025-11-20 of the same source; .* --accept-jump"):
        import_control(nzz, wanted, study, today=TODAY, kept=workspace)
    done = import_control(nzz, replace(wanted, accept_jump=True), study, today=TODAY, kept=workspace)
    assert "accepted" in next(finding.message for finding in done.findings if finding.code == "jump")
    other = import_control(nzz, replace(wanted, name="nzz"), study, today=TODAY, kept=workspace)
    assert not any(finding.code == "jump" for finding in other.findings)


def test_a_file_under_a_day_that_is_not_its_own(shared: Path, study: StudyData, samples: Maps, tmp_path: Path) -> None:
    """The total of fifteen months before, to one decimal, is no chance."""
    workspace = Workspace(tmp_path)
    workspace.put(replace(samples["uacontrolmap"], as_of="2024-08-19"))
    file = shared / "samples/control" / FILES["uacontrolmap"]
    wanted = ImportRequest("uacontrolmap", DAY)
    with pytest.raises(ControlError, match="the same as on 2024-08-19; look whether the file is that of the other day"):
        import_control(file, wanted, study, today=TODAY, kept=workspace)
    workspace = Workspace(tmp_path / "near")
    workspace.put(samples["uacontrolmap"])
    near = import_control(file, replace(wanted, as_of="2025-11-21"), study, today=TODAY, kept=workspace)
    assert [finding.verdict for finding in near.findings if finding.code == "repeated"] == ["told"]


@pytest.mark.parametrize(
    ("as_of", "words"),
    [
        ("2025-11-23", "3 days from the file's own day 2025-11-20, at most 2 are let through"),
        ("2025-11-17", "3 days from the file's own"),
        ("2014-02-19", "cannot be the day of a control map"),
        ("2026-12-31", "cannot be the day of a control map; give one from 2014-02-20 to 2026-11-25"),
        ("2025-02-30", "'2025-02-30' is not a date; write it as YYYY-MM-DD$"),
        ("latest", "'latest' is not a date"),
        ("20251120", "not a date"),
    ],
)
def test_days_that_are_refused(shared: Path, study: StudyData, as_of: str, words: str) -> None:
    with pytest.raises((ControlError, DateError), match=words):
        import_control(shared / "samples/control" / FILES["deepstate"], ImportRequest(None, as_of), study, today=TODAY)


def test_the_day_of_the_file_and_up_to_two_off(shared: Path, study: StudyData) -> None:
    path = shared / "samples/control" / FILES["deepstate"]
    days = [
        import_control(path, ImportRequest(None, day), study, today=TODAY).stored.as_of for day in (None, "2025-11-22")
    ]
    assert days == ["2025-11-19", "2025-11-22"]  # published at 03:00 UTC, it speaks of the day before

"""Proposal files of users: how they are checked, started, and built from a workspace beside the embedded ones."""

import copy
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from layers.build.origin import folder_with
from layers.build.own_proposals import build_own, check_file, home_of, try_proposal, usable_files
from layers.catalogue.model import load_catalogue
from layers.control.workspace import Workspace
from layers.embedded import EMBEDDED
from layers.errors import ProposalError, UnknownError
from layers.proposal.file import MOST_BYTES, read_raw
from layers.proposal.loading import PROPOSALS, proposal_ids, proposal_problems
from layers.proposal.starting import starting_file
from tests.layers.conftest import cached_study
from tests.words import LANGUAGES

ID, DAY, LATER = "my-plan", date(2025, 11, 20), "2025-12-24"
NONSENSE: tuple[Any, ...] = (7.5, "held", True, [], [[1]], [["UA-14"]], {}, {"x": {"y": [1]}}, [{"en": [1]}], DAY)


def write(folder: Path, name: str = ID, text: str = "") -> Path:
    """A proposal file of a user, the starting one unless its text is given."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(text or starting_file(name, DAY).decode(), "utf-8")
    return path


def problems_of(path: Path) -> tuple[str, ...]:
    return check_file(path, cached_study().reference).problems


def test_the_starting_file_passes_and_leaves_nothing_blank(tmp_path: Path) -> None:
    checked = check_file(write(tmp_path), cached_study().reference)
    assert checked.problems == ()
    assert checked.proposal is not None
    assert all(checked.proposal.title.by_language()[tag] for tag in LANGUAGES)
    tried = try_proposal(checked.proposal, cached_study())
    assert (tried.as_of, tried.remarks) == (DAY.isoformat(), ())
    assert tried.zones > 10


def test_every_embedded_proposal_passes_and_leaves_nothing_blank() -> None:
    for name in proposal_ids():
        checked = check_file(PROPOSALS / f"{name}.toml", cached_study().reference)
        assert checked.problems == ()
        assert checked.proposal is not None
        assert try_proposal(checked.proposal, cached_study()).remarks == ()


@pytest.mark.parametrize("proposal_id", ["", "My plan", "a_1", "-a", "../a", "x" * 61, "us-28-points", "undrawn"])
def test_an_id_that_cannot_be_new(proposal_id: str) -> None:
    with pytest.raises(ProposalError):
        starting_file(proposal_id, DAY)


def test_words_that_take_a_side_are_told_by_key(tmp_path: Path) -> None:
    text = starting_file(ID, DAY).decode().replace("Title of the proposal", "Return of lost land")
    assert problems_of(write(tmp_path, text=text)) == ("title.en: has 'Return', which takes a side; use neutral words",)


@pytest.mark.parametrize("name", ["us-28-points", "undrawn"])
def test_the_id_of_embedded_data_is_refused(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name, starting_file(ID, DAY).decode().replace(ID, name))
    (problem,) = problems_of(path)
    assert problem.startswith(f"id: '{name}' is the id that ")


def test_territory_that_is_left_blank_is_remarked(tmp_path: Path) -> None:
    text = starting_file(ID, DAY).decode()
    path = write(tmp_path, text=text.replace('"UA-40", "UA-14"], min', '"UA-40", "UA-14", "UA-63"], min'))
    proposal = check_file(path, cached_study().reference).proposal
    assert proposal is not None
    (remark,) = try_proposal(proposal, cached_study()).remarks
    assert "the Russian-held part of UA-63 (Kharkiv, 1,3" in remark


def test_a_zone_in_no_place_is_refused(tmp_path: Path) -> None:
    head, *zones = starting_file(ID, DAY).decode().split("[[zones]]")
    held = zones[0].replace("UA-14", "UA-61")  # Ternopil
    proposal = check_file(write(tmp_path, text=f"{head}[[zones]]{held}"), cached_study().reference).proposal
    assert proposal is not None
    with pytest.raises(ProposalError, match="none has any area on the control map of 2025-11-20"):
        try_proposal(proposal, cached_study())


def places(raw: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The place of every value of a file; of the zones, one of each derivation that names oblasts differently."""
    inside = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for name, value in inside:
        if path != ("zones",) or name in {0, 4}:
            yield (*path, name)
            yield from places(value, (*path, name))


def test_no_value_of_another_type_gives_a_traceback() -> None:
    base = tomllib.loads(starting_file(ID, DAY).decode())
    names = cached_study().reference.names
    for place in places(base):
        if place[-1] in {"uk", "zh-Hant"}:
            continue
        for nonsense in NONSENSE:
            changed = copy.deepcopy(base)
            table: Any = changed
            for step in place[:-1]:
                table = table[step]
            if table[place[-1]] != nonsense:
                table[place[-1]] = nonsense
                proposal, problems = proposal_problems(changed, ID, names)
                assert proposal is not None or problems, place


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"x = [", "not TOML: "),
        (b"a = " + b"[" * 5000 + b"]" * 5000, "nested too deeply"),
        (b"a = " + b"[" * 30 + b"]" * 30, "nested too deeply"),
        (b".".join([b"a"] * 3000) + b" = 1", "nested too deeply"),
        (b"a = " + b"9" * 5000, "not a proposal"),
        (b"#" * (MOST_BYTES + 1), "larger than 2 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_file_of_tables_is_told_in_one_line(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(content)
    with pytest.raises(ProposalError) as refused:
        read_raw(path)
    said = str(refused.value)
    assert said.startswith(f"{path}: ")
    assert words in said
    assert "\n" not in said
    assert len(said) < 500


@pytest.mark.parametrize(
    ("path", "words"), [("nowhere.toml", "not there"), (".", "is a folder"), ("/dev/zero", "regular")]
)
def test_what_is_no_file_is_told(tmp_path: Path, path: str, words: str) -> None:
    with pytest.raises(ProposalError, match=words):
        read_raw(tmp_path / path)


def test_what_cannot_be_used_is_told_by_name_and_left_out(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    good = write(workspace.proposals)
    write(workspace.proposals, "broken", "x = [")
    write(workspace.proposals, "elsewhere", starting_file("elsewhere", DAY).decode().replace("UA-14", "UA-99"))
    write(workspace.proposals, "us-28-points", starting_file(ID, DAY).decode().replace(ID, "us-28-points"))
    write(workspace.proposals, ".hidden", "x = [")
    told: list[str] = []
    assert usable_files(workspace, cached_study().reference, told.append) == (good,)
    expected = ("broken.toml: not TOML", "elsewhere.toml: is left out", "us-28-points.toml: is left out")
    for said, words in zip(told, expected, strict=True):
        assert words in said
        assert "\n" not in said
    assert usable_files(Workspace(tmp_path / "nowhere"), cached_study().reference, told.append) == ()
    assert len(told) == 3


def test_where_a_proposal_is_at_home(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    write(workspace.proposals)
    write(workspace.proposals, "us-28-points", "x = 1")
    assert home_of(ID, workspace) == workspace.proposals
    assert home_of("us-28-points", workspace) == PROPOSALS
    with pytest.raises(UnknownError) as refused:
        home_of("nowhere", workspace)
    assert refused.value.known == (*proposal_ids(), ID)


def test_a_folder_for_a_build_holds_both(tmp_path: Path) -> None:
    path = write(tmp_path)
    with folder_with([path]) as folder:
        assert proposal_ids(folder) == tuple(sorted((*proposal_ids(), ID)))
    with folder_with([path], included=False) as folder:
        assert proposal_ids(folder) == (ID,)
    assert not folder.exists()
    with folder_with([]) as folder:
        assert folder == PROPOSALS


@pytest.mark.slow
def test_they_are_built_once_and_again_after_a_change(tmp_path: Path) -> None:
    study = cached_study()
    few = replace(study, control=replace(study.control, dates=(DAY.isoformat(), LATER)))
    workspace, told = Workspace(tmp_path), list[str]()
    path = write(workspace.proposals)
    root = build_own(workspace, [path], few, tell=told.append)
    assert root == workspace.built(EMBEDDED)
    built = load_catalogue(root)
    assert list(built.proposals) == [ID]
    assert built.proposals[ID].dates == (DAY.isoformat(), LATER)
    at = (root / "catalog.json").stat().st_mtime_ns
    build_own(workspace, [path], few, tell=told.append)
    assert (root / "catalog.json").stat().st_mtime_ns == at
    write(workspace.proposals, text=path.read_text("utf-8").replace("Short title", "Another title"))
    build_own(workspace, [path], few, tell=told.append)
    assert load_catalogue(root).proposals[ID].texts["short_title"]["en"] == "Another title"
    assert told == []
    assert build_own(workspace, [], few, tell=told.append) is None

"""The locks: complete, held to hashes, and free of addresses; what installs them, and what does where that fails."""

import json
import re
import sys
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from webapp.setup import ROOT, SetUpError, packages
from webapp.setup.packages import INSTALLER, LOCK, NODE, install_node, install_packages, read_lock

LOCKED = read_lock(LOCK.read_text("utf-8"))

EDITABLE = "the project itself"


@dataclass(frozen=True)
class Call:
    """A command that the set-up runs: the program, its arguments, and the packages that it is to install."""

    program: str
    arguments: tuple[str, ...]
    wanted: frozenset[str]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Call]]:
    """Note commands in place of running them; the programs that are named fail, except with the installer."""

    def note(*failing: str) -> list[Call]:
        noted: list[Call] = []

        def run(command: Sequence[str], told: str) -> None:
            noted.append(read_call(command))
            if noted[-1].program in failing and noted[-1].wanted != {INSTALLER}:
                raise SetUpError(f"{told}: exit status 2")

        monkeypatch.setattr(packages, "run", run)
        return noted

    return note


def read_call(command: Sequence[str]) -> Call:
    program = command[2] if list(command[:2]) == [sys.executable, "-m"] else Path(command[0]).name
    if "--requirement" not in command:
        assert "--editable" in command
        return Call(program, tuple(command), frozenset({EDITABLE}))
    wanted = Path(command[command.index("--requirement") + 1]).read_text("utf-8")
    return Call(program, tuple(command), frozenset(read_lock(wanted)))


def declared() -> list[Requirement]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    lists = [project["build-system"]["requires"], project["project"]["dependencies"]]
    lists += project["project"]["optional-dependencies"].values()
    return [Requirement(row) for rows in lists for row in rows]


def test_read_lock_keeps_every_line_once() -> None:
    assert "".join(LOCKED.values()) == LOCK.read_text("utf-8")


def test_read_lock_joins_the_versions_of_one_package() -> None:
    text = (
        "numpy==1 ; python_version < '3.12' \\\n    --hash=sha256:a\n"
        "numpy==2 ; python_version >= '3.12' \\\n    --hash=sha256:b\nother==3 \\\n    --hash=sha256:c\n    # via x\n"
    )
    rows = read_lock(text)
    assert list(rows) == ["numpy", "other"]
    assert rows["numpy"].count("--hash") == 2
    assert rows["other"].endswith("# via x\n")


def test_the_lock_holds_what_is_declared() -> None:
    for requirement in declared():
        versions = re.findall(r"^[^\s=]+==([^\s;]+)", LOCKED[requirement.name], flags=re.MULTILINE)
        assert versions, requirement.name
        assert all(requirement.specifier.contains(version) for version in versions), requirement.name


def test_every_locked_package_has_hashes() -> None:
    assert [name for name, row in LOCKED.items() if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", row)] == []


def test_the_service_needs_a_part_of_the_lock() -> None:
    found = packages.of_service(LOCKED, {"flask", "pyproj"})
    assert {"flask", "pyproj", "werkzeug", "markupsafe", "certifi"} <= set(found)
    assert {"pytest", "numpy", "uv"} & set(found) == set()


def test_node_can_be_left_out() -> None:
    assert NODE in LOCKED


def test_the_python_lock_names_no_address() -> None:
    assert not re.search(r"://|--(extra-)?index|--find-links", LOCK.read_text("utf-8"))


def test_the_npm_lock_names_no_address_and_has_hashes() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    fetched = {name: row for name, row in packages.items() if name}
    assert fetched
    assert [name for name, row in fetched.items() if "resolved" in row] == []
    assert all(row["integrity"].startswith("sha512-") for row in fetched.values())


def test_uv_installs_all_but_node_and_pip_only_uv_and_the_project(calls: Callable[..., list[Call]]) -> None:
    noted = calls()
    install_packages()
    assert [call.program for call in noted] == ["pip", "uv", "pip"]
    assert [call.wanted for call in noted] == [{INSTALLER}, set(LOCKED) - {NODE}, {EDITABLE}]


def test_uv_installs_into_this_python(calls: Callable[..., list[Call]]) -> None:
    noted = calls()
    install_packages()
    arguments = noted[1].arguments
    assert Path(arguments[0]).parent == Path(sys.executable).parent
    assert arguments[arguments.index("--python") + 1] == sys.executable


def test_where_uv_cannot_pip_installs_the_same(
    calls: Callable[..., list[Call]], capsys: pytest.CaptureFixture[str]
) -> None:
    noted = calls("uv")
    install_packages()
    assert [call.program for call in noted] == ["pip", "uv", "pip", "pip"]
    assert noted[2].wanted == noted[1].wanted
    assert noted[3].wanted == {EDITABLE}
    assert "exit status 2; trying with pip" in capsys.readouterr().err


def test_where_neither_can_the_set_up_ends(calls: Callable[..., list[Call]]) -> None:
    noted = calls("uv", "pip")
    with pytest.raises(SetUpError, match="locked packages could not be installed: exit status 2"):
        install_packages()
    assert [call.program for call in noted] == ["pip", "uv", "pip"]


def test_whatever_installs_from_the_lock_is_held_to_hashes_and_wheels(calls: Callable[..., list[Call]]) -> None:
    noted = calls("uv")
    install_packages()
    install_node()
    assert noted[-1].wanted == {NODE}
    for call in noted:
        if EDITABLE not in call.wanted:
            assert {"--require-hashes", "--only-binary=:all:"} <= set(call.arguments)

"""The locks: complete, held to hashes, and free of addresses."""

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement

from webapp.setup import ROOT
from webapp.setup.packages import LOCK, NODE, read_lock

LOCKED = read_lock(LOCK.read_text("utf-8"))


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


@pytest.mark.parametrize("requirement", declared(), ids=lambda requirement: requirement.name)
def test_the_lock_holds_what_is_declared(requirement: Requirement) -> None:
    versions = re.findall(r"^[^\s=]+==([^\s;]+)", LOCKED[requirement.name], flags=re.MULTILINE)
    assert versions
    assert all(requirement.specifier.contains(version) for version in versions)


def test_every_locked_package_has_hashes() -> None:
    assert [name for name, row in LOCKED.items() if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", row)] == []


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

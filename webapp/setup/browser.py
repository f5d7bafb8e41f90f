"""A Chromium for the tests: one that is there, else one that can be had."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from webapp.setup import SetUpError, in_ci, run

INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser(environ: Mapping[str, str] = os.environ) -> Path | None:
    """A Chromium that runs: the one that ``CHROMIUM`` names, one on the path, or Playwright's own.

    Raises SetUpError where ``CHROMIUM`` names something that does not run.
    """
    named = environ.get("CHROMIUM")
    if named:
        return _running(shutil.which(named)) or _refuse(named)
    on_path = (_running(shutil.which(name, path=environ.get("PATH"))) for name in INSTALLED)
    return next((path for path in on_path if path), None) or _running(_playwrights_own())


def provide_browser() -> None:
    """Find a Chromium or install one, and say which; without one, say what follows from that.

    Raises SetUpError in CI where there is none.
    """
    found = find_browser()
    if not found:
        try:
            install_browser()
            found = find_browser()
        except SetUpError as error:
            print(error, file=sys.stderr)
    if found:
        print(f"Chromium: {found}")
    elif in_ci():
        raise SetUpError("no Chromium could be had, and in CI the browser tests may not be skipped")
    else:
        print("No Chromium could be had: the browser tests will be skipped. Install one, or name it in CHROMIUM.")


def install_browser() -> None:
    """Install Debian's Chromium as root on Debian, else Playwright's own. Raises SetUpError where that fails."""
    with_apt = os.geteuid() == 0 and shutil.which("apt-get") is not None
    if with_apt and _is_debian():
        run(["apt-get", "update", "-qq"], "apt-get could not read its lists")
        run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
            "apt-get could not install chromium",
        )
    else:
        options = ["--with-deps"] if with_apt else []
        run(
            [sys.executable, "-m", "playwright", "install", *options, "chromium"],
            "Playwright could not fetch its Chromium",
        )


def _is_debian() -> bool:
    try:
        return "ID=debian" in Path("/etc/os-release").read_text("utf-8").splitlines()
    except OSError:
        return False


def _playwrights_own() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _running(path: str | None) -> Path | None:
    """`path` if it starts: a name on the path may be a stub that only says how to install the real one."""
    if path is None:
        return None
    try:
        subprocess.run([path, "--version"], capture_output=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return None
    return Path(path)


def _refuse(named: str) -> Path:
    raise SetUpError(f"CHROMIUM names {named}, which does not run; name a Chromium or leave it empty")

"""What the tests of the page of images share: opening it, waiting for its preview, running its command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROPOSAL, DAY = "us-28-points", "2025-11-20"
PAGE = f"/en/images/{PROPOSAL}"
READY = "document.querySelector('[data-kit]').dataset.shown === 'ready'"


def open_kit(page: Page, path: str = PAGE) -> None:
    """Open the page with all that is folded, and wait for its preview."""
    page.goto(path)
    page.wait_for_function(f"() => {READY}")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def wait_for(page: Page, name: str, value: str | None) -> None:
    """Wait until the preview that is shown is of this value of an option, and is there."""
    wanted = "null" if value is None else repr(value)
    page.wait_for_function(
        f"() => {READY} && new URL(document.getElementById('kit-preview').src).searchParams.get('{name}') === {wanted}"
    )
    assert page.evaluate("document.getElementById('kit-preview').naturalWidth") > 100


def command_of(page: Page) -> str:
    return page.get_by_role("textbox", name="Command line").input_value()


def run_command(command: str, folder: Path) -> None:
    """Run a command as a shell does."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["sh", "-c", command], cwd=folder, env={**os.environ, "PATH": path}, check=True)

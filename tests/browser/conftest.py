"""A real Chromium for the tests of pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import skip_unless_ci
from webapp.setup.assets import VENDOR
from webapp.setup.browser import find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium, started once; each test opens its own context."""
    found = find_browser()
    if found is None:
        skip_unless_ci("no Chromium; `make browser` installs one, CHROMIUM names one")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=found,
            args=list(OPTIONS),
            env={**os.environ, "XDG_DATA_HOME": str(fonts_for_pages(tmp_path_factory.mktemp("data")))},
        )
        yield started
        started.close()


def fonts_for_pages(data: Path) -> Path:
    """A data folder whose fonts are the project's: pages use the system's, and a bare system has no Chinese one."""
    (data / "fonts").symlink_to(VENDOR / "fonts")
    return data

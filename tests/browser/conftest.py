"""A real Chromium for the tests of pages."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.browser.opening import DRAWN, WIDE, ContextOf, Opener
from tests.conftest import skip_unless_ci
from webapp.setup.assets import VENDOR
from webapp.setup.browser import find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

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
    """Chromium, started once."""
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


@pytest.fixture(scope="session")
def context_of(browser: Browser, live_server: str) -> ContextOf:
    """The context of some options, the same for all tests, which open pages of their own in it.

    What one page has fetched is there for the next, as is its process, which takes a half off it. Pages leave nothing
    else, as ``tests/browser/test_sharing.py`` shows.
    """

    @functools.cache
    def open_one(**options: Any) -> BrowserContext:
        context = browser.new_context(**options)
        context.new_page().goto(f"{live_server}/healthz")  # with the last page of a context its cache goes
        return context

    return open_one


@pytest.fixture
def open_page(context_of: ContextOf, live_server: str) -> Iterator[Opener]:
    """Open an address; at the end no page may have had an error or asked another host for anything.

    Errors in the console are expected of a page that is opened as ``failing``.
    """
    opened: list[Page] = []
    errors: list[str] = []
    hosts: set[str] = set()

    def open_one(
        address: str,
        size: tuple[int, int] = WIDE,
        *,
        scripts: bool = True,
        drawn: bool = True,
        failing: bool = False,
        **more: Any,  # of the browser's context, such as has_touch
    ) -> Page:
        width, height = size
        page = context_of(java_script_enabled=scripts, **more).new_page()
        opened.append(page)
        page.set_viewport_size({"width": width, "height": height})
        if not failing:
            page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
        page.goto(live_server + address)
        if scripts and drawn:
            page.wait_for_selector(DRAWN, timeout=15_000)
        return page

    yield open_one
    for page in opened:
        page.close()
    assert not errors
    assert hosts <= {urlsplit(live_server).netloc}


def fonts_for_pages(data: Path) -> Path:
    """A data folder whose fonts are the project's: pages use the system's, and a bare system has no Chinese one."""
    (data / "fonts").symlink_to(VENDOR / "fonts")
    return data

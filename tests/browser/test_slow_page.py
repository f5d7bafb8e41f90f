"""A page whose end is long in coming: the map is there before it, and what is asked of it meanwhile is done then."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from tests.browser.opening import WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ZONE = "donetsk-buffer"
CUTS = {  # what of each page is read at once: all up to here, the map's scripts with it
    "/en/map/us-28-points": b'<p class="credit"',
    "/embed/en/us-28-points": b'<div hidden data-follows="zones">',
}


class Halting(ThreadingHTTPServer):
    """A proxy in front of the service that keeps back the end of pages until it is told to go on."""

    daemon_threads = True

    def __init__(self, service: str) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.service = service
        self.go_on = threading.Event()


class Passing(BaseHTTPRequestHandler):
    server: Halting

    def do_GET(self) -> None:
        with urlopen(self.server.service + self.path) as answer:
            body = answer.read()
            kept = answer.headers["Content-Type"]
        self.send_response(200)
        self.send_header("Content-Type", kept)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        first, cut, rest = body.partition(CUTS.get(self.path, b"\0"))
        self.wfile.write(first)
        if cut:
            self.server.go_on.wait(30)
            self.wfile.write(cut + rest)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def halting(live_server: str) -> Iterator[Halting]:
    server = Halting(live_server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.go_on.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser, halting: Halting) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": WIDE[0], "height": WIDE[1]}, base_url=f"http://127.0.0.1:{halting.server_port}"
    )
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert wrong == []


@pytest.mark.sweep(1)
@pytest.mark.parametrize("path", CUTS)
def test_zones_are_drawn_and_one_opens_once_its_words_are_there(page: Page, halting: Halting, path: str) -> None:
    page.goto(path, wait_until="commit")
    page.wait_for_selector(".folium-map[data-shaped]")
    assert page.locator(f"#zone-{ZONE}").count() == 0
    page.locator(f"[data-zone-shape={ZONE}]").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert page.locator("[data-panel]:visible").count() == 0
    halting.go_on.set()
    page.locator("[data-panel] h3").wait_for(state="visible")
    page.wait_for_selector(".folium-map[data-drawn]")
    assert page.locator(f"[data-zone-shape={ZONE}]").get_attribute("aria-pressed") == "true"


@pytest.mark.sweep(1)
@pytest.mark.parametrize("path", CUTS)
def test_a_day_that_is_chosen_early_is_shown_then(page: Page, halting: Halting, path: str) -> None:
    page.goto(path, wait_until="commit")
    page.wait_for_selector(".folium-map[data-shaped]")
    page.locator("[data-dates] input[type=range]").focus()
    page.keyboard.press("Home")
    halting.go_on.set()
    page.wait_for_selector(".folium-map[data-day='2024-08-01']")
    assert page.locator("[data-dates] input[type=range]").input_value() == "0"
    page.wait_for_function("() => location.search.includes('as_of=2024-08-01')")

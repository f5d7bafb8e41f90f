"""Pages and frames in a real Chromium: nothing from other hosts, nothing that the policy stops, frames that fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.words import LANGUAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

US, OTHER = "us-28-points", "ukraine-20-points"
TABS = ("map", "areas", "timeline", "points", "images")
PAGES = (
    *(f"/{lang}/" for lang in LANGUAGES),
    *(f"/{lang}/{tab}/{US}" for lang, tab in zip(cycle(LANGUAGES), TABS, strict=False)),
    *(f"/embed/{lang}/{id}" for lang, id in zip(LANGUAGES[1:], (US, OTHER), strict=True)),
)  # languages take turns, which load the same files but for the texts of scripts
ERRORS = ("/en/map/nope", f"/uk/areas/{US}?as_of=1999-01-01", "/fr/", "/embed/en/nope", f"/en/images/{US}?size=1x1")
FILES = (f"/images/{US}/2025-11-20.svg", f"/timelines/{US}.svg", "/static/icon.svg")
SIZES = ((1280, 900), (768, 1024), (390, 844))
Watcher = Callable[..., "Page"]
Framer = Callable[..., "Page"]


@pytest.fixture
def watched(browser: Browser, live_server: str) -> Iterator[Watcher]:
    """Open an address; at the end no page may have been stopped, warned or answered by another host."""
    contexts, said, hosts = [], [], set()

    def open_one(address: str, size: tuple[int, int] = SIZES[0]) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, base_url=live_server)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
        page.goto(address, wait_until="load")
        return page

    yield open_one
    kept = [(context.cookies(), context.storage_state()["origins"]) for context in contexts]
    for context in contexts:
        context.close()
    failed = "Failed to load resource"  # Chromium says so of every page that answers 404
    assert [words for words in said if failed not in words] == []
    assert hosts <= {urlsplit(live_server).netloc}
    assert kept == [([], [])] * len(contexts)


@pytest.mark.slow
def test_a_page_asks_its_own_host_alone_and_nothing_in_it_is_stopped(watched: Watcher) -> None:
    page = watched(PAGES[0])
    for address in (*PAGES, *ERRORS, *FILES):
        page.goto(address)
        if "/map/us" in address or ("/embed/" in address and "nope" not in address):
            page.wait_for_selector(".folium-map[data-drawn]", timeout=15_000)


@pytest.mark.sweep(1)
@pytest.mark.smoke
@pytest.mark.parametrize("size", [*SIZES, (320, 320)])
def test_an_embed_fits_its_frame(watched: Watcher, size: tuple[int, int]) -> None:
    page = watched(f"/embed/uk/{US}", size)
    page.wait_for_selector(".folium-map[data-drawn]")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    frame = page.locator(".folium-map").bounding_box()
    assert frame is not None
    assert frame["height"] >= 200
    if size[0] > 600:
        assert page.evaluate("document.documentElement.scrollHeight") == size[1]
        assert frame["height"] > size[1] / 2


@pytest.fixture
def framed(browser: Browser, live_server: str) -> Iterator[Framer]:
    """Open a page of another site with a frame of ours and the script that sizes it."""
    page = browser.new_page()
    with another_site() as (address, pages):

        def open_one(width: int, path: str = f"/embed/en/{US}") -> Page:
            page.set_viewport_size({"width": width, "height": 900})
            pages["/"] = (
                f"<!doctype html><title>x</title><body style='margin:0'><script src='{live_server}/static/frame.js'>"
                f"</script><iframe src='{live_server}{path}' style='width:100%;height:640px;border:0'></iframe>"
            )
            page.goto(address)
            return page

        yield open_one
        page.close()


@contextmanager
def another_site() -> Iterator[tuple[str, dict[str, str]]]:
    """A server of pages by their path on a free port, which makes it another site than ours."""
    pages: dict[str, str] = {}

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path in pages else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(pages.get(self.path, "").encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", pages
    server.shutdown()
    server.server_close()


@pytest.mark.sweep(1)
@pytest.mark.parametrize("width", [1200, 600, 340])
def test_a_frame_gets_the_height_that_its_map_asks_for(framed: Framer, width: int) -> None:
    page = framed(width)
    page.wait_for_function("document.querySelector('iframe').style.height !== '640px'")
    page.frames[1].wait_for_selector(".folium-map[data-drawn]")
    page.wait_for_timeout(300)
    height = page.evaluate("parseFloat(document.querySelector('iframe').style.height)")
    inside = page.frames[1].evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert 320 <= height <= 1200
    assert inside == [height, height], "nothing is cut off, and nothing grows again and again"


def test_only_frames_of_ours_are_sized_and_only_by_a_number(framed: Framer) -> None:
    page = framed(600)
    page.wait_for_function("document.querySelector('iframe').style.height !== '640px'")
    before = page.evaluate("document.querySelector('iframe').style.height")
    for data in ("{clausemap: {height: 999}}", "{clausemap: {height: '1px;color:red'}}", "null", "'x'"):
        page.evaluate(f"window.postMessage({data}, '*')")
    page.wait_for_timeout(200)
    assert page.evaluate("document.querySelector('iframe').style.height") == before


def test_opening_a_zone_never_scrolls_the_page_around_its_frame(framed: Framer) -> None:
    page = framed(600)
    page.frames[1].wait_for_selector(".folium-map[data-drawn]")
    page.evaluate("document.body.style.padding = '700px 0 900px'")
    page.evaluate("scrollTo(0, 350)")  # half of the frame is in the window
    link = page.frames[1].locator("[data-zone-shape='donetsk-buffer']").first
    link.evaluate("shape => shape.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))")
    page.frames[1].locator("[data-panel]").wait_for(state="visible")
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") == 350
    page.frames[1].locator("[data-close]").evaluate("button => button.click()")
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") == 350


@pytest.mark.sweep(1)
@pytest.mark.parametrize("path", [f"/en/map/{US}", "/en/", f"/images/{US}/2025-11-20.svg"])
def test_nothing_else_can_be_framed(framed: Framer, path: str) -> None:
    page = framed(600, path)
    page.wait_for_timeout(500)
    assert page.frames[1].url.startswith("chrome-error:")

"""The script that sizes frames, in pages of other sites: wherever it was loaded from, and for no frame of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from webapp.static_files import FOLDERS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

SITE, OURS, THIRD = "https://site.example", "https://maps.example", "https://third.example"
FRAME_JS, EMBED_JS = (FOLDERS[""].joinpath(name).read_text("utf-8") for name in ("frame.js", "embed.js"))
MODULE = f"<script type='module'>{EMBED_JS}</script>"
EMBED = f"<!doctype html><body style='margin:0'><div style='height:700px'></div>{MODULE}"
FRAME = f"<iframe src='{OURS}/maps/embed/en/us-28-points' style='height:640px'></iframe>"
BOXED = FRAME.replace(" style", " sandbox='allow-scripts' style")
BOXED_AS_ITSELF = BOXED.replace("-scripts", "-scripts allow-same-origin")
SIZED = "document.querySelector('iframe').style.height === '700px'"
LOADED = {
    "by its own address": f"<script src='{OURS}/maps/static/frame.js' async></script>{FRAME}",
    "behind the frame": f"{FRAME}<script src='{OURS}/maps/static/frame.js' async></script>",
    "in a bundle of the site": f"<script src='/all.js'></script>{FRAME}",
    "from a cache of a third site": f"<script src='{THIRD}/cache/abc.js'></script>{FRAME}",
    "inlined": f"<script>{FRAME_JS}</script>{FRAME}",
    "in a file that ends without a semicolon": f"<script>var before = 1\n{FRAME_JS}</script>{FRAME}",
    "inlined on one line": f"<script>{FRAME_JS.replace(chr(10), ' ')}</script>{FRAME}",
    "for a sandbox without an origin": f"<script>{FRAME_JS}</script>{BOXED}",
    "for a sandbox with its origin": f"<script>{FRAME_JS}</script>{BOXED_AS_ITSELF}",
    "as a module": f"<script type='module' src='/all.js'></script>{FRAME}",
    "twice": f"<script src='/all.js'></script><script>{FRAME_JS}</script>{FRAME}",
}
Opener = Callable[[str], "Page"]


@pytest.fixture
def open_site(browser: Browser) -> Iterator[Opener]:
    """Open a page of another site that holds some markup; scripts and frames are those that are named here."""
    context = browser.new_context()
    errors: list[str] = []
    shown: dict[str, str] = {}

    def answer(route: Route) -> None:
        url = route.request.url
        if url.endswith(".js"):
            route.fulfill(body=f"var before = 1;\n{FRAME_JS}", content_type="text/javascript")
        else:
            page = shown["page"] if url == f"{SITE}/" else EMBED
            route.fulfill(body=page, content_type="text/html; charset=utf-8")

    def open_one(markup: str) -> Page:
        shown["page"] = f"<!doctype html><title>Site</title><body>{markup}"
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{SITE}/")
        return page

    context.route("**/*", answer)
    yield open_one
    context.close()
    assert errors == []


@pytest.mark.sweep(1)
@pytest.mark.parametrize("how", LOADED)
def test_the_frame_is_sized_wherever_the_script_was_loaded_from(open_site: Opener, how: str) -> None:
    open_site(LOADED[how]).wait_for_function(SIZED, timeout=5_000)


def test_a_script_that_comes_late_asks_the_frame_again(open_site: Opener) -> None:
    page = open_site(FRAME)
    page.frames[1].wait_for_function("document.readyState === 'complete'")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.add_script_tag(content=FRAME_JS)
    page.wait_for_function(SIZED, timeout=5_000)


def test_each_frame_is_sized_by_its_own_map(open_site: Opener) -> None:
    other = f"<iframe src='{THIRD}/embed/uk/us-28-points' style='height:640px'></iframe>"
    page = open_site(f"<iframe style='height:111px'></iframe>{FRAME}{other}<script>{FRAME_JS}</script>")
    heights = "[...document.querySelectorAll('iframe')].map(frame => frame.style.height).join()"
    page.wait_for_function(f"{heights} === '111px,700px,700px'", timeout=5_000)
    page.frames[3].evaluate("parent.postMessage({clausemap: {height: 500}}, '*')")
    page.wait_for_function(f"{heights} === '111px,700px,500px'", timeout=5_000)


def test_a_frame_that_went_to_another_site_is_left_alone(open_site: Opener) -> None:
    page = open_site(f"<script>{FRAME_JS}</script>{FRAME}")
    page.wait_for_function(SIZED, timeout=5_000)
    page.frames[1].goto(f"{THIRD}/elsewhere")
    for height in ("900", "'1px'", "NaN", "1e99"):
        page.frames[1].evaluate(f"parent.postMessage({{clausemap: {{height: {height}}}}}, '*')")
    page.evaluate("new Promise(done => { onmessage = done; postMessage({clausemap: {height: 900}}, '*'); })")
    assert page.evaluate(SIZED)


def test_a_height_stays_within_bounds(open_site: Opener) -> None:
    page = open_site(f"<script>{FRAME_JS}</script>{FRAME}")
    page.wait_for_function(SIZED, timeout=5_000)
    for asked, given in (("1", "320px"), ("99999", "1600px")):
        page.frames[1].evaluate(f"parent.postMessage({{clausemap: {{height: {asked}}}}}, '*')")
        page.wait_for_function(f"document.querySelector('iframe').style.height === '{given}'", timeout=5_000)

"""A published copy in a browser: from a disk without a server, from any folder of a plain one, and from nginx."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.opening import DRAWN, PHONE, WIDE, edition, open_zone
from tests.documentation.pages import blocks
from tests.documentation.pages import page as documentation
from tests.nginx import nginx_server
from tests.words import LANGUAGES
from webapp.jobs.pool import RUNNING
from webapp.publishing.checking import check_copy
from webapp.publishing.links import Links
from webapp.publishing.making import Copy, Made, make_file, response_body
from webapp.publishing.publish import publish

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

BELOW = "some/where/maps"
NEWEST = edition("us-28-points", "latest").as_of
PAGES = ("", "proposals", "areas/us-28-points", "timeline/us-28-points", "points/us-28-points", "images/us-28-points")
HOSTS = ("disk", "plain", "nginx")
DRAWING = re.compile(r"/(?:images|timelines)/.*\.(svg|png|pdf)")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder below others that holds a copy of one proposal, made in this process.

    The first drawing of a form stands for all: what drawings show is for tests of images, and processes are for
    ``tests/webapp/publishing``.
    """
    place, drawn = tmp_path_factory.mktemp("copy"), dict[str, tuple[bytes, str]]()

    def drawn_once(copy: Copy, address: str) -> tuple[bytes, str]:
        form = DRAWING.match(address)
        if form is None:
            return response_body(copy, address)
        if form[1] not in drawn:
            drawn[form[1]] = response_body(copy, address)
        return drawn[form[1]]

    def made_here(copy: Copy, links: Links, parts: list[list[str]], folder: Path) -> Iterator[Made]:
        yield from (make_file(copy, address, links, folder) for part in parts for address in part)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("webapp.publishing.making.response_body", drawn_once)
        patch.setattr("webapp.publishing.publish._make_in_pool", made_here)
        patch.setattr(RUNNING, "here", True)
        publish(Copy(proposals=("us-28-points",), every_shape=False), place / BELOW)
    return place


@pytest.fixture(scope="module")
def plain(copy: Path) -> Iterator[str]:
    """The address of the copy on a server that knows nothing but files."""
    handler = functools.partial(Quiet, directory=str(copy))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{BELOW}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def nginx(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the copy on nginx with the lines of the documentation."""
    lines = next(block for block in blocks("nginx", documentation("publishing.md")) if "try_files" in block)
    with nginx_server(lines, copy / BELOW, tmp_path_factory.mktemp("nginx")) as address:
        yield address


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server that says nothing of requests."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(params=HOSTS)
def host(request: pytest.FixtureRequest, copy: Path) -> str:
    """Where the copy is: a folder of a disk, or the address of a server."""
    return f"file://{copy / BELOW}" if request.param == "disk" else request.getfixturevalue(request.param)


@contextmanager
def opened(browser: Browser, address: str, size: tuple[int, int] = WIDE, locale: str = "en") -> Iterator[Page]:
    """A page without errors that asks for nothing outside of the copy."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale=locale)
    shown, errors = context.new_page(), []
    shown.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    shown.on("pageerror", lambda error: errors.append(str(error)))
    shown.on("requestfailed", lambda request: errors.append(request.url) if "favicon" not in request.url else None)
    shown.goto(address)
    yield shown
    context.close()
    assert [error for error in errors if "net::ERR_ABORTED" not in error] == []


@pytest.mark.wide
def test_every_link_leads_somewhere(copy: Path) -> None:
    walked = check_copy(copy / BELOW)
    assert walked.problems == []
    assert walked.pages > 100
    assert walked.links > 5_000


@pytest.mark.sweep(2)
@pytest.mark.parametrize(("host", "size"), [("disk", PHONE), ("plain", WIDE), ("nginx", PHONE)], indirect=["host"])
def test_a_map_opens_a_zone_changes_its_date_and_finds_a_place(
    browser: Browser, host: str, size: tuple[int, int]
) -> None:
    with opened(browser, f"{host}/en/map/us-28-points.html", size) as page:
        page.wait_for_selector(DRAWN)
        open_zone(page, "donetsk-buffer")
        assert "21d" in page.locator("[data-panel-body]").inner_text()
        page.keyboard.press("Escape")
        page.locator("[data-dates] [data-step='1']").click()
        page.wait_for_selector(f".folium-map[data-day='{NEWEST}']")
        assert NEWEST[:4] in page.locator("[data-follows=badge]").inner_text()
        page.locator("[data-search]").click()
        page.locator("[data-search]").press_sequentially("Kramatorsk")
        page.locator("[data-search-list] [role=option]").first.click()
        page.locator("[data-place-answer] p").first.wait_for()
        assert "Kramatorsk" in page.locator("[data-place-answer]").inner_text()


@pytest.mark.sweep(1)
def test_two_dates_are_compared(browser: Browser, host: str) -> None:
    with opened(browser, f"{host}/en/map/us-28-points.html") as page:
        page.wait_for_selector(DRAWN)
        page.locator("[data-tool=changes]").click()
        page.locator("[data-other-day]").select_option(NEWEST)
        page.locator("[data-changes-result]").wait_for()
        assert page.locator("[data-changes-rows] tr").count() > 3


@pytest.mark.sweep(1)
@pytest.mark.parametrize(("host", "size"), [("disk", PHONE), ("disk", WIDE), ("plain", WIDE)], indirect=["host"])
def test_a_comparison_has_its_maps_its_table_and_says_what_it_lacks(
    browser: Browser, host: str, size: tuple[int, int]
) -> None:
    with opened(browser, f"{host}/en/compare.html", size) as page:
        page.wait_for_selector("[data-compare][data-drawn]")
        assert page.locator(".pane path.difference").count() == 2
        assert page.locator(".pane .town").count() > 2
        page.locator("#divide").focus()
        page.keyboard.press("End")
        assert "100%" in (page.locator("[data-panes]").get_attribute("style") or "")
        page.get_by_role("button", name="Side by side").click()
        assert "beside" in (page.locator("[data-panes]").get_attribute("class") or "")
        assert page.locator("#differing-heading ~ table tbody tr").count() > 2
        page.locator(".every summary").click()
        rows = page.locator(".every tbody tr")
        page.locator(".every thead th.figure button").first.click()
        figures = [float(one.get_attribute("data-value") or "") for one in rows.locator("[data-value]").all()]
        assert figures == sorted(figures, reverse=True)
        assert "others need the service" in page.locator("main").inner_text()
        assert page.locator("form").count() == 0


@pytest.mark.sweep(1)
def test_an_address_with_a_date_shows_that_date(browser: Browser, host: str) -> None:
    with opened(browser, f"{host}/en/map/us-28-points.html?as_of={NEWEST}&zone=crimea") as page:
        page.wait_for_selector(f"{DRAWN}[data-day='{NEWEST}']")
        page.locator("[data-panel]").wait_for()
        assert f"us-28-points_{NEWEST}.html" in page.url
    with opened(browser, f"{host}/en/areas/us-28-points.html") as page:
        page.locator("form.day select").select_option(NEWEST)
        page.locator("form.day button").click()
        page.wait_for_url(f"**/us-28-points_{NEWEST}.html?*")


@pytest.mark.sweep(1)
def test_the_first_page_leads_to_the_language_of_the_reader(browser: Browser, host: str) -> None:
    for locale, tag in {"uk-UA": "uk", "zh-TW": "zh-Hant", "fr-FR": "en"}.items():
        with opened(browser, f"{host}/index.html", locale=locale) as page:
            page.wait_for_url(f"**/{tag}/index.html")


@pytest.mark.sweep(2)
@pytest.mark.parametrize(("host", "first"), [*zip(HOSTS, range(len(HOSTS)), strict=True)], indirect=["host"])
def test_every_page_is_whole(browser: Browser, host: str, first: int) -> None:
    """Languages take turns from page to page, so that each page is looked at in each of them on some host."""
    for name, lang in zip(PAGES, islice(cycle(LANGUAGES), first, None), strict=False):
        with opened(browser, f"{host}/{lang}/{name or 'index'}.html") as page:
            assert page.locator("h1").count() == 1
            page.wait_for_load_state("load")
            assert page.evaluate("[...document.images].filter(one => one.complete && !one.naturalWidth).length") == 0
            assert "clausemap serve" in page.locator("footer.site").inner_text()


@pytest.mark.sweep(1)
@pytest.mark.parametrize("theme", ["", "_theme-dark"])
def test_an_embed_draws_and_reports_its_height(browser: Browser, host: str, theme: str) -> None:
    with opened(browser, f"{host}/embed/en/us-28-points{theme}.html", (700, 600)) as page:
        page.wait_for_selector(DRAWN)
        assert page.locator("[data-zone-shape]").count() > 5


def test_nginx_takes_the_addresses_of_the_service(browser: Browser, nginx: str) -> None:
    with opened(browser, f"{nginx}/en/map/us-28-points?as_of={NEWEST}") as page:
        page.wait_for_selector(f"{DRAWN}[data-day='{NEWEST}']")
        assert page.request.get(f"{nginx}/en/").status == 200
        squared = page.request.get(f"{nginx}/display/ground.geojson", headers={"Accept-Encoding": "gzip"})
        assert squared.headers["content-encoding"] == "gzip"
        assert squared.headers["access-control-allow-origin"] == "*"
        assert squared.headers["content-type"].startswith("application/geo+json")

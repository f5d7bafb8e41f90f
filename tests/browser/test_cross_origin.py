"""A page of another origin, in a real browser: it asks again with an ETag, reads parts of files, and reads errors."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LAYER = "/layers/ukraine-20-points/latest.geojson"
FETCH = """async ({ url, headers }) => {
  const answer = await fetch(url, { headers, cache: "no-store" });
  const body = await answer.text();
  const told = name => answer.headers.get(name);
  return { status: answer.status, etag: told("ETag"), version: told("X-Data-Version"), range: told("Content-Range"),
           length: body.length, start: body.slice(0, 10), detail: answer.ok ? "" : body };
}"""


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that says nothing."""

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture
def other_origin(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page of another host and port than the service's."""
    (tmp_path / "index.html").write_text("<!doctype html><title>Other</title>")
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"http://localhost:{server.server_port}/")
        yield page
        context.close()
        server.shutdown()


def fetched(page: Page, url: str, **headers: str) -> dict[str, Any]:
    """What a script of the page reads of an answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return dict(page.evaluate(FETCH, {"url": url, "headers": named}))


def test_a_script_of_another_site_reads_the_etag_and_asks_with_it(other_origin: Page, live_server: str) -> None:
    url = live_server + LAYER
    first = fetched(other_origin, url)
    assert first["status"] == 200
    assert first["etag"].startswith('"')
    assert first["version"]
    again = fetched(other_origin, url, If_None_Match=first["etag"])
    assert (again["status"], again["etag"], again["length"]) == (304, first["etag"], 0)
    other = fetched(other_origin, url, If_None_Match='"other"')
    assert (other["status"], other["etag"], other["length"]) == (200, first["etag"], first["length"])


def test_a_script_of_another_site_reads_a_part(other_origin: Page, live_server: str) -> None:
    found = fetched(other_origin, live_server + LAYER, Range="bytes=1-6")
    assert (found["status"], found["start"]) == (206, '"type"')
    assert found["range"].startswith("bytes 1-6/")


@pytest.mark.sweep(1)
@pytest.mark.parametrize("path", ["/layers/nope/latest.geojson", "/layers/nope", "/images/us-28-points/latest.gif"])
def test_a_script_of_another_site_reads_why_nothing_is_there(other_origin: Page, live_server: str, path: str) -> None:
    for headers in ({}, {"If_None_Match": '"x"'}, {"X_Of_Ours": "1"}):
        found = fetched(other_origin, live_server + path, **headers)
        assert found["status"] == 404
        assert '"known"' in found["detail"]

"""Every page of the service, for tests that hold all of them to something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

PROPOSAL = "us-28-points"
DRAWN = ".folium-map[data-drawn]"
DESK, TABLET, PHONE = (1280, 900), (768, 1024), (390, 844)
SCHEMES = ("light", "dark")
EMPTY = '<svg xmlns="http://www.w3.org/2000/svg"/>'


@dataclass(frozen=True)
class Address:
    """Where a page is, what is there when it is ready, and the status that it answers with."""

    path: str
    ready: str = "main"
    status: int = 200

    def open(self, page: Page, lang: str, query: str = "") -> None:
        """Go there in a language and wait until it is ready."""
        answer = page.goto(self.path.format(lang=lang) + query)
        assert answer is not None
        assert answer.status == self.status
        page.wait_for_selector(self.ready, timeout=30_000)


def leave_pictures_out(context: BrowserContext) -> None:
    """Have an empty picture stand for each of the page of proposals, which takes a second to draw; their room stays."""
    context.route("**/images/*/*.svg?*", lambda route: route.fulfill(content_type="image/svg+xml", body=EMPTY))


PAGES = {
    "home": Address("/{lang}/"),
    "proposals": Address("/{lang}/proposals"),
    "corrections": Address("/{lang}/corrections"),
    "draw": Address("/{lang}/draw", "[data-draw][data-ready]"),
    "map": Address(f"/{{lang}}/map/{PROPOSAL}", DRAWN),
    "compare": Address("/{lang}/compare?left=us-28-points&right=ukraine-20-points", "[data-compare][data-drawn]"),
    "overview": Address("/{lang}/proposals-compared"),
    "line_since": Address(f"/{{lang}}/line-since/{PROPOSAL}"),
    "areas": Address(f"/{{lang}}/areas/{PROPOSAL}"),
    "timeline": Address(f"/{{lang}}/timeline/{PROPOSAL}"),
    "points": Address(f"/{{lang}}/points/{PROPOSAL}"),
    "images": Address(f"/{{lang}}/images/{PROPOSAL}", "[data-kit][data-shown=ready]"),
    "embed": Address(f"/embed/{{lang}}/{PROPOSAL}", DRAWN),
    "error": Address("/{lang}/map/nothing", status=404),
}

"""``/robots.txt`` and ``/sitemap.xml``: what search engines read first."""

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from flask import Blueprint, Response
from markupsafe import escape

from layers.catalogue.model import Catalogue
from layers.text.languages import LANGUAGES
from webapp.pages.base import TABS
from webapp.responses.prebuilt import BRIEFLY, answer, finish
from webapp.sharing.cards import alternates
from webapp.site import absolute, current_site

blueprint = Blueprint("robots", __name__)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Everything may be read; the list of pages is named where the address of the service is known."""
    listed = f"\nSitemap: {absolute('/sitemap.xml')}\n" if current_site().base_url else ""
    body = f"User-agent: *\nAllow: /\n{listed}".encode()
    return answer(current_site().finished, "robots", lambda: finish(body, "text/plain; charset=utf-8"), BRIEFLY)


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page in every language, each with its other languages."""
    absolute("/")
    site = current_site()
    return answer(
        site.finished, "sitemap", lambda: finish(_sitemap(site.catalogue).encode(), "application/xml"), BRIEFLY
    )


def _sitemap(catalogue: Catalogue) -> str:
    entries = "".join(_entry(path, lang) for path in _paths(catalogue) for lang in LANGUAGES)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{entries}</urlset>\n"
    )


def _paths(catalogue: Catalogue) -> Iterator[str]:
    yield "/"
    yield "/proposals"
    yield from (f"/{tab}/{proposal}" for proposal in catalogue.proposals for tab in TABS)


def _entry(path: str, lang: str) -> str:
    links = alternates(path) | ({"x-default": absolute("/")} if path == "/" else {})
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag}" href={quoteattr(url)}/>' for tag, url in links.items()
    )
    return f"<url><loc>{escape(links[lang])}</loc>{others}</url>\n"

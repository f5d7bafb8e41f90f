"""``/robots.txt`` and ``/sitemap.xml``: what search engines read first."""

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from flask import Blueprint, Response
from markupsafe import escape

from layers.catalogue.model import Catalogue
from webapp.current_request import current_site
from webapp.pages.base import TABS
from webapp.responses.prebuilt import BRIEFLY, finish
from webapp.routes.responding import answer
from webapp.sharing.cards import alternates
from webapp.site import Site

blueprint = Blueprint("robots", __name__)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Everything may be read; the sitemap is named if the URL of the service is known."""
    site = current_site()
    listed = f"\nSitemap: {site.absolute('/sitemap.xml')}\n" if site.base_url else ""
    body = f"User-agent: *\nAllow: /\n{listed}".encode()
    return answer("robots", lambda: finish(body, "text/plain; charset=utf-8"), BRIEFLY)


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page in every language, each with its other languages."""
    site = current_site()
    site.absolute("/")
    return answer("sitemap", lambda: finish(_sitemap(site).encode(), "application/xml"), BRIEFLY)


def _sitemap(site: Site) -> str:
    entries = "".join(_entry(site, path, lang) for path in _paths(site.catalogue) for lang in site.languages.tags)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{entries}</urlset>\n"
    )


def _paths(catalogue: Catalogue) -> Iterator[str]:
    yield "/"
    yield "/proposals"
    yield from (f"/{tab}/{proposal}" for proposal in catalogue.proposals for tab in TABS)


def _entry(site: Site, path: str, lang: str) -> str:
    links = alternates(site, path) | ({"x-default": site.absolute("/")} if path == "/" else {})
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag}" href={quoteattr(url)}/>' for tag, url in links.items()
    )
    return f"<url><loc>{escape(links[lang])}</loc>{others}</url>\n"

"""``/robots.txt``, ``/sitemap.xml`` and ``/.well-known/security.txt``: what programs read first."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import quoteattr

from flask import Blueprint, Response
from markupsafe import escape
from werkzeug.exceptions import NotFound

from layers.catalogue.model import Catalogue
from webapp.comparing.line_since import PATH as LINE_SINCE
from webapp.comparing.line_since import has_line
from webapp.current_request import current_site
from webapp.pages.base import TABS
from webapp.responses.prebuilt import BRIEFLY, finish
from webapp.routes.responding import answer
from webapp.sharing.cards import alternates
from webapp.site import Site

TEXT = "text/plain; charset=utf-8"
DAYS_VALID = 365

blueprint = Blueprint("robots", __name__)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Everything may be read; the sitemap is named if the URL of the service is known."""
    site = current_site()
    listed = f"\nSitemap: {site.absolute('/sitemap.xml')}\n" if site.base_url else ""
    body = f"User-agent: *\nAllow: /\n{listed}".encode()
    return answer("robots", lambda: finish(body, TEXT), BRIEFLY)


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page in every language, each with its other languages."""
    site = current_site()
    site.absolute("/")
    return answer("sitemap", lambda: finish(_sitemap(site).encode(), "application/xml"), BRIEFLY)


@blueprint.get("/.well-known/security.txt")
def security() -> Response:
    """Where faults are reported (RFC 9116), until a year from today; 404 where the operator names no place."""
    site = current_site()
    if not site.report:
        raise NotFound
    expires = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=DAYS_VALID)
    to = site.report.to if ":" in site.report.to else f"mailto:{site.report.to}"
    own = f"Canonical: {site.absolute('/.well-known/security.txt')}\n" if site.base_url else ""
    known = f"Preferred-Languages: {', '.join(site.languages.tags)}"
    body = f"Contact: {to}\nExpires: {expires:%Y-%m-%dT%H:%M:%SZ}\n{known}\n{own}".encode()
    return answer(("security", expires), lambda: finish(body, TEXT), BRIEFLY, settled=False)


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
    yield "/data"
    yield "/corrections"
    yield "/draw"
    yield "/proposals-compared"
    if catalogue.deriver is not None:
        yield "/compare"
        yield from (
            f"{LINE_SINCE}/{name}" for name, one in catalogue.proposals.items() if one.deriver and has_line(one)
        )
    yield from (f"/{tab}/{proposal}" for proposal in catalogue.proposals for tab in TABS)


def _entry(site: Site, path: str, lang: str) -> str:
    links = alternates(site, path) | ({"x-default": site.absolute("/")} if path == "/" else {})
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag}" href={quoteattr(url)}/>' for tag, url in links.items()
    )
    return f"<url><loc>{escape(links[lang])}</loc>{others}</url>\n"

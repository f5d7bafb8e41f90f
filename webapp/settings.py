"""What the operator sets by environment variables: background tiles, the public URL, where errors are reported."""

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from layers.text.languages import installed_languages
from webapp.errors import SetupError

# What the service's own URLs begin with: those for programs, and those for readers.
DATA = (
    "layers", "data", "display", "areas", "towns", "places", "timelines", "changes", "compare", "line-since",
    "corrections", "images", "context", "static", "scripts", "oembed", "ogc", "catalog.json", "catalog.jsonld",
    "healthz", "robots.txt", "sitemap.xml", ".well-known",
)  # fmt: skip


EMBED = "embed"


_BASE_URL = re.compile(r"https?://[^\s/?#\"'<>\\]+(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*")


_REPORT_URL = re.compile(r"https?://[^\s\"'<>\\]+")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True)
class Reporting:
    """Where readers report errors: a mail address, or the URL of a page."""

    to: str

    def link(self, subject: str) -> str:
        """The URL of a link; a mail has the subject."""
        return f"mailto:{self.to}?subject={quote(subject)}" if "@" in self.to and ":" not in self.to else self.to


@dataclass(frozen=True)
class Tiles:
    """Background tiles that an operator chose, with the attribution that their maker requires."""

    url: str
    attribution: str


def read_tiles(environ: Mapping[str, str] = os.environ) -> Tiles | None:
    """Return the operator's tiles, or None. Raises SetupError if only one of URL and attribution is set."""
    url = environ.get("CLAUSEMAP_TILES_URL", "").strip()
    attribution = environ.get("CLAUSEMAP_TILES_ATTRIBUTION", "").strip()
    if not url and not attribution:
        return None
    if not (url and attribution):
        missing = "CLAUSEMAP_TILES_ATTRIBUTION" if url else "CLAUSEMAP_TILES_URL"
        raise SetupError(f"{missing} is not set; tiles need an address and an attribution, or neither")
    if not url.startswith(("https://", "http://", "/")) or not all(part in url for part in ("{z}", "{x}", "{y}")):
        raise SetupError(
            f"CLAUSEMAP_TILES_URL is '{url}'; write it like https://tiles.example.org/{{z}}/{{x}}/{{y}}.png"
        )
    return Tiles(url, attribution)


def read_base_url(environ: Mapping[str, str] = os.environ, languages: Collection[str] | None = None) -> str:
    """Return the public URL of the service, without a trailing slash; empty if the operator has not set it.

    It is never taken from a request, whose Host header anybody can write.

    Parameters
    ----------
    environ
        Environment variables.
    languages
        Tags of the languages, with which the path may not begin; None for the installed ones.

    Raises
    ------
    SetupError
        If the URL cannot be used, or if its path begins like one of the service.
    """
    url = environ.get("CLAUSEMAP_BASE_URL", "").strip()
    if not url:
        return ""
    if not _BASE_URL.fullmatch(url):
        raise SetupError(f"CLAUSEMAP_BASE_URL is '{url}'; write it like https://maps.example.org, no slash at the end")
    first = urlsplit(url).path.split("/")[1:2]
    if first and first[0] in (*DATA, EMBED, *(languages or installed_languages().tags)):
        raise SetupError(f"CLAUSEMAP_BASE_URL is '{url}'; its own addresses begin with /{first[0]}, choose another")
    return url


def read_report(environ: Mapping[str, str] = os.environ) -> Reporting | None:
    """Return where readers report errors, or None. Raises SetupError for what is neither a mail address nor a URL."""
    to = environ.get("CLAUSEMAP_REPORT", "").strip().removeprefix("mailto:")
    if not to:
        return None
    if not (_MAIL.fullmatch(to) or _REPORT_URL.fullmatch(to)):
        raise SetupError(f"CLAUSEMAP_REPORT is '{to}'; write a mail address or a URL like https://example.org/report")
    return Reporting(to)

"""Content security policies: what a page or a file that is opened by itself may load and do."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from webapp.settings import Tiles

PAGE = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}
# A file that is opened by itself: an image may style itself, and nothing runs.
FILE = {"default-src": "'none'", "style-src": "'unsafe-inline'", "img-src": "data:", "base-uri": "'none'"}
# What browsers show a PDF with is not to be stopped: some take a policy for their own viewer.
PDF = {"script-src": "'none'", "base-uri": "'none'"}
OF_TYPE = {"text/html": PAGE, "application/pdf": PDF}
_HOST = re.compile(r"[A-Za-z0-9.-]+(?::\d+)?")


def response_policy(media_type: str, framed: bool, tiles: Tiles | None) -> str:
    """Return the policy of a response.

    Parameters
    ----------
    media_type
        Its media type.
    framed
        Whether other sites may show it in a frame.
    tiles
        The operator's tiles, or None.
    """
    rules = _rules(OF_TYPE.get(media_type, FILE), tiles)
    return _written(rules | {"frame-ancestors": "*" if framed else "'none'"})


def page_policy(tiles: Tiles | None) -> str:
    """Return the policy of a page as its own head can state it, where no server sends headers.

    Who may frame a page cannot be said there.
    """
    return _written(_rules(PAGE, tiles))


def _rules(of_type: Mapping[str, str], tiles: Tiles | None) -> dict[str, str]:
    rules = dict(of_type)
    if tiles and "connect-src" in rules:
        rules["img-src"] += f" data: {_source(tiles.url)}".rstrip()  # Leaflet empties a tile with a data URI
    return rules


def _written(rules: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _source(url: str) -> str:
    """Where tiles come from, as a policy names it; nothing for those of the service itself."""
    parts = urlsplit(url)
    if not parts.netloc:
        return ""
    host = re.sub(r"^[^.]*\{[^.]*", "*", parts.netloc)  # {s}.tiles.example.org
    plain = _HOST.fullmatch(host.removeprefix("*."))
    return f"{parts.scheme}://{host}" if plain else f"{parts.scheme}:"

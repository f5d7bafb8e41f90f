"""``/oembed``: what another site needs to show a map of ours, by https://oembed.com."""

import re
from urllib.parse import parse_qsl, urlsplit

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotImplemented as FormatUnknown

from layers.errors import UnknownError
from layers.files import json_bytes
from layers.products.media_types import JSON
from webapp.context import Context, View, open_view
from webapp.current_request import current_site
from webapp.errors import LimitError, OptionError
from webapp.responses.cache import FinishedCache
from webapp.responses.prebuilt import BRIEFLY, finish, respond
from webapp.sharing.cards import STATE, oembed_answer
from webapp.site import CONTROL

LONGEST = 300  # characters of a part of a map's URL
LARGEST_PX = 10_000
PAGE = "page to embed"
NOT_HELD = FinishedCache(room_bytes=0)
_PATH = re.compile(r"/(?:(?P<lang>[^/]+)/map|embed/(?P<embed>[^/]+))/(?P<id>[^/]+)/?")

blueprint = Blueprint("oembed", __name__)


@blueprint.get("/oembed")
def oembed() -> Response:
    """Respond with the oEmbed data of a map page or an embed of this service; 404 for any other URL, 501 for XML.

    It contains text of the URL, which anybody can write, so it is made each time and never cached.
    """
    if request.args.get("format", "json") != "json":
        raise FormatUnknown("oEmbed answers are JSON here; leave format out, or write format=json")
    width, height = _most("maxwidth"), _most("maxheight")
    view, state = _asked(request.args.get("url", ""))
    body = json_bytes(oembed_answer(view, state, width, height))
    return respond(request, NOT_HELD, "oembed", lambda: finish(body, JSON), BRIEFLY)


def _most(name: str) -> int | None:
    """A limit in pixels, None where none is given. Raises OptionError, LimitError."""
    given = request.args.get(name)
    if given is None:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", given, re.ASCII):
        raise OptionError(name, given, ("a whole number of pixels",))
    if not 1 <= int(given) <= LARGEST_PX:
        message = f"{name} is {given}; from 1 to {LARGEST_PX} pixels can be asked for"
        raise LimitError(message, "framed", name=name, value=int(given), most=LARGEST_PX)
    return int(given)


def _asked(url: str) -> tuple[View, dict[str, str]]:
    """What an address of ours shows, and its state. Raises UnknownError, DateError; BaseUrlError where none is ours."""
    site = current_site()
    base, asked = urlsplit(site.absolute("")), _split(url)
    path = asked[1].removeprefix(base.path) if asked[1].startswith(f"{base.path}/") else ""
    found = _PATH.fullmatch(path)
    tag = (found["lang"] or found["embed"]) if found else ""
    if not found or tag not in site.languages.tags or asked[0] != base.netloc.lower():
        raise UnknownError(PAGE, url[:LONGEST], (site.absolute("/en/map/…"), site.absolute("/embed/en/…")))
    state = {name: value for name, value in parse_qsl(asked[2]) if name in STATE and len(value) <= LONGEST}
    catalogues, control = site.catalogues, state.pop("control", "")
    if control and control not in catalogues:
        raise UnknownError(CONTROL, control, tuple(catalogues))
    catalogue = (catalogues[control] if control else site.catalogue).holding(found["id"])
    context = Context(site, site.languages[tag], catalogue, control)
    return open_view(context, found["id"], state.get("as_of")), state


def _split(url: str) -> tuple[str, str, str]:
    """Host, path and query of a URL; empty if no page could have it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", "", ""
    return (parts.netloc.lower(), parts.path, parts.query) if parts.scheme in {"http", "https"} else ("", "", "")

"""Headers of every response: what a page may load and do, who may frame it, and the version of its data."""

import re
from urllib.parse import urlsplit

from flask import Flask, Response

from webapp.current_request import current_site, first_segment, known_catalogue
from webapp.settings import DATA, EMBED, Tiles

# Features of browsers that no page uses, by the names that browsers know.
CLOSED = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
    "payment", "publickey-credentials-get", "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip
OPEN = ("clipboard-write", "fullscreen")
PERMISSIONS = ", ".join([*(f"{name}=()" for name in CLOSED), *(f"{name}=(self)" for name in OPEN)])

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
# Data is for scripts of every site, and so are its errors; these headers they may read besides the few that all may.
CROSS_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, X-Data-Version, Accept-Ranges, Content-Disposition, Content-Encoding, "
    "Content-Length, Content-Range, Retry-After",
}
_HOST = re.compile(r"[A-Za-z0-9.-]+(?::\d+)?")


def register(app: Flask) -> None:
    """Add the headers to every response of the application, also to errors."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Return the response with the headers that all responses have."""
    framed = first_segment() == EMBED
    data = first_segment() in DATA
    headers = response.headers
    headers["Content-Security-Policy"] = _policy(response.mimetype or "", framed, current_site().tiles)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    headers["Permissions-Policy"] = PERMISSIONS
    headers["Cross-Origin-Resource-Policy"] = "cross-origin" if data or framed else "same-origin"
    headers["X-Data-Version"] = known_catalogue().data_version
    if data:
        headers.update(CROSS_ORIGIN)
    if not framed:
        headers["X-Frame-Options"] = "DENY"
    return response


def _policy(media_type: str, framed: bool, tiles: Tiles | None) -> str:
    rules = dict(OF_TYPE.get(media_type, FILE))
    if tiles and "connect-src" in rules:
        rules["img-src"] += f" data: {_source(tiles.url)}".rstrip()  # Leaflet empties a tile with a data URI
    rules["frame-ancestors"] = "*" if framed else "'none'"
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _source(url: str) -> str:
    """Where tiles come from, as a policy names it; nothing for those of the service itself."""
    parts = urlsplit(url)
    if not parts.netloc:
        return ""
    host = re.sub(r"^[^.]*\{[^.]*", "*", parts.netloc)  # {s}.tiles.example.org
    plain = _HOST.fullmatch(host.removeprefix("*."))
    return f"{parts.scheme}://{host}" if plain else f"{parts.scheme}:"

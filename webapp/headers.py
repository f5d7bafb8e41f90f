"""Headers of every response: what a page may load and do, who may frame it, and the version of its data."""

from flask import Flask, Response

from webapp.content_policy import response_policy
from webapp.current_request import current_site, first_segment, served_catalogue
from webapp.settings import DATA, EMBED

# Features of browsers that no page uses, by the names that browsers know.
CLOSED = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
    "payment", "publickey-credentials-get", "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip
OPEN = ("clipboard-write", "fullscreen")
PERMISSIONS = ", ".join([*(f"{name}=()" for name in CLOSED), *(f"{name}=(self)" for name in OPEN)])

# Data is for scripts of every site, and so are its errors; these headers they may read besides the few that all may.
CROSS_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, X-Data-Version, Accept-Ranges, Content-Disposition, Content-Encoding, "
    "Content-Length, Content-Range, Retry-After",
}


def register(app: Flask) -> None:
    """Add the headers to every response of the application, also to errors."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Return the response with the headers that all responses have."""
    framed = first_segment() == EMBED
    data = first_segment() in DATA
    headers = response.headers
    headers["Content-Security-Policy"] = response_policy(response.mimetype or "", framed, current_site().tiles)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    headers["Permissions-Policy"] = PERMISSIONS
    headers["Cross-Origin-Resource-Policy"] = "cross-origin" if data or framed else "same-origin"
    headers["X-Data-Version"] = served_catalogue().data_version
    if data:
        headers.update(CROSS_ORIGIN)
    if not framed:
        headers["X-Frame-Options"] = "DENY"
    return response

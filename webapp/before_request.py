"""What is settled before a request reaches its route: URLs that are too long, preflights, a slash at the end."""

from urllib.parse import quote

from flask import Flask, Response, current_app, redirect, request
from werkzeug.exceptions import BadRequest, HTTPException

from webapp.current_request import current_site, first_segment
from webapp.errors import LengthError
from webapp.jobs.readers import CURRENT_ADDRESS, reader_address
from webapp.limits import LONGEST_URL
from webapp.responses.prebuilt import BRIEFLY
from webapp.responses.remembering import names_one_host
from webapp.settings import DATA, read_settings

HOME = "pages.bare_language"  # its path has the slash
WITH_SLASH = "ogc.landing_below"  # and so may those of this one
IN_QUERY = "%=&+,;:@/?!$'()*"

# A page of another site may send these, and any other that is no credential.
SENT = (
    "Accept", "Accept-Language", "Cache-Control", "Content-Type", "If-Match", "If-Modified-Since", "If-None-Match",
    "If-Range", "If-Unmodified-Since", "Pragma", "Range", "X-Requested-With", "*",
)  # fmt: skip
METHODS = "GET, HEAD, OPTIONS"
PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": ", ".join(SENT),
    "Access-Control-Max-Age": "86400",
    "Cache-Control": "public, max-age=86400",
}


def register(app: Flask) -> None:
    """Have every request of the application looked at first."""
    app.before_request(refuse_hosts)
    app.before_request(note_reader)
    app.teardown_request(forget_reader)
    app.before_request(refuse_long)
    app.before_request(answer_preflight)
    app.before_request(drop_slash)


def refuse_hosts() -> None:
    """Let through what names one host. Raises BadRequest."""
    if not names_one_host(request.environ):
        raise BadRequest("A request names one host, in one Host header.")


def note_reader() -> None:
    """Tell the queue of jobs from which address the request comes."""
    listed = request.headers.get("X-Forwarded-For", "").split(",")
    CURRENT_ADDRESS.set(reader_address(request.remote_addr or "", listed, read_settings().proxies))


def forget_reader(error: BaseException | None) -> None:
    """Leave no address to what the thread does next."""
    CURRENT_ADDRESS.set("")


def refuse_long() -> None:
    """Let through what has the length of a URL. Raises LengthError."""
    length = len(request.environ.get("PATH_INFO", "")) + len(request.query_string)
    if length > LONGEST_URL:
        message = f"the URL has {length} characters; at most {LONGEST_URL} can be read; shorten its options"
        raise LengthError(message, "url", count=length, most=LONGEST_URL)


def answer_preflight() -> Response | None:
    """Return the response to OPTIONS below the data, also where nothing is: the next request gets the error."""
    if request.method != "OPTIONS" or first_segment() not in DATA:
        return None
    response = Response(status=204, headers=PREFLIGHT)
    del response.headers["Content-Type"]
    return response


def drop_slash() -> Response | None:
    """Redirect to the same path without slashes at its end, if something is served there; HOME has one."""
    bare = request.path.rstrip("/")
    if bare == request.path or not bare or request.method not in ("GET", "HEAD") or request.endpoint == WITH_SLASH:
        return None
    try:
        endpoint, _ = current_app.url_map.bind("").match(bare)
    except HTTPException:
        return None
    path = f"{bare}/" if endpoint == HOME else bare
    return None if path == request.path else moved(path, 308)


def moved(path: str, status: int) -> Response:
    """Return a redirect to a path of the service, with the query of the current request.

    Parameters
    ----------
    path
        Path below the prefix, not percent-encoded.
    status
        Status of the redirect: 301, 302, 307 or 308.
    """
    return redirected(path, quote(request.query_string, safe=IN_QUERY), status)


def redirected(path: str, query: str, status: int) -> Response:
    """Return a redirect to a path of the service.

    Parameters
    ----------
    path
        Path below the prefix, not percent-encoded.
    query
        Percent-encoded query; empty for none.
    status
        Status of the redirect: 301, 302, 307 or 308.
    """
    response = redirect(current_site().address(quote(path)) + (f"?{query}" if query else ""), status, Response)
    response.headers["Cache-Control"] = BRIEFLY
    return response  # type: ignore[return-value]

"""Conditional requests and byte ranges, in the order of RFC 9110, section 13.2.2.

Responses have strong ETags. Conditions with dates count where a response says when it was last modified and the request
names no ETag; ``If-Range`` takes ETags alone.
"""

import re
from typing import TypeVar

from werkzeug.exceptions import PreconditionFailed, RequestedRangeNotSatisfiable
from werkzeug.wrappers import Request, Response

Responds = TypeVar("Responds", bound=Response)

BYTES = "bytes"
_ONE_RANGE = re.compile(r"bytes=(?:(\d{1,100})-(\d{0,100})|-(\d{1,100}))", re.ASCII | re.IGNORECASE)


def asks_for_bytes(request: Request) -> bool:
    """Whether a request is for a range of bytes; HEAD and other units have none."""
    unit = request.headers.get("Range", "").partition("=")[0]
    return request.method == "GET" and unit.strip().lower() == BYTES


def conditional(response: Responds, request: Request) -> Responds:
    """Apply the request's conditions and range to a whole response with an ETag: 200, 206 or 304.

    Parameters
    ----------
    response
        Whole response with an ETag; it is changed.
    request
        Request with its conditions.

    Raises
    ------
    PreconditionFailed
        For an ``If-Match`` that names other versions, or an ``If-Unmodified-Since`` before the last change.
    RequestedRangeNotSatisfiable
        For a range that begins after the end.
    """
    response.accept_ranges = BYTES
    _check_preconditions(response, request)
    if _is_known(response, request):
        response.status_code = 304
    elif asks_for_bytes(request) and request.headers.get("If-Range", "").strip() in ("", response.headers["ETag"]):
        _cut(response, request.headers["Range"])
    return response


def _check_preconditions(response: Response, request: Request) -> None:
    etag, modified, since = response.get_etag()[0] or "", response.last_modified, request.if_unmodified_since
    if request.if_match:
        if not request.if_match.contains(etag):
            raise PreconditionFailed(f"If-Match names other versions; this one has the ETag {response.headers['ETag']}")
    elif modified and since and modified > since:
        raise PreconditionFailed(f"it was last modified on {response.headers['Last-Modified']}")


def _is_known(response: Response, request: Request) -> bool:
    """Whether the client has what would be sent."""
    modified, since = response.last_modified, request.if_modified_since
    if request.if_none_match:
        return request.if_none_match.contains_weak(response.get_etag()[0] or "")
    return bool(modified and since and modified <= since)


def _cut(response: Response, asked: str) -> None:
    """Leave the range requested; the whole body if there are several ranges or none can be parsed."""
    body = response.get_data()
    found = _range(asked, len(body))
    if found is None:
        return
    start, end = found
    if start >= end:
        raise RequestedRangeNotSatisfiable(len(body), description=f"the file ends after {len(body)} bytes")
    response.status_code = 206
    response.set_data(body[start:end])
    response.headers["Content-Range"] = f"{BYTES} {start}-{end - 1}/{len(body)}"


def _range(asked: str, length: int) -> tuple[int, int] | None:
    """The first byte of a range and the one behind its last, empty where it lies behind the end; None for no range."""
    found = _ONE_RANGE.fullmatch(asked.replace(" ", ""))
    if found is None:
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        return max(length - int(suffix), 0), length
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last) + 1, length) if last else length

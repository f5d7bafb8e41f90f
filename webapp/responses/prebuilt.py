"""Prebuilt responses: made once, cached, sent with a strong ETag, compressed where accepted, in parts where asked."""

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import UTC, datetime

from flask import Request, Response

from layers.products.media_types import is_text
from webapp.responses.cache import Finished, FinishedCache
from webapp.responses.compression import CODINGS, SMALLEST_BYTES, packed
from webapp.responses.conditions import asks_for_bytes, conditional

BRIEFLY = "public, max-age=300"
REVALIDATED = "no-cache"
FOR_GOOD = "public, max-age=31536000, immutable"
NOTE = "clausemap.prebuilt"  # in the environment of a request: a list for what is sent


def finish(
    body: bytes, media_type: str, filename: str | None = None, tag: str = "", link: str | None = None
) -> Finished:
    """Return a prebuilt response without content encoding; its ETag is derived from its bytes.

    Parameters
    ----------
    body
        Bytes of the response.
    media_type
        Media type, with the charset if it is text.
    filename
        File name of a download; None for what a browser shows.
    tag
        Ending of the ETag that names another control map; empty for the included one.
    link
        Value of the Link header, or None.
    """
    return Finished(body, media_type, hashlib.sha256(body).hexdigest()[:32] + tag, None, filename, link)


def compress(plain: Finished, coding: str) -> Finished:
    """Return a response in a content encoding, with its own ETag.

    Parameters
    ----------
    plain
        Response without content encoding.
    coding
        Content encoding, a name of ``CODINGS`` such as ``br``.
    """
    return replace(plain, body=packed(plain.body, coding), etag=f"{plain.etag}-{coding}", encoding=coding)


def respond(
    request: Request,
    cache: FinishedCache,
    key: Hashable,
    make: Callable[[], Finished],
    cache_control: str,
    *,
    settled: bool = True,
    modified_s: int | None = None,
) -> Response:
    """Respond to a request: from the cache or made now, compressed if accepted, 304 if unchanged.

    A byte range is one of the stored file, so it is sent without compression.

    Parameters
    ----------
    request
        Request with its conditions.
    cache
        Cache of responses.
    key
        Checked values only, since every key takes memory.
    make
        Returns the response if it is not cached.
    cache_control
        Value of ``Cache-Control``.
    settled
        Whether the URL gives the same response for as long as the service runs, so that ``remembering`` may send it.
    modified_s
        When it was last modified, in seconds since 1970; None if that is not known.

    Raises
    ------
    PreconditionFailed, RequestedRangeNotSatisfiable
        As ``conditional`` does.
    """
    sent = cache.get((key, None), make)
    compressible = is_text(sent.media_type) and len(sent.body) >= SMALLEST_BYTES
    coding = accepted_coding(request) if compressible and not asks_for_bytes(request) else None
    if coding:
        plain, name = sent, coding
        sent = cache.get((key, name), lambda: compress(plain, name))
    if settled:
        request.environ.get(NOTE, []).append(sent)
    response = Response(sent.body, content_type=sent.media_type)
    response.headers["Cache-Control"] = cache_control
    if compressible:
        response.headers["Vary"] = "Accept-Encoding"
    if sent.encoding:
        response.headers["Content-Encoding"] = sent.encoding
    if sent.filename:
        response.headers["Content-Disposition"] = f'inline; filename="{sent.filename}"'
    if sent.link:
        response.headers["Link"] = sent.link
    response.set_etag(sent.etag)
    if modified_s is not None:
        response.last_modified = datetime.fromtimestamp(modified_s, UTC)
    return conditional(response, request)


def accepted_coding(request: Request) -> str | None:
    """The encoding that the reader of a request likes best, None where none is accepted."""
    best = max(CODINGS, key=request.accept_encodings.quality)
    return best if request.accept_encodings.quality(best) > 0 else None

"""Prebuilt responses: made once, cached, sent with a strong ETag, compressed where accepted, in parts where asked."""

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import replace

from flask import Request, Response

from layers.products.media_types import is_text
from webapp.response_cache import Finished, FinishedCache
from webapp.responses.compression import CODINGS, SMALLEST_BYTES, packed
from webapp.responses.conditions import asks_for_bytes, conditional

BRIEFLY = "public, max-age=300"
REVALIDATED = "no-cache"
FOR_GOOD = "public, max-age=31536000, immutable"


def finish(
    body: bytes, media_type: str, filename: str | None = None, tag: str = "", link: str | None = None
) -> Finished:
    """Return a prebuilt response without content encoding; its ETag is derived from its bytes.

    Parameters
    ----------
    body
        The bytes.
    media_type
        The media type.
    filename
        Name of the download, if it is one.
    tag
        Ending that names another control map, for the ETag.
    link
        The Link header.
    """
    return Finished(body, media_type, hashlib.sha256(body).hexdigest()[:32] + tag, None, filename, link)


def compress(plain: Finished, coding: str) -> Finished:
    """Return a response in a content encoding, with its own ETag.

    Parameters
    ----------
    plain
        The response without encoding.
    coding
        The content encoding.
    """
    return replace(plain, body=packed(plain.body, coding), etag=f"{plain.etag}-{coding}", encoding=coding)


def respond(
    request: Request, cache: FinishedCache, key: Hashable, make: Callable[[], Finished], cache_control: str
) -> Response:
    """Respond to a request: from the cache or made now, compressed if accepted, 304 if unchanged.

    A range is one of the stored file, so it is sent without compression.

    Parameters
    ----------
    request
        The request.
    cache
        The cache of responses.
    key
        Checked values only.
    make
        Makes the response if it is not cached.
    cache_control
        The Cache-Control header.

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
    return conditional(response, request)


def accepted_coding(request: Request) -> str | None:
    """The encoding that the reader of a request likes best, None where none is accepted."""
    best = max(CODINGS, key=request.accept_encodings.quality)
    return best if request.accept_encodings.quality(best) > 0 else None

"""Finished bytes: made once, kept while there is room, sent with a strong ETag and compressed where accepted."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from threading import Lock

from flask import Response, request

from webapp.packing import CODINGS, SMALLEST_BYTES, is_text, packed

ROOM_BYTES = 64 * 1024 * 1024
BRIEFLY = "public, max-age=300"
REVALIDATED = "no-cache"
FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Finished:
    """An answer as it goes out: body, media type, ETag without quotes, encoding, file name and Link header."""

    body: bytes
    media_type: str
    etag: str
    encoding: str | None = None
    filename: str | None = None
    link: str | None = None


class FinishedCache:
    """Finished answers by key; the least recently used go when there is no room. Safe among threads."""

    def __init__(self, room_bytes: int = ROOM_BYTES) -> None:
        self._room_bytes = room_bytes
        self._held_bytes = 0
        self._entries: OrderedDict[Hashable, Finished] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Finished]) -> Finished:
        """The answer for a key, made where it is not held. Two threads may make it; both are the same."""
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
                return self._entries[key]
        made = make()
        with self._lock:
            self._keep(key, made)
        return made

    def _keep(self, key: Hashable, made: Finished) -> None:
        if key in self._entries or len(made.body) > self._room_bytes:
            return
        self._entries[key] = made
        self._held_bytes += len(made.body)
        while self._held_bytes > self._room_bytes:
            _, dropped = self._entries.popitem(last=False)
            self._held_bytes -= len(dropped.body)

    def __len__(self) -> int:
        return len(self._entries)


def finish(
    body: bytes, media_type: str, filename: str | None = None, tag: str = "", link: str | None = None
) -> Finished:
    """An answer not compressed, its ETag derived from its bytes; ``tag`` names another control map."""
    return Finished(body, media_type, hashlib.sha256(body).hexdigest()[:32] + tag, None, filename, link)


def compress(plain: Finished, coding: str) -> Finished:
    """An answer in an encoding, with an ETag of its own."""
    return replace(plain, body=packed(plain.body, coding), etag=f"{plain.etag}-{coding}", encoding=coding)


def answer(cache: FinishedCache, asked: Hashable, make: Callable[[], Finished], cache_control: str) -> Response:
    """Answer the current request: from the cache or made now, compressed where accepted, 304 where unchanged.

    What is asked for differs by the control map that the request names, too.
    """
    key = (request.args.get("control", ""), asked)
    sent = cache.get((key, None), make)
    compressible = is_text(sent.media_type) and len(sent.body) >= SMALLEST_BYTES
    coding = accepted_coding() if compressible else None
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
    return response.make_conditional(request)  # type: ignore[return-value]


def accepted_coding() -> str | None:
    """The encoding that the reader of the current request likes best, None where none is accepted."""
    best = max(CODINGS, key=request.accept_encodings.quality)
    return best if request.accept_encodings.quality(best) > 0 else None

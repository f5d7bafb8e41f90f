"""Every request of a worker gets an id, and is logged and counted as far as the operator wants."""

import os
import re
from collections.abc import Iterable, Sequence
from itertools import count
from time import perf_counter
from typing import TYPE_CHECKING, Any

from webapp.observing.counts import RequestCounts
from webapp.observing.request_log import RequestLog
from webapp.observing.route_names import RouteNames

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REQUEST_ID = "clausemap.request_id"  # in the environment of a request
HEADER, GIVEN = "X-Request-ID", "HTTP_X_REQUEST_ID"
VALID = re.compile(r"[A-Za-z0-9._-]{1,128}", re.ASCII)
NO_BODY = (204, 304)


class Observed:
    """A WSGI application around another one. Safe among threads; made in the process that uses it.

    The id of a request is the one that a proxy gives in ``X-Request-ID``, if it is a valid one, else a new one.
    """

    def __init__(
        self,
        application: "WSGIApplication",
        routes: RouteNames,
        log: RequestLog | None = None,
        counts: RequestCounts | None = None,
    ) -> None:
        self._application = application
        self._routes = routes
        self._log = log
        self._counts = counts
        self._prefix = os.urandom(6).hex()
        self._numbers = count(1)

    def __call__(self, asked: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Respond as the application does, with the id in a header."""
        began = perf_counter()
        given = asked.get(GIVEN)
        request_id = given if given and VALID.fullmatch(given) else f"{self._prefix}-{next(self._numbers):x}"
        asked[REQUEST_ID] = request_id
        sent: list[Any] = ["500", ()]

        def started(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            sent[:] = status, headers
            return start_response(status, [*headers, (HEADER, request_id)], exc_info)

        try:
            return self._application(asked, started)
        finally:
            if self._log or self._counts:
                self._note(asked, int(sent[0][:3]), sent[1], perf_counter() - began)

    def _note(self, asked: "WSGIEnvironment", status: int, headers: Sequence[tuple[str, str]], took_s: float) -> None:
        if self._counts:
            self._counts.add(self._routes(asked["PATH_INFO"]), status, took_s)
        if self._log:
            empty = asked["REQUEST_METHOD"] == "HEAD" or status in NO_BODY
            self._log.write(asked, asked[REQUEST_ID], status, 0 if empty else _length(headers), took_s)


def _length(headers: Sequence[tuple[str, str]]) -> int:
    """The bytes of a body as its headers have them; they are the last of a response that is sent again."""
    for name, value in reversed(headers):
        if name in ("Content-Length", "content-length"):
            return int(value)
    return 0

"""Prebuilt responses sent again without the application: a WSGI application around it, ten times as fast.

The first response to a URL is the application's. Its headers are remembered as they were sent, and its body for as long
as the cache holds it, so that both ways send the same. Whatever is not remembered goes to the application: other
methods, errors, responses that depend on more than URL and ``Accept-Encoding``, and conditions that do not hold.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from weakref import ReferenceType, ref

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from webapp.responses.cache import Finished
from webapp.responses.conditions import asks_for_bytes, conditional
from webapp.responses.prebuilt import NOTE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST_RESPONSES = 1024  # of 3 KB; then all are forgotten
LONGEST_KEY = 400  # characters of path, query and Accept-Encoding
CONDITIONS = frozenset(
    {"HTTP_RANGE", "HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"}
)
OLD = ("HTTP/1", "HTTP/1.0")  # as granian and werkzeug have it
OF_A_PART = ("content-range", "content-length")

Headers = list[tuple[str, str]]
Key = tuple[str, str, str | None]  # path, query, Accept-Encoding; None for byte ranges, which are never compressed


@dataclass(frozen=True, slots=True)
class Remembered:
    """The headers of a whole response, and its body while the cache holds it."""

    headers: Headers
    sent: ReferenceType[Finished]


class Remembering:
    """A WSGI application that sends prebuilt responses of another one again. Safe among threads."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application
        self._known: dict[Key, Remembered] = {}

    def __call__(self, asked: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Respond to a request: at once where the response is remembered, else as the application does."""
        method = asked["REQUEST_METHOD"]
        if method not in ("GET", "HEAD") or not names_one_host(asked):
            return self._application(asked, start_response)
        if not asked.keys().isdisjoint(CONDITIONS):
            return self._conditional(asked, start_response)
        key = (asked["PATH_INFO"], asked["QUERY_STRING"], asked.get("HTTP_ACCEPT_ENCODING", ""))
        known = self._known.get(key)
        sent = known.sent() if known else None
        if known is None or sent is None:
            return self._first(key, asked, start_response)
        start_response("200 OK", known.headers)
        return [] if method == "HEAD" else [sent.body]

    def _conditional(self, asked: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """The remembered response as far as its conditions hold; the application reports those that do not."""
        request = Request(asked)
        accepted = None if asks_for_bytes(request) else asked.get("HTTP_ACCEPT_ENCODING", "")
        key = (asked["PATH_INFO"], asked["QUERY_STRING"], accepted)
        known = self._known.get(key)
        sent = known.sent() if known else None
        if known is None or sent is None:
            return self._first(key, asked, start_response)
        try:
            response = conditional(Response(sent.body, headers=known.headers), request)
        except HTTPException:
            return self._application(asked, start_response)
        return response(asked, start_response)

    def _first(self, key: Key, asked: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """The application's response, remembered if it is one that may be sent again."""
        note: list[Finished] = []
        asked[NOTE] = note

        def started(status: str, headers: Headers, exc_info: Any = None) -> Any:
            if note and _is_lasting(status, headers) and sum(map(len, filter(None, key))) <= LONGEST_KEY:
                self._remember(key, headers, note[0])
            return start_response(status, headers, exc_info)

        return self._application(asked, started)

    def _remember(self, key: Key, headers: Headers, sent: Finished) -> None:
        if len(self._known) >= MOST_RESPONSES:
            self._known.clear()
        whole = [one for one in headers if one[0].lower() not in OF_A_PART]
        self._known[key] = Remembered([*whole, ("Content-Length", str(len(sent.body)))], ref(sent))


def names_one_host(asked: "WSGIEnvironment") -> bool:
    """Whether a request has one Host header, as RFC 9112 wants; one of HTTP/1.0 may have none. granian joins two."""
    host = asked.get("HTTP_HOST")
    return "," not in host if host else asked.get("SERVER_PROTOCOL") in OLD


def _is_lasting(status: str, headers: Sequence[tuple[str, str]]) -> bool:
    """Whether a response is a whole or a part of one that depends on the URL and Accept-Encoding alone."""
    varies = {value for name, value in headers if name.lower() == "vary"}
    sent = int(status[:3]) in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT)
    return sent and varies <= {"Accept-Encoding"}

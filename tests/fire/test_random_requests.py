"""Random requests over all routes, in process: whatever is asked for, no answer is an error of the service."""

import os
import random
import string
import sys
from collections import Counter
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from layers.catalogue.model import COMMITTED
from webapp.app import create_app
from webapp.errors import BusyError
from webapp.images.options.options import READERS
from webapp.jobs import jobs
from webapp.jobs.editions import open_catalogue

REQUESTS = int(os.environ.get("REQUESTS", "100000"))
SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(10**9)
METHODS = ("GET",) * 12 + ("HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE", "FOO")
OPTIONS = (*READERS, "v", "as_of", "from", "to", "since", "control", "crs", "lang", "zone", "clause", "f", "limit",
           "bbox", "datetime", "offset", "url", "format", "place", "tools", "proposal", "q")  # fmt: skip
ODD = ("", "%", "..", "../..", "%00", "\x00", "é", "𝄞", "-1", "1e999", "nan", "0" * 400, "[", "'\"<>", "latest",
       "a" * 7000, "2025-11-20", "2025-02-30", "0000-00-00", "us-28-points", "uk",
       "zh-Hant", "en", "png", "30,50,31,51", "\u202e")  # fmt: skip
RAW = "=&%+[]'\"<>/?;:@!$()*,"
DAYS = ("2025-11-20", "2024-10-01", "latest", "2025-11-21")
RIGHT = {
    "lang": ("en", "uk", "zh-Hant"), "proposal_id": ("us-28-points", "ukraine-20-points"), "requested": DAYS,
    "left": DAYS, "right": DAYS, "one": DAYS, "other": DAYS, "zone_id": ("crimea",), "zone": ("crimea",),
    "name": ("page.css", "crimea"), "path:path": ("page.css",), "path:name": ("page.css", "draw/draw.js"),
}  # fmt: skip
HEADERS = ("Accept", "Accept-Language", "Accept-Encoding", "Range", "If-None-Match", "If-Modified-Since", "If-Range",
           "X-Forwarded-For", "Origin", "Cookie", "Content-Type", "Content-Length", "Transfer-Encoding")  # fmt: skip
VALUES = ("*", "*/*", "text/html;q=nan", "bytes=0-", "bytes=-1", "bytes=9-1", "bytes=" + "0-1," * 500, '"x"', "W/\"",
          "br, gzip;q=0",
          "zz-Zz-zz;q=x", "Thu, 99 Nov 9999", "1.2.3.4, ::1, x", "a" * 5000, "\xff", "")  # fmt: skip


def paths() -> list[str]:
    """A path for each rule of the application, with what its blanks may hold."""
    rules = create_app(open_catalogue(COMMITTED)).url_map.iter_rules()
    return sorted({rule.rule for rule in rules})


class Asking:
    """Random requests from a seed: mostly near to what there is."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.paths = paths()

    def word(self) -> str:
        """A value that is right, odd, or nonsense."""
        letters = string.printable + "éя中"
        return (
            self.dice.choice(ODD)
            if self.dice.random() < 0.8
            else "".join(self.dice.choices(letters, k=self.dice.randrange(30)))
        )

    def path(self) -> str:
        """A path near to one of the routes."""
        rule = self.dice.choice(self.paths)
        parts = [self.filled(part) for part in rule.split("/")]
        if self.dice.random() < 0.1:
            parts.insert(self.dice.randrange(len(parts) + 1), self.word())
        return "/".join(parts) or "/"

    def filled(self, part: str) -> str:
        """A part of a rule, with words in its blanks."""
        while "<" in part:
            before, _, rest = part.partition("<")
            blank, _, after = rest.partition(">")
            right = blank in RIGHT and self.dice.random() < 0.7
            part = before + (self.dice.choice(RIGHT[blank]) if right else self.word()) + after
        return part

    def query(self) -> str:
        """Some options, mostly encoded as they should be."""
        count = self.dice.choice((0, 0, 1, 1, 2, 5))
        pairs = [(self.dice.choice(OPTIONS), self.word()) for _ in range(count)]
        return urlencode(pairs) if self.dice.random() < 0.9 else quote("&".join(map("=".join, pairs)), safe=RAW)

    def environ(self) -> dict[str, Any]:
        """A request as granian passes it on: the bytes of the path as characters, the query as it came."""
        names = self.dice.sample(HEADERS, self.dice.choice((0, 0, 1, 2)))
        headers = {f"HTTP_{name.upper().replace('-', '_')}": self.dice.choice(VALUES) for name in names}
        return {
            "REQUEST_METHOD": self.dice.choice(METHODS), "PATH_INFO": self.path().encode().decode("latin-1"),
            "QUERY_STRING": self.query(), "SCRIPT_NAME": "", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http", "HTTP_HOST": "x",
            "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr, "wsgi.input_terminated": True, **headers,
        }  # fmt: skip


@pytest.mark.slow
@pytest.mark.fire
def test_no_random_request_is_an_error_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> bytes:
        raise BusyError("nothing is drawn here", 2)

    print(f"SEED={SEED} REQUESTS={REQUESTS}")  # noqa: T201  # shown where it fails
    monkeypatch.setattr(jobs, "run_in_process", busy)
    app = create_app(open_catalogue(COMMITTED))
    asking, statuses = Asking(SEED), Counter[str]()

    def started(status: str, headers: list[tuple[str, str]], *_: object) -> None:
        """Count the status, and see that nobody has written a line of the header."""
        statuses[status[:3]] += 1
        assert not any(line in name + value for name, value in headers for line in "\r\n\0")

    for number in range(REQUESTS):
        request = asking.environ()
        told = {name: value for name, value in request.items() if isinstance(value, str)}
        answer = app(request, started)  # type: ignore[arg-type]  # returns no writer, as granian's
        size = sum(map(len, answer))
        getattr(answer, "close", int)()
        assert not statuses.keys() & {"500", "502", "504"}, (SEED, number, told, size)
    assert len(statuses) > 5, statuses
    print(dict(statuses))  # noqa: T201

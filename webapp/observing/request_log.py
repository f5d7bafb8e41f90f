"""The log of requests: a line of JSON for each, written at once and as a whole, so that workers may share a file."""

import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from json.encoder import encode_basestring_ascii as quoted
from pathlib import Path
from typing import Any

from webapp.jobs.readers import reader_address
from webapp.settings import STDOUT

LONGEST_PATH = 2000  # characters


@dataclass(frozen=True)
class RequestLog:
    """A file that lines are appended to; with a number of ``proxies`` they have the address of the reader, too."""

    file: int
    proxies: int | None = None

    def write(self, asked: Mapping[str, Any], request_id: str, status: int, length: int, took_s: float) -> None:
        """Write the line of a request. Where it cannot be written, the request is answered all the same.

        Parameters
        ----------
        asked
            The WSGI environment of the request.
        request_id
            The id that was sent with the response.
        status
            Status of the response.
        length
            Bytes of its body.
        took_s
            Seconds until the response was ready.
        """
        now_s, of_second = divmod(time.time(), 1)
        at = f"{_second(int(now_s))}.{int(of_second * 1000):03}Z"
        reader = "" if self.proxies is None else f', "address": {quoted(_reader(asked, self.proxies))}'
        line = (
            f'{{"time": "{at}", "method": {quoted(asked["REQUEST_METHOD"])}, "path": {quoted(_path(asked))}, '
            f'"status": {status}, "bytes": {length}, "ms": {took_s * 1000:.2f}, "id": "{request_id}"{reader}}}\n'
        )
        try:
            os.write(self.file, line.encode("ascii"))
        except OSError:  # a full disk, or a reader of stdout that has gone
            return


def open_log(where: str, proxies: int | None = None) -> RequestLog:
    """Return the log in a file, which is made if it is not there.

    Parameters
    ----------
    where
        Path of the file; ``-`` for stdout.
    proxies
        How many proxies are in front, for lines with the address of the reader; None for lines without.
    """
    if where == STDOUT:
        return RequestLog(sys.stdout.fileno(), proxies)
    return RequestLog(os.open(Path(where), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640), proxies)


def _reader(asked: Mapping[str, Any], proxies: int) -> str:
    forwarded = [one.strip() for one in asked.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return reader_address(asked.get("REMOTE_ADDR", ""), forwarded, proxies)


@lru_cache(maxsize=2)
def _second(now_s: int) -> str:
    return f"{datetime.fromtimestamp(now_s, UTC):%Y-%m-%dT%H:%M:%S}"


def _path(asked: Mapping[str, Any]) -> str:
    """The path as the reader wrote it, without the query; WSGI has its bytes as Latin-1."""
    path = str(asked["PATH_INFO"])
    text = path if path.isascii() else path.encode("latin-1", "replace").decode("utf-8", "replace")
    return text[:LONGEST_PATH]

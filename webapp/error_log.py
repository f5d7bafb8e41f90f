"""Logging of responses that are errors of the service: a line for the operator, the reason, and the traceback.

Readers see nothing of that.
"""

from http import HTTPStatus
from types import TracebackType
from typing import TypeAlias

from flask import Flask, current_app, request

from layers.errors import DamagedFileError
from webapp.errors import BusyError, NotReadyError
from webapp.observing.observed import REQUEST_ID

Raised: TypeAlias = tuple[type, BaseException, TracebackType] | tuple[None, None, None]

LONGEST_PATH = 200  # characters


def register(app: Flask) -> None:
    """Have what nobody expected written like everything else."""
    app.log_exception = _log_raised  # type: ignore[method-assign,assignment]


def log_failure(status: HTTPStatus, error: Exception) -> None:
    """Log a response with a status of 500 or more, with a traceback unless it is busy, not ready or a file is damaged.

    Parameters
    ----------
    status
        Status of the response.
    error
        What was raised.
    """
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log(status, error, with_traceback=not isinstance(error, BusyError | DamagedFileError | NotReadyError))


def _log_raised(raised: Raised) -> None:
    if raised[1] is not None:
        _log(HTTPStatus.INTERNAL_SERVER_ERROR, raised[1], with_traceback=True)


def _log(status: HTTPStatus, error: BaseException, *, with_traceback: bool) -> None:
    """A line with the path as ASCII, since what a client writes may hold the ends of lines and worse."""
    path = ascii(request.full_path.rstrip("?")[:LONGEST_PATH])
    request_id = request.environ.get(REQUEST_ID)
    said = ascii(str(error))[1:-1] + (f" [{request_id}]" if request_id else "")
    if with_traceback:
        current_app.logger.error("%d %s %s: %s", status, request.method, path, said, exc_info=error)
    else:
        current_app.logger.warning("%d %s %s: %s", status, request.method, path, said)

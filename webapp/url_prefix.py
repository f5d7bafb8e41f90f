"""The service below a path: some proxies pass the path on, others take it away, and both are understood."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def below(prefix: str, application: "WSGIApplication") -> "WSGIApplication":
    """The application, which finds its own path in a request with and without ``prefix`` (``/peace``, or empty).

    Parameters
    ----------
    prefix
        Path, such as ``/peace``; empty for none.
    application
        The application.
    """
    if not prefix:
        return application

    def mounted(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == prefix or path.startswith(f"{prefix}/"):
            environ = {**environ, "PATH_INFO": path[len(prefix) :] or "/"}
        return application({**environ, "SCRIPT_NAME": prefix}, start_response)

    return mounted

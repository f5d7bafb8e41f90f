"""The service below a path: some proxies pass the path on, others take it away, and both are understood."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def below(prefix: str, application: "WSGIApplication") -> "WSGIApplication":
    """Return a WSGI application that is found with and without a prefix in front of its own paths.

    Parameters
    ----------
    prefix
        Path without a slash at the end, such as ``/peace``; empty for none.
    application
        The application, which knows paths without the prefix.
    """
    if not prefix:
        return application

    def mounted(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == prefix or path.startswith(f"{prefix}/"):
            environ = {**environ, "PATH_INFO": path[len(prefix) :] or "/"}
        return application({**environ, "SCRIPT_NAME": prefix}, start_response)

    return mounted

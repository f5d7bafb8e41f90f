"""The response to the current request, prebuilt or built now."""

from collections.abc import Callable, Hashable

from flask import Response, request

from webapp.current_request import chosen_catalogue, current_site, known_control
from webapp.responses.cache import Finished
from webapp.responses.prebuilt import BRIEFLY, FOR_GOOD, respond


def answer(key: Hashable, make: Callable[[], Finished], cache_control: str, *, settled: bool = True) -> Response:
    """Respond to the current request from the site's cache, or with what ``make`` returns.

    The cache has an entry for each control map that requests name.

    Parameters
    ----------
    key
        Checked values only; the control map is added.
    make
        Returns the response if it is not cached.
    cache_control
        Value of ``Cache-Control``.
    settled
        Whether the URL gives the same response for as long as the service runs.

    Raises
    ------
    PreconditionFailed, RequestedRangeNotSatisfiable
        As ``conditional`` does.
    """
    cache = current_site().finished
    return respond(request, cache, (known_control(), key), make, cache_control, settled=settled)


def answer_built(key: Hashable, make: Callable[[], Finished], version: str | None = None) -> Response:
    """Respond with built data: cached for good if the URL names its version, and open to every site.

    Parameters
    ----------
    key
        Checked values only; the control map is added.
    make
        Returns the response if it is not cached.
    version
        Version that the URL has to name; None for that of the data.

    Raises
    ------
    PreconditionFailed, RequestedRangeNotSatisfiable
        As ``conditional`` does.
    """
    versioned = request.args.get("v") == (version or chosen_catalogue().data_version)
    return answer(key, make, FOR_GOOD if versioned else BRIEFLY)

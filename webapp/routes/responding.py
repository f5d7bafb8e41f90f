"""The response to the current request, prebuilt or built now."""

from collections.abc import Callable, Hashable

from flask import Response, request

from webapp.requested import chosen_catalogue, current_site, known_control
from webapp.response_cache import Finished
from webapp.responses.prebuilt import BRIEFLY, FOR_GOOD, respond


def answer(key: Hashable, make: Callable[[], Finished], cache_control: str) -> Response:
    """Respond to the current request from the site's cache, or with what ``make`` returns.

    Responses differ by the control map that the request names, too; ``key`` holds checked values only.
    Raises PreconditionFailed, RequestedRangeNotSatisfiable.

    Parameters
    ----------
    key
        Key in the site's cache, without the control map.
    make
        Returns the response.
    cache_control
        Value of ``Cache-Control``.
    """
    return respond(request, current_site().finished, (known_control(), key), make, cache_control)


def answer_built(key: Hashable, make: Callable[[], Finished], version: str | None = None) -> Response:
    """Respond with built data: cached for good if the URL names its version, and open to every site.

    The version is that of the data, or ``version`` for files that change with the code, too.

    Parameters
    ----------
    key
        Key in the site's cache, without the control map.
    make
        Returns the response.
    version
        Version that a URL names, by default that of the data.
    """
    versioned = request.args.get("v") == (version or chosen_catalogue().data_version)
    return answer(key, make, FOR_GOOD if versioned else BRIEFLY)

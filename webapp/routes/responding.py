"""The response to the current request, prebuilt or built now."""

from collections.abc import Callable, Hashable

from flask import Response, request

from webapp.requested import current_site, known_control
from webapp.response_cache import Finished
from webapp.responses.prebuilt import respond


def answer(key: Hashable, make: Callable[[], Finished], cache_control: str) -> Response:
    """Respond to the current request from the site's cache, or with what ``make`` returns.

    Responses differ by the control map that the request names, too; ``key`` holds checked values only.
    Raises PreconditionFailed, RequestedRangeNotSatisfiable.
    """
    return respond(request, current_site().finished, (known_control(), key), make, cache_control)

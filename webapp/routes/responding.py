"""The response to the current request, prebuilt or built now."""

from collections.abc import Callable, Hashable

from flask import Response, request

from layers.errors import UnknownError
from layers.versions.keeping import VERSION
from webapp.current_request import chosen_catalogue, current_site, known_control, served_catalogue
from webapp.responses.cache import Finished
from webapp.responses.prebuilt import BRIEFLY, FOR_GOOD, respond


def answer(
    key: Hashable,
    make: Callable[[], Finished],
    cache_control: str,
    *,
    settled: bool = True,
    modified_s: int | None = None,
) -> Response:
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
    modified_s
        When it was last modified, in seconds since 1970; None if that is not known.

    Raises
    ------
    PreconditionFailed, RequestedRangeNotSatisfiable
        As ``conditional`` does.
    """
    cache = current_site().finished
    named = (known_control(), key)
    return respond(request, cache, named, make, cache_control, settled=settled, modified_s=modified_s)


def answer_built(key: Hashable, make: Callable[[], Finished], version: str | None = None) -> Response:
    """Respond with built data: cached for good if the URL names its version, last modified when it was built.

    Another version of the data is refused unless ``version`` says what the URL has to name; what caches add is not one.

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
    UnknownError
        For a version that there is not; lists those there are.
    PreconditionFailed, RequestedRangeNotSatisfiable
        As ``conditional`` does.
    """
    named, current = request.args.get("v"), chosen_catalogue().data_version
    if named and version is None and named != current and VERSION.fullmatch(named):
        raise UnknownError("version", named, (current,))
    versioned = named == (current if version is None else version)
    return answer(key, make, FOR_GOOD if versioned else BRIEFLY, modified_s=served_catalogue().written_s)

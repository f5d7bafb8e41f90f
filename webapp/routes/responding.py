"""The response to the current request, prebuilt or built now."""

from collections.abc import Callable, Hashable

from flask import Response, request

from layers.errors import UnknownError
from layers.versions.keeping import VERSION
from webapp.current_request import chosen_catalogue, current_site, known_control, served_catalogue
from webapp.jobs.jobs import job_key
from webapp.query import is_added
from webapp.responses.cache import Finished
from webapp.responses.lasting import kept_drawings, lasting_drawing, names_version
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


def answer_drawn(key: Hashable, draw: Callable[[], bytes], finished: Callable[[bytes], Finished]) -> Response:
    """Respond with a drawing, cached briefly, since it changes with the code, or for good if the URL names its version.

    Parameters
    ----------
    key
        Checked values only; the control map is added.
    draw
        Returns the drawing as it is now.
    finished
        Returns the response from the bytes.

    Raises
    ------
    UnknownError
        For a version that is neither current nor kept; names the current one.
    PreconditionFailed, RequestedRangeNotSatisfiable
        As ``conditional`` does.
    """
    version = request.args.get("v", "")
    if not names_version(version):
        return answer(key, lambda: finished(draw()), BRIEFLY)
    control, said = chosen_catalogue().control.id, _said()
    kept = kept_drawings(current_site().workspace, control)
    return answer((key, said), lambda: finished(lasting_drawing(kept, said, version, draw)), FOR_GOOD)


def _said() -> str:
    """A hash of what the URL says, which means the same in each release."""
    query = sorted((name, value) for name, value in request.args.items(multi=True) if not is_added(name))
    return job_key([request.path, query])

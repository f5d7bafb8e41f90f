"""The base class of all errors that the project raises on purpose."""

from collections.abc import Callable
from typing import Any


class ClausemapError(Exception):
    """An error that a user can correct: the message says what is wrong, where, and what to do.

    It can be pickled whatever its constructor takes, so that it passes between processes.
    """

    def __reduce__(self) -> tuple[Callable[..., "ClausemapError"], tuple[object, ...]]:
        return _again, (type(self), self.args, dict(vars(self)))


class GeometryError(ClausemapError):
    """A geometry that cannot be measured, overlaid or read."""


def _again(kind: type[ClausemapError], args: tuple[Any, ...], told: dict[str, Any]) -> ClausemapError:
    """Restore a pickled error with its message and attributes."""
    error = kind.__new__(kind, *args)
    error.args = args
    vars(error).update(told)
    return error

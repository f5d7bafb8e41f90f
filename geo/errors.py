"""The base of every error that the project raises on purpose."""

from collections.abc import Callable
from typing import Any


class ClausemapError(Exception):
    """Something that a user can mend: the message says what, where and what to do.

    It comes back whole from another process, whatever its own constructor takes.
    """

    def __reduce__(self) -> tuple[Callable[..., "ClausemapError"], tuple[object, ...]]:
        return _again, (type(self), self.args, dict(vars(self)))


class GeometryError(ClausemapError):
    """A geometry that cannot be measured, cut or read as it stands."""


def _again(kind: type[ClausemapError], args: tuple[Any, ...], told: dict[str, Any]) -> ClausemapError:
    """An error as it was: its words, and what it carries besides."""
    error = kind.__new__(kind, *args)
    error.args = args
    vars(error).update(told)
    return error

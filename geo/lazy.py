"""Properties that are computed when they are first read, and kept."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class once(Generic[Value]):  # noqa: N801  # a decorator, spelt like property
    """A property computed at its first reading.

    Unlike ``functools.cached_property`` before Python 3.12 it takes no lock, with which only one thread at a time would
    cut; two threads may compute the same value, and either is kept.
    """

    def __init__(self, make: Callable[[Any], Value]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __get__(self, instance: Any, owner: type) -> Value:
        """The value, which from now on the instance holds itself."""
        value = instance.__dict__[self._make.__name__] = self._make(instance)
        return value

"""Properties that are computed when they are first read, and then stored."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class once(Generic[Value]):  # noqa: N801  # a decorator, spelt like property
    """A property computed when it is first read.

    Unlike ``functools.cached_property`` before Python 3.12 it takes no lock, which would let only one thread at a time
    compute overlays. Two threads may compute the same value, and either is stored.

    >>> class Square:
    ...     side_km = 3
    ...     @once
    ...     def area_km2(self) -> int:
    ...         return self.side_km**2
    >>> Square().area_km2
    9
    """

    def __init__(self, make: Callable[[Any], Value]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __get__(self, instance: Any, owner: type) -> Value:
        """Return the value, which the instance stores from now on."""
        value = instance.__dict__[self._make.__name__] = self._make(instance)
        return value

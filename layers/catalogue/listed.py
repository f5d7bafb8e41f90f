"""Proposals that the catalogue lists without a map."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from layers.dates import is_day


@dataclass(frozen=True)
class Undrawn:
    """A proposal that cannot be drawn; ``when`` is its date or month, ``texts`` title, put_forward_by and reason."""

    id: str
    when: str
    texts: Mapping[str, Mapping[str, str]]
    sources: tuple[Mapping[str, Any], ...]

    @property
    def is_day(self) -> bool:
        """Whether the date is known, and not only the month."""
        return is_day(self.when)


def read_undrawn(entries: Iterable[Mapping[str, Any]]) -> tuple[Undrawn, ...]:
    """Return the entries of the catalogue's document."""
    return tuple(Undrawn(entry["id"], entry["when"], entry["texts"], tuple(entry["sources"])) for entry in entries)

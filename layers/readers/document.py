"""What every file becomes before its format is recognised: features with properties and shapes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from layers.findings import Finding
from layers.readers.shapes import ReadShape


def plain_name(name: str) -> str:
    """Return the letters and digits of a name in lower case, so that spellings of one column compare equal."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


@dataclass(frozen=True)
class Item:
    """One feature of a file; ``shape`` is None where it has no geometry."""

    properties: Mapping[str, Any]
    shape: ReadShape | None


@dataclass(frozen=True)
class Document:
    """A parsed file: ``kind`` is how it is written, ``name`` what it calls itself, ``crs`` what it states (or None).

    ``members`` are the names in the outermost JSON object, by which some makers are known, ``day`` is what the file
    says of its day as a whole, in any spelling, and ``links`` are what a KML points to instead of holding it.
    ``findings`` are what was found while it was opened.
    """

    kind: str
    items: tuple[Item, ...]
    name: str = ""
    crs: str | None = None
    members: frozenset[str] = frozenset()
    day: str | None = None
    links: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

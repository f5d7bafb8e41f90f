"""What every file becomes before its format is told: features with properties and shapes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from layers.readers.shapes import Shape


@dataclass(frozen=True)
class Item:
    """One feature of a file; ``shape`` is None where it has no geometry."""

    properties: Mapping[str, Any]
    shape: Shape | None


@dataclass(frozen=True)
class Document:
    """A parsed file: ``kind`` is how it is written, ``name`` what it calls itself, ``crs`` what it states (or None)."""

    kind: str
    items: tuple[Item, ...]
    name: str = ""
    crs: str | None = None

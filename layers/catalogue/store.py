"""Where the files of a catalogue are: below a folder, or in memory. Reading bytes needs no geometry."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from geo.geojson import Feature


class Store(Protocol):
    """The files of a catalogue by path. Equal stores hold the same files, so that what is drawn of them is cached."""

    def __hash__(self) -> int:
        """Hash for caches."""

    def read(self, path: str) -> bytes:
        """Return the bytes of a file."""

    def features(self, path: str) -> "tuple[Feature, ...]":
        """Return the features of a layer, as they are in its file."""

    def members(self, path: str) -> dict[str, Any]:
        """Return the foreign members of a layer, such as ``name``."""


@dataclass(frozen=True)
class FolderStore:
    """The files below a folder."""

    root: Path

    def read(self, path: str) -> bytes:
        """Return the bytes of a file."""
        return (self.root / path).read_bytes()

    def features(self, path: str) -> "tuple[Feature, ...]":
        """Return the features of a layer. Raises GeometryError."""
        from geo.geojson import read_features

        return tuple(read_features(self.root / path))

    def members(self, path: str) -> dict[str, Any]:
        """Return the foreign members of a layer, such as ``name``. Raises GeometryError."""
        from geo.geojson import read_members

        return read_members(self.root / path)

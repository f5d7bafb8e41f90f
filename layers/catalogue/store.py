"""Where the files of a catalogue are: below a folder, or in memory. Reading bytes needs no geometry."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from geo.geojson import Feature

_EDITION = re.compile(r"(?P<proposal>[^/]+)/(?P<as_of>\d{4}-\d{2}-\d{2})[./]", re.ASCII)


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


class FileDeriver(Protocol):
    """Derives the files of editions that are not built. Equal ones give the same files."""

    def __hash__(self) -> int:
        """Hash for caches."""

    def file(self, proposal_id: str, as_of: str, path: str) -> bytes:
        """Return a file of an edition.

        Parameters
        ----------
        proposal_id
            Id of the proposal.
        as_of
            ISO date of the control map.
        path
            Path of the file below the root of a build.

        Raises
        ------
        FileNotFoundError
            If the edition has no such file.
        """


@dataclass(frozen=True)
class FolderStore:
    """The files below a folder; with a deriver also those that would be there if every edition were built."""

    root: Path
    deriver: FileDeriver | None = None

    def read(self, path: str) -> bytes:
        """Return the bytes of a file. Raises FileNotFoundError, and what deriving an edition raises."""
        try:
            return (self.root / path).read_bytes()
        except FileNotFoundError:
            edition = _EDITION.search(path)
            if self.deriver is None or edition is None:
                raise
            return self.deriver.file(edition["proposal"], edition["as_of"], path)

    def features(self, path: str) -> "tuple[Feature, ...]":
        """Return the features of a layer. Raises GeometryError, and what ``read`` raises."""
        from geo.geojson import parse_features

        return tuple(parse_features(self.read(path), self.root / path))

    def members(self, path: str) -> dict[str, Any]:
        """Return the foreign members of a layer, such as ``name``. Raises GeometryError, and what ``read`` raises."""
        from geo.geojson import parse_members

        return parse_members(self.read(path), self.root / path)

"""Where the files of a catalogue are: below a folder, or in memory. Reading bytes needs no geometry."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from layers.errors import DamagedFileError
from layers.files import read_at_once

if TYPE_CHECKING:
    from geo.geojson import Feature

_EDITION = re.compile(r"(?P<proposal>[^/]+)/(?P<as_of>\d{4}-\d{2}-\d{2})[./]", re.ASCII)


Stamp = tuple[int, ...]  # of a file, see stamp


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
    """The files below a folder; with a deriver also those that would be there if every edition were built.

    ``sha256`` has the hash of every file that was built, by path. Other bytes are never given out for it.
    """

    root: Path
    deriver: FileDeriver | None = None
    sha256: Mapping[str, str] = field(default_factory=dict, compare=False)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file.

        Raises
        ------
        DamagedFileError
            If a file that was built is missing or has other bytes.
        FileNotFoundError
            If there is no such file; also what deriving an edition raises.
        """
        if path in self.sha256:
            return self._read_built(path)
        try:
            return (self.root / path).read_bytes()
        except FileNotFoundError:
            edition = _EDITION.search(path)
            if self.deriver is None or edition is None:
                raise
            return self.deriver.file(edition["proposal"], edition["as_of"], path)

    def damaged(self, whole: dict[Path, Stamp]) -> Iterator[DamagedFileError]:
        """Yield an error for each file that was built and is missing or has other bytes.

        Parameters
        ----------
        whole
            Files that were found whole, which are read again only where their stamp is another; written by this.
        """
        for path, file in ((path, self.root / path) for path in self.sha256):
            now = stamp(file)
            if now and whole.get(file) == now:
                continue
            try:
                self._read_built(path)
                whole[file] = now
            except DamagedFileError as error:
                yield error

    def features(self, path: str) -> "tuple[Feature, ...]":
        """Return the features of a layer. Raises GeometryError, and what ``read`` raises."""
        from geo.geojson import parse_features

        return tuple(parse_features(self.read(path), self.root / path))

    def members(self, path: str) -> dict[str, Any]:
        """Return the foreign members of a layer, such as ``name``. Raises GeometryError, and what ``read`` raises."""
        from geo.geojson import parse_members

        return parse_members(self.read(path), self.root / path)

    def _read_built(self, path: str) -> bytes:
        try:
            content = read_at_once(self.root / path)
        except OSError as error:
            raise _damaged(path, f"cannot be read ({error.strerror})") from error
        if hashlib.sha256(content).hexdigest() != self.sha256[path]:
            raise _damaged(path, "is not the file that catalog.json names (SHA-256 differs)")
        return content


def stamp(file: Path) -> Stamp:
    """Return what changes with a file that is written again: times in ns, size in bytes and place; empty if missing."""
    try:
        status = file.stat()
    except OSError:
        return ()
    return (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)


def _damaged(path: str, what: str) -> DamagedFileError:
    return DamagedFileError(f"{path} {what}; run 'clausemap build' and start the service again")

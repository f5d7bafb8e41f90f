"""Where the files of a catalogue are: below a folder, or in memory. Reading bytes needs no geometry."""

import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from layers.errors import DamagedFileError
from layers.files import read_at_once

if TYPE_CHECKING:
    from geo.geojson import Feature

_EDITION = re.compile(r"(?P<proposal>[^/]+)/(?P<as_of>\d{4}-\d{2}-\d{2})[./]", re.ASCII)


DIFFERS = "is not the file that catalog.json names (SHA-256 differs)"
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


def _unknown(path: str) -> None:
    """No file was built."""


@dataclass(frozen=True)
class FolderStore:
    """The files below a folder; with a deriver also those that would be there if every edition were built.

    ``sha256`` returns the hash of a file that was built, by path. Other bytes are never given out for it.
    """

    root: Path
    deriver: FileDeriver | None = None
    sha256: Callable[[str], str | None] = field(default=_unknown, compare=False)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file.

        Raises
        ------
        DamagedFileError
            If a file that was built is missing or has other bytes.
        FileNotFoundError
            If there is no such file; also what deriving an edition raises.
        """
        sha256 = self.sha256(path)
        if sha256 is not None:
            return whole_content(self.root, path, sha256)
        try:
            return (self.root / path).read_bytes()
        except FileNotFoundError:
            edition = edition_of(path)
            if self.deriver is None or edition is None:
                raise
            return self.deriver.file(*edition, path)

    def features(self, path: str) -> "tuple[Feature, ...]":
        """Return the features of a layer. Raises GeometryError, and what ``read`` raises."""
        from geo.geojson import parse_features

        return tuple(parse_features(self.read(path), self.root / path))

    def members(self, path: str) -> dict[str, Any]:
        """Return the foreign members of a layer, such as ``name``. Raises GeometryError, and what ``read`` raises."""
        from geo.geojson import parse_members

        return parse_members(self.read(path), self.root / path)


def edition_of(path: str) -> tuple[str, str] | None:
    """Return the proposal and the date of the edition that a file below the root of a build is of; None for others."""
    found = _EDITION.search(path)
    return (found["proposal"], found["as_of"]) if found else None


def whole_content(root: Path, path: str, sha256: str) -> bytes:
    """Return the bytes of a file that was built.

    Parameters
    ----------
    root
        Folder of the build.
    path
        Path of the file below it.
    sha256
        The hash that its bytes have to have.

    Raises
    ------
    DamagedFileError
        If it is missing or has other bytes.
    """
    try:
        content = read_at_once(root / path)
    except OSError as error:
        raise damaged_file(path, f"cannot be read ({error.strerror})") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise damaged_file(path, DIFFERS)
    return content


def stamp(file: Path | IO[bytes]) -> Stamp:
    """Return what changes with a file that is written again: times in ns, size in bytes and place; empty if missing."""
    try:
        status = file.stat() if isinstance(file, Path) else os.fstat(file.fileno())
    except OSError:
        return ()
    return (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)


def damaged_file(path: str, what: str) -> DamagedFileError:
    """Return the error for a file of a build, which says what to do.

    Parameters
    ----------
    path
        Its path below the root.
    what
        What is wrong with it.
    """
    return DamagedFileError(f"{path} {what}; run 'clausemap build' and start the service again")

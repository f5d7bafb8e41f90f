"""Where the files of a build go: a folder today; an object store or a database is one more class."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from layers.files import write_bytes


class Sink(Protocol):
    """A place for files. Writing the same file twice leaves the same bytes."""

    def write(self, path: str, content: bytes) -> None:
        """Store a file.

        Parameters
        ----------
        path
            Path below the root, with ``/``.
        content
            Bytes of the file.

        Raises
        ------
        WritingError
            If the file cannot be written.
        """

    def read(self, path: str) -> bytes | None:
        """Return what is stored under a path, None where nothing is."""


@dataclass(frozen=True)
class FolderSink:
    """A folder, made when the first file is written; each file is written whole or not at all."""

    root: Path

    def write(self, path: str, content: bytes) -> None:
        """Store a file, and make the folders it needs.

        Parameters
        ----------
        path
            Path below the folder, with ``/``.
        content
            Bytes of the file.

        Raises
        ------
        WritingError
            If the disk is full or permission is missing.
        """
        write_bytes(self.root / path, content)

    def read(self, path: str) -> bytes | None:
        """Return what is stored under a path, None where nothing is."""
        try:
            return (self.root / path).read_bytes()
        except FileNotFoundError:
            return None


@dataclass(frozen=True)
class MemorySink:
    """Files in memory, by path."""

    files: dict[str, bytes] = field(default_factory=dict)

    def write(self, path: str, content: bytes) -> None:
        """Store a file in memory.

        Parameters
        ----------
        path
            Key of the file.
        content
            Bytes of the file.
        """
        self.files[path] = content

    def read(self, path: str) -> bytes | None:
        """Return what is stored under a path, None where nothing is."""
        return self.files.get(path)

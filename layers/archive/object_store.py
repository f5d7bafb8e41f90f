"""Object storage as a place for the files of a build: Amazon S3 and what else fsspec knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from layers.errors import MissingPackageError
from layers.files import WritingError


@dataclass(frozen=True)
class ObjectStoreSink:
    """A URL such as ``s3://bucket/folder``; an object is written whole or not at all.

    Keys and endpoint come from where the storage's own programs read them, such as ``AWS_ACCESS_KEY_ID``.
    """

    url: str

    @cached_property
    def _opened(self) -> tuple[Any, str]:
        """The file system of the URL, and the path in it."""
        try:
            from fsspec import url_to_fs

            system, path = url_to_fs(self.url, use_listings_cache=False)
        except ImportError as error:
            raise MissingPackageError(self.url, str(error), "archive") from error
        except ValueError as error:
            raise WritingError(f"{self.url}: {error}; name a folder, or a URL such as s3://bucket/folder") from error
        return system, path.rstrip("/")

    def write(self, path: str, content: bytes) -> None:
        """Store an object.

        Parameters
        ----------
        path
            Path below the URL, with ``/``.
        content
            Bytes of the object.

        Raises
        ------
        WritingError
            If the storage refuses it.
        """
        system, root = self._opened
        with self._refused(path):
            system.pipe_file(f"{root}/{path}", content)

    def read(self, path: str) -> bytes | None:
        """Return what is stored under a path, None where nothing is. Raises WritingError if the storage refuses it."""
        system, root = self._opened
        with self._refused(path):
            try:
                return bytes(system.cat_file(f"{root}/{path}"))
            except FileNotFoundError:
                return None

    @contextmanager
    def _refused(self, path: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # each storage has errors of its own
            reason = " ".join(str(error).split()) or type(error).__name__
            raise WritingError(f"{self.url}/{path}: {reason}; see to the bucket and its keys, and run again") from error

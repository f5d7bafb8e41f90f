"""From the address of an archive to its place."""

from functools import cache
from pathlib import Path

from layers.archive.database import DatabasePlace
from layers.archive.object_store import ObjectStoreSink
from layers.archive.place import ArchivePlace, FilePlace
from layers.build.sink import FolderSink

DATABASES = ("postgresql://", "postgres://")


def is_database(to: str) -> bool:
    """Whether an address is that of a database, which holds no files."""
    return to.startswith(DATABASES)


@cache
def open_place(to: str) -> ArchivePlace:
    """Return the place of an address, once a process.

    Parameters
    ----------
    to
        A folder, a URL of object storage, or one of PostgreSQL.
    """
    if is_database(to):
        return DatabasePlace(to)
    return FilePlace(ObjectStoreSink(to) if "://" in to else FolderSink(Path(to)))

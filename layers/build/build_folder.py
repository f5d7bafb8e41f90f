"""The folder beside its place in which a build is written, resumed where an earlier one was interrupted."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from os import fstat
from os.path import samestat
from pathlib import Path
from typing import IO

from geo.errors import ClausemapError
from layers.build.sink import FolderSink
from layers.files import refused_writing, swap_folder

try:
    import fcntl
except ImportError:  # Windows: two builds of one folder at the same time are not kept apart
    fcntl = None  # type: ignore[assignment]

KEY_LENGTH = 12
LOCK = "lock"


@dataclass(frozen=True)
class BuildFolder:
    """Where a build writes: ``files`` of the result, and ``records`` of the editions that are complete."""

    files: FolderSink
    records: FolderSink


@contextmanager
def build_folder(root: Path, key: str) -> Iterator[BuildFolder]:
    """Give a folder to write into, and move it to the place of ``root`` at the end.

    What an interrupted build with the same key has written is there again; folders of other keys are removed. After one
    of the project's own errors (ClausemapError) nothing is left over and ``root`` is as it was. A second build with the
    same key waits for the first.

    Parameters
    ----------
    root
        Folder of the result.
    key
        Hash of all inputs, in hexadecimal digits.

    Raises
    ------
    WritingError
        If the folder cannot be written, or not be moved.
    """
    place = root.with_name(f".{root.name}.{key[:KEY_LENGTH]}")
    _remove_others(place, root)
    lock = _locked(place, root)
    _remove_unfinished(place)
    try:
        yield BuildFolder(FolderSink(place / "files"), FolderSink(place / "records"))
        swap_folder(place / "files", root)
    except ClausemapError:
        shutil.rmtree(place, ignore_errors=True)
        raise
    else:
        shutil.rmtree(place, ignore_errors=True)
    finally:
        lock.close()


def _locked(place: Path, root: Path) -> IO[bytes]:
    """Open the lock of a build's folder when no other build holds it; the system frees that of a killed one."""
    path = place / LOCK
    with refused_writing(root):
        while True:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = path.open("ab")
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX)
            if path.exists() and samestat(path.stat(), fstat(file.fileno())):
                return file
            file.close()  # the build that was waited for has removed its folder


def _remove_others(place: Path, root: Path) -> None:
    """Remove what interrupted builds with other inputs have left; what runs is left alone."""
    for path in root.parent.glob(f".{root.name}.*/{LOCK}"):
        if path.parent != place and _is_free(path):
            shutil.rmtree(path.parent, ignore_errors=True)


def _remove_unfinished(place: Path) -> None:
    """Remove files that a killed build had not written to the end; their names are those of ``write_bytes``."""
    for path in [path for path in place.rglob(".*") if path.is_file()]:
        path.unlink()


def _is_free(path: Path) -> bool:
    with suppress(OSError), path.open("ab") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    return False

"""Writing files completely or not at all."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from geo.errors import ClausemapError

try:
    import fcntl
except ImportError:  # Windows: what a killed run has left stays
    fcntl = None  # type: ignore[assignment]

UNFINISHED = ".new"


class WritingError(ClausemapError):
    """A file could not be written; the file that was there before is unchanged."""


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file to a temporary name in the same folder, then rename it.

    Parameters
    ----------
    path
        The file; missing folders are made.
    content
        Bytes of the file.

    Raises
    ------
    WritingError
        If the disk is full or permission is missing; the file that was there before is unchanged.
    """
    with refused_writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)


def read_at_once(path: Path) -> bytes:
    """Return the bytes of a file; a named pipe in its place is empty and keeps nobody waiting. Raises OSError."""
    with open_at_once(path, "rb") as file:
        return file.read()


def open_at_once(path: Path, mode: str) -> IO[bytes]:
    """Open a file; a named pipe in its place keeps nobody waiting.

    Parameters
    ----------
    path
        The file.
    mode
        Mode of ``open``, for bytes.

    Raises
    ------
    OSError
        If it cannot be opened, such as a pipe that nobody reads.
    """
    without_waiting = getattr(os, "O_NONBLOCK", 0)  # Windows has no such files
    return cast(IO[bytes], open(path, mode, opener=lambda name, flags: os.open(name, flags | without_waiting)))


@contextmanager
def refused_writing(path: Path) -> Iterator[None]:
    """Raise WritingError that names the path and says what to do where the system refuses to write."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        remedy = "free space or mend the permissions and run again"
        raise WritingError(f"{path}: could not be written ({reason}); {remedy}") from error


def replace_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write a whole folder beside its place, then swap it in; files that are not named are removed.

    Parameters
    ----------
    folder
        The folder to replace.
    contents
        Bytes of each file by its path below the folder.

    Raises
    ------
    WritingError
        If a file cannot be written; the folder stays as it was.
    """
    with refused_writing(folder), new_folder(folder) as new:
        for name, content in contents.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        swap_folder(new, folder)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give a folder beside another one that it is to replace; what is left of it at the end is removed.

    Those of earlier runs that were killed are removed, too: the system has taken their locks away.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    _restore(folder)
    for abandoned in folder.parent.glob(f".{folder.name}.*{UNFINISHED}"):
        with _locked(abandoned) as is_mine:
            if is_mine:
                shutil.rmtree(abandoned, ignore_errors=True)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=UNFINISHED, dir=folder.parent))
    try:
        with _locked(new):
            yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Lock a folder against other runs; gives whether no other one has it."""
    handle = -1
    if fcntl is not None:
        handle = os.open(folder, os.O_RDONLY)
    try:
        yield handle >= 0 and _lock(handle)
    finally:
        if handle >= 0:
            os.close(handle)


def _lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # another run has it, or the file system has no locks
        return False
    return True


def link_or_copy(old: Path, new: Path) -> None:
    """Have a file in a second place, without writing its bytes where the file system can. Files are never changed.

    Parameters
    ----------
    old
        The file.
    new
        The second place; missing folders are made, and what is there is replaced.
    """
    new.parent.mkdir(parents=True, exist_ok=True)
    new.unlink(missing_ok=True)
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


def swap_folder(new: Path, folder: Path) -> None:
    """Put a folder in the place of another one.

    Parameters
    ----------
    new
        The folder to move, in the same parent folder as the other.
    folder
        The folder to replace; it need not exist.

    Raises
    ------
    WritingError
        If it cannot be moved; ``folder`` stays as it was.
    """
    old = folder.with_name(f".{folder.name}.old")
    with refused_writing(folder):
        try:
            _restore(folder)
            new.chmod(0o755)
            _swap(new, folder, old)
        finally:
            shutil.rmtree(old, ignore_errors=True)


def _restore(folder: Path) -> None:
    """Put back what an earlier run moved away that was killed between its two renames."""
    old = folder.with_name(f".{folder.name}.old")
    if old.exists() and not folder.exists():
        old.rename(folder)


def _swap(new: Path, folder: Path, old: Path) -> None:
    """Put a new folder in the place of another; the other comes back where that fails."""
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise


def json_bytes(document: Any) -> bytes:
    """Return JSON in one fixed form: UTF-8, compact, with a final newline."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode() + b"\n"


def cell(value: object) -> object:
    """Return a value as written in CSV: empty for None, true and false in lower case."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value

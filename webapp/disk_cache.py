"""Results on disk by key: images, charts, map fragments, compressed files. The least recently used are removed first.

A file holds the SHA-256 of its key and content and then the content, so that a damaged one, or that of another key, is
made again and never served.
"""

import hashlib
import math
import os
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from platformdirs import user_cache_path

from layers.files import WritingError, open_at_once, read_at_once, write_bytes
from webapp.settings import read_settings

try:
    import fcntl
except ImportError:  # Windows: two processes may make the same result, with the same bytes
    fcntl = None  # type: ignore[assignment]

PREPARED_BYTES = 1_000_000_000  # of a folder that the build fills and cleans itself
ENDING = ".cached"
DIGEST_BYTES = 32
ABANDONED_AFTER_S = 3600  # hidden files of results that are being made or written are younger
LOOKS_AGAIN_S = 0.05  # whoever waits for a lock: the system cannot wait for one and for a time
ROOM_KEPT = 0.9  # of the room is filled after a cleaning


@dataclass(frozen=True)
class DiskCache:
    """A folder and the number of bytes that its results may take. Any number of processes may share it."""

    folder: Path
    room_bytes: int = PREPARED_BYTES

    def path(self, key: str) -> Path:
        """Return the file of a key, a name without a slash."""
        return self.folder / key[:2] / f"{key}{ENDING}"

    def read(self, key: str) -> bytes | None:
        """Return the result of a key; None if it is not stored or damaged."""
        path = self.path(key)
        try:
            stored = read_at_once(path)
        except OSError:
            return None
        with suppress(OSError):  # a folder that can only be read is used all the same
            os.utime(path)
        digest, content = stored[:DIGEST_BYTES], stored[DIGEST_BYTES:]
        return content if _digest(key, content) == digest else None

    def write(self, key: str, content: bytes) -> None:
        """Store a result. If the folder cannot be written, nothing is stored and no error is raised.

        Parameters
        ----------
        key
            Key of the result, hexadecimal digits.
        content
            Bytes of the result; not stored if there are more than the cache may hold.
        """
        if len(content) > self.room_bytes:
            return
        try:
            write_bytes(self.path(key), _digest(key, content) + content)
            self._remove_abandoned(self.path(key))
            self._make_room()
        except (OSError, WritingError):
            return

    def keep_only(self, keys: Collection[str]) -> None:
        """Remove the results of all other keys."""
        wanted = {self.path(key) for key in keys}
        for path in self._files():
            if path not in wanted:
                path.unlink(missing_ok=True)

    @property
    def held_bytes(self) -> int:
        """The bytes of all results; looks at every file."""
        return sum(size for _, size, _ in self._statuses())

    @contextmanager
    def locked(self, key: str, wait_s: float = math.inf) -> Iterator[None]:
        """Wait until no other process makes the result of a key; the system unlocks it if that process is killed.

        Where the folder's file system cannot lock, nobody waits, and the result is made more than once.

        Parameters
        ----------
        key
            Key of the result.
        wait_s
            How long to wait for another process; then the result is made more than once, too.
        """
        path = self.path(key).with_name(f".{key}.lock")
        file = None
        if fcntl is not None:
            with suppress(OSError):
                file = _locked(path, time.monotonic() + wait_s)
        try:
            yield
        finally:
            if file is not None:
                with suppress(OSError):  # while it is held: whoever waits for it then finds the result
                    path.unlink(missing_ok=True)
                file.close()

    def _files(self) -> Iterator[Path]:
        return self.folder.glob(f"*/[!.]*{ENDING}")

    def _statuses(self) -> Iterator[tuple[int, int, Path]]:
        """When each result was last used, in ns, its bytes, and its file."""
        for path in self._files():
            with suppress(FileNotFoundError):  # another process makes room
                status = path.stat()
                yield status.st_mtime_ns, status.st_size, path

    def _make_room(self) -> None:
        """Remove the least recently used results where all together exceed the room."""
        found = list(self._statuses())
        held = sum(size for _, size, _ in found)
        if held <= self.room_bytes:
            return
        for _, size, path in sorted(found):
            path.unlink(missing_ok=True)
            held -= size
            if held <= self.room_bytes * ROOM_KEPT:
                return

    def _remove_abandoned(self, newest: Path) -> None:
        """Remove hidden files much older than the newest result: their processes were killed while they wrote."""
        now = newest.stat().st_mtime
        for path in self.folder.glob("*/.*"):
            with suppress(OSError):
                if now - path.stat().st_mtime > ABANDONED_AFTER_S:
                    path.unlink()


def operator_cache() -> DiskCache:
    """Return the cache that the settings name, else the one in the platform's folder for caches. Raises SetupError."""
    settings = read_settings()
    folder = settings.cache or user_cache_path("clausemap", appauthor=False)
    return DiskCache(folder / "results", settings.images_mb * 1_000_000)


def _digest(key: str, content: bytes) -> bytes:
    return hashlib.sha256(key.encode() + content).digest()


def _locked(path: Path, until: float) -> IO[bytes]:
    """A file that is locked. Raises OSError where it cannot be, or not in time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = open_at_once(path, "ab")
    try:
        while not _lock(file):
            if time.monotonic() > until:
                raise TimeoutError(f"{path} is locked by another process")
            time.sleep(LOOKS_AGAIN_S)
    except OSError:
        file.close()
        raise
    return file


def _lock(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

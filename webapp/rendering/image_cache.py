"""Drawn images on disk, by what they are drawn from; bounded by size, the longest unused go first.

A file holds the SHA-256 of an image and then the image, so that one that was damaged is drawn again and never sent.
"""

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from layers.files import WritingError, write_bytes
from webapp.errors import SetupError

FOLDER, ROOM = "CLAUSEMAP_CACHE", "CLAUSEMAP_IMAGES_MB"
ROOM_MB = 512
ENDING = ".drawn"
DIGEST_BYTES = 32
LEFT_AFTER_S = 3600  # a hidden file of an image that is being written or drawn is younger
ROOM_KEPT = 0.9  # of the room is left when some had to go


@dataclass(frozen=True)
class Store:
    """A folder and how many bytes it may hold."""

    folder: Path
    room_bytes: int


def open_store() -> Store:
    """The store that the environment names, else in the platform's folder for caches.

    Raises SetupError for a size that is no number.
    """
    named = os.environ.get(FOLDER, "").strip()
    folder = Path(named) if named else user_cache_path("clausemap", appauthor=False)
    room = os.environ.get(ROOM, "").strip() or str(ROOM_MB)
    if not room.isdecimal():
        raise SetupError(f"{ROOM} is '{room}'; write a number of megabytes, such as {ROOM_MB}")
    return Store(folder / "images", int(room) * 1_000_000)


def read_image(store: Store, key: str) -> bytes | None:
    """The image of a key, None where there is none or it is damaged."""
    path = _path(store, key)
    try:
        content = path.read_bytes()
    except OSError:
        return None
    with suppress(OSError):  # a folder that is only read serves all the same
        os.utime(path)
    digest, image = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
    return image if hashlib.sha256(image).digest() == digest else None


def keep_image(store: Store, key: str, image: bytes) -> None:
    """Keep an image; a folder that cannot be written costs a drawing each time, nothing more."""
    if len(image) > store.room_bytes:
        return
    try:
        write_bytes(_path(store, key), hashlib.sha256(image).digest() + image)
        _remove_left(store, _path(store, key))
        _make_room(store)
    except (OSError, WritingError):
        return


def _path(store: Store, key: str) -> Path:
    return store.folder / key[:2] / f"{key}{ENDING}"


def _make_room(store: Store) -> None:
    """Remove the longest unused images where all together pass the room. Another process may do the same."""
    found = []
    for path in store.folder.glob(f"*/*{ENDING}"):
        try:
            told = path.stat()
        except FileNotFoundError:
            continue
        found.append((told.st_mtime_ns, told.st_size, path))
    held = sum(size for _, size, _ in found)
    if held <= store.room_bytes:
        return
    for _, size, path in sorted(found):
        path.unlink(missing_ok=True)
        held -= size
        if held <= store.room_bytes * ROOM_KEPT:
            return


def _remove_left(store: Store, newest: Path) -> None:
    """Remove what processes left that were killed while they wrote: hidden files much older than the newest image."""
    now = newest.stat().st_mtime
    for path in store.folder.glob("*/.*"):
        with suppress(FileNotFoundError):
            if now - path.stat().st_mtime > LEFT_AFTER_S:
                path.unlink()

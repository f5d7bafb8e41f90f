"""Prebuilt responses in memory: the least recently used are dropped when there is no room.

Nothing that a client writes is stored as it came: a key is hashed, and every entry counts with more than its body.
"""

import hashlib
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from operator import attrgetter
from threading import Lock

from cachetools import LRUCache

ROOM_BYTES = 48 * 1024 * 1024
ENTRY_BYTES = 1024  # what an entry takes besides its body and Link header: key, ETag, file name and objects


@dataclass(frozen=True)
class Finished:
    """A prebuilt response: body, media type, ETag without quotes, encoding, file name and Link header."""

    body: bytes
    media_type: str
    etag: str
    encoding: str | None = None
    filename: str | None = None
    link: str | None = None

    @property
    def held_bytes(self) -> int:
        """The memory that a cache counts for it."""
        return ENTRY_BYTES + len(self.body) + len(self.link or "")


class FinishedCache:
    """Prebuilt responses by key, within a number of bytes. Safe among threads."""

    def __init__(self, room_bytes: int = ROOM_BYTES) -> None:
        self._entries: LRUCache[bytes, Finished] = LRUCache(room_bytes, attrgetter("held_bytes"))
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Finished]) -> Finished:
        """Return the response for a key, made if it is not cached. Two threads may make it; both results are equal.

        Parameters
        ----------
        key
            Checked values only, since every key takes memory; compared by ``repr``.
        make
            Returns the response.
        """
        digest = hashlib.blake2b(repr(key).encode(), digest_size=16).digest()
        with self._lock:
            cached = self._entries.get(digest)
        if cached is not None:
            return cached
        made = make()
        with self._lock, suppress(ValueError):  # it is larger than all the room
            self._entries[digest] = made
        return made

    @property
    def held_bytes(self) -> int:
        """The memory that all entries count for, never more than there is room."""
        return int(self._entries.currsize)

    def __len__(self) -> int:
        return len(self._entries)

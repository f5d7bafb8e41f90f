"""Prebuilt responses in memory: the least recently used are dropped when there is no room.

Nothing that a client writes is held as it came: a key is hashed, and every entry counts with more than its body.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

ROOM_BYTES = 64 * 1024 * 1024
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
        self._room_bytes = room_bytes
        self._held_bytes = 0
        self._entries: OrderedDict[bytes, Finished] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Finished]) -> Finished:
        """Return the response for a key, made if it is not cached. Two threads may make it; both are equal.

        Parameters
        ----------
        key
            Checked values only; told apart by ``repr``.
        make
            Makes the response.
        """
        digest = hashlib.blake2b(repr(key).encode(), digest_size=16).digest()
        with self._lock:
            if digest in self._entries:
                self._entries.move_to_end(digest)
                return self._entries[digest]
        made = make()
        with self._lock:
            self._keep(digest, made)
        return made

    @property
    def held_bytes(self) -> int:
        """The memory that all entries count for, never more than there is room."""
        return self._held_bytes

    def _keep(self, digest: bytes, made: Finished) -> None:
        if digest in self._entries or made.held_bytes > self._room_bytes:
            return
        self._entries[digest] = made
        self._held_bytes += made.held_bytes
        while self._held_bytes > self._room_bytes:
            _, dropped = self._entries.popitem(last=False)
            self._held_bytes -= dropped.held_bytes

    def __len__(self) -> int:
        return len(self._entries)

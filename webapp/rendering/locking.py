"""One drawing of an image among the workers of a server, where the system can lock files."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from webapp.rendering.image_cache import Store

try:
    import fcntl
except ImportError:  # Windows: two workers may draw the same image, to the same bytes
    fcntl = None  # type: ignore[assignment]


@contextmanager
def only_one(store: Store, key: str) -> Iterator[None]:
    """Wait until no other process draws the image of a key; the system frees it where one is killed.

    Where no file can be locked nobody waits, and the image is drawn more than once.
    """
    path = store.folder / key[:2] / f".{key}.lock"
    file = None
    if fcntl is not None:
        with suppress(OSError):
            file = _locked(path)
    try:
        yield
    finally:
        if file is not None:
            path.unlink(missing_ok=True)  # while it is held: who waits for it finds the image when it is let in
            file.close()


def _locked(path: Path) -> IO[bytes]:
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
    except OSError:
        file.close()
        raise
    return file

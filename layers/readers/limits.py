"""How much a file may hold, looked at before memory is spent on it."""

import hashlib
from pathlib import Path

from layers.errors import ControlError

MOST_BYTES = 200 * 2**20  # 200 MB as file managers count them
MOST_VERTICES = 5_000_000
MOST_OBJECTS = 1_000_000
BRACKETS_A_VERTEX = 1.75  # a polygon of one triangle has four vertices and three brackets more


def read_bytes(path: Path) -> bytes:
    """The content of a file of at most 200 MB. Raises ControlError: ``unreadable``, ``too-large``."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ControlError("unreadable", f"{path}: cannot be read ({error.strerror}); look at the path") from error
    if len(content) > MOST_BYTES:
        raise ControlError(
            "too-large", f"{path}: larger than {MOST_BYTES // 2**20} MB; simplify it or take out what is not Ukraine"
        )
    return content


def sha256(content: bytes) -> str:
    """The hash by which a file is known in provenance and file names."""
    return hashlib.sha256(content).hexdigest()


def check_vertices(path: Path, vertices: int) -> None:
    """Refuse more than 5 million vertices. Raises ControlError ``too-many-vertices``."""
    if vertices > MOST_VERTICES:
        raise ControlError(
            "too-many-vertices",
            f"{path}: about {vertices:,} vertices, at most {MOST_VERTICES:,} are read; simplify it",
        )


def check_json(path: Path, content: bytes) -> None:
    """Refuse JSON that would take more memory than a map needs, by counting its brackets."""
    check_vertices(path, int(content.count(b"[") / BRACKETS_A_VERTEX))
    if content.count(b"{") > MOST_OBJECTS:
        raise ControlError("too-large", f"{path}: more than {MOST_OBJECTS:,} objects; take out what is no map")

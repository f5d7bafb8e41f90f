"""How much a file may hold, looked at before memory is spent on it."""

import hashlib
import os
import stat
from pathlib import Path

from layers.errors import ControlError

MOST_BYTES = 200 * 2**20  # 200 MB as file managers count them
MOST_VERTICES = 5_000_000
MOST_OBJECTS = 1_000_000
BRACKETS_A_VERTEX = 1.75  # a polygon of one triangle has four vertices and three brackets more
OTHER_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def read_bytes(path: Path) -> bytes:
    """The content of a regular file of at most 200 MB; nothing else is opened, so that nothing can make it wait.

    Raises ControlError: ``unreadable``, ``too-large``.
    """
    try:
        _check_regular(path)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a zero byte
        reason = getattr(error, "strerror", None) or error
        raise ControlError("unreadable", f"{path}: cannot be read ({reason}); look at the path") from error
    if len(content) > MOST_BYTES:
        raise too_large(path)
    return content


def _check_regular(path: Path) -> None:
    kind = stat.S_IFMT(os.stat(path).st_mode)  # noqa: PTH116 - one call for all kinds
    if kind != stat.S_IFREG:
        what = OTHER_KINDS.get(kind, "no file")
        raise ControlError("unreadable", f"{path}: is {what}; name a file that holds the map")


def too_large(path: Path) -> ControlError:
    """The refusal of a file that holds more than 200 MB."""
    return ControlError(
        "too-large", f"{path}: larger than {MOST_BYTES // 2**20} MB; simplify it or take out what is not Ukraine"
    )


def sha256(content: bytes) -> str:
    """The hash by which a file is known in provenance and file names."""
    return hashlib.sha256(content).hexdigest()


def check_vertices(path: Path, vertices: int) -> None:
    """Refuse more than 5 million vertices.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    vertices
        Number of vertices, counted or estimated.

    Raises
    ------
    ControlError
        ``too-many-vertices``.
    """
    if vertices > MOST_VERTICES:
        raise ControlError(
            "too-many-vertices",
            f"{path}: about {vertices:,} vertices, at most {MOST_VERTICES:,} are read; simplify it",
        )


def check_features(path: Path, features: int) -> None:
    """Refuse more than a million features.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    features
        Number of features, counted or estimated.

    Raises
    ------
    ControlError
        ``too-large``.
    """
    if features > MOST_OBJECTS:
        raise ControlError("too-large", f"{path}: more than {MOST_OBJECTS:,} objects; take out what is no map")


def check_json(path: Path, content: bytes) -> None:
    """Refuse JSON that would take more memory than a map needs, judged by its brackets before it is parsed.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    content
        Bytes of the file, in UTF-8.

    Raises
    ------
    ControlError
        ``too-many-vertices`` or ``too-large``.
    """
    check_vertices(path, int(content.count(b"[") / BRACKETS_A_VERTEX))
    check_features(path, content.count(b"{"))

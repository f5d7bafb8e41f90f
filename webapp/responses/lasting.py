"""Versions of drawings: an address that names one sends these bytes for good, or none.

A drawing changes with the code as well as with the data, so that its version is the hash of its bytes.
"""

import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from layers.errors import UnknownError
from layers.versions.keeping import VERSION, VERSIONS
from webapp.disk_cache import DiskCache
from webapp.query import LONGEST_NAME

FOLDER = "drawings"
ROOM_BYTES = 2_000_000_000  # for the drawings of a control map; the least recently requested go first
PREFIX, DIGITS = "sha256-", 16
NAMED = re.compile(rf"{PREFIX}.*|{VERSION.pattern}", re.ASCII | re.DOTALL)


def version_of_drawing(drawing: bytes) -> str:
    """Return the version of an image or of a file beside it, such as ``sha256-0123456789abcdef``."""
    return PREFIX + sha256(drawing).hexdigest()[:DIGITS]


def names_version(value: str) -> bool:
    """Whether a value of ``v`` asks for a version; what caches and editing systems add does not."""
    return NAMED.fullmatch(value) is not None


def kept_drawings(workspace: Path | None, control: str) -> DiskCache | None:
    """Return where the drawings of a control map are kept whose versions were requested; None without a workspace.

    Parameters
    ----------
    workspace
        Folder of the operator.
    control
        Id of the control map.
    """
    return DiskCache(workspace / VERSIONS / control / FOLDER, ROOM_BYTES) if workspace else None


def lasting_drawing(kept: DiskCache | None, key: str, version: str, draw: Callable[[], bytes]) -> bytes:
    """Return the bytes of a drawing in a version: as they were kept, else as they are drawn now, and keep them.

    Parameters
    ----------
    kept
        Where drawings are kept, if anywhere.
    key
        Hash of everything that the address says, the version too.
    version
        The version that the address names.
    draw
        Returns the drawing as it is now.

    Raises
    ------
    UnknownError
        If it was not kept and is drawn otherwise now; names the version that there is. Also whatever ``draw`` raises.
    """
    stored = kept.read(key) if kept else None
    if stored is not None and version_of_drawing(stored) == version:
        return stored
    drawn = draw()
    if version_of_drawing(drawn) != version:
        raise UnknownError("version of the image", version[:LONGEST_NAME], (version_of_drawing(drawn),))
    if kept:
        kept.write(key, drawn)
    return drawn

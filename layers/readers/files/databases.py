"""SQLite: what kind a database is, and its last edits put into it where they lie in files beside it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from layers.errors import ControlError

SQLITE = b"SQLite format 3\x00"
TILES = {"tiles", "metadata"}
LOG_HEAD, FRAME_HEAD = 32, 24  # bytes, by SQLite's file format


def settle(path: Path, copy: Path) -> None:
    """Merge the ``-wal`` or ``-journal`` beside a copy of a GeoPackage into it.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    copy
        Copy of the GeoPackage in a temporary folder, with its ``-wal`` or ``-journal`` beside it.

    Raises
    ------
    ControlError
        ``unreadable`` if it is damaged, ``unknown-format`` if it is SQLite but no GeoPackage.
    """
    log = copy.with_name(f"{copy.name}-wal")
    edits = log.read_bytes() if log.exists() else b""
    try:
        with closing(sqlite3.connect(copy)) as database:
            taken = database.execute("PRAGMA wal_checkpoint").fetchone()[1]
            database.execute("PRAGMA journal_mode=DELETE")
            database.execute("PRAGMA trusted_schema=OFF")
            sound = database.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            names = {str(name) for (name,) in database.execute("SELECT name FROM sqlite_master")}
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise damaged(path, "GeoPackage") from error
    if "gpkg_contents" not in names:
        raise _other(path, names)
    if not sound:
        raise damaged(path, "GeoPackage")
    if edits and taken < max(1, _frames(edits)):
        message = (
            f"{path}: its last edits, in the -wal beside it, are cut off or not finished; close it where it is open"
        )
        raise ControlError("unreadable", f"{message} and take both files again")


def _frames(log: bytes) -> int:
    """How many pages a ``-wal`` says that it holds, the last one cut off or not; older ones have other salts."""
    step = FRAME_HEAD + int.from_bytes(log[8:12], "big")
    return sum(log[place + 8 : place + 16] == log[16:24] for place in range(LOG_HEAD, len(log), step))


def damaged(path: Path, kind: str) -> ControlError:
    """Return the error for a file that begins like a format and cannot be read as one.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    kind
        Name of the format, for the message.
    """
    return ControlError("unreadable", f"{path}: is damaged or cut off ({kind}); get it again or export it again")


def _other(path: Path, names: set[str]) -> ControlError:
    if names >= TILES:
        message = "is MBTiles, which holds pieces of a map; polygons are needed, ask for the data that it was made of"
    else:
        message = "is SQLite, but no GeoPackage; save it as GeoPackage"
    return ControlError("unknown-format", f"{path}: {message}")

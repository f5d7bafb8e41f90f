"""Zip files with the same bytes each time: the order that is given, one date, one permission."""

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file knows
READABLE = 0o644 << 16
UNIX = 3


def zipped(files: Mapping[str, bytes], level: int = 9) -> bytes:
    """Return files as a zip file.

    Parameters
    ----------
    files
        Bytes of the files by their paths, in the order of the zip file.
    level
        Compression from 1, the fastest, to 9, the smallest.

    Examples
    --------
    >>> zipped({"a.txt": b"a"}) == zipped({"a.txt": b"a"})
    True
    """
    written = io.BytesIO()
    with ZipFile(written, "w") as archive:
        for name, content in files.items():
            archive.writestr(_entry(name), content, ZIP_DEFLATED, level)
    return written.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, EARLIEST)
    entry.create_system, entry.external_attr = UNIX, READABLE
    return entry

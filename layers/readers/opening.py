"""From a file to a document: what it is packed in, what lies beside it, in what encoding it is, what kind it is."""

import os
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from layers.errors import ControlError
from layers.findings import Finding
from layers.readers.archives import geodatabase_in, is_zip, main_member, unpack
from layers.readers.document import Document
from layers.readers.files.companions import Beside, in_zip, on_disk
from layers.readers.files.compression import unpacked
from layers.readers.files.databases import SQLITE
from layers.readers.files.encodings import as_utf8
from layers.readers.files.kinds import KNOWN, check_kind, check_text
from layers.readers.files.limits import MOST_BYTES, read_bytes, sha256, too_large
from layers.readers.parsers.gdal_files import (
    FLATGEOBUF,
    SHAPEFILE,
    read_flatgeobuf,
    read_geodatabase,
    read_geopackage,
    read_shapefile,
)
from layers.readers.parsers.json_files import read_json
from layers.readers.parsers.kml import read_kml
from layers.readers.parsers.parquet import PARQUET, read_parquet
from layers.readers.raw_map import Progress

BLANKS = b" \t\r\n"
SEQUENCE = b"\x1e"  # what RFC 8142 puts before each text of a sequence
MOST_LINKED = 50


@dataclass(frozen=True)
class Opened:
    """A document and the sha256 of the file as given; with the edits in its ``-wal`` where it has one."""

    document: Document
    sha256: str


def is_there(path: Path) -> bool:
    """Whether something lies at a path; what is no file, such as a named pipe, is refused when it is read."""
    return os.path.exists(path)  # noqa: PTH110 - pathlib raises where a name is too long


def open_map(path: Path, progress: Progress | None) -> Opened:
    """Open a file of any format that is read.

    Parameters
    ----------
    path
        The file to read, or the folder of a File Geodatabase.
    progress
        Called with the name of the step, the units done and their total; None for no reports.

    Returns
    -------
    The parsed file, and the SHA-256 of its bytes.

    Raises
    ------
    ControlError
        ``unreadable``, ``too-large``, ``too-many-vertices``, ``zip-bomb``, ``xml-entities``, ``unknown-format``,
        ``several-layers``, ``partial-answer`` or ``unknown-crs``.
    """
    if _is_geodatabase(path):
        return _geodatabase(path)
    content = read_bytes(path)
    digest = sha256(content)
    content = unpacked(path, content)
    if is_zip(content):
        return Opened(_zipped(path, content, progress), digest)
    beside = on_disk(path)
    if content.startswith(SQLITE):
        edits = beside.of_database()
        whole = sha256(b"".join([content, *edits.values()])) if any(edits.values()) else digest
        return Opened(read_geopackage(path, content, edits), whole)
    return Opened(_parsed(path, content, beside, progress), digest)


def _is_geodatabase(path: Path) -> bool:
    return path.is_dir() and any(path.glob("*.gdbtable"))


def _geodatabase(path: Path) -> Opened:
    files: dict[str, bytes] = {}
    for part in sorted(path.iterdir()):
        if part.is_file() and part.suffix != ".lock":
            files[part.name] = read_bytes(part)
            if sum(map(len, files.values())) > MOST_BYTES:
                raise too_large(path)
    digest = sha256("\n".join(f"{name} {sha256(content)}" for name, content in files.items()).encode())
    return Opened(read_geodatabase(path, files), digest)


def _zipped(path: Path, content: bytes, progress: Progress | None) -> Document:
    files = unpack(path, content)
    name = main_member(path, files)
    database = geodatabase_in(files, name)
    if database:
        return read_geodatabase(path, database)
    document = _parsed(path, unpacked(path, files[name]), in_zip(path, files, name), progress)
    return _with_linked(path, files, name, document, progress) if document.links else document


def _with_linked(
    path: Path, files: Mapping[str, bytes], name: str, document: Document, progress: Progress | None
) -> Document:
    """A KML of a KMZ with what it links to in the same KMZ, which Google Earth shows with it."""
    waiting, done, rest = [(name, link) for link in document.links], {name}, []
    while waiting:
        base, link = waiting.pop(0)
        target = _member(files, base, link)
        if target is None or (target not in done and len(done) > MOST_LINKED):
            rest.append(link)
        elif target not in done:
            done.add(target)
            inner = _parsed(path, files[target], in_zip(path, files, target), progress)
            document = replace(document, items=document.items + inner.items, name=document.name or inner.name)
            waiting += [(target, other) for other in inner.links]
    return replace(document, links=tuple(rest))


def _member(files: Mapping[str, bytes], base: str, link: str) -> str | None:
    """The KML of a KMZ that a link in one of its files leads to."""
    parts = urlsplit(link.strip().replace("\\", "/"))
    if parts.scheme or parts.netloc or not parts.path:
        return None
    wanted = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path)))
    alike = {name.casefold(): name for name in files if name.lower().endswith(".kml")}
    return alike.get(wanted.casefold())


def _parsed(path: Path, content: bytes, beside: Beside, progress: Progress | None) -> Document:
    """The document of bytes that are not packed."""
    if content.startswith(SQLITE):
        return read_geopackage(path, content, beside.of_database())
    check_kind(path, content)
    if content.startswith(SHAPEFILE):
        return read_shapefile(path, content, beside.of_shapefile())
    if content.startswith(FLATGEOBUF):
        return read_flatgeobuf(path, content)
    if content.startswith(PARQUET):
        return read_parquet(path, content)
    return _text(path, content, progress)


def _text(path: Path, content: bytes, progress: Progress | None) -> Document:
    if not content.strip(BLANKS + b"\x00\xef\xbb\xbf\xff\xfe"):
        raise ControlError("unreadable", f"{path}: is empty; get the file again")
    if b"\x00" in content[:64] and not _may_be_wide(content):
        raise ControlError("unknown-format", f"{path}: no control map that is known; what is read: {KNOWN}")
    content, told = as_utf8(path, content)
    content = content.lstrip(BLANKS)
    check_text(path, content)
    if content.startswith(b"<"):
        return _telling(read_kml(path, content, progress), told)
    if content.startswith((b"{", b"[", SEQUENCE)):
        return _telling(read_json(path, content, progress), told)
    raise ControlError("unknown-format", f"{path}: no control map that is known; what is read: {KNOWN}")


def _may_be_wide(content: bytes) -> bool:
    """Whether zero bytes may be those of UTF-16 or UTF-32: of a mark, or every second or fourth byte."""
    return content[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in content[:4]


def _telling(document: Document, told: list[Finding]) -> Document:
    return replace(document, findings=(*document.findings, *told))

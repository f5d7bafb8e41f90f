"""Zips (KMZ, zipped Shapefile and others), unpacked with a bound and without trusting what their headers say."""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from layers.errors import ControlError
from layers.findings import some_of
from layers.readers.files.compression import is_packed, unpacked
from layers.readers.files.databases import SQLITE
from layers.readers.files.encodings import as_utf8
from layers.readers.files.kinds import check_members, not_read, root_of
from layers.readers.files.limits import MOST_BYTES
from layers.readers.parsers.gdal_files import FLATGEOBUF, SHAPEFILE
from layers.readers.parsers.parquet import PARQUET

MOST_MEMBERS = 1000
SHOWN = 5
CHUNK = 1 << 20
ZIP = b"PK\x03\x04"
DIRECTORY_ENTRY = b"PK\x01\x02"
EMPTY_ZIP = b"PK\x05\x06"
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError
)  # fmt: skip
IGNORED = ("__MACOSX/", ".DS_Store")
LOCKED = 0x1  # the flag of a member that needs a password
BINARY_MAPS = (SQLITE, SHAPEFILE, FLATGEOBUF, PARQUET)
MARKS = b"\xef\xbb\xbf\x1e \t\r\n"
# a GeoJSON, TopoJSON or Esri JSON, the same inside a wrapper, or the rings of UA Control Map
JSON_MAP = re.compile(rb'\\?"(FeatureCollection|Feature|Topology|(Multi)?Polygon|GeometryCollection|rings|areas)\\?"')
WIDE = re.compile(rb"(\xff\xfe|\xfe\xff|\x00{1,3}[{<\[]|[{<\[]\x00)")
PAPERS = re.compile(
    r"^(datapackage|package|manifest|metadata|metainfo|catalog|style|styles|readme|licen[cs]e|croissant|ro-crate-metadata"
    r"|schema|tilejson|config|settings|index)(\.\w+)*\.(json|jsonld|geojson)$|\.(qmd|lyrx|mapx|ipynb|jsonld)$",
    re.IGNORECASE,
)
GEODATABASE = ".gdbtable"


def is_zip(content: bytes) -> bool:
    """Whether bytes are those of a zip."""
    return content.startswith((ZIP, EMPTY_ZIP))


def unpack(path: Path, content: bytes) -> Mapping[str, bytes]:
    """Return the files of a zip by name.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    content
        Bytes of the zip.

    Raises
    ------
    ControlError
        ``unreadable`` (damaged, encrypted), ``zip-bomb`` (more than 1,000 members, more than 200 MB unpacked whatever
        the header says, a zip in the zip) or ``unknown-format`` (a document).
    """
    if content.count(DIRECTORY_ENTRY) > 2 * MOST_MEMBERS:  # before the directory is read; data may look like an entry
        raise _too_many(path)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _members(path, archive)
    except DAMAGED as error:
        raise ControlError("unreadable", f"{path}: the zip is damaged or cut off; get it again") from error


def _members(path: Path, archive: zipfile.ZipFile) -> dict[str, bytes]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MOST_MEMBERS:
        raise _too_many(path)
    check_members(path, archive.namelist())
    wanted = [info for info in infos if not any(word in info.filename for word in IGNORED)]
    left = MOST_BYTES
    files: dict[str, bytes] = {}
    for info in wanted:
        _check_method(path, info)
        files[info.filename] = _bounded(path, archive, info, left)
        left -= len(files[info.filename])
    return files


def _check_method(path: Path, info: zipfile.ZipInfo) -> None:
    if info.flag_bits & LOCKED:
        raise ControlError("unreadable", f"{path}: the zip needs a password; send it without one")
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}:
        message = f"{path}: {info.filename} is packed in a way that is not read; zip it again in the usual way"
        raise ControlError("unreadable", message)


def _too_many(path: Path) -> ControlError:
    return ControlError("zip-bomb", f"{path}: more than {MOST_MEMBERS:,} files in the zip; send what is needed of it")


def _bounded(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """One member, read piece by piece and never beyond a number of bytes."""
    pieces: list[bytes] = []
    size = 0
    with archive.open(info) as member:
        while piece := member.read(CHUNK):
            size += len(piece)
            if size > most or info.file_size > most:
                raise ControlError(
                    "zip-bomb", f"{path}: unpacks to more than {MOST_BYTES // 2**20} MB; send what is needed of it"
                )
            if not pieces and is_zip(piece):
                raise ControlError("zip-bomb", f"{path}: {info.filename} is a zip in the zip; unpack it once")
            pieces.append(piece)
    return b"".join(pieces)


def main_member(path: Path, files: Mapping[str, bytes]) -> str:
    """Return the member that is a map; documents beside it (a README, metadata, styles) are not.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    files
        Bytes of the zip's files, by name.

    Returns
    -------
    Its name; for a File Geodatabase, the name of the folder.

    Raises
    ------
    ControlError
        ``unknown-format`` if there is none, or several.
    """
    maps = [*_geodatabases(files), *(name for name, content in files.items() if _is_map(path, name, content))]
    stems = {str(PurePosixPath(name).with_suffix("")) for name in maps if name.lower().endswith(".shp")}
    maps = [name for name in maps if name.lower().endswith(".shp") or not _goes_with(name, stems)]
    if "doc.kml" in maps:  # a KMZ's main file by its rule
        return "doc.kml"
    if len(maps) > 1:
        maps = [name for name in maps if not PAPERS.search(PurePosixPath(name).name)] or maps
    if len(maps) == 1:
        return maps[0]
    if not maps:
        shown = some_of(sorted(files), SHOWN) if files else "nothing"
        raise not_read(path, f"a zip without a map ({shown})", "put the map itself into it, with all of its files")
    raise ControlError(
        "unknown-format", f"{path}: one map is wanted in a zip, found: {some_of(sorted(maps), SHOWN)}; keep only one"
    )


def geodatabase_in(files: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
    """Return the files of a File Geodatabase in a zip, by name without the folder; empty if the folder is none.

    Parameters
    ----------
    files
        Bytes of the zip's files, by name.
    folder
        Name of the folder, which ends in ``.gdb``.
    """
    if folder not in _geodatabases(files):
        return {}
    return {PurePosixPath(name).name: part for name, part in files.items() if str(PurePosixPath(name).parent) == folder}


def _geodatabases(files: Mapping[str, bytes]) -> list[str]:
    return sorted({str(PurePosixPath(name).parent) for name in files if name.lower().endswith(GEODATABASE)})


def _is_map(path: Path, name: str, content: bytes) -> bool:
    """Whether a member is of a format that is read, judged by its first bytes and its content."""
    if content.startswith(BINARY_MAPS):
        return not (content.startswith(SHAPEFILE) and content[100:104] == b"\x00\x00\x00\x32")  # its .shx
    if is_packed(content):
        return _is_map(path, name, unpacked(path, content))
    if WIDE.match(content[:8]):
        return _is_wide_map(path, name, content)
    start = content[:64].lstrip(MARKS)
    if start.startswith(b"<"):
        return root_of(content) == "kml"
    return start.startswith((b"{", b"[")) and JSON_MAP.search(content) is not None


def _is_wide_map(path: Path, name: str, content: bytes) -> bool:
    try:
        narrow, _ = as_utf8(path, content)
    except ControlError:
        return False
    return not WIDE.match(narrow[:8]) and _is_map(path, name, narrow)


def _goes_with(name: str, stems: set[str]) -> bool:
    """Whether a file is a part of a Shapefile: ``map.shx``, ``map.shp.xml``."""
    return any(name.startswith(f"{stem}.") for stem in stems)

"""Zips (KMZ, zipped Shapefile and others), unpacked with a bound and without trusting what their headers say."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from layers.errors import ControlError
from layers.readers.limits import MOST_BYTES

MOST_MEMBERS = 1000
CHUNK = 1 << 20
ZIP = b"PK\x03\x04"
DIRECTORY_ENTRY = b"PK\x01\x02"
EMPTY_ZIP = b"PK\x05\x06"
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError
)  # fmt: skip
IGNORED = ("__MACOSX/", ".DS_Store")


def is_zip(content: bytes) -> bool:
    """Whether bytes are those of a zip."""
    return content.startswith((ZIP, EMPTY_ZIP))


def unpack(path: Path, content: bytes) -> Mapping[str, bytes]:
    """The files of a zip by name.

    Raises ControlError: ``unreadable`` (damaged, encrypted), ``zip-bomb`` (more than 1,000 members, more than 200 MB
    unpacked whatever the header says, a zip in the zip).
    """
    if content.count(DIRECTORY_ENTRY) > 2 * MOST_MEMBERS:  # before the directory is read; data may look like an entry
        raise _too_many(path)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _members(path, archive)
    except DAMAGED as error:
        raise ControlError("unreadable", f"{path}: the zip cannot be unpacked ({error}); get it again") from error


def _members(path: Path, archive: zipfile.ZipFile) -> dict[str, bytes]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MOST_MEMBERS:
        raise _too_many(path)
    wanted = [info for info in infos if not any(word in info.filename for word in IGNORED)]
    left = MOST_BYTES
    files: dict[str, bytes] = {}
    for info in wanted:
        files[info.filename] = _bounded(path, archive, info, left)
        left -= len(files[info.filename])
    return files


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


def main_member(path: Path, files: Mapping[str, bytes], magics: tuple[bytes, ...]) -> str:
    """The one member that is a map: what begins like a known format. Raises ControlError ``unknown-format``."""
    found = [name for name, content in files.items() if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(magics)]
    stems = {str(PurePosixPath(name).with_suffix("")) for name in found if name.lower().endswith(".shp")}
    maps = [name for name in found if name.lower().endswith(".shp") or not _goes_with(name, stems)]
    if "doc.kml" in maps:  # a KMZ's main file by its rule
        return "doc.kml"
    if len(maps) != 1:
        shown = ", ".join(sorted(maps)[:5]) or "none"
        raise ControlError("unknown-format", f"{path}: one map is wanted in a zip, found: {shown}; keep only one in it")
    return maps[0]


def _goes_with(name: str, stems: set[str]) -> bool:
    """Whether a file is a part of a Shapefile: ``map.shx``, ``map.shp.xml``."""
    return any(name.startswith(f"{stem}.") for stem in stems)

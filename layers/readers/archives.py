"""Zips (KMZ, zipped Shapefile and others), unpacked with a bound and without trusting what their headers say."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from layers.errors import ControlError
from layers.readers.limits import MOST_BYTES

MOST_MEMBERS = 1000
CHUNK = 1 << 20
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
IGNORED = ("__MACOSX/", ".DS_Store")


def is_zip(content: bytes) -> bool:
    """Whether bytes are those of a zip."""
    return content.startswith((ZIP, EMPTY_ZIP))


def unpack(path: Path, content: bytes) -> Mapping[str, bytes]:
    """The files of a zip by name.

    Raises ControlError: ``unreadable`` (damaged, encrypted), ``zip-bomb`` (more than 1,000 members, more than 200 MB
    unpacked whatever the header says, a zip in the zip).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _members(path, archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise ControlError("unreadable", f"{path}: the zip cannot be unpacked ({error}); get it again") from error
    except _ZLIB_ERRORS as error:
        raise ControlError("unreadable", f"{path}: the zip is damaged ({error}); get it again") from error


def _zlib_errors() -> tuple[type[Exception], ...]:
    import lzma
    import zlib

    return zlib.error, lzma.LZMAError


_ZLIB_ERRORS = _zlib_errors()


def _members(path: Path, archive: zipfile.ZipFile) -> dict[str, bytes]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MOST_MEMBERS:
        raise ControlError("zip-bomb", f"{path}: {len(infos):,} files in the zip, at most {MOST_MEMBERS:,} are read")
    wanted = [info for info in infos if not info.filename.startswith(IGNORED[0]) and IGNORED[1] not in info.filename]
    left = MOST_BYTES
    files: dict[str, bytes] = {}
    for info in wanted:
        files[info.filename] = _bounded(path, archive, info, left)
        left -= len(files[info.filename])
    return files


def _bounded(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """One member, read piece by piece and never beyond a number of bytes."""
    pieces: list[bytes] = []
    size = 0
    with archive.open(info) as member:
        while piece := member.read(CHUNK):
            size += len(piece)
            if size > most or info.file_size > most:
                raise ControlError(
                    "zip-bomb", f"{path}: unpacks to more than {MOST_BYTES / 1e6:.0f} MB; send what is needed of it"
                )
            if not pieces and is_zip(piece):
                raise ControlError("zip-bomb", f"{path}: {info.filename} is a zip in the zip; unpack it once")
            pieces.append(piece)
    return b"".join(pieces)


def main_member(path: Path, files: Mapping[str, bytes], magics: tuple[bytes, ...]) -> str:
    """The one member that is a map: what begins like a known format. Raises ControlError ``unknown-format``."""
    found = [name for name, content in files.items() if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(magics)]
    sidecars = {str(PurePosixPath(name).with_suffix("")).lower() for name in found if _is_shape(files[name])}
    maps = [name for name in found if _is_shape(files[name]) or not _beside(name, sidecars)]
    if "doc.kml" in maps:  # a KMZ's main file by its rule
        return "doc.kml"
    if len(maps) != 1:
        shown = ", ".join(sorted(maps)[:5]) or "none"
        raise ControlError("unknown-format", f"{path}: one map is wanted in a zip, found: {shown}; keep only one in it")
    return maps[0]


def _is_shape(content: bytes) -> bool:
    return content.startswith(b"\x00\x00\x27\x0a") and int.from_bytes(content[28:32], "little") == 1000


def _beside(name: str, stems: set[str]) -> bool:
    """Whether a file goes with a Shapefile: ``map.shx``, ``map.shp.xml``."""
    lower = name.lower()
    return any(lower.startswith(stem + ".") for stem in stems)

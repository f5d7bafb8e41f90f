"""Files packed by gzip, bzip2 or xz, unpacked with a bound."""

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from layers.errors import ControlError
from layers.readers.files import limits

DICTIONARY_BYTES = 128 * 2**20  # what xz may take beside what it unpacks to
DAMAGED = (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError)


def _gzip(content: bytes, most: int) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
        return file.read(most)


def _bzip2(content: bytes, most: int) -> bytes:
    with bz2.BZ2File(io.BytesIO(content)) as file:
        return file.read(most)


def _xz(content: bytes, most: int) -> bytes:
    packed = lzma.LZMADecompressor(memlimit=DICTIONARY_BYTES)
    unpacked = packed.decompress(content, most)
    if not packed.eof and len(unpacked) < most:
        raise EOFError("cut off")
    return unpacked


PACKERS: Mapping[bytes, tuple[str, Callable[[bytes, int], bytes]]] = {
    b"\x1f\x8b\x08": ("gzip", _gzip),
    b"BZh": ("bzip2", _bzip2),
    b"\xfd7zXZ\x00": ("xz", _xz),
}


def is_packed(content: bytes) -> bool:
    """Whether bytes are packed by gzip, bzip2 or xz."""
    return content.startswith(tuple(PACKERS))


def unpacked(path: Path, content: bytes) -> bytes:
    """Return the content of a compressed file, or the content itself if it is not compressed.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    content
        Bytes of the file.

    Raises
    ------
    ControlError
        ``unreadable`` if it is damaged; ``zip-bomb`` if it unpacks to more than 200 MB or is compressed twice.
    """
    for magic, (name, unpack) in PACKERS.items():
        if content.startswith(magic):
            return _unpacked(path, content, name, unpack)
    return content


def _unpacked(path: Path, content: bytes, name: str, unpack: Callable[[bytes, int], bytes]) -> bytes:
    most = limits.MOST_BYTES
    try:
        whole = unpack(content, most + 1)
    except DAMAGED as error:
        message = f"{path}: is packed by {name} and cut off or damaged; get it again"
        raise ControlError("unreadable", message) from error
    if len(whole) > most:
        message = f"{path}: unpacks to more than {most // 2**20} MB; send what is needed of it"
        raise ControlError("zip-bomb", message)
    if is_packed(whole):
        raise ControlError("zip-bomb", f"{path}: is packed twice; unpack it once")
    return whole

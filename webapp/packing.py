"""Compressing: as small as can be at the build, for what is finished then; quickly while a reader waits."""

import gzip
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import brotli

from geo.writing import write_bytes
from layers.catalogue import Catalogue
from webapp.assets import asset_names, media_type, read_asset

KEPT = Path(__file__).parent / "vendor" / "packed"
SMALLEST_BYTES = 256  # below that nothing is gained
SMALL, QUICK = 11, 6  # of brotli's levels; a level layer takes 120 ms and 3 ms


@dataclass(frozen=True)
class Coding:
    """How an encoding is made: as small as can be, and quickly."""

    small: Callable[[bytes], bytes]
    quick: Callable[[bytes], bytes]


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=9, mtime=0)


# By the name in Accept-Encoding; the first stands where a reader takes several alike.
CODINGS: Mapping[str, Coding] = {
    "br": Coding(
        lambda content: brotli.compress(content, quality=SMALL), lambda content: brotli.compress(content, quality=QUICK)
    ),
    "gzip": Coding(_gzip, _gzip),
}


def packed(content: bytes, coding: str) -> bytes:
    """Content in an encoding of ``CODINGS``: as it was kept at the build, else compressed now."""
    try:
        return _path(content, coding).read_bytes()
    except OSError:
        return CODINGS[coding].quick(content)


def is_text(media_type: str) -> bool:
    """Whether a media type is worth compressing."""
    kind = media_type.split(";", maxsplit=1)[0]
    return kind.startswith("text/") or kind.endswith(("json", "xml", "javascript"))


def pack_all(catalogue: Catalogue) -> int:
    """Keep every built and static file in every encoding, remove what is of other files; how many there are now.

    Raises WritingError.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # brotli lets go of Python's lock
        wanted = {path for paths in pool.map(_pack, _finished(catalogue)) for path in paths}
    for path in KEPT.iterdir() if KEPT.exists() else ():
        if path not in wanted:
            path.unlink(missing_ok=True)
    return len(wanted)


def _finished(catalogue: Catalogue) -> Iterator[bytes]:
    """What is the same for all readers until the next build."""
    yield catalogue.document
    for path in sorted(catalogue.root.rglob("*")):
        if path.is_file() and path.name != "catalog.json":
            yield path.read_bytes()
    yield from (read_asset(name) for name in asset_names() if is_text(media_type(name)))


def _pack(content: bytes) -> Iterable[Path]:
    if len(content) < SMALLEST_BYTES:
        return []
    paths = {coding: _path(content, coding) for coding in CODINGS}
    for coding, path in paths.items():
        if not path.exists():
            write_bytes(path, CODINGS[coding].small(content))
    return paths.values()


def _path(content: bytes, coding: str) -> Path:
    return KEPT / f"{hashlib.sha256(content).hexdigest()}.{coding}"

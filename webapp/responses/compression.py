"""Compression: as small as possible during the build, fast while a reader waits."""

import gzip
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import brotli

from layers.catalogue.model import Catalogue, find_edition
from layers.files import write_bytes
from layers.products.media_types import is_text
from layers.products.registry import PRODUCTS
from webapp.static_files import asset_names, media_type, read_asset

KEPT = Path(__file__).parents[1] / "vendor" / "packed"
SMALLEST_BYTES = 256  # below that nothing is gained
LARGE_BYTES = 2_000_000  # from here on the smallest coding takes many seconds
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


def pack_all(catalogue: Catalogue) -> int:
    """Compress the most requested files in every content encoding, delete outdated ones, and return their number.

    These are static files, layers shared by all dates, and each proposal's own and newest date; the others are
    compressed quickly when they are first requested. Raises WritingError.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # brotli lets go of Python's lock
        wanted = {path for paths in pool.map(_pack, _asked_most(catalogue)) for path in paths}
    for path in KEPT.iterdir() if KEPT.exists() else ():
        if path not in wanted:
            path.unlink(missing_ok=True)
    return len(wanted)


def _asked_most(catalogue: Catalogue) -> Iterator[bytes]:
    yield catalogue.document
    for proposal in catalogue.proposals.values():
        for edition in (find_edition(proposal)[1], proposal.editions[proposal.dates[-1]]):
            files = (edition.products[name] for name, product in PRODUCTS.items() if product.path and product.is_text)
            yield from map(catalogue.read, files)
    yield from map(catalogue.read, (*catalogue.display.values(), *catalogue.context.values()))
    yield from (read_asset(name) for name in asset_names() if is_text(media_type(name)))


def _pack(content: bytes) -> Iterable[Path]:
    if len(content) < SMALLEST_BYTES:
        return []
    paths = {coding: _path(content, coding) for coding in CODINGS}
    for coding, path in paths.items():
        if not path.exists():
            make = CODINGS[coding].small if len(content) < LARGE_BYTES else CODINGS[coding].quick
            write_bytes(path, make(content))
    return paths.values()


def _path(content: bytes, coding: str) -> Path:
    return KEPT / f"{hashlib.sha256(content).hexdigest()}.{coding}"

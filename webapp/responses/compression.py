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
from layers.products.media_types import is_text
from layers.products.registry import PRODUCTS
from webapp.disk_cache import DiskCache
from webapp.static_files import asset_names, media_type, read_asset

PREPARED = DiskCache(Path(__file__).parents[1] / "vendor" / "packed")
SMALLEST_BYTES = 256  # below that nothing is gained
LARGE_BYTES = 2_000_000  # from here on the smallest coding takes many seconds
# Of brotli's levels: a layer takes 120, 50 and 3 ms. The middle one makes layers 4 % larger, drawings even smaller.
SMALL, THOROUGH, QUICK = 11, 10, 6


@dataclass(frozen=True)
class Coding:
    """How an encoding is made: as small as can be, in less than half the time, and quickly."""

    small: Callable[[bytes], bytes]
    thorough: Callable[[bytes], bytes]
    quick: Callable[[bytes], bytes]


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=9, mtime=0)


# By the name in Accept-Encoding; the first stands where a reader takes several alike.
CODINGS: Mapping[str, Coding] = {
    "br": Coding(
        lambda content: brotli.compress(content, quality=SMALL),
        lambda content: brotli.compress(content, quality=THOROUGH),
        lambda content: brotli.compress(content, quality=QUICK),
    ),
    "gzip": Coding(_gzip, _gzip, _gzip),
}


def packed(content: bytes, coding: str) -> bytes:
    """Return content in a content encoding of ``CODINGS``: as the build prepared it, else compressed now.

    Parameters
    ----------
    content
        Bytes of the response, not encoded.
    coding
        Content encoding, a name of ``CODINGS`` such as ``br``.
    """
    prepared = PREPARED.read(_key(content, coding))
    return CODINGS[coding].quick(content) if prepared is None else prepared


def smallest(content: bytes, coding: str, *, of_many: bool = False) -> bytes:
    """Return content in a content encoding, as small as can be where that does not take many seconds.

    Parameters
    ----------
    content
        Bytes of the response.
    coding
        A name of ``CODINGS``.
    of_many
        Whether thousands are made, so that time counts.
    """
    row = CODINGS[coding]
    small = row.thorough if of_many else row.small
    return small(content) if len(content) < LARGE_BYTES else row.quick(content)


def pack_all(catalogue: Catalogue) -> int:
    """Prepare in every encoding what is requested most, remove other files; return how many there are now.

    That is static files, what all dates share, and each proposal's own and newest date; the rest is compressed quickly
    when it is first requested.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # brotli lets go of Python's lock
        keys = {key for made in pool.map(_pack, _requested_most(catalogue)) for key in made}
    PREPARED.keep_only(keys)
    return len(keys)


def _requested_most(catalogue: Catalogue) -> Iterator[bytes]:
    yield catalogue.index if catalogue.is_large else catalogue.document
    for proposal in catalogue.proposals.values():
        newest = proposal.editions[max(proposal.editions)]
        for edition in (find_edition(proposal)[1], newest):
            files = (edition.products[name] for name, product in PRODUCTS.items() if product.path and product.is_text)
            yield from map(catalogue.read, files)
    yield from map(catalogue.read, (*catalogue.display.values(), *catalogue.context.values()))
    yield from (read_asset(name) for name in asset_names() if is_text(media_type(name)))


def _pack(content: bytes) -> Iterable[str]:
    if len(content) < SMALLEST_BYTES:
        return []
    keys = {coding: _key(content, coding) for coding in CODINGS}
    for coding, key in keys.items():
        if PREPARED.read(key) is None:
            PREPARED.write(key, smallest(content, coding))
    return keys.values()


def _key(content: bytes, coding: str) -> str:
    return f"{hashlib.sha256(content).hexdigest()}.{coding}"

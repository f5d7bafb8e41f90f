"""Publishing: what is there with the right inputs stays, several processes make the rest, then all is swapped in."""

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from layers.files import link_or_copy, refused_writing
from layers.versions.keeping import VERSIONS
from webapp.jobs.code_version import code_version, texts_version
from webapp.pages.copies import missing_page, root_page
from webapp.publishing.batches import batches
from webapp.publishing.contents import addresses
from webapp.publishing.folder import (
    JOURNAL,
    LIST,
    CopiedFiles,
    carry_over,
    check_place,
    digest_of,
    is_whole,
    keep_only,
    list_bytes,
    note,
    read_journal,
    read_list,
    staged,
)
from webapp.publishing.links import Links
from webapp.publishing.making import Copy, Made, PublishingError, begin_process, make_files, site_of, write_made
from webapp.publishing.names import file_of, in_version, is_kept, version_of
from webapp.settings import DATA
from webapp.site import PUBLISHED_PREFIX, Site

ROOT, MISSING = "/", "/404"
LIFETIME = 30  # batches after which other processes go on, since what they read and draw with grows
CODE = ("webapp.app", "webapp.publishing.making")
FILES = (
    "webapp/static/**/*.*",
    "webapp/templates/*",
    "webapp/vendor/leaflet/*.*",
    "webapp/vendor/fonts/*",
    "requirements.txt",
)
# Besides pages, what changes with what else is there.
LINKED = ("catalog", "catalog.json", "catalog.jsonld", "corrections", "oembed", "ogc", "robots.txt", "sitemap.xml")

Progress = Callable[[Iterable[None], int], Iterable[None]]


@dataclass(frozen=True)
class PublishedFiles:
    """How many files a copy has, how many of them this run wrote, and how many of earlier versions are gone."""

    files: int
    written: int
    lost: int = 0


def publish(copy: Copy, folder: Path, progress: Progress = lambda steps, _: steps) -> PublishedFiles:
    """Write the service as static files into a folder, which holds nothing else.

    Parameters
    ----------
    copy
        What is published.
    folder
        The folder.
    progress
        Passes on the steps, whose number it is given.

    Raises
    ------
    PlaceError
        If the folder holds other files.
    WritingError
        If the disk is full or permission is missing; the folder then stays as it was, as it does if this is killed.
    PublishingError
        If a file could not be made.
    """
    folder = folder.resolve()
    check_place(folder)
    site = site_of(copy)
    plan = _plan(site, copy, folder)
    if plan.is_done:
        return PublishedFiles(_count(plan.kept | plan.stay), 0)
    with staged(folder) as new:
        made = _whole(read_journal(new), plan.wanted, new)
        keep_only(new, {JOURNAL, *_names(made)})
        for name in _names(plan.kept | plan.stay):
            carry_over(name, folder, new)
        todo = [address for address in plan.wanted if address not in plan.kept and address not in made]
        links = Links(frozenset(map(file_of, (*plan.wanted, *plan.named))), site.base_url, site.catalogue.control.id)
        for one in progress_through(_make(copy, links, todo, new), len(todo), progress):
            made[one.address] = CopiedFiles(plan.wanted[one.address], one.files)
            note(new, one.address, made[one.address])
        entries = plan.kept | made
        written = _keep_equal(made.values(), folder, new)
        (new / JOURNAL).unlink(missing_ok=True)
        fresh = {name: _keep(entries[plan.named[name]], name, new) for name in plan.named if name not in plan.stay}
        entries |= plan.stay | fresh
        (new / LIST).write_bytes(list_bytes(entries, {"base_url": copy.base_url}))
    return PublishedFiles(_count(entries), written + sum(len(entry.files) for entry in fresh.values()), plan.lost)


@dataclass(frozen=True)
class _Plan:
    """What a run has to do.

    ``wanted`` are addresses with the hash of what their files are made from, ``kept`` those whose files are there.
    ``named`` are addresses that name the version of the data, with those that do not; ``stay`` are files of versions
    that are there, and ``lost`` counts addresses of earlier versions whose files are not.
    """

    wanted: Mapping[str, str]
    kept: dict[str, CopiedFiles]
    named: Mapping[str, str]
    stay: dict[str, CopiedFiles]
    lost: int
    is_done: bool


def _plan(site: Site, copy: Copy, folder: Path) -> _Plan:
    wanted, listed = _inputs(site, copy), read_list(folder)
    before = {address: entry for address, entry in listed.items() if not version_of(address)}
    kept = _whole(before, wanted, folder)
    named = {in_version(address, site.catalogue.data_version): address for address in wanted if is_kept(address)}
    versions = {address: entry for address, entry in listed.items() if version_of(address)}
    stay = {address: entry for address, entry in versions.items() if is_whole(folder, entry)}
    lost = len(versions.keys() - stay.keys() - named.keys())
    is_done = len(kept) == len(wanted) == len(before) and named.keys() <= stay.keys() == versions.keys()
    return _Plan(wanted, kept, named, stay, lost, is_done)


def progress_through(made: Iterator[Made], count: int, progress: Progress) -> Iterator[Made]:
    """Yield what is made, a step of the progress each.

    Parameters
    ----------
    made
        What is made.
    count
        How many there are.
    progress
        Passes on the steps, whose number it is given.
    """
    steps = iter(progress((None for _ in range(count)), count))
    for one in made:
        next(steps, None)
        yield one
    for _ in steps:
        pass


def _names(entries: Mapping[str, CopiedFiles]) -> Iterator[str]:
    return (name for entry in entries.values() for name in entry.files)


def _whole(entries: Mapping[str, CopiedFiles], wanted: Mapping[str, str], folder: Path) -> dict[str, CopiedFiles]:
    """The entries whose files are in a folder, made from the inputs that are wanted."""
    return {
        address: entry
        for address, entry in entries.items()
        if wanted.get(address) == entry.inputs and is_whole(folder, entry)
    }


def _inputs(site: Site, copy: Copy) -> dict[str, str]:
    """Every address with the hash of what its file is made from: code, texts, data, settings, and links."""
    listed = addresses(site)
    code = code_version(CODE, FILES)
    data = hashlib.sha256(site.catalogue.index).hexdigest()
    own = [
        code,
        texts_version(site.languages),
        data,
        repr(site.tiles),
        repr(site.report),
        copy.base_url,
        repr(site.corrections),
    ]
    links = hashlib.sha256("\n".join(sorted(listed)).encode()).hexdigest()
    return {
        address: hashlib.sha256("\n".join([*own, links if _has_links(address) else "", address]).encode()).hexdigest()
        for address in (*own_pages(site), *listed)
    }


def _has_links(address: str) -> bool:
    """Whether a file has links to others: pages, and lists for programs."""
    first = file_of(address).split("/")[0]
    return first not in DATA or first in LINKED


def _make(copy: Copy, links: Links, todo: list[str], folder: Path) -> Iterator[Made]:
    """Make the files of addresses, with other processes from time to time. Raises PublishingError."""
    site = site_of(copy)
    own = own_pages(site)
    for address in (address for address in todo if address in own):
        file = file_of(address)
        yield write_made(address, file, links.relative(own[address], file).encode(), True, folder)
    parts = list(batches((address for address in todo if address not in own), site.languages.tags))
    for first in range(0, len(parts), LIFETIME):
        yield from _make_in_pool(copy, links, parts[first : first + LIFETIME], folder)


def own_pages(site: Site) -> dict[str, str]:
    """The pages that the service does not have, by address; that of a missing page needs whole URLs for its links."""
    root = {ROOT: root_page(site)}
    missing = missing_page(site).replace(PUBLISHED_PREFIX, site.base_url + PUBLISHED_PREFIX)
    return root | ({MISSING: missing} if site.base_url else {})


def _make_in_pool(copy: Copy, links: Links, parts: list[list[str]], folder: Path) -> Iterator[Made]:
    """Make the files of batches of addresses in as many processes as there are processors. Raises PublishingError."""
    context = multiprocessing.get_context("spawn")
    count = min(os.cpu_count() or 1, len(parts))
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=begin_process, initargs=(copy,))
    try:
        futures = [pool.submit(make_files, copy, part, links, folder) for part in parts]
        for future in as_completed(futures):
            with refused_writing(folder):
                yield from future.result()
    except BrokenProcessPool as error:
        raise PublishingError("a process that made files was ended; run again") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _keep(entry: CopiedFiles, versioned: str, folder: Path) -> CopiedFiles:
    """Have the files of an entry a second time, below their version, where they stay when the entry changes."""
    prefix = f"{VERSIONS}/{version_of(versioned)}"
    for name in entry.files:
        link_or_copy(folder / name, folder / prefix / name)
    return CopiedFiles(entry.inputs, {f"{prefix}/{name}": digest for name, digest in entry.files.items()})


def _keep_equal(made: Iterable[CopiedFiles], old: Path, new: Path) -> int:
    """Have files that came out as they were be the old ones; return how many are new."""
    written = 0
    for name, digest in ((name, digest) for one in made for name, digest in one.files.items()):
        if digest_of(old / name) == digest:
            carry_over(name, old, new)
        else:
            written += 1
    return written


def _count(entries: Mapping[str, CopiedFiles]) -> int:
    return sum(len(entry.files) for entry in entries.values()) + 1

"""Looking for files of a build that are missing or have other bytes than its catalogue names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from layers.catalogue.entries import YearFile
from layers.catalogue.model import LISTED_EDITIONS, Catalogue
from layers.catalogue.store import Stamp, damaged_file, stamp, whole_content
from layers.errors import DamagedFileError

DOCUMENT = "catalog.json"
SIZE = 2  # its place in a stamp
EDITIONS_AT_ONCE = LISTED_EDITIONS  # an archive of so many is looked through as a whole
EDITIONS_IN_TURN = 40  # of a larger one each time, with some 20 MB to hash
Named = tuple[str, str]  # the proposal and the date of an edition


@dataclass(eq=False)
class FilesSeen:
    """What earlier looks at one or several catalogues have found, each changed by the next.

    ``whole`` are files that had the bytes that their catalogue names; such a file is read again only when its stamp is
    another. ``turns`` are the editions that come next, and ``damaged`` those with damaged files, of archives that are
    too large to be looked through as a whole, by their root.
    """

    whole: dict[Path, Stamp] = field(default_factory=dict)
    turns: dict[Path, int] = field(default_factory=dict)
    damaged: dict[Path, list[Named]] = field(default_factory=dict)


def damaged_files(catalogue: Catalogue, seen: FilesSeen | None = None) -> Iterator[DamagedFileError]:
    """Yield an error for each file that is missing or is not the one that its catalogue names, also of the parts.

    Of a large archive these are the catalogue with the files that editions share, and some editions in turn.

    Parameters
    ----------
    catalogue
        What was built, as it was read.
    seen
        What is known from before; None to read every file.
    """
    seen = seen or FilesSeen()
    built = [one for one in (catalogue, *catalogue.parts) if one.memory is None and one.sha256]
    found = {str(error): error for one in built for error in _damaged(one, seen)}  # a year's file is told once
    yield from found.values()


def _damaged(catalogue: Catalogue, seen: FilesSeen) -> Iterator[DamagedFileError]:
    root = catalogue.root
    mine = [one for name, one in catalogue.proposals.items() if catalogue.holding(name) is catalogue]
    for _ in _changed(root, [(DOCUMENT, catalogue.sha256)], seen):
        yield damaged_file(DOCUMENT, "is missing or another than was read")
    yield from _changed(root, catalogue.shared_sha256.items(), seen)
    years = [year for one in mine for year in one.years]
    count = sum(len(one.editions) for one in mine)
    editions = ((one.id, as_of) for one in mine for as_of in one.editions)
    if count <= EDITIONS_AT_ONCE:
        yield from _changed(root, ((year.path, year.sha256) for year in years), seen)
        yield from (error for name in editions for error in _of_edition(catalogue, name, seen))
    else:
        yield from (error for year in years for error in _of_year(root, year, seen))
        yield from _in_turn(catalogue, editions, count, seen)


def _in_turn(
    catalogue: Catalogue, editions: Iterator[Named], count: int, seen: FilesSeen
) -> Iterator[DamagedFileError]:
    """The damaged files of the editions whose turn it is, and of those that had some before."""
    root = catalogue.root
    first = seen.turns.get(root, 0)
    seen.turns[root] = (first + EDITIONS_IN_TURN) % count
    asked = dict.fromkeys((*seen.damaged.get(root, ()), *islice(editions, first, first + EDITIONS_IN_TURN)))
    found = {name: list(_of_edition(catalogue, name, FilesSeen())) for name in asked}
    seen.damaged[root] = [name for name, errors in found.items() if errors]
    for errors in found.values():
        yield from errors


def _of_edition(catalogue: Catalogue, named: Named, seen: FilesSeen) -> Iterator[DamagedFileError]:
    proposal_id, as_of = named
    try:
        sha256 = catalogue.proposals[proposal_id].editions[as_of].sha256
    except DamagedFileError as error:
        yield error
    else:
        yield from _changed(catalogue.root, sha256.items(), seen)


def _of_year(root: Path, year: YearFile, seen: FilesSeen) -> Iterator[DamagedFileError]:
    """The file of a year of a large archive: by its size at first, by its bytes after it has changed."""
    file, now = root / year.path, stamp(root / year.path)
    if file not in seen.whole and now[SIZE:][:1] == (year.size_bytes,):
        seen.whole[file] = now
    else:
        yield from _changed(root, [(year.path, year.sha256)], seen)


def _changed(root: Path, named: Iterable[tuple[str, str]], seen: FilesSeen) -> Iterator[DamagedFileError]:
    for path, sha256 in named:
        now = stamp(root / path)
        if now and seen.whole.get(root / path) == now:
            continue
        try:
            whole_content(root, path, sha256)
            seen.whole[root / path] = now
        except DamagedFileError as error:
            yield error

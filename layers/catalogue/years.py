"""The editions of a proposal in files, one a year, each edition of which is read when it is asked for.

A file holds a JSON array with an edition a line. It is hashed when it is read from first, and again after it changed.
"""

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import IO, Generic, TypeVar

from layers.catalogue.entries import YearFile
from layers.catalogue.store import DIFFERS, Stamp, damaged_file, stamp
from layers.embedded import control_query
from layers.files import open_at_once

PATH, URL = "{proposal}/{year}.json", "/catalog/{proposal}/{year}.json"
ENTRIES_IN_MEMORY = 256  # of some 20 KB
FILES_KNOWN = 4096  # of a few KB
YEAR = len("2025")  # of a date
BEGINS, BETWEEN, ENDS = b"[\n", b",\n", b"\n]\n"
Entry = TypeVar("Entry")


@dataclass(frozen=True, eq=False)
class StoredEditions(Mapping[str, Entry], Generic[Entry]):
    """The entries of a proposal's editions by date, ascending, below the root of a build.

    ``known`` are the dates of all control maps; ``parse`` makes an entry of its line.
    """

    root: Path
    years: Sequence[YearFile]
    known: tuple[str, ...]
    parse: Callable[[bytes], Entry]

    @cached_property
    def dates(self) -> tuple[str, ...]:
        """The dates of the editions; where they are those of all control maps, the same object."""
        found = tuple(date for year in self.years for date in dates_of(year, self.known))
        return self.known if found == self.known else found

    def __len__(self) -> int:
        """How many there are."""
        return len(self.dates)

    def __iter__(self) -> Iterator[str]:
        """Go through the dates."""
        return iter(self.dates)

    def __contains__(self, as_of: object) -> bool:
        """Whether there is an edition on a date; reads no file."""
        place = bisect_left(self.dates, as_of) if isinstance(as_of, str) else len(self.dates)
        return place < len(self.dates) and self.dates[place] == as_of

    def __getitem__(self, as_of: str) -> Entry:
        """Return an entry. Raises KeyError, and DamagedFileError that names the file of its year."""
        if as_of not in self:
            raise KeyError(as_of)
        year = next(one for one in self.years if one.year == as_of[:YEAR])
        place = dates_of(year, self.known).index(as_of)
        entry: Entry = _entry(self.parse, self.root, year, place)
        return entry


def dates_of(year: YearFile, known: Sequence[str]) -> Sequence[str]:
    """Return the dates of a year's editions.

    Parameters
    ----------
    year
        The file of the year.
    known
        Dates of all control maps, ascending.
    """
    return year.dates or known[bisect_left(known, year.year) : bisect_left(known, f"{year.year}~")]


def year_file(
    proposal_id: str, entries: Mapping[str, bytes], known: Sequence[str], control_id: str
) -> tuple[YearFile, bytes]:
    """Return the file of a year's editions: how the catalogue names it, and its bytes.

    Parameters
    ----------
    proposal_id
        Id of the proposal.
    entries
        The JSON of each entry, on one line, by date, ascending; all of one year.
    known
        Dates of all control maps, ascending.
    control_id
        Id of the control map.
    """
    dates = tuple(entries)
    named = {"proposal": proposal_id, "year": dates[0][:YEAR]}
    content = BEGINS + BETWEEN.join(entries.values()) + ENDS
    url, path = URL.format(**named) + control_query(control_id), PATH.format(**named)
    whole = YearFile(named["year"], url, path, hashlib.sha256(content).hexdigest(), len(content))
    if dates == tuple(dates_of(whole, known)):
        return whole, content
    return YearFile(whole.year, url, path, whole.sha256, whole.size_bytes, dates), content


@lru_cache(maxsize=ENTRIES_IN_MEMORY)
def _entry(parse: Callable[[bytes], Entry], root: Path, year: YearFile, place: int) -> Entry:
    try:
        with open_at_once(root / year.path, "rb") as file:
            return parse(_line(file, root, year, place))
    except OSError as error:
        raise damaged_file(year.path, f"cannot be read ({error.strerror})") from error
    except (ValueError, IndexError) as error:
        raise damaged_file(year.path, "does not hold the editions that catalog.json says") from error


def _line(file: IO[bytes], root: Path, year: YearFile, place: int) -> bytes:
    starts = _starts(root, year, stamp(file))
    file.seek(starts[place])
    return file.read(starts[place + 1] - starts[place]).rstrip(b",\n")


@lru_cache(maxsize=FILES_KNOWN)
def _starts(root: Path, year: YearFile, _: Stamp) -> "array[int]":
    """Where each line of a file starts that has the bytes that the catalogue names, and where the last one ends."""
    ends, digest = array("Q", [0]), hashlib.sha256()
    with open_at_once(root / year.path, "rb") as file:
        for line in file:  # and not the whole: many threads would each keep room for some megabytes
            digest.update(line)
            ends.append(ends[-1] + len(line))
    if digest.hexdigest() != year.sha256:
        raise damaged_file(year.path, DIFFERS)
    return ends[1:-1]  # without the brackets

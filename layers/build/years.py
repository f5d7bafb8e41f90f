"""The entries of editions, written by proposal and year while a build goes through the dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from layers.build.sink import Sink
from layers.catalogue.entries import YearFile
from layers.catalogue.model import Edition, write_edition
from layers.catalogue.years import YEAR, year_file


@dataclass(frozen=True)
class BuiltEditions:
    """The editions of a proposal: the kinds of their zones, and the files that have them, or their entries by date."""

    kinds: tuple[str, ...]
    years: tuple[YearFile, ...] = ()
    editions: Mapping[str, Edition] = field(default_factory=dict)


@dataclass(eq=False)
class WrittenYears:
    """The files of years below a sink. One year at a time is in memory, so that it does not grow with the dates.

    ``known`` are the dates of all control maps, ``control_id`` names them.
    """

    sink: Sink
    known: Sequence[str]
    control_id: str
    files: dict[str, list[YearFile]] = field(default_factory=dict)
    kinds: dict[str, set[str]] = field(default_factory=dict)
    unwritten: dict[str, dict[str, bytes]] = field(default_factory=dict)
    year: str = ""

    def add(self, proposal_id: str, entry: Edition) -> None:
        """Take the entry of an edition.

        Parameters
        ----------
        proposal_id
            Id of the proposal.
        entry
            The entry; those before are of the same date or earlier.

        Raises
        ------
        WritingError
            If the year before cannot be written.
        """
        year = entry.as_of[:YEAR]
        if year != self.year:
            self.write()
            self.year = year
        self.unwritten.setdefault(proposal_id, {})[entry.as_of] = write_edition(entry)
        self.kinds.setdefault(proposal_id, set()).update(kinds_of(entry))

    def write(self) -> None:
        """Write what is left. Raises WritingError."""
        for proposal_id, entries in self.unwritten.items():
            year, content = year_file(proposal_id, entries, self.known, self.control_id)
            self.sink.write(year.path, content)
            self.files.setdefault(proposal_id, []).append(year)
        self.unwritten.clear()

    @property
    def count(self) -> int:
        """How many files there are."""
        return sum(map(len, self.files.values()))

    @property
    def editions(self) -> dict[str, BuiltEditions]:
        """What the catalogue names of each proposal."""
        return {
            name: BuiltEditions(tuple(sorted(self.kinds[name])), tuple(years)) for name, years in self.files.items()
        }


def kinds_of(entry: Edition) -> tuple[str, ...]:
    """Return the kinds of the zones of an edition, sorted."""
    return tuple(sorted({zone.kind for zone in entry.zones.values()}))

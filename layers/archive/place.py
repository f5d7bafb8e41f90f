"""Where an archive lies: a folder, object storage or a database, behind the same three functions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from layers.archive.record import ArchiveRecord, find_record, write_record
from layers.build.catalogue_document import Contents, edition_entry
from layers.build.edition import DerivedEdition
from layers.build.record import hashes
from layers.build.sink import Sink

MakeFiles = Callable[[DerivedEdition], Contents]


class EditionName(NamedTuple):
    """A proposal on the control map of a date, by the names of both."""

    control: str
    proposal: str
    as_of: str


@dataclass(frozen=True)
class Written:
    """How much was written of an edition: files, or rows of a database."""

    count: int
    size_bytes: int


class ArchivePlace(Protocol):
    """A place for editions. Writing one twice leaves the same."""

    def prepare(self) -> None:
        """Make the place ready, once before anything is written."""

    def has(self, edition: EditionName, key: str) -> bool:
        """Return whether an edition is there as it was written.

        Parameters
        ----------
        edition
            Names of control map and proposal, and the date.
        key
            Key of what it is made from.
        """

    def write(self, edition: EditionName, key: str, derived: DerivedEdition, make: MakeFiles) -> Written:
        """Write an edition in the place of an earlier one.

        Parameters
        ----------
        edition
            Names of control map and proposal, and the date.
        key
            Key of what it is made from.
        derived
            The edition.
        make
            Makes its files, for a place that holds files.
        """


@dataclass(frozen=True)
class FilePlace:
    """Files below a folder or URL: a folder a control map, each with the paths of a build."""

    sink: Sink

    def prepare(self) -> None:
        """Do nothing: folders are made when files are written."""

    def has(self, edition: EditionName, key: str) -> bool:
        """Return whether an edition of a key is there with the bytes that were written.

        Parameters
        ----------
        edition
            Names of control map and proposal, and the date.
        key
            Key of what it is made from.
        """
        return find_record(self.sink, "/".join(edition), key) is not None

    def write(self, edition: EditionName, key: str, derived: DerivedEdition, make: MakeFiles) -> Written:
        """Write the files of an edition, then its record.

        Parameters
        ----------
        edition
            Names of control map and proposal, and the date.
        key
            Key of what it is made from.
        derived
            The edition.
        make
            Makes its files.

        Raises
        ------
        WritingError
            If a file cannot be written.
        """
        made = make(derived)
        contents = {f"{edition.control}/{path}": content for path, content in made.items()}
        record = ArchiveRecord(key, hashes(contents), edition_entry(derived, made))
        write_record(self.sink, "/".join(edition), record, contents)
        return Written(len(contents), sum(map(len, contents.values())))

    def shared(self, control: str, key: str, make: Callable[[], Contents]) -> Contents:
        """Return the files that all editions on a control map share, as they are here, else made and written.

        Parameters
        ----------
        control
            Name of the control map.
        key
            Key of what they are made from.
        make
            Makes them.

        Raises
        ------
        WritingError
            If a file cannot be written.
        """
        name, prefix = f"{control}/shared", f"{control}/"
        found = find_record(self.sink, name, key)
        if found:
            return {path.removeprefix(prefix): self.sink.read(path) or b"" for path in found.sha256}
        made = make()
        contents = {prefix + path: content for path, content in made.items()}
        write_record(self.sink, name, ArchiveRecord(key, hashes(contents)), contents)
        return made

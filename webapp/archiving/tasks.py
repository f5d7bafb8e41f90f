"""The tasks of an archive: functions that any worker may run, again, or after the death of another."""

import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

from geo.errors import ClausemapError
from layers.archive.catalogue import write_years
from layers.archive.key import archive_key, shared_key
from layers.archive.opening import open_place
from layers.archive.place import EditionName, FilePlace, Written
from layers.archive.source import ArchiveSource, read_source, shared_contents
from layers.build.catalogue_document import Contents
from layers.build.edition import derive
from layers.build.years import BuiltEditions
from webapp.archiving.wanted import WantedFiles

NOTHING = Written(0, 0)
ONE_AT_A_TIME = Lock()  # workers with several threads: GEOS gives prepared geometry to one at a time


@dataclass(frozen=True)
class ArchiveUnit:
    """What one task makes: proposals on the control map of a date, which is read and split once for all of them."""

    source: ArchiveSource
    as_of: str
    proposals: tuple[str, ...]

    @property
    def editions(self) -> tuple[EditionName, ...]:
        """The names of its editions."""
        return tuple(EditionName(self.source.name, proposal, self.as_of) for proposal in self.proposals)


@dataclass(frozen=True)
class EditionOutcome:
    """What became of an edition: written, there already (nothing is written and nothing wrong), or not made."""

    edition: EditionName
    written: Written = NOTHING
    problem: str = ""


def make_shared(to: str, source: ArchiveSource) -> Contents:
    """Return the files that all editions share, written unless they were there; a database has none.

    Parameters
    ----------
    to
        Address of the archive.
    source
        Control maps with proposals.
    """
    place = open_place(to)
    if not isinstance(place, FilePlace):
        return {}
    with ONE_AT_A_TIME:
        order = read_source(source)
        return place.shared(source.name, shared_key(order.setting.study), lambda: shared_contents(order))


def make_unit(to: str, wanted: WantedFiles, unit: ArchiveUnit, shared: Contents) -> list[EditionOutcome]:
    """Write the editions of a unit that are not in the archive as they should be.

    Parameters
    ----------
    to
        Address of the archive.
    wanted
        What is wanted of each edition.
    unit
        The editions.
    shared
        Files that all editions share.

    Returns
    -------
    What became of each; one that fails does not stop the others.
    """
    with ONE_AT_A_TIME:
        return list(_outcomes(to, wanted, unit, shared))


def _outcomes(to: str, wanted: WantedFiles, unit: ArchiveUnit, shared: Contents) -> Iterator[EditionOutcome]:
    for edition in unit.editions:
        try:
            yield EditionOutcome(edition, _make(to, wanted, unit.source, edition, shared))
        except Exception as error:  # whatever it is, it is told, and the rest goes on
            yield EditionOutcome(edition, problem=told(error))


def make_years(to: str, source: ArchiveSource, proposal_id: str, days: tuple[str, ...]) -> BuiltEditions:
    """Write what the catalogue of an archive has of a proposal, as ``layers.archive.catalogue.write_years`` does.

    Parameters
    ----------
    to
        Address of the archive, which holds files.
    source
        Control maps with proposals.
    proposal_id
        Id of the proposal.
    days
        Days of the archive, with an edition of the proposal on each.
    """
    with ONE_AT_A_TIME:
        return write_years(file_place(to), file_place(f"{to}/{source.name}"), source, proposal_id, days)


def file_place(to: str) -> FilePlace:
    """Return the place of an address that is no database's. Raises TypeError for others."""
    place = open_place(to)
    if not isinstance(place, FilePlace):
        raise TypeError(f"{to}: holds no files")
    return place


def told(error: BaseException) -> str:
    """Return what went wrong, in one line; with its place in the code where the project does not expect it."""
    words = " ".join(str(error).split())
    if isinstance(error, ClausemapError):
        return words
    where = traceback.extract_tb(error.__traceback__)[-1:]
    at = "".join(f" ({frame.filename.rpartition('/')[2]}:{frame.lineno})" for frame in where)
    return f"{type(error).__name__}: {words}{at}"


def _make(to: str, wanted: WantedFiles, source: ArchiveSource, edition: EditionName, shared: Contents) -> Written:
    place, order = open_place(to), read_source(source)
    proposal, study = order.proposal(edition.proposal), order.setting.study
    more = wanted.key_parts(study.reference.languages, shared)
    key = archive_key(study, proposal, edition.as_of, more)
    if place.has(edition, key):
        return NOTHING
    derived = derive(proposal, edition.as_of, order.setting)
    return place.write(edition, key, derived, lambda made: wanted.files(made, shared))

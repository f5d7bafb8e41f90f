"""The catalogue of an archive, by which a service finds the editions on its days."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from layers.archive.place import FilePlace
from layers.archive.record import read_record
from layers.archive.source import ArchiveSource, read_source
from layers.build.catalogue_document import Contents, catalogue_of
from layers.build.years import BuiltEditions, WrittenYears
from layers.catalogue.inputs import ORIGIN
from layers.catalogue.model import write_document
from layers.files import WritingError


def write_years(
    records: FilePlace, files: FilePlace, source: ArchiveSource, proposal_id: str, days: Sequence[str]
) -> BuiltEditions:
    """Write the entries of a proposal's editions, a file a year; return what the catalogue names of them.

    Parameters
    ----------
    records
        The archive.
    files
        The folder of the control maps in it.
    source
        Control maps with proposals.
    proposal_id
        Id of the proposal.
    days
        Days of the archive, ascending, with an edition of the proposal on each.

    Raises
    ------
    WritingError
        If an edition has no record any more, or a file cannot be written.
    """
    years = WrittenYears(files.sink, days, read_source(source).setting.study.control.source.id)
    for as_of in days:
        record = read_record(records.sink, "/".join((source.name, proposal_id, as_of)))
        if record is None or record.entry is None:
            raise WritingError(f"{source.name}/{proposal_id}/{as_of}: its record is gone or damaged; run again")
        years.add(proposal_id, record.entry)
    years.write()
    return years.editions[proposal_id]


def write_catalogue(
    files: FilePlace,
    source: ArchiveSource,
    days: Sequence[str],
    editions: Mapping[str, BuiltEditions],
    shared: Contents,
) -> None:
    """Write the catalogue of control maps in an archive, after all that it names.

    Parameters
    ----------
    files
        The folder of the control maps in the archive.
    source
        Control maps with proposals.
    days
        Days of the archive, ascending.
    editions
        What it names of each proposal, by id.
    shared
        Files that all editions share.

    Raises
    ------
    WritingError
        If it cannot be written.
    """
    order = read_source(source)
    study = order.setting.study
    dated = replace(study, control=replace(study.control, dates=tuple(days)))
    proposals = [one for one in order.proposals if one.id in editions]
    catalogue = catalogue_of(dated, proposals, editions, order.setting.version, shared)
    files.sink.write(ORIGIN, source.origin)  # a service compares drafts anew
    files.sink.write("catalog.json", write_document(catalogue))

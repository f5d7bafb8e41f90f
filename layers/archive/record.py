"""The record of what an archive holds of an edition: what it was made from, and the sha256 of each of its files."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from layers.build.catalogue_document import Contents
from layers.build.record import is_whole, parsed_record
from layers.build.sink import Sink
from layers.catalogue.model import WrittenEdition

RECORDS = "records"


@dataclass(frozen=True)
class ArchiveRecord:
    """What was written: the key of what it was made from, sha256 of each file by path, the entry of the edition.

    What all editions share has no entry.
    """

    key: str
    sha256: Mapping[str, str]
    entry: WrittenEdition | None = None


def write_record(sink: Sink, name: str, record: ArchiveRecord, contents: Contents) -> None:
    """Write files, then their record, so that a record is never of files that are missing.

    Parameters
    ----------
    sink
        Where files and records are written.
    name
        Name of the record.
    record
        The record.
    contents
        Bytes of the files by path.

    Raises
    ------
    WritingError
        If a file cannot be written.
    """
    for path, content in contents.items():
        sink.write(path, content)
    sink.write(_path(name), _adapter().dump_json(record))


def find_record(sink: Sink, name: str, key: str) -> ArchiveRecord | None:
    """Return a record if it is of the wanted key and all its files are as they were written, else None.

    Parameters
    ----------
    sink
        Where files and records are.
    name
        Name of the record.
    key
        Key of what is wanted.
    """
    record = read_record(sink, name)
    if record is None or record.key != key:
        return None
    return record if is_whole(sink, record.sha256) else None


def read_record(sink: Sink, name: str) -> ArchiveRecord | None:
    """Return a record, whatever became of its files; None where it is missing, damaged or of another form.

    Parameters
    ----------
    sink
        Where records are.
    name
        Name of the record.
    """
    return parsed_record(_adapter(), sink.read(_path(name)))


def _path(name: str) -> str:
    return f"{RECORDS}/{name}.json"


@cache
def _adapter() -> TypeAdapter[ArchiveRecord]:
    return TypeAdapter(ArchiveRecord)

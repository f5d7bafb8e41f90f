"""The record of an edition that is complete: its entry in the catalogue, and the sha256 of each of its files."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from layers.build.sink import Sink
from layers.build.writing import EditionFiles
from layers.catalogue.model import WrittenEdition


@dataclass(frozen=True)
class EditionRecord:
    """A proposal on the control map of a date as it was written; ``sha256`` is of each file by its path."""

    proposal_id: str
    as_of: str
    entry: WrittenEdition
    sha256: Mapping[str, str]


def write_files(files: EditionFiles, sink: Sink, records: Sink, key: str) -> EditionRecord:
    """Write the files of an edition, then its record.

    Parameters
    ----------
    files
        Bytes of the files by path, and the edition's entry.
    sink
        Where files are written.
    records
        Where the record is written.
    key
        Key of the edition, the name of its record.

    Raises
    ------
    WritingError
        If a file cannot be written.
    """
    for path, content in files.contents.items():
        sink.write(path, content)
    sha256 = {path: _sha256(content) for path, content in files.contents.items()}
    record = EditionRecord(files.proposal_id, files.as_of, files.entry, sha256)
    records.write(f"{key}.json", _adapter().dump_json(record))
    return record


def find_record(sink: Sink, records: Sink, key: str) -> EditionRecord | None:
    """Return the record of an edition if all its files are as they were written, else None.

    Parameters
    ----------
    sink
        Where files are written.
    records
        Records of complete editions, by key.
    key
        Key of the edition.
    """
    content = records.read(f"{key}.json")
    record = _adapter().validate_json(content) if content else None
    whole = record and all(_sha256(sink.read(path) or b"") == digest for path, digest in record.sha256.items())
    return record if whole else None


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@cache
def _adapter() -> TypeAdapter[EditionRecord]:
    return TypeAdapter(EditionRecord)

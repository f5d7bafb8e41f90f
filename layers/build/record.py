"""The record of an edition that is complete: its entry in the catalogue, and the sha256 of each of its files."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from layers.build.catalogue_document import Contents
from layers.build.sink import Sink
from layers.build.writing import EditionFiles
from layers.catalogue.model import WrittenEdition

Record = TypeVar("Record")


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
    record = EditionRecord(files.proposal_id, files.as_of, files.entry, hashes(files.contents))
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
    record = parsed_record(_adapter(), records.read(f"{key}.json"))
    return record if record and is_whole(sink, record.sha256) else None


def parsed_record(form: TypeAdapter[Record], content: bytes | None) -> Record | None:
    """Return a record from its file; None where that is missing, damaged or of another form.

    Parameters
    ----------
    form
        The form of the record.
    content
        Bytes of the file; None where there is none.
    """
    try:
        return form.validate_json(content or b"")
    except ValidationError:
        return None


def is_whole(sink: Sink, sha256: Mapping[str, str]) -> bool:
    """Return whether all files are as they were written.

    Parameters
    ----------
    sink
        Where the files are.
    sha256
        SHA-256 of each file as it was written, by path.
    """
    return all(sha256_of(sink.read(path) or b"") == digest for path, digest in sha256.items())


def hashes(contents: Contents) -> dict[str, str]:
    """The SHA-256 of each file, by path."""
    return {path: sha256_of(content) for path, content in contents.items()}


def sha256_of(content: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


@cache
def _adapter() -> TypeAdapter[EditionRecord]:
    return TypeAdapter(EditionRecord)

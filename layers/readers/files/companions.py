"""The files that belong to a file: beside it on disk or in a zip, their names in any spelling of case."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from layers.readers.files.limits import MOST_BYTES, read_bytes, too_large

DATABASE = ("-wal", "-journal")  # the -shm is an index of the -wal, which SQLite makes again
SHAPEFILE = (".shx", ".dbf", ".prj", ".qpj", ".cpg", ".cst")


@dataclass(frozen=True)
class Beside:
    """What lies beside a file: its own name, the names of all, and how one of them is read."""

    path: Path
    name: str
    names: Callable[[], Iterable[str]]
    read: Callable[[str], bytes]

    def of_database(self) -> dict[str, bytes]:
        """Return the files with changes that SQLite has not yet written to the database, by ending."""
        return self._found({ending: self.name + ending for ending in DATABASE})

    def of_shapefile(self) -> dict[str, bytes]:
        """The other parts of a Shapefile, by ending in lower case."""
        stem = str(PurePosixPath(self.name).with_suffix(""))
        return self._found({ending: stem + ending for ending in SHAPEFILE})

    def _found(self, wanted: Mapping[str, str]) -> dict[str, bytes]:
        names = sorted(self.names())
        alike = {_folded(name): name for name in reversed(names)}
        found: dict[str, bytes] = {}
        for ending, name in wanted.items():
            other = name if name in names else alike.get(_folded(name))
            if other is not None:
                found[ending] = self.read(other)
        if sum(map(len, found.values())) > MOST_BYTES:
            raise too_large(self.path)
        return found


def on_disk(path: Path) -> Beside:
    """What lies beside a file in its folder; beside what a link leads to, where the file is one."""
    real = path.resolve() if path.is_symlink() else path
    folder = real.parent
    return Beside(path, real.name, lambda: _files_in(folder), lambda name: read_bytes(folder / name))


def in_zip(path: Path, files: Mapping[str, bytes], name: str) -> Beside:
    """Return what lies beside a member of a zip.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    files
        Bytes of the zip's files, by name.
    name
        Name of the member.
    """
    return Beside(path, name, lambda: files, lambda other: files[other])


def _files_in(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in folder.iterdir() if entry.is_file()]
    except OSError:
        return []


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()

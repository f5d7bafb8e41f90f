"""An edition as one file, as it is stored after it was derived: its entry in the catalogue and all its files."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from layers.catalogue.model import Edition, read_edition, write_edition
from layers.zip_files import zipped

ENTRY = "edition.json"
LEVEL = 1  # larger than at 6 by a tenth, and packed three times as fast


@dataclass(frozen=True, eq=False)
class PackedEdition:
    """An edition in a zip archive, each file of it unpacked when it is read."""

    archive: bytes

    @cached_property
    def entry(self) -> Edition:
        """The entry of the edition in the catalogue."""
        return read_edition(self.read(ENTRY))

    def read(self, path: str) -> bytes:
        """Return a file by its path below the root of a build. Raises FileNotFoundError."""
        with zipfile.ZipFile(io.BytesIO(self.archive)) as files:
            try:
                return files.read(path)
            except KeyError as error:
                raise FileNotFoundError(f"{path}: not among the files of the edition") from error


def pack(entry: Edition, contents: Mapping[str, bytes]) -> bytes:
    """Return an edition as one zip archive. Equal editions give equal bytes.

    Parameters
    ----------
    entry
        The edition's entry in the catalogue.
    contents
        Bytes of its files by path.
    """
    return zipped({ENTRY: write_edition(entry), **contents}, LEVEL)

"""The register of sources (``sources/sources.toml``), and the check of every file against its row."""

import csv
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from geo.geojson import read_features
from layers.errors import SourceError

SOURCES = Path(__file__).parents[1] / "sources"


@dataclass(frozen=True)
class InputSource:
    """One input: what it is, who made it, and how to check that the file is the right one."""

    file: str
    title: str
    publisher: str
    version: str
    licence: str
    cite: str
    sha256: str
    features: int


def read_register(folder: Path = SOURCES) -> dict[str, InputSource]:
    """Return all rows of the register by file name. Raises SourceError if a key is missing."""
    path = folder / "sources.toml"
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["source"]
        return {row["file"]: InputSource(**row) for row in rows}
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise SourceError(f"{path}: cannot be read as the register of sources ({error})") from error


def check_source(folder: Path, source: InputSource) -> None:
    """Compare a file with its row.

    Parameters
    ----------
    folder
        Folder of the sources.
    source
        Row of the register ``sources.toml``: SHA-256 and number of features.

    Raises
    ------
    SourceError
        If the file is missing, or has other bytes or another number of features.
    """
    path = folder / source.file
    if not path.exists():
        raise SourceError(f"{path}: missing; restore it or run 'clausemap inputs'")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != source.sha256:
        raise SourceError(
            f"{path}: sha256 is {digest}, the register says {source.sha256[:12]}…; restore "
            "the file, or change its row in sources.toml when the change is wanted"
        )
    count = count_features(path)
    if count != source.features:
        raise SourceError(f"{path}: {count} features, the register says {source.features}")


def check_sources(folder: Path) -> None:
    """Compare every file of a folder with its row. Raises SourceError that lists all that differ."""
    wrong: list[str] = []
    for source in read_register(folder).values():
        try:
            check_source(folder, source)
        except SourceError as error:
            wrong.append(str(error))
    if wrong:
        raise SourceError("\n".join(wrong))


def count_features(path: Path) -> int:
    """Return the number of features of a GeoJSON file, or of rows of a CSV file."""
    if path.suffix == ".geojson":
        return len(read_features(path))
    return len(read_rows(path))


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

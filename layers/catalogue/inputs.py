"""What the editions of a catalogue are derived from."""

import json
from dataclasses import dataclass
from pathlib import Path

from layers.text.languages import Languages

ORIGIN = "origin.json"  # in a folder that is built of other inputs than the included ones


def own_files(root: Path) -> tuple[Path, ...]:
    """Return the files of a user's proposals that a folder was built from; none where it tells of no origin."""
    stored = root / ORIGIN
    return tuple(map(Path, json.loads(stored.read_bytes())["own"])) if stored.is_file() else ()


@dataclass(frozen=True)
class Inputs:
    """Proposals and control maps, with texts in some languages, in the data version of a catalogue.

    They are the included ones, or what the document ``origin`` names, which ``layers.build.origin`` reads.
    """

    version: str
    languages: Languages
    origin: bytes = b""

"""What an archive says of itself, compared with what is there."""

import json
from pathlib import Path

from layers.build.record import sha256_of


def damaged_files(folder: Path) -> list[str]:
    """The files of an archive that are not as their records say."""
    records = [json.loads(path.read_bytes()) for path in (folder / "records").rglob("*.json")]
    files = {path: digest for record in records for path, digest in record["sha256"].items()}
    return [path for path, digest in files.items() if sha256_of((folder / path).read_bytes()) != digest]

"""A cache of JSON files in a folder that git ignores, so that a web worker need not import what makes them."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from layers.files import WritingError, write_bytes


def kept_path(folder: Path, stem: str, parts: Iterable[str]) -> Path:
    """Where something is kept that is made from these parts; another place as soon as one of them changes."""
    version = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
    return folder / f"{stem}_{version}.json"


def files_version(files: Iterable[Path]) -> str:
    """Changes with the bytes of the files."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def read_kept(path: Path) -> dict[str, Any] | None:
    """What is kept at a place, None where there is nothing that can be read."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def keep(path: Path, content: Mapping[str, Any]) -> None:
    """Keep something; a folder that cannot be written costs a second at each start, nothing more."""
    try:
        write_bytes(path, json.dumps(content, ensure_ascii=False, indent=1).encode())
    except WritingError:
        return


def remove_others(folder: Path, wanted: Collection[Path]) -> None:
    """Remove what is kept of other versions."""
    for path in folder.glob("*.json"):
        if path not in wanted:
            path.unlink(missing_ok=True)

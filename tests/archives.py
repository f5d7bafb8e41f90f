"""Plans of small archives, and what an archive says of itself compared with what is there."""

import json
from pathlib import Path

from layers.archive.source import choose_source
from layers.build.record import sha256_of
from layers.control.workspace import Workspace
from webapp.archiving.running import ArchivePlan
from webapp.archiving.tasks import make_shared
from webapp.archiving.wanted import WantedFiles

PLANS = ("putin-2024-06", "us-28-points")


def damaged_files(folder: Path) -> list[str]:
    """The files of an archive that are not as their records say."""
    records = [json.loads(path.read_bytes()) for path in (folder / "records").rglob("*.json")]
    files = {path: digest for record in records for path, digest in record["sha256"].items()}
    return [path for path, digest in files.items() if sha256_of((folder / path).read_bytes()) != digest]


def planned(to: Path, since: str, until: str = "9999", plans: tuple[str, ...] = PLANS) -> ArchivePlan:
    """A plan whose shared files are there already: places of names take long, and this process has them."""
    source = choose_source("embedded", Workspace(to), ())
    make_shared(str(to), source)
    return ArchivePlan(str(to), (source,), WantedFiles(), plans, since, until)

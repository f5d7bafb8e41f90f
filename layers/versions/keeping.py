"""Keeping versions: a folder each, ``versions/<control map>/<data version>``, until the operator removes it.

Its files are hard links where the file system has them: a version takes room of its own from when another is built.
"""

import json
import re
from pathlib import Path

from layers.catalogue.inputs import ORIGIN
from layers.catalogue.model import included_root
from layers.files import link_or_copy, new_folder, refused_writing, swap_folder

VERSIONS = "versions"  # in a workspace
CATALOGUE = "catalog.json"
VERSION = re.compile(r"\d+-[0-9a-f]{12}", re.ASCII)  # what a data version looks like


def keep_version(root: Path | None, workspace: Path) -> Path | None:
    """Keep what is built under a root; return its folder, or None where nothing is built.

    The first files of a version stay. A build of the same version with more editions takes its place.

    Parameters
    ----------
    root
        Folder of a build; None for the included data.
    workspace
        Folder of the operator.

    Raises
    ------
    WritingError
        If the disk is full or permission is missing; what was kept before stays.
    """
    root = root or included_root()
    named = _names(root / CATALOGUE)
    if named is None:
        return None
    place = workspace / VERSIONS / named[0] / named[1]
    files = _files(root)
    if not files <= _files(place):
        _keep(root, files, place)
    return place


def kept_versions(workspace: Path, control: str, proposal: str = "") -> tuple[str, ...]:
    """Return the versions that are kept of a control map, the latest first.

    Parameters
    ----------
    workspace
        Folder of the operator.
    control
        Id of the control map.
    proposal
        Id of a proposal that they have to hold; empty for any.
    """
    found = [path.parent for path in (workspace / VERSIONS / control).glob(f"[!.]*/{CATALOGUE}")]
    found = [path for path in found if (path / proposal).is_dir()]
    return tuple(path.name for path in sorted(found, key=lambda path: (-path.stat().st_mtime_ns, path.name)))


def _keep(root: Path, files: frozenset[str], place: Path) -> None:
    with refused_writing(place), new_folder(place) as new:
        for name in files:
            link_or_copy(root / name, new / name)
        swap_folder(new, place)


def _files(root: Path) -> frozenset[str]:
    """The files of a build by their paths; where it came from is not kept, so that nothing is derived anew."""
    found = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    return frozenset(found - {ORIGIN})


def _names(path: Path) -> tuple[str, str] | None:
    """The control map and the data version of a catalogue; None where there is none that can be read."""
    try:
        document = json.loads(path.read_bytes())
        return str(document["control"]["id"]), str(document["data_version"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None

"""The folder of a copy: its own list of what is in it, written beside its place and then swapped in."""

import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from layers.files import json_bytes, link_or_copy, refused_writing, swap_folder
from webapp.errors import PlaceError

LIST = "contents.json"
JOURNAL = "journal.jsonl"  # of a folder that is being written
STAGED = "publishing"


@dataclass(frozen=True)
class CopiedFiles:
    """The files of an address: the hash of what they were made from, and of each, by name, that of its bytes."""

    inputs: str
    files: Mapping[str, str]


def read_list(folder: Path) -> dict[str, CopiedFiles]:
    """Return what a folder holds by its own list, by address; nothing where it has none or a damaged one."""
    try:
        entries = json.loads((folder / LIST).read_bytes())["addresses"]
        return {address: CopiedFiles(entry["inputs"], dict(entry["files"])) for address, entry in entries.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def read_journal(folder: Path) -> dict[str, CopiedFiles]:
    """Return what a run that was killed had made in a folder, by address, as far as its lines are whole."""
    found = {}
    with suppress(OSError, ValueError):
        for line in (folder / JOURNAL).read_text("utf-8").splitlines():
            address, inputs, files = json.loads(line)
            found[address] = CopiedFiles(inputs, files)
    return found


def note(folder: Path, address: str, entry: CopiedFiles) -> None:
    """Write down what was made, for a run that goes on where this one was killed.

    Parameters
    ----------
    folder
        The folder in which it was made.
    address
        Its address.
    entry
        Its files.
    """
    with (folder / JOURNAL).open("a", encoding="utf-8") as journal:
        journal.write(json.dumps([address, entry.inputs, dict(entry.files)]) + "\n")


def keep_only(folder: Path, names: Collection[str]) -> None:
    """Remove all files of a folder but some, so that nothing is written into a file that another folder has, too.

    Parameters
    ----------
    folder
        The folder.
    names
        Names of the files to keep, below the folder.
    """
    for path in [path for path in folder.rglob("*") if not path.is_dir()]:
        if path.relative_to(folder).as_posix() not in names:
            path.unlink()


def list_bytes(entries: Mapping[str, CopiedFiles], about: Mapping[str, str]) -> bytes:
    """Return the list of a folder.

    Parameters
    ----------
    entries
        What it holds, by address.
    about
        What else the list says.
    """
    listed = {address: {"inputs": one.inputs, "files": one.files} for address, one in sorted(entries.items())}
    return json_bytes({**about, "addresses": listed})


def check_place(folder: Path) -> None:
    """Refuse a folder that holds anything but an earlier copy. Raises PlaceError that names a file."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise PlaceError(f"{folder}: is a file; name a folder")
    known = {name for entry in read_list(folder).values() for name in entry.files} | {LIST}
    found = (path for path in sorted(folder.rglob("*")) if not path.is_dir())
    foreign = next((name for path in found if (name := path.relative_to(folder).as_posix()) not in known), None)
    if foreign:
        raise PlaceError(f"{folder}: holds other files ({foreign}), which would be deleted; name a new folder")


def is_whole(folder: Path, entry: CopiedFiles) -> bool:
    """Whether all files of an entry are there with the bytes that the list says.

    Parameters
    ----------
    folder
        The folder.
    entry
        The entry.
    """
    return all(digest_of(folder / name) == digest for name, digest in entry.files.items())


def digest_of(path: Path) -> str:
    """The SHA-256 of a file; empty where there is none."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def carry_over(name: str, old: Path, new: Path) -> None:
    """Have a file of the old folder in the new one, too, without writing its bytes where the file system can.

    Parameters
    ----------
    name
        Name of the file.
    old
        The old folder.
    new
        The new one.
    """
    link_or_copy(old / name, new / name)


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A new folder beside another, which takes its place at the end; where something fails the other stays.

    It has what an earlier run left that was killed. Raises WritingError.
    """
    with refused_writing(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = folder.with_name(f".{folder.name}.{os.getpid()}.{STAGED}")
        for left in folder.parent.glob(f".{folder.name}.*.{STAGED}"):
            if not _runs(left.name.split(".")[-2]):
                shutil.rmtree(left, ignore_errors=True) if new.exists() else left.rename(new)
        new.mkdir(exist_ok=True)
        try:
            yield new
            swap_folder(new, folder)
        finally:
            shutil.rmtree(new, ignore_errors=True)


def _runs(process: str) -> bool:
    """Whether a process runs; signal 0 does nothing."""
    with suppress(ValueError, OverflowError, ProcessLookupError):
        try:
            os.kill(int(process), 0)
        except PermissionError:
            return True
        return True
    return False

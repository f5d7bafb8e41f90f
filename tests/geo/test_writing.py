"""Files are written whole or not at all, also on a full disk."""

import subprocess
import sys
from pathlib import Path

import pytest

from layers.files import WritingError, replace_folder, write_bytes

FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from geo.errors import ClausemapError
from layers.files import replace_folder, write_bytes
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
target = Path(sys.argv[1])
try:
    if sys.argv[2] == "folder":
        replace_folder(target, {"a.txt": b"new", "deep/b.txt": b"x" * 5000})
    else:
        write_bytes(target, b"x" * 5000)
except ClausemapError as error:
    sys.exit(str(error))
"""


def on_a_full_disk(target: Path, *, a_folder: bool = False) -> str:
    """Write to a file or folder where no file may grow beyond 1,000 bytes; what was said on the way."""
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(target), "folder" if a_folder or target.is_dir() else "file"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    return done.stderr.strip()


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.txt"
    write_bytes(path, b"one")
    write_bytes(path, b"two")
    assert path.read_bytes() == b"two"
    assert [entry.name for entry in path.parent.iterdir()] == ["a.txt"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_full_disk_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")
    assert "could not be written (File too large)" in on_a_full_disk(path)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_the_folder_that_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    replace_folder(folder, {"a.txt": b"before", "old/c.txt": b"kept"})
    assert "could not be written" in on_a_full_disk(folder)
    assert (folder / "a.txt").read_bytes() == b"before"
    assert (folder / "old/c.txt").read_bytes() == b"kept"
    assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_is_swapped_whole(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    replace_folder(folder, {"old.txt": b"1"})
    replace_folder(folder, {"new/a.txt": b"2"})
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.txt")) == ["new/a.txt"]
    assert list(tmp_path.iterdir()) == [folder]


def test_a_run_that_was_killed_between_the_renames_is_mended(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    replace_folder(folder, {"a.txt": b"before"})
    folder.rename(tmp_path / ".data.old")
    assert "could not be written" in on_a_full_disk(folder, a_folder=True)
    assert (folder / "a.txt").read_bytes() == b"before"


def test_a_place_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WritingError, match=r"file/a\.txt: could not be written"):
        write_bytes(tmp_path / "file" / "a.txt", b"")

"""Killed often, at random moments: what was there stays, the next run does it, and nothing is left beside it."""

import json
import os
import random
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from layers.archive.source import choose_source
from layers.control.workspace import Workspace
from tests.archives import damaged_files
from tests.fire.servers import CLAUSEMAP, alive, needs_proc, until
from tests.layers.readers.made import collection, feature, polygon, saved, square
from tests.made_workspace import ONE, SEVERAL, made_workspace
from webapp.archiving.tasks import make_shared
from webapp.publishing.folder import LIST

KILLS = int(os.environ.get("KILLS", "20"))
SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(10**9)
STARTED_S = 60.0
PROPOSAL = "putin-2024-06"  # the fewest zones

Command = Callable[[Path, int, Path], list[str]]  # by a folder with what is read, which of two is made, and where


def importing(folder: Path, which: int, place: Path) -> list[str]:
    """Put one of two control maps into a workspace."""
    file = saved(folder, collection(feature(polygon(square(36.0 + which)))), f"map-{which}.geojson")
    options = ["--as-of", "2025-11-20", "--name", "own", "--accept-difference"]
    return ["control", "import", str(file), *options, "--workspace", str(place)]


def building(folder: Path, which: int, place: Path) -> list[str]:
    """Build all proposals on one of two control maps."""
    control = ["--control", (ONE, SEVERAL)[which], "--accept-difference", "--workspace", str(folder)]
    return ["build", *control, "-o", str(place)]


def publishing(folder: Path, which: int, place: Path) -> list[str]:
    """Publish a proposal on two dates for one of two URLs."""
    control = ["--control", ONE, "--accept-difference", "--workspace", str(folder)]
    url = f"https://maps.example.{('org', 'com')[which]}"
    return ["publish", str(place), "--base-url", url, "--proposal", PROPOSAL, "--few-images", *control]


COMMANDS: dict[str, tuple[Command, float]] = {  # and which part of its time it gets at most before it is killed
    "import": (importing, 1.0),
    "build": (building, 0.5),
    "publish": (publishing, 0.1),  # the next run goes on where it was
}


def tree(folder: Path) -> dict[str, str]:
    """The files of a folder, hidden ones with them, each with a hash of its bytes; replaced maps need only be whole."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    found = {path.relative_to(folder).as_posix(): sha256(content_of(path)).hexdigest() for path in files}
    replaced = {name: digest for name, digest in found.items() if "/replaced/" in name}
    assert all(digest[:12] in name for name, digest in replaced.items())
    return {name: digest for name, digest in found.items() if name not in replaced}


def content_of(path: Path) -> bytes:
    """The bytes of a file; of a copy's list without what files of earlier runs were made from, which it keeps."""
    if path.name != LIST:
        return path.read_bytes()
    entries = json.loads(path.read_bytes())["addresses"]
    return json.dumps({address: entry["files"] for address, entry in entries.items()}).encode()


@dataclass
class Often:
    """A command that puts one of two things into a place, and is killed."""

    folder: Path
    command: Command
    longest_part: float
    wholes: list[dict[str, str]] = field(default_factory=list)
    takes_s: float = 0.0
    kills: int = 0

    @property
    def place(self) -> Path:
        """Where it puts them."""
        return self.folder / "places" / "made"

    def make_both(self) -> None:
        """Make each of the two elsewhere, undisturbed, and the first in its place."""
        for which, elsewhere in enumerate((self.folder / "one" / "made", self.folder / "other" / "made")):
            with self._begun(which, elsewhere) as running:
                start = time.monotonic()
                assert running.wait() == 0
            self.takes_s = time.monotonic() - start
            self.wholes.append(tree(elsewhere))
        assert self.wholes[0] != self.wholes[1]
        with self._begun(0, self.place) as running:
            assert running.wait() == 0

    def kill(self, dice: random.Random) -> None:
        """Begin to make the one that is not there, and kill it: all of one of the two is there."""
        with self._begun(self._missing(), self.place) as running:
            time.sleep(dice.uniform(0, self.takes_s * self.longest_part))
            self.kills += running.poll() is None
            running.kill()  # alone: what works for it has to end by itself
            running.wait()
            until(lambda: not alive(running))
        assert tree(self.place) in self.wholes

    def end(self) -> None:
        """Make the one that is not there: the same bytes as of a run that was not disturbed, and nothing beside."""
        which = self._missing()
        with self._begun(which, self.place) as running:
            assert running.wait() == 0
        assert tree(self.place) == self.wholes[which]
        assert [path.name for path in self.place.parent.iterdir()] == [self.place.name]

    def _missing(self) -> int:
        return 1 - self.wholes.index(tree(self.place))

    @contextmanager
    def _begun(self, which: int, place: Path) -> Iterator["subprocess.Popen[bytes]"]:
        """Give a run that has begun to write, as far as that is seen beside its place."""
        place.parent.mkdir(parents=True, exist_ok=True)
        command, before = self.command(self.folder, which, place), times(place.parent)
        with (self.folder / "said.txt").open("w") as said:
            running = subprocess.Popen([CLAUSEMAP, *command], stdout=said, stderr=said, start_new_session=True)
        if self.command is not importing:
            until(lambda: running.poll() is not None or times(place.parent) != before, STARTED_S)
        yield running


def times(folder: Path) -> list[tuple[str, int]]:
    """What is hidden in a folder, and when it has changed."""
    return sorted((path.name, path.stat().st_mtime_ns) for path in folder.glob(".*"))


@pytest.mark.slow
@pytest.mark.fire
@needs_proc
@pytest.mark.parametrize("name", COMMANDS)
def test_killed_twenty_times_at_any_moment(tmp_path: Path, name: str) -> None:
    made_workspace(tmp_path)
    often, dice = Often(tmp_path, *COMMANDS[name]), random.Random(SEED)
    often.make_both()
    start, runs = time.monotonic(), 0
    while often.kills < KILLS:
        often.kill(dice)
        runs += 1
    often.end()
    told = f"{often.kills} of {runs} runs killed in {time.monotonic() - start:.0f} s, one takes {often.takes_s:.1f} s"
    print(f"{name}: {told}, SEED={SEED}")  # noqa: T201  # the figures of a run of test-fire


@pytest.mark.slow
@pytest.mark.fire
@needs_proc
def test_an_archive_killed_twenty_times_at_any_moment(tmp_path: Path) -> None:
    """Records are of whole files only, no worker outlives its run, and the next run does what is left."""
    place, dice = tmp_path / "made", random.Random(SEED)
    make_shared(str(place), choose_source("embedded", Workspace(tmp_path), ()))
    run = (CLAUSEMAP, "archive", "--to", str(place), "--proposal", PROPOSAL, "--since", "2026-06-01")
    start = time.monotonic()
    assert subprocess.run(run, capture_output=True, check=False).returncode == 0
    takes_s = time.monotonic() - start
    assert damaged_files(place) == []
    for _ in range(KILLS):
        for record in (place / f"records/embedded/{PROPOSAL}").iterdir():
            record.unlink()
        running = subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(dice.uniform(0, takes_s))
        running.kill()
        running.wait()
        until(partial(has_ended, running))
        assert damaged_files(place) == []
    ended = subprocess.run(run, capture_output=True, check=False, text=True)
    assert ended.returncode == 0, ended.stderr
    assert damaged_files(place) == []


def has_ended(running: "subprocess.Popen[bytes]") -> bool:
    """Whether nothing of a run is left."""
    return not alive(running)

"""Numbers of each worker in a file that the server's first process reads: all workers are added, also those that ended.

A file is written again within a second of a change, and when the worker ends. A worker that is killed loses no more.
"""

import json
import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from multiprocessing.util import Finalize
from pathlib import Path
from threading import Lock, Thread
from time import sleep

from layers.files import write_bytes
from webapp.observing.counts import Series

EVERY_S = 1.0
EXIT_PRIORITY = 100  # any will do: those without one run only after the processes were waited for


@dataclass(frozen=True)
class Snapshot:
    """The numbers of a worker: ``counters`` only grow; ``gauges`` are added; of ``latest`` the greatest counts."""

    counters: Series = field(default_factory=dict)
    gauges: Series = field(default_factory=dict)
    latest: Series = field(default_factory=dict)


def keep_writing(folder: Path, take: Callable[[], Snapshot]) -> None:
    """Write the snapshots of this process into a folder, from a thread of its own, until the process ends.

    Parameters
    ----------
    folder
        Folder of all workers.
    take
        Returns the numbers now.
    """
    path, written = folder / f"{os.getpid()}.json", [b""]

    def write() -> None:
        content = json.dumps(asdict(take())).encode()
        if content != written[0]:
            write_bytes(path, content)
            written[0] = content

    def write_again_and_again() -> None:
        while True:
            with suppress(Exception):  # a full disk, or a folder that is gone with the server
                write()
            sleep(EVERY_S)

    Finalize(None, write, exitpriority=EXIT_PRIORITY)
    Thread(target=write_again_and_again, daemon=True).start()


class Snapshots:
    """The snapshots in a folder. Counters of workers that have ended are added for good. Safe among threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ended: Counter[str] = Counter()
        self._lock = Lock()

    def added(self) -> Snapshot:
        """Return the numbers of all workers together."""
        with self._lock:
            counters, gauges, latest = Counter(self._ended), Counter[str](), dict[str, float]()
            for path in sorted(self._folder.glob("[0-9]*.json")):
                alive, found = is_alive(int(path.stem)), Snapshot(**json.loads(path.read_bytes()))
                counters.update(found.counters)
                if alive:
                    gauges.update(found.gauges)
                    latest |= {name: max(value, latest.get(name, value)) for name, value in found.latest.items()}
                else:
                    self._ended.update(found.counters)
                    path.unlink()
            return Snapshot(dict(counters), dict(gauges), latest)


def is_alive(process: int) -> bool:
    """Whether a process of this user runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

"""Whether the service can answer everything: what it gives out is whole, and its drawing processes can be used."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from threading import Lock

from layers.catalogue.looking import FilesSeen, damaged_files
from layers.catalogue.model import Catalogue
from webapp.jobs.pool import is_broken

CHECKED_FOR_S = 2.0  # however often it is requested
SHOWN = 5


@dataclass(eq=False)
class Readiness:
    """What is wrong, found at most once within a short time. Safe among threads."""

    seen: FilesSeen = field(default_factory=FilesSeen)
    found: tuple[str, ...] = ()
    checked_s: float = float("-inf")
    lock: Lock = field(default_factory=Lock)

    def problems(self, catalogues: Iterable[Catalogue]) -> tuple[str, ...]:
        """Return what is wrong with the catalogues that are served and with the processes; empty where nothing is."""
        with self.lock:
            if time.monotonic() - self.checked_s > CHECKED_FOR_S:
                self.found = tuple(self._look(catalogues))
                self.checked_s = time.monotonic()
            return self.found

    def _look(self, catalogues: Iterable[Catalogue]) -> Iterator[str]:
        if is_broken():
            yield "the processes that draw have ended; the next request for an image starts new ones"
        damaged = [str(error) for one in catalogues for error in damaged_files(one, self.seen)]
        yield from damaged[:SHOWN]
        if len(damaged) > SHOWN:
            yield f"and {len(damaged) - SHOWN} more files"

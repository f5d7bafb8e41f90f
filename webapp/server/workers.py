"""The workers of the server: one that dies is started again, many connections are held, silent ones are closed."""

import time
from collections.abc import Callable
from threading import Thread
from typing import Any

from granian.server import MPServer

from webapp.limits import CONNECTIONS

try:
    import resource
except ImportError:  # Windows: no limit of this kind
    resource = None  # type: ignore[assignment]

MOST_DEATHS, WITHIN_S = 5, 30.0
OPEN_FILES = 65_536
OUR_FILES = 256  # what a worker opens besides its connections
LOGGING = {  # granian's own, with what it says among the errors
    "handlers": {
        name: {"formatter": form, "class": "logging.StreamHandler", "stream": "ext://sys.stderr"}
        for name, form in (("console", "generic"), ("access", "access"))
    }
}


class Workers(MPServer):
    """granian's server, which starts workers again until many die within a short time.

    By itself it gives up on all of them where one dies twice within seconds.
    """

    deaths: tuple[float, ...] = ()
    afterwards: Callable[[], None] | None = None

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        """Start the workers, then run ``afterwards`` beside them, which no worker inherits half done."""
        super().startup(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        if self.afterwards:
            Thread(target=self.afterwards, daemon=True).start()

    def shutdown(self, exit_code: int = 0) -> None:
        """Stop the workers; those that a signal to all processes has ended already did not die."""
        if self.interrupt_signal:
            self.interrupt_children.clear()
        super().shutdown(exit_code)  # type: ignore[no-untyped-call]

    def _respawn_workers(self, workers: list[int], spawn_target: Any, target_loader: Any, delay: float = 0) -> None:
        """Start workers again: after ``delay`` where they are only replaced, at once where they have died."""
        super()._respawn_workers(workers, spawn_target, target_loader, delay)
        if delay:
            return
        now = time.monotonic()
        self.deaths = (*(one for one in self.deaths if now - one < WITHIN_S), *(now for _ in workers))
        if len(self.deaths) < MOST_DEATHS * self.workers:
            self.respawned_wrks.clear()  # granian's record of workers that die again and again
        if self.interrupt_children:  # died meanwhile, when the flag had been taken down
            self.main_loop_interrupt.set()


def connections() -> int:
    """How many connections a worker holds, as far as the system lets it open files; the limit is raised for that."""
    files = OPEN_FILES
    if resource is not None:
        files = _open_files()
    return min(CONNECTIONS, max(files - OUR_FILES, files // 2))


def _open_files() -> int:
    """How many files this process and its workers may open, raised to OPEN_FILES as far as it is allowed."""
    soft, hard = (
        OPEN_FILES if limit == resource.RLIM_INFINITY else limit for limit in resource.getrlimit(resource.RLIMIT_NOFILE)
    )
    wanted = min(OPEN_FILES, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    return max(soft, wanted)

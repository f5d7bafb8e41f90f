"""The workers of the server: one that dies is started again, many connections are held, silent ones are closed."""

import socket
import time
import traceback
from collections.abc import Callable
from functools import partial
from threading import Event, Thread
from typing import Any

import click
from granian.net import SocketSpec  # type: ignore[attr-defined]
from granian.server import MPServer
from granian.server.mp import WorkerProcess

from webapp.limits import CONNECTIONS
from webapp.server.draining import drain, drain_on_signal
from webapp.settings import read_settings

try:
    import resource
except ImportError:  # Windows: no limit of this kind
    resource = None  # type: ignore[assignment]

Loader = Callable[[], Any]  # gives a worker the application

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
    report: Callable[[], None]  # about what is served, when the workers have started
    renew: Callable[[], Loader | None]  # returns what workers serve from now on; None: the same as before
    loader: Loader | None = None

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.wanted = Event()

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        """Start the workers, and beside them what reports and renews, which no worker inherits half done."""
        super().startup(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        Thread(target=self._beside, daemon=True).start()

    def shutdown(self, exit_code: int = 0) -> None:
        """Stop the workers, and say so; those that a signal to all processes has ended already did not die."""
        click.echo(f"clausemap: stopping; what was requested has {read_settings().stop_within_s} s", err=True)
        if self.interrupt_signal:
            self.interrupt_children.clear()
        super().shutdown(exit_code)  # type: ignore[no-untyped-call]
        click.echo("clausemap: stopped", err=True)

    def signal_handler_reload(self, *_: Any, **__: Any) -> None:
        """Read everything again; the workers go on until that is done."""
        self.wanted.set()

    def _beside(self) -> None:
        self.report()
        while self.wanted.wait():
            self.wanted.clear()
            try:
                loader = self.renew()
            except Exception:  # nobody expected it, and the next time may go well
                traceback.print_exc()
                continue
            if loader:
                self.loader, self.reload_signal = loader, True
                self.main_loop_interrupt.set()

    def _reload(self, spawn_target: Any, target_loader: Any) -> None:
        super()._reload(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        if self.reload_signal or self.interrupt_signal:  # came when the flag had just been taken down
            self.main_loop_interrupt.set()

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any) -> WorkerProcess:  # type: ignore[override]
        load = partial(_loaded, self.loader or callback_loader, self._sfd)
        return super()._spawn_worker(idx, target, load)

    _sfd: int  # type: ignore[assignment]  # of the socket that all workers share

    def _init_shared_socket(self) -> None:
        """Open one socket for all workers: connections that wait to be accepted are not lost with a worker.

        By itself granian opens one for each worker on Linux.
        """
        holder: Any = SocketSpec(self.bind_addr, self.bind_port, self.backlog).build()
        self._shd, self._sfd = holder, holder.get_fd()
        self._sso = socket.socket(fileno=self._sfd)
        self._sso.set_inheritable(True)

    def _respawn_workers(self, workers: list[int], spawn_target: Any, target_loader: Any, delay: float = 0) -> None:
        """Start workers again: after ``delay`` where they are only replaced, at once where they have died."""
        for one in workers if delay else ():
            drain(self.wrks[one]._id())  # type: ignore[no-untyped-call]
        super()._respawn_workers(workers, spawn_target, target_loader, delay)
        if delay:
            return
        now = time.monotonic()
        self.deaths = (*(one for one in self.deaths if now - one < WITHIN_S), *(now for _ in workers))
        if len(self.deaths) < MOST_DEATHS * self.workers:
            self.respawned_wrks.clear()  # granian's record of workers that die again and again
        if self.interrupt_children:  # died meanwhile, when the flag had been taken down
            self.main_loop_interrupt.set()


def _loaded(load: Loader, listening: int) -> Any:
    """What a worker serves, which accepts no more connections once it is to be replaced."""
    drain_on_signal(listening)
    return load()


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

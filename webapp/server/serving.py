"""The server: granian with the project's WSGI application."""

from __future__ import annotations

import errno
import functools
import gc
import math
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.errors import ClausemapError
from webapp.limits import BACKLOG, LAST_WORDS_S, MAX_READERS, OTHER_THREADS, SILENT_S
from webapp.settings import STDOUT, read_settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication
    from flask import Flask

    from webapp.server.workers import Loader, Workers

Roots = tuple[Path | None, ...]  # None stands for the embedded data
Given = tuple[Roots, str, Path | None]

MOST_WORKERS = 2  # where nobody says how many
REPLACED_AFTER_S = 1.0  # after a new worker was started for it, where everything is read again

_made: dict[Given, Flask] = {}  # the application, by what it was made with, which forked workers share


class ServingError(ClausemapError):
    """An address on which the server cannot listen, or workers that cannot run."""


def serve(
    host: str,
    port: int,
    workers: int | None = None,
    find_roots: Callable[[], Roots] = tuple,
    workspace: Path | None = None,
) -> None:
    """Serve the pages, layers and images until a signal ends it; SIGHUP has everything read again.

    The application is made before the server starts, so that its errors are reported once; forked workers share it.

    Parameters
    ----------
    host, port
        Address to listen on; port 0 takes a free one.
    workers
        Number of processes; None for as many as there are cores, two at most.
    find_roots
        A picklable function that returns the folders of catalogues, the default first, None for the included data;
        without any, what was built is served.
    workspace
        Folder of the operator, whose corrections are shown; None for none.

    Raises
    ------
    ServingError
        If the address is in use, not permitted or unknown, or if workers die again and again.
    ClausemapError
        Whatever the application raises while it is made.
    """
    address, port = check_address(host, port)
    with _exported() as counts:
        served = Served(find_roots, address_url(host, port).rstrip("/"), workspace, counts)
        loader = served.made(find_roots())
        server = _server(address, port, workers or min(MOST_WORKERS, os.cpu_count() or 1))
        server.report, server.renew = served.report, served.renewed
        server.on_startup(lambda: _say(f"Clausemap: {address_url(host, port)}  (Ctrl+C stops it)"))
        try:
            server.serve(target_loader=loader, wrap_loader=False)
        except SystemExit as ended:
            raise ServingError(
                "The workers died again and again, so the server has stopped; see above for why"
            ) from ended


@dataclass(frozen=True)
class Served:
    """What is served: how its catalogues are found, and what else the application is made with."""

    find_roots: Callable[[], Roots]
    base_url: str
    workspace: Path | None
    counts: Path | None

    def made(self, roots: Roots) -> Loader:
        """Make the application in this process; return what gives it to a worker, also to one that is not forked."""
        from webapp.server.stopping import begin_worker

        given = (roots, self.base_url, self.workspace)
        application = load_application(*given)
        _made.clear()
        _made[given] = application
        gc.collect()
        gc.freeze()  # what workers share stays shared: collecting garbage would write into each object
        return functools.partial(begin_worker, functools.partial(load_worker, self.counts, *given))

    def renewed(self) -> Loader | None:
        """Find and read everything again; None, which is told, where it cannot be served as it is now."""
        from webapp.server.reloading import forget, found_elsewhere

        try:
            roots = found_elsewhere(self.find_roots)
            forget()
            gc.unfreeze()
            loader = self.made(roots)
        except (ClausemapError, OSError) as error:
            click.echo(f"clausemap: not reloaded, what was served before still is: {error}", err=True)
            return None
        self.report()
        click.echo(f"clausemap: reloaded, {self._told()}", err=True)
        return loader

    def report(self) -> None:
        """Report what is damaged of what is served."""
        for application in _made.values():
            report_damaged(application)

    def _told(self) -> str:
        from webapp.site import EXTENSION

        (application,) = _made.values()
        catalogues = application.extensions[EXTENSION].catalogues
        return ", ".join(f"{name} {catalogue.data_version}" for name, catalogue in catalogues.items())


def _say(line: str) -> None:
    """Print a line for the operator: on stdout, unless that has the log of requests and nothing else."""
    click.echo(line, err=read_settings().access_log == STDOUT)


def report_damaged(application: Flask) -> None:
    """Write a line to stderr for each file that the service will not send, since its catalogue names other bytes."""
    from layers.catalogue.looking import damaged_files
    from webapp.site import EXTENSION

    for catalogue in application.extensions[EXTENSION].catalogues.values():
        for error in damaged_files(catalogue):
            click.echo(f"clausemap: {error}", err=True)


def _server(address: str, port: int, workers: int) -> Workers:
    """A server for HTTP/1.1 alone: granian guesses the protocol of a silent connection without a limit of time."""
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    from webapp.server.workers import LOGGING, Workers, connections

    return Workers(
        "clausemap",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=MAX_READERS + OTHER_THREADS,
        websockets=False,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=SILENT_S * 1000),
        backlog=BACKLOG,
        backpressure=connections(),
        respawn_failed_workers=True,
        log_level=LogLevels.error,
        log_dictconfig=LOGGING,
        respawn_interval=REPLACED_AFTER_S,
        workers_kill_timeout=math.ceil(read_settings().stop_within_s + LAST_WORDS_S),
    )


@contextmanager
def _exported() -> Iterator[Path | None]:
    """Export metrics if that is set: a folder in which workers leave their counts, else None."""
    from webapp.observing.metrics import Exporter

    address = read_settings().metrics
    if address is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="clausemap-") as name:
        exporter = Exporter(check_address(*address), Path(name))
        _say(f"Metrics: {address_url(*exporter.address)}metrics")
        yield Path(name)


def load_worker(counts: Path | None, roots: Roots, base_url: str, workspace: Path | None) -> WSGIApplication:
    """Return the application as a worker serves it.

    Parameters
    ----------
    counts
        Folder for the counts of all workers; None where nothing is counted.
    roots, base_url, workspace
        As for ``load_application``.
    """
    from webapp.observing.beginning import observed

    given = (roots, base_url, workspace)
    return observed(_made.get(given) or load_application(*given), counts)


def load_application(roots: Roots = (), base_url: str = "", workspace: Path | None = None) -> Flask:
    """Return the application on the catalogues of some folders.

    Parameters
    ----------
    roots
        Folders of catalogues, the default first; None stands for the included data.
    base_url
        URL at which readers find the service if ``CLAUSEMAP_BASE_URL`` is not set.
    workspace
        Folder of the operator; None for none.
    """
    from layers.catalogue.joining import joined
    from layers.catalogue.model import Catalogue
    from webapp.app import create_app
    from webapp.charts import cache as charts
    from webapp.images import jobs as images
    from webapp.jobs.code_version import code_version
    from webapp.jobs.editions import serve_catalogue

    for drawn in (images, charts):  # now, and not by every thread of a worker at once
        code_version(drawn.CODE, drawn.FILES, drawn.PACKAGES)
    found: dict[str, Catalogue] = {}
    for one in (serve_catalogue(root) for root in roots or (None,)):
        name = one.control.id
        found[name] = joined(found[name], one) if name in found else one
    first, *others = found.values()
    return create_app(first, {one.control.id: one for one in others}, base_url, workspace=workspace)


def check_address(host: str, port: int) -> tuple[str, int]:
    """Bind an address for a moment, and return the numeric address and the port that was bound.

    granian itself would share a port in use with its owner.

    Parameters
    ----------
    host
        Name or IP address of this machine.
    port
        Port from 1 to 65535; 0 takes a free one.

    Raises
    ------
    ServingError
        If the address cannot be bound.
    """
    if not 0 <= port <= 65535:
        raise ServingError(f"Cannot listen on port {port}: choose one from 1 to 65535")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            if os.name == "posix":  # elsewhere the option means to share
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
            bound = probe.getsockname()
    except (OSError, UnicodeError) as error:
        raise ServingError(f"Cannot listen on {host}:{port}: {_reason(error)}") from error
    return str(bound[0]), int(bound[1])


def address_url(host: str, port: int) -> str:
    """Return the URL at which a browser on this machine finds a server that listens on an address.

    Parameters
    ----------
    host
        Name or IP address that the server listens on; ``0.0.0.0`` and ``::`` stand for all.
    port
        Port that was bound.
    """
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def _reason(error: Exception) -> str:
    if isinstance(error, socket.gaierror | UnicodeError):
        return "no such host; name an address of this machine, such as 127.0.0.1"
    reasons = {
        errno.EADDRINUSE: "the port is in use; stop what uses it, or choose another, as in PORT=8001 make serve",
        errno.EACCES: "not allowed; choose a port above 1023",
        errno.EADDRNOTAVAIL: "not an address of this machine; 127.0.0.1 always is, 0.0.0.0 means all",
    }
    return reasons.get(getattr(error, "errno", None) or 0, str(error))

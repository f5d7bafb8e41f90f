"""Running the tasks of an archive on Dask: a few tasks ahead of the workers, however many there are."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any

from layers.archive.catalogue import write_catalogue
from layers.archive.opening import is_database
from layers.archive.place import EditionName
from layers.archive.source import ArchiveSource, read_source
from layers.build.catalogue_document import Contents
from layers.errors import MissingPackageError
from webapp.archiving.tasks import ArchiveUnit, EditionOutcome, file_place, make_shared, make_unit, make_years, told
from webapp.archiving.wanted import WantedFiles
from webapp.errors import SetupError

if TYPE_CHECKING:
    from distributed import Client, Future

AHEAD = 2  # tasks a thread that wait with the scheduler, so that no worker waits for the next
FIRST_WORKER_S = 60
CONNECT_S = 5  # to a scheduler; Dask itself would try for 30
SHARED = EditionName("shared", "files", "")


@dataclass(frozen=True)
class ArchivePlan:
    """Where an archive goes, and what is in it: control maps, proposals, days and files of each."""

    to: str
    sources: tuple[ArchiveSource, ...]
    wanted: WantedFiles
    proposals: tuple[str, ...]
    since: str
    until: str

    def units(self) -> Iterator[ArchiveUnit]:
        """Yield what tasks make: a day, or a proposal on a day where images take longer than all else."""
        for source in self.sources:
            for as_of in self.dates(source):
                chosen = self.chosen(source)
                groups = [(one,) for one in chosen] if self.wanted.forms else [chosen]
                yield from (ArchiveUnit(source, as_of, group) for group in groups)

    def dates(self, source: ArchiveSource) -> Sequence[str]:
        """Return the days of control maps that are wanted, ascending."""
        return [as_of for as_of in read_source(source).setting.study.control.dates if self.since <= as_of <= self.until]

    @property
    def editions(self) -> int:
        """The number of editions."""
        return sum(len(self.dates(source)) * len(self.chosen(source)) for source in self.sources)

    def chosen(self, source: ArchiveSource) -> tuple[str, ...]:
        """Return the proposals that are wanted. Raises UnknownError."""
        order = read_source(source)
        return tuple(order.proposal(name).id for name in self.proposals) or tuple(one.id for one in order.proposals)


@contextmanager
def opened_client(scheduler: str | None, workers: int) -> "Iterator[Client]":
    """Connect to a cluster, or start one on this machine for as long as needed.

    Parameters
    ----------
    scheduler
        Address of a scheduler; None for workers on this machine.
    workers
        Number of workers on this machine, a process each.

    Raises
    ------
    MissingPackageError
        If Dask is not installed.
    SetupError
        If no scheduler or no worker answers.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise MissingPackageError("an archive", "distributed", "archive") from error
    if scheduler is None:
        with (
            LocalCluster(
                n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs="CRITICAL"
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(scheduler, timeout=CONNECT_S)
        client.wait_for_workers(1, timeout=FIRST_WORKER_S)
    except (OSError, ValueError) as error:
        raise SetupError(f"--scheduler {scheduler}: {error}; start 'dask scheduler' and 'dask worker' first") from error
    with client:
        yield client


def dashboard_of(client: "Client") -> str:
    """Return the URL of the cluster's dashboard; empty where the package that draws it is not installed."""
    return client.dashboard_link if find_spec("bokeh") else ""


def run_plan(client: "Client", plan: ArchivePlan) -> Iterator[EditionOutcome]:
    """Yield what becomes of each edition as tasks end.

    A task whose worker dies is given to another, and one that cannot be done at all is told.

    Parameters
    ----------
    client
        Client of a cluster.
    plan
        What is made.
    """
    from distributed import as_completed

    shared = {source: client.submit(make_shared, plan.to, source, pure=False) for source in plan.sources}
    left, running = plan.units(), dict[Any, ArchiveUnit]()
    ended = as_completed([*shared.values(), *_submitted(client, plan, left, shared, running)])
    for future in ended:
        yield from _outcomes(future, running.pop(future.key, None))
        for new in _submitted(client, plan, left, shared, running):
            ended.add(new)


def write_catalogues(client: "Client", plan: ArchivePlan, outcomes: Sequence[EditionOutcome]) -> None:
    """Write the catalogue of each of the control maps: with the days of a plan on which every edition was made.

    A database has none.

    Parameters
    ----------
    client
        Client of a cluster.
    plan
        What was made.
    outcomes
        What became of each edition.

    Raises
    ------
    WritingError
        If a file cannot be written.
    """
    failed = {(one.edition.control, one.edition.as_of) for one in outcomes if one.problem}
    if is_database(plan.to) or (SHARED.control, SHARED.as_of) in failed:
        return
    for source in plan.sources:
        days = tuple(as_of for as_of in plan.dates(source) if (source.name, as_of) not in failed)
        if days:
            names, shared = plan.chosen(source), client.submit(make_shared, plan.to, source, pure=False)
            made = [client.submit(make_years, plan.to, source, name, days, pure=False) for name in names]
            editions = dict(zip(names, client.gather(made), strict=True))
            write_catalogue(file_place(f"{plan.to}/{source.name}"), source, days, editions, shared.result())


def _submitted(
    client: "Client",
    plan: ArchivePlan,
    left: Iterator[ArchiveUnit],
    shared: "Mapping[ArchiveSource, Future[Contents]]",
    running: dict[Any, ArchiveUnit],
) -> "list[Future[Any]]":
    """Give the scheduler as many units as its workers can begin soon; workers may come and go."""
    room = AHEAD * sum(client.nthreads().values()) - len(running)
    new = list(islice(left, max(room, 0 if running else 1)))
    images = plan.wanted.forms
    futures = [
        client.submit(make_unit, plan.to, plan.wanted, one, shared[one.source] if images else {}, pure=False)
        for one in new
    ]
    running.update({future.key: one for future, one in zip(futures, new, strict=True)})
    return futures


def _outcomes(future: "Future[Any]", unit: ArchiveUnit | None) -> list[EditionOutcome]:
    """What became of the editions of a unit; of what all editions share only that it failed."""
    error = future.exception()
    if error is None:
        return list(future.result()) if unit else []
    editions = unit.editions if unit else [SHARED]
    return [EditionOutcome(edition, problem=told(error)) for edition in editions]

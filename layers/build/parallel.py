"""Deriving many dates at a time, on all cores where processes can share what was read."""

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace

from layers.build.catalogue_document import Contents
from layers.build.edition import BuildSetting, derive
from layers.build.writing import EditionFiles, edition_files
from layers.processes import begin_process
from layers.proposal.model import ProposalFile

AHEAD = 2  # dates for each process that are derived before their turn


@dataclass(frozen=True)
class Work:
    """What is derived: proposals by the date of a control map."""

    setting: BuildSetting
    wanted: Mapping[str, Sequence[ProposalFile]]

    def on(self, as_of: str) -> list[EditionFiles]:
        """Derive the editions of a date; its control map is read, split and drawn once for all."""
        return [edition_files(derive(proposal, as_of, self.setting)) for proposal in self.wanted[as_of]]


@dataclass(frozen=True)
class DerivedDate:
    """The editions of a date, and what preparing its control map has reported in another process."""

    editions: list[EditionFiles]
    remarks: list[str]


@contextmanager
def made_beside(make: Callable[[], Contents], dates: int) -> Iterator[Callable[[], Contents]]:
    """Give what returns some files, which another process makes meanwhile where many dates are derived.

    Parameters
    ----------
    make
        Makes the files.
    dates
        The number of dates.
    """
    if _processes(dates) < 2:
        yield make
        return
    pool = ProcessPoolExecutor(1, multiprocessing.get_context("fork"), _take_files, (make,))
    try:
        yield pool.submit(_make_taken).result
    finally:
        pool.shutdown(cancel_futures=True)


def derive_dates(work: Work) -> Iterator[list[EditionFiles]]:
    """Yield the editions of each date, in order; only a few dates are held at a time, however many there are.

    In processes and never in threads: the dates use the same prepared geometry of Ukraine, which GEOS allows to one at
    a time.
    """
    workers = _processes(len(work.wanted))
    if workers < 2:
        yield from map(work.on, work.wanted)
        return
    context = multiprocessing.get_context("fork")  # what was read and drawn is there already and is not sent
    pool = ProcessPoolExecutor(workers, context, _take, (work,))
    try:
        for derived in _in_order(pool, work.wanted, AHEAD * workers):
            _report(work.setting, derived.remarks)
            yield derived.editions
    finally:
        pool.shutdown(cancel_futures=True)


def _processes(dates: int) -> int:
    """How many processes derive dates; 1 is this one."""
    return min(os.cpu_count() or 1, dates) if sys.platform == "linux" else 1


def _in_order(pool: ProcessPoolExecutor, dates: Iterable[str], ahead: int) -> Iterator[DerivedDate]:
    waiting: deque[Future[DerivedDate]] = deque()
    for as_of in dates:
        waiting.append(pool.submit(_derive_taken, as_of))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _report(setting: BuildSetting, remarks: Sequence[str]) -> None:
    """Report in this process what was reported in another."""
    for message in remarks:
        setting.study.control.tell(message)


_taken: list[Work] = []
_files: list[Callable[[], Contents]] = []
_remarks: list[str] = []


def _take(work: Work) -> None:
    """Set what a process works on, from its beginning to its end; what it reports is collected."""
    begin_process()
    study = work.setting.study
    study = replace(study, control=replace(study.control, tell=_remarks.append))
    _taken[:] = [replace(work, setting=replace(work.setting, study=study))]


def _derive_taken(as_of: str) -> DerivedDate:
    _remarks.clear()
    return DerivedDate(_taken[0].on(as_of), list(_remarks))


def _take_files(make: Callable[[], Contents]) -> None:
    begin_process()
    _files[:] = [make]


def _make_taken() -> Contents:
    return _files[0]()

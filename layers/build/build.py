"""``clausemap build``: from proposals and sources to built files and their catalogue."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from layers.build.catalogue_document import Contents, catalogue_of, edition_entry
from layers.build.edition import BuildSetting, derive, load_setting
from layers.build.writing import edition_files
from layers.catalogue.model import COMMITTED, EVERY_DATE, Edition, write_document
from layers.dates import own_control_date
from layers.embedded import EMBEDDED
from layers.errors import BuildError
from layers.files import replace_folder
from layers.products.shared import shared_products
from layers.proposal.loading import PROPOSALS, load_proposal, proposal_ids
from layers.proposal.model import ProposalFile
from layers.reference.ground import Ground, load_ground
from layers.text.check import check_languages

Progress = Callable[[Iterable[str]], Iterable[str]]


@dataclass(frozen=True)
class BuiltEdition:
    """The files of a proposal on one day, and its entry in the catalogue."""

    proposal_id: str
    contents: Contents
    entry: Edition


@dataclass(frozen=True)
class BuildOrder:
    """What a build makes: proposals, and the days that are wanted of each by its id."""

    setting: BuildSetting
    proposals: tuple[ProposalFile, ...]
    wanted: Mapping[str, tuple[str, ...]]

    def build_day(self, as_of: str) -> list[BuiltEdition]:
        """The editions of a day: it is split and drawn once for all proposals."""
        asked = [proposal for proposal in self.proposals if as_of in self.wanted[proposal.id]]
        return [_build_edition(self.setting, proposal, as_of) for proposal in asked]


def build(
    root: Path = COMMITTED,
    *,
    every_date: bool = False,
    progress: Progress | None = None,
    folder: Path = PROPOSALS,
    ground: Ground | None = None,
    only: tuple[str, str] | None = None,
) -> int:
    """Write the layers, areas and catalogue under a root; the number of files comes back.

    Without ``every_date`` each proposal is built for the control map of its own date. ``ground`` holds other control
    maps or outlines than the embedded ones; ``only`` names a proposal and a control date to build alone. The folder is
    written beside its place and swapped in whole: a failure leaves what was there before.
    """
    contents = make_contents(every_date=every_date, progress=progress, folder=folder, ground=ground, only=only)
    replace_folder(root, contents)
    return len(contents)


def build_every_date(progress: Progress | None = None) -> int:
    """Build every proposal for every control date into the folder that git ignores."""
    return build(EVERY_DATE, every_date=True, progress=progress)


def check_build(root: Path = COMMITTED) -> None:
    """Compare what is committed with what the inputs give, byte for byte.

    Raises BuildError that lists every file that differs, is missing or is superfluous.
    """
    contents = make_contents()
    found = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    differing = [
        f"{name}: {'missing' if name not in found else 'differs'}"
        for name, content in contents.items()
        if name not in found or found[name].read_bytes() != content
    ]
    differing += [f"{name}: not among what the inputs give" for name in found if name not in contents]
    if differing:
        listed = "\n".join(f"  {line}" for line in sorted(differing))
        raise BuildError(f"{root}: run 'clausemap build' and commit the result\n{listed}")


def make_contents(
    *,
    every_date: bool = False,
    progress: Progress | None = None,
    folder: Path = PROPOSALS,
    ground: Ground | None = None,
    only: tuple[str, str] | None = None,
) -> Contents:
    """Every file of a build by its path below the root, as bytes; ``folder`` holds the proposals."""
    check_languages()
    ground = ground or load_ground()
    names = proposal_ids(folder) if only is None else only[:1]
    proposals = [load_proposal(name, ground.names, folder) for name in names]
    setting = load_setting(ground, folder)
    if not proposals:
        raise BuildError(f"{folder}: holds no proposals; add one as <id>.toml")
    wanted = {proposal.id: only[1:] if only else _dates(proposal, ground, every_date) for proposal in proposals}
    contents = _around(setting)
    entries: dict[str, list[Edition]] = {proposal.id: [] for proposal in proposals}

    days = [day for day in ground.dates if any(day in dates for dates in wanted.values())]
    results = _build_days(BuildOrder(setting, tuple(proposals), wanted), days)
    for _, editions in zip(progress(days) if progress else days, results, strict=True):
        for edition in editions:
            contents |= edition.contents
            entries[edition.proposal_id].append(edition.entry)
    contents["catalog.json"] = write_document(catalogue_of(ground, proposals, entries, setting.version, contents))
    return contents


def _build_days(order: BuildOrder, days: Sequence[str]) -> Iterator[list[BuiltEdition]]:
    """The editions of each day, in order, on all cores where processes can share what was read.

    Never in threads: the days ask the same prepared geometry of Ukraine, which GEOS allows to one at a time.
    """
    workers = min(os.cpu_count() or 1, len(days))
    if workers < 2 or sys.platform != "linux":
        yield from map(order.build_day, days)
        return
    if order.setting.ground.source.id != EMBEDDED:  # remarks while a map is prepared are shown by this process alone
        with ThreadPoolExecutor(workers) as threads:
            list(threads.map(order.setting.ground.control.__getitem__, days))
    context = multiprocessing.get_context("fork")  # what is read and drawn is there already and is not sent
    with ProcessPoolExecutor(workers, context, _take, (order,)) as processes:
        yield from processes.map(_build_taken, days)


_taken: list[BuildOrder] = []


def _take(order: BuildOrder) -> None:
    """What a process works on, from its beginning to its end."""
    _taken[:] = [order]


def _build_taken(as_of: str) -> list[BuiltEdition]:
    return _taken[0].build_day(as_of)


def _around(setting: BuildSetting) -> Contents:
    """The files that are the same on every day."""
    return {path: product.write(setting) for path, product in shared_products().items()}


def _dates(proposal: ProposalFile, ground: Ground, every_date: bool) -> tuple[str, ...]:
    if every_date:
        return ground.dates
    return (own_control_date(proposal.date.isoformat(), ground.dates),)


def _build_edition(setting: BuildSetting, proposal: ProposalFile, as_of: str) -> BuiltEdition:
    edition = derive(proposal, as_of, setting)
    contents = edition_files(edition)
    return BuiltEdition(proposal.id, contents, edition_entry(edition, contents))

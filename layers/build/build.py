"""``clausemap build``: proposals and sources to finished files and their catalogue."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from layers.build.build_folder import build_folder
from layers.build.catalogue_document import Contents, catalogue_of
from layers.build.edition import BuildSetting, load_setting
from layers.build.parallel import Work, derive_dates, made_beside
from layers.build.record import EditionRecord, find_record, write_files
from layers.build.sink import MemorySink, Sink
from layers.build.years import WrittenYears
from layers.catalogue.edition_key import edition_key
from layers.catalogue.model import COMMITTED, EVERY_DATE, write_document
from layers.dates import own_control_date
from layers.errors import BuildError, UnknownError
from layers.products.shared import shared_products
from layers.proposal.loading import PROPOSALS, load_proposal, proposal_ids
from layers.proposal.model import ProposalFile
from layers.reference.study_data import StudyData, load_study_data
from layers.text.check import check_languages
from layers.text.languages import Languages, installed_languages

Progress = Callable[[Iterable[str]], Iterable[str]]
NOTHING: Mapping[str, bytes] = {}


@dataclass(frozen=True)
class BuildOrder:
    """What a build makes: proposals, and the dates of control maps that are wanted of each by its id."""

    setting: BuildSetting
    proposals: tuple[ProposalFile, ...]
    wanted: Mapping[str, tuple[str, ...]]

    def proposal(self, proposal_id: str) -> ProposalFile:
        """Return one of the proposals by its id. Raises UnknownError."""
        found = next((proposal for proposal in self.proposals if proposal.id == proposal_id), None)
        if found is None:
            raise UnknownError("proposal", proposal_id, tuple(proposal.id for proposal in self.proposals))
        return found

    @property
    def dates(self) -> tuple[str, ...]:
        """All dates, ascending."""
        return tuple(date for date in self.setting.study.control.dates if self.on(date))

    def on(self, as_of: str) -> list[ProposalFile]:
        """Return the proposals that are wanted on a date."""
        return [proposal for proposal in self.proposals if as_of in self.wanted[proposal.id]]

    @cached_property
    def keys(self) -> Mapping[tuple[str, str], str]:
        """The key of each edition, by proposal and date."""
        version = self.setting.version
        return {(name, as_of): edition_key(version, name, as_of) for name in self.wanted for as_of in self.wanted[name]}

    @property
    def key(self) -> str:
        """The key of all editions together."""
        return hashlib.sha256("".join(self.keys.values()).encode()).hexdigest()


def build(
    root: Path = COMMITTED,
    *,
    every_date: bool = False,
    newest: bool = False,
    progress: Progress | None = None,
    folder: Path = PROPOSALS,
    study: StudyData | None = None,
    languages: Languages | None = None,
) -> int:
    """Write the layers, areas and catalogue under a root; return the number of files.

    Each proposal is built for the control map of its own date. The folder is written beside its place and swapped in as
    a whole: an error leaves what was there before, and an interrupted build is resumed by the next.

    Parameters
    ----------
    root
        Folder of the result; by default the committed one.
    every_date
        Build every date of the control maps.
    newest
        Build the newest date too.
    progress
        Wraps the iteration over dates, such as a progress bar; None for none.
    folder
        Folder of the proposals' TOML files.
    study
        Other control maps or boundaries; None for the included ones.
    languages
        Languages of the texts; None for the installed ones. Those of ``study`` take precedence.

    Returns
    -------
    The number of files.

    Raises
    ------
    BuildError, ProposalError, SourceError, LanguageError
        As ``read_order`` does.
    WritingError
        If a file cannot be written.
    """
    order = read_order(every_date=every_date, newest=newest, folder=folder, study=study, languages=languages)
    return build_order(root, order, progress)


def build_order(
    root: Path, order: BuildOrder, progress: Progress | None = None, beside: Mapping[str, bytes] = NOTHING
) -> int:
    """Write what is ordered under a root, as ``build`` does.

    Parameters
    ----------
    root
        Folder of the result, replaced as a whole.
    order
        Proposals and their dates.
    progress
        Wraps the iteration over dates, such as a progress bar; None for none.
    beside
        Further files by path below the root; they are not counted.

    Returns
    -------
    The number of files.

    Raises
    ------
    WritingError
        If a file cannot be written.
    """
    with build_folder(root, order.key) as place:
        for path, content in beside.items():
            place.files.write(path, content)
        return write_build(order, place.files, place.records, progress)


def build_to_serve(progress: Progress | None = None) -> int:
    """Build every proposal for its own and the newest date into the ignored folder: the service derives the rest."""
    return build(EVERY_DATE, newest=True, progress=progress)


def build_every_date(progress: Progress | None = None) -> int:
    """Build every proposal for every control date into the ignored folder."""
    return build(EVERY_DATE, every_date=True, progress=progress)


def check_build(root: Path = COMMITTED) -> None:
    """Compare what is committed with what the inputs give, byte for byte.

    Raises BuildError that lists every file that differs, is missing or is too many.
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
    *, every_date: bool = False, folder: Path = PROPOSALS, study: StudyData | None = None
) -> Mapping[str, bytes]:
    """Return every file of a build in memory.

    Parameters
    ----------
    every_date
        Build every date of the control maps, else each proposal's own.
    folder
        Folder of the proposals' TOML files.
    study
        Other control maps or boundaries; None for the included ones.

    Returns
    -------
    The bytes of each file by its path below the root.
    """
    sink = MemorySink()
    write_build(read_order(every_date=every_date, folder=folder, study=study), sink, MemorySink())
    return sink.files


def read_order(
    *,
    every_date: bool = False,
    newest: bool = False,
    folder: Path = PROPOSALS,
    study: StudyData | None = None,
    languages: Languages | None = None,
) -> BuildOrder:
    """Read proposals, reference data and languages for a build.

    Parameters
    ----------
    every_date
        Order every date of the control maps.
    newest
        Order the newest date besides each proposal's own.
    folder
        Folder of the proposals' TOML files.
    study
        Other control maps or boundaries; None for the included ones.
    languages
        Languages of the texts; None for the installed ones. Those of ``study`` take precedence.

    Raises
    ------
    BuildError
        If the folder holds no proposals.
    ProposalError, SourceError, LanguageError
        If a proposal, a source or a language cannot be used.
    """
    languages = study.reference.languages if study else languages or installed_languages()
    check_languages(languages)
    study = study or load_study_data(languages=languages)
    proposals = tuple(load_proposal(name, study.reference.names, folder) for name in proposal_ids(folder))
    if not proposals:
        raise BuildError(f"{folder}: holds no proposals; add one as <id>.toml")
    wanted = {proposal.id: _dates(proposal, study, every_date=every_date, newest=newest) for proposal in proposals}
    return BuildOrder(load_setting(study, folder), proposals, wanted)


def one_edition(setting: BuildSetting, proposal: ProposalFile, as_of: str) -> BuildOrder:
    """Return the order of one proposal on one control map.

    Parameters
    ----------
    setting
        Reference data, control maps and version, as ``load_setting`` returns them.
    proposal
        The proposal, loaded from its file and checked.
    as_of
        ISO date of the control map.
    """
    return BuildOrder(setting, (proposal,), {proposal.id: (as_of,)})


def write_build(order: BuildOrder, sink: Sink, records: Sink, progress: Progress | None = None) -> int:
    """Write all files of a build, one date after the other.

    Parameters
    ----------
    order
        Proposals and their dates.
    sink
        Where files are written.
    records
        Records of the editions that an earlier build with the same inputs has completed, which are not made again;
        receives a record of each edition.
    progress
        Wraps the iteration over dates, such as a progress bar; None for none.

    Returns
    -------
    The number of files, the catalogue included.

    Raises
    ------
    WritingError
        If a file cannot be written.
    """
    order.setting.prepare()
    study, version, count = order.setting.study, order.setting.version, 1
    years = WrittenYears(sink, study.control.dates, study.control.source.id)
    with made_beside(partial(shared_files, order.setting), len(order.dates)) as finish_shared:
        for edition in stream_editions(order, sink, records, progress):
            count += len(edition.sha256)
            years.add(edition.proposal_id, edition.entry)
        shared = finish_shared()
    for path, content in shared.items():
        sink.write(path, content)
    years.write()
    catalogue = catalogue_of(study, order.proposals, years.editions, version, shared)
    sink.write("catalog.json", write_document(catalogue))
    return count + len(shared) + years.count


def stream_editions(
    order: BuildOrder, sink: Sink, records: Sink, progress: Progress | None = None
) -> Iterator[EditionRecord]:
    """Derive and write editions by date and proposal, as many dates at a time as there are cores.

    Memory does not grow with the number of dates.

    Parameters
    ----------
    order
        Proposals and their dates.
    sink
        Where files are written.
    records
        Records of complete editions; receives one of each edition that is written.
    progress
        Wraps the iteration over dates, such as a progress bar; None for none.

    Returns
    -------
    The record of each edition, those that were complete already included.

    Raises
    ------
    WritingError
        If a file cannot be written.
    """
    found = {key: find_record(sink, records, key) for key in order.keys.values()}
    missing = {as_of: [one for one in order.on(as_of) if not found[order.keys[one.id, as_of]]] for as_of in order.dates}
    made = derive_dates(Work(order.setting, {as_of: wanted for as_of, wanted in missing.items() if wanted}))
    for as_of in progress(order.dates) if progress else order.dates:
        for files in next(made) if missing[as_of] else ():
            key = order.keys[files.proposal_id, as_of]
            found[key] = write_files(files, sink, records, key)
        records_of_date = [found.pop(order.keys[one.id, as_of]) for one in order.on(as_of)]
        yield from filter(None, records_of_date)


def shared_files(setting: BuildSetting) -> Contents:
    """Return the files that all editions share, by path."""
    return {path: product.write(setting) for path, product in shared_products(setting.reference.languages).items()}


def _dates(proposal: ProposalFile, study: StudyData, *, every_date: bool, newest: bool) -> tuple[str, ...]:
    known = study.control.dates
    if every_date:
        return known
    own = own_control_date(proposal.date.isoformat(), known)
    return tuple(dict.fromkeys((own, known[-1]))) if newest else (own,)

"""Proposal files of a user: checked by themselves, or as ``proposals/<id>.toml`` of a workspace beside the embedded."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from geo.errors import ClausemapError
from layers.build.build import Progress
from layers.build.origin import Origin, build_for_service, is_built
from layers.control.selection import ControlChoice
from layers.control.workspace import Workspace
from layers.dates import own_control_date
from layers.embedded import EMBEDDED
from layers.errors import ProposalError, UnknownError
from layers.findings import Tell
from layers.proposal.checks import sides_taken
from layers.proposal.file import read_raw
from layers.proposal.loading import PROPOSALS, proposal_ids, proposal_problems
from layers.proposal.model import ProposalFile
from layers.proposal.undrawn import UNDRAWN
from layers.reference.reference_data import ReferenceData
from layers.reference.study_data import StudyData
from layers.text.avoided_words import read_avoided
from layers.text.languages import Languages
from layers.text.translations import add_translations, texts_by_key
from layers.zones.derive import Day, derive_zones, held_by_oblast, split_day

UNWRITTEN = "[…]"
SMALLEST_KM2 = 1.0  # less Russian-held territory than that is not drawn anyway

Unfit = Callable[[str], str]


@dataclass(frozen=True)
class Checked:
    """A proposal file that was read: the proposal if it can be used, and all problems, one line each."""

    path: Path
    proposal: ProposalFile | None
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Tried:
    """A proposal derived once, on the control map of its own date: how many zones, and remarks, one line each."""

    as_of: str
    zones: int
    remarks: tuple[str, ...]


def check_file(path: Path, reference: ReferenceData, unfit: Unfit | None = None) -> Checked:
    """Check a proposal file: shape, ids, clauses, oblasts, derivations, languages, words to avoid.

    Parameters
    ----------
    path
        The file to check.
    reference
        Reference data: oblasts, neighbours, sea, rivers.
    unfit
        Returns what is wrong with the characters of a text, or an empty string; None for no such check. Only the image
        code knows its fonts.

    Returns
    -------
    The proposal, if nothing is wrong, and all problems, one line each.

    Raises
    ------
    ProposalError
        If the path is not a TOML file.
    """
    raw = read_raw(path)
    proposal, problems = proposal_problems(raw, path.stem, reference.names)
    filled, _ = add_translations(raw, path.stem, reference.languages)
    problems += _words_to_avoid(filled, path.stem, reference.languages)
    problems += _unfit_signs(filled, unfit) if unfit else ()
    problems += _taken_id(path)
    return Checked(path, None if problems else proposal, tuple(problems))


def _words_to_avoid(raw: Mapping[str, Any], proposal_id: str, languages: Languages) -> Iterator[str]:
    """Yield a problem for each text with a word that takes a side."""
    for language in languages:
        tag, avoided = language.tag, read_avoided(language.folder)
        for key, texts in texts_by_key(raw).items():
            found = avoided.pattern.search(str(texts.get(tag, "")))
            if found and not avoided.allows(f"{proposal_id}.{key}"):
                yield f"{key}.{tag}: has {found[0]!r}, which takes a side; use neutral words"


def _unfit_signs(raw: Mapping[str, Any], unfit: Unfit) -> Iterator[str]:
    """Yield a problem for each text with a sign that images cannot show."""
    for key, texts in texts_by_key(raw).items():
        for tag, words in texts.items():
            problem = unfit(str(words))
            if problem:
                yield f"{key}.{tag}: {problem}"


def _taken_id(path: Path) -> Iterator[str]:
    """Refuse the id of an embedded proposal for any other file, and the one name that is no proposal's."""
    taken = path.stem in proposal_ids() and path.resolve() != (PROPOSALS / path.name).resolve()
    if taken or path.stem == UNDRAWN.stem:
        what = "an embedded proposal has" if taken else "the list of proposals that cannot be drawn has"
        yield f"id: '{path.stem}' is the id that {what}; choose another, and name the file after it"


def try_proposal(proposal: ProposalFile, study: StudyData) -> Tried:
    """Derive a proposal on the control map of its own date.

    Parameters
    ----------
    proposal
        The proposal, loaded from its file and checked.
    study
        Reference data and control maps.

    Returns
    -------
    The date of the control map, the number of zones, and remarks, one line each.

    Raises
    ------
    ProposalError, GeometryError
        If a zone cannot be derived.
    """
    as_of = own_control_date(proposal.date.isoformat(), study.control.dates)
    day = split_day(study, as_of)
    derived = derive_zones(study, proposal, day, "")
    if not derived.features:
        raise ProposalError(f"zones: none has any area on the control map of {as_of}; check oblasts and derivations")
    remarks = (*_unwritten(proposal), *_left_blank(proposal, study.reference, day))
    return Tried(as_of, len(derived.features), remarks)


def _unwritten(proposal: ProposalFile) -> Iterator[str]:
    """Yield a remark if texts still have the mark of what is to be written."""
    texts = texts_by_key(proposal.model_dump(mode="json"))
    keys = [key for key, words in texts.items() if any(UNWRITTEN in str(one) for one in words.values())]
    if keys:
        yield f"a draft: still to be written, marked {UNWRITTEN}: {', '.join(keys)}"


def _left_blank(proposal: ProposalFile, reference: ReferenceData, day: Day) -> Iterator[str]:
    """Yield a remark for each oblast whose Russian-held part is in no zone that divides the territory."""
    taken = sides_taken(proposal, tuple(reference.oblasts))
    for iso, held in held_by_oblast(reference, day).items():
        if (iso, "held") not in taken and held.area_km2 >= SMALLEST_KM2:
            name = reference.oblasts[iso].names["en"]
            yield (
                f"zones: the Russian-held part of {iso} ({name}, {held.area_km2:,.0f} km²) "
                "is in no zone with partition = true, and stays blank on the map; add a zone of kind 'held' for it"
            )


def usable_files(workspace: Workspace, reference: ReferenceData, tell: Tell) -> tuple[Path, ...]:
    """Return the proposal files of a workspace that can be used; others are reported, not refused.

    Parameters
    ----------
    workspace
        Folder with the control maps and proposals of a user.
    reference
        Reference data: oblasts, neighbours, sea, rivers.
    tell
        Called with one line for each file that is left out, and why.
    """
    paths = [path for path in sorted(workspace.proposals.glob("*.toml")) if not path.name.startswith(".")]
    return tuple(path for path in paths if _usable(path, reference, tell))


def _usable(path: Path, reference: ReferenceData, tell: Tell) -> bool:
    try:
        problems = check_file(path, reference).problems
    except ClausemapError as error:
        tell(f"{error}; it is left out")
        return False
    if problems:
        more = f" ({len(problems)} problems in all, see 'clausemap proposals check')" if len(problems) > 1 else ""
        tell(f"{path}: is left out: {problems[0]}{more}")
    return not problems


def home_of(proposal_id: str, workspace: Workspace) -> Path:
    """Return the folder that holds the file of a proposal, in the workspace or included.

    Parameters
    ----------
    proposal_id
        Id of the proposal.
    workspace
        Folder with the proposals of a user.

    Raises
    ------
    UnknownError
        If there is no such proposal; lists all.
    """
    own = [name for name in proposal_ids(workspace.proposals) if name not in proposal_ids()]
    if proposal_id in own:
        return workspace.proposals
    if proposal_id in proposal_ids():
        return PROPOSALS
    raise UnknownError("proposal", proposal_id, (*proposal_ids(), *own))


def build_own(
    workspace: Workspace, own: Sequence[Path], study: StudyData, *, tell: Tell, progress: Progress | None = None
) -> Path | None:
    """Build the proposals of a workspace on the included control maps of their own and the newest date, if necessary.

    Parameters
    ----------
    workspace
        Folder with the control maps and proposals of a user.
    own
        Proposal files of the workspace, checked.
    study
        Reference data and control maps.
    tell
        Called with one line for each file that is left out, and why.
    progress
        Wraps the iteration over dates, such as a progress bar; None for none.

    Returns
    -------
    The folder, or None if no proposal can be derived.
    """
    root, origin = workspace.built(EMBEDDED), Origin(ControlChoice(workspace), tuple(own), included=False)
    if own and is_built(root, origin, study):  # then all were derived before
        return root
    derivable = tuple(path for path in own if _derivable(path, study, tell))
    return build_for_service(root, replace(origin, own=derivable), study, progress) if derivable else None


def _derivable(path: Path, study: StudyData, tell: Tell) -> bool:
    try:
        proposal = check_file(path, study.reference).proposal
        return proposal is not None and try_proposal(proposal, study).zones > 0
    except ClausemapError as error:
        tell(f"{path}: is left out: {error}")
        return False

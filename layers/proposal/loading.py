"""Loading proposal files: read, translated, checked against the names that they may use."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from layers.errors import ProposalError, UnknownError
from layers.findings import to_mend
from layers.proposal.checks import find_problems
from layers.proposal.file import read_raw
from layers.proposal.model import ProposalFile
from layers.proposal.shape_problems import shape_problems
from layers.text.translations import add_translations

if TYPE_CHECKING:
    from layers.reference.reference_data import Names

PROPOSALS = Path(__file__).parents[1] / "proposals"


def proposal_ids(folder: Path = PROPOSALS) -> tuple[str, ...]:
    """Return the ids of all proposals in a folder, in alphabetical order."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def load_proposal(proposal_id: str, names: "Names", folder: Path = PROPOSALS) -> ProposalFile:
    """Read and check a proposal.

    Parameters
    ----------
    proposal_id
        Id of the proposal, the name of its file.
    names
        What it may name: oblasts, control dates, rivers and countries.
    folder
        Folder of the file.

    Raises
    ------
    UnknownError
        If there is no such file.
    ProposalError
        If the file has problems; the message lists all of them, each with its key and what would be right.
    """
    path = folder / f"{proposal_id}.toml"
    if proposal_id not in proposal_ids(folder):
        raise UnknownError("proposal", proposal_id, proposal_ids(folder))
    return check_proposal(read_raw(path), path, names)


def check_proposal(raw: dict[str, Any], path: Path, names: "Names") -> ProposalFile:
    """Return a proposal from the raw tables of its file.

    Parameters
    ----------
    raw
        Tables of the TOML file, as parsed.
    path
        Path of the file, for error messages; its name gives the id.
    names
        What it may name.

    Raises
    ------
    ProposalError
        As ``load_proposal`` does.
    """
    proposal, problems = proposal_problems(raw, path.stem, names)
    if proposal is None or problems:
        raise ProposalError(to_mend(path, problems))
    return proposal


def proposal_problems(raw: dict[str, Any], stem: str, names: "Names") -> tuple[ProposalFile | None, list[str]]:
    """Return the proposal in raw tables, if their shape is right, and all problems, one line each.

    Parameters
    ----------
    raw
        Tables of the TOML file, as parsed.
    stem
        Name of the file without ``.toml``.
    names
        What it may name.

    Returns
    -------
    The proposal, or None if its tables have the wrong shape, and all problems.
    """
    raw, problems = add_translations(raw, stem, names.languages)
    proposal: ProposalFile | None = None
    try:
        proposal = ProposalFile.model_validate(raw, context=names.languages)
    except ValidationError as error:
        problems += shape_problems(error, raw)
    return proposal, [*problems, *find_problems(raw, stem, names)]

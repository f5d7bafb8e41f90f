"""Reading corrections: the project's own, and those of an operator in the workspace."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from layers.corrections.model import Correction, CorrectionsFile
from layers.errors import CorrectionError, ProposalError
from layers.findings import to_mend
from layers.proposal.file import read_raw
from layers.proposal.shape_problems import shape_problems

CORRECTIONS = Path(__file__).parents[1] / "corrections.toml"


def load_corrections(*paths: Path) -> tuple[Correction, ...]:
    """Read the corrections of some TOML files, the latest first; those of one date in the order of the files.

    A file that is not there has none. Raises CorrectionError if a file has problems, or an id is used twice; lists each
    with its file, entry and key.
    """
    found = [correction for path in paths if path.exists() for correction in _read(path)]
    problems = list(_repeated(found))
    if problems:
        raise CorrectionError(to_mend(" and ".join(map(str, paths)), problems))
    return tuple(sorted(found, key=lambda one: one.date, reverse=True))


def latest_replacement(corrections: Iterable[Correction], proposal_id: str) -> Correction | None:
    """Return the latest correction by which layers of a proposal were replaced; None if there was none.

    Parameters
    ----------
    corrections
        Corrections, the latest first.
    proposal_id
        Id of the proposal.
    """
    return next((one for one in corrections if one.replaces and proposal_id in one.concerned), None)


def _read(path: Path) -> tuple[Correction, ...]:
    try:
        raw = read_raw(path)
        return CorrectionsFile.model_validate(raw).corrections
    except ProposalError as error:
        raise CorrectionError(str(error)) from error
    except ValidationError as error:
        raise CorrectionError(to_mend(str(path), shape_problems(error, raw))) from error


def _repeated(corrections: Sequence[Correction]) -> Iterator[str]:
    ids = [correction.id for correction in corrections]
    for one in dict.fromkeys(ids):
        if ids.count(one) > 1:
            yield f"corrections.{one}: the id is used {ids.count(one)} times; every id must be its own"

"""Proposals that are known but cannot be drawn, each with the reason: ``undrawn.toml``."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from layers.errors import ProposalError
from layers.findings import to_mend
from layers.proposal.file import read_raw
from layers.proposal.model import Source, Text
from layers.proposal.shape_problems import shape_problems
from layers.strict_model import Model
from layers.text.languages import Languages, installed_languages
from layers.text.translations import add_translations

UNDRAWN = Path(__file__).parents[1] / "undrawn.toml"
Day = date  # the type, where a field of that name hides it


class UndrawnFile(Model):
    """A proposal without a map: its date or month (``2024-09``), who put it forward, and why it is not drawn."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    date: Day | None = None
    month: str | None = Field(default=None, pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
    by: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...] = Field(default=(), strict=False)
    title: Text
    put_forward_by: Text
    reason: Text
    sources: tuple[Source, ...] = Field(min_length=1, strict=False)

    @property
    def when(self) -> str:
        """The date or the month, in ISO 8601."""
        return self.date.isoformat() if self.date else str(self.month)


class Listed(Model):
    """The whole file."""

    undrawn: tuple[UndrawnFile, ...] = Field(default=(), strict=False)


def load_undrawn(path: Path = UNDRAWN, languages: Languages | None = None) -> tuple[UndrawnFile, ...]:
    """Read the proposals that cannot be drawn, by date.

    Parameters
    ----------
    path
        TOML file of these proposals.
    languages
        Languages of the texts; None for the installed ones.

    Raises
    ------
    ProposalError
        If the file has problems; lists all of them.
    """
    languages = languages or installed_languages()
    raw, problems = add_translations(read_raw(path), path.stem, languages)
    entries: tuple[UndrawnFile, ...] = ()
    try:
        entries = Listed.model_validate(raw, context=languages).undrawn
    except ValidationError as error:
        problems += shape_problems(error, raw)
    problems += _problems(entries)
    if problems:
        raise ProposalError(to_mend(path, problems))
    return tuple(sorted(entries, key=lambda entry: entry.when))


def _problems(entries: tuple[UndrawnFile, ...]) -> Iterator[str]:
    ids = [entry.id for entry in entries]
    for entry in entries:
        if (entry.date is None) == (entry.month is None):
            yield f"undrawn.{entry.id}: needs a date or a month, one of the two"
        if ids.count(entry.id) > 1:
            yield f"undrawn.{entry.id}: the id is used {ids.count(entry.id)} times; every id must be its own"

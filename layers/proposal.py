"""A proposal as data: the shape of ``proposals/<id>.toml`` and its loading."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from layers.errors import ProposalError, UnknownError
from layers.languages import LANGUAGES, suffix
from layers.proposal_file import read_raw
from layers.translations import add_translations

if TYPE_CHECKING:
    from layers.ground import Names

PROPOSALS = Path(__file__).parent / "proposals"
Day = date  # the type, where a field of that name hides it

Kind = Literal[
    "recognition", "freeze", "buffer", "economic", "withdrawal", "held", "unheld", "pullback", "contested", "line",
    "site", "river", "country",
]  # fmt: skip


# What sets a published figure apart from Clausemap's: another control map, one of the three alone, claimed territory
# counted, a narrower area counted, other outlines, other dates, a party to the war, or that nothing is said of it.
Why = Literal["other_map", "one_map", "claimed", "narrower", "outlines", "dates", "party", "unstated"]


class Model(BaseModel):
    """Frozen, and strict about keys: a mistyped key is an error and not silently ignored."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, populate_by_name=True, str_strip_whitespace=True
    )


class InLanguages(Model):
    """A text in every language of the project."""

    def by_language(self) -> dict[str, str]:
        """The text by language tag."""
        return {tag: getattr(self, suffix(tag)) for tag in LANGUAGES}


if TYPE_CHECKING:
    Text = InLanguages
else:
    Text = create_model(
        "Text",
        __base__=InLanguages,
        __doc__=InLanguages.__doc__,
        **{suffix(tag): (str, Field(min_length=1, alias=tag)) for tag in LANGUAGES},
    )


class Source(Model):
    """How the proposal is known: who reported it, when and where. A name that is no proper name has its languages."""

    name: str | Text
    date: date
    url: str | None = Field(default=None, pattern=r"^https://[^\s\"'<>]+$")


class Point(Model):
    """A point of the proposal in the project's own paraphrase, and what the map shows for it."""

    number: int = Field(ge=1)
    text: Text
    note: Text | None = None


class Clause(Model):
    """A clause of a point: its label in legends, what it says, how other versions differ."""

    id: str = Field(pattern=r"^\d+[a-z]?$")
    point: int
    label: Text
    says: Text
    differs: Text | None = None


class Recognition(Model):
    """Recognition that the proposal would bring, and by whom (ISO 3166-1, ``unspecified`` or ``international``).

    States beside ``unspecified`` are named among others; ``international`` says that no state is named.
    """

    mode: Literal["de-facto", "de-jure", "unspecified"]
    by: tuple[Annotated[str, Field(pattern=r"^([A-Z]{2}|unspecified|international)$")], ...] = Field(
        min_length=1, strict=False
    )


class Zone(Model):
    """A zone: the clause it comes from and how its geometry follows.

    ``{oblast}`` in the id and in the name stands for each oblast of a derivation that gives one
    zone an oblast.
    """

    id: str
    kind: Kind
    clause: str | None = None
    also_clauses: tuple[str, ...] = Field(default=(), strict=False)
    partition: bool
    held_by: Literal["russia", "ukraine", "contested"] | None = None
    recognition: Recognition | None = None
    derivation: Mapping[str, Any]
    name: Text
    says: Text
    open: Text


class Carrier(Model):
    """Who carried figures of others: a name, and the date and address of the page where they are known."""

    name: str | Text
    date: Day | None = None
    url: str | None = Field(default=None, pattern=r"^https://[^\s\"'<>]+$")


class PublishedFigure(Model):
    """A figure as published, with the word that stands before it.

    It is of a zone; of zones (``plus``) less others (``minus``); of the part of oblasts that a side holds; with none of
    these, of all Russian-held territory. A change (``change_km2``) is over the period of its entry. A share that is
    given as a range has its end in ``share_of_oblasts_high_pct``. ``why`` says what sets the figure apart, where the
    entry's own reasons do not.
    """

    zone: str | None = None
    plus: tuple[str, ...] = Field(default=(), strict=False)
    minus: tuple[str, ...] = Field(default=(), strict=False)
    oblasts: tuple[str, ...] = Field(default=(), strict=False)
    held_by: Literal["russia", "ukraine"] = "russia"
    area_km2: float | None = Field(default=None, gt=0)
    change_km2: float | None = None
    share_of_ukraine_pct: float | None = Field(default=None, gt=0, le=100)
    share_of_oblasts_pct: float | None = Field(default=None, gt=0, le=100)
    share_of_oblasts_high_pct: float | None = Field(default=None, gt=0, le=100)
    qualifier: Literal["nearly", "about", "over"] | None = None
    why: tuple[Why, ...] = Field(default=(), strict=False)


class Published(Model):
    """Figures that somebody published for a date, a month (``2025-08``) or a period, and who carried them.

    ``why`` names what sets them apart from Clausemap's where they lie outside its low and high.
    """

    by: str | Text
    date: Day | None = None
    since: Day | None = None
    month: str | None = Field(default=None, pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
    basis: Text | None = None
    why: tuple[Why, ...] = Field(min_length=1, strict=False)
    carried_by: tuple[Carrier, ...] = Field(default=(), strict=False)
    figures: tuple[PublishedFigure, ...] = Field(min_length=1, strict=False)

    @property
    def until(self) -> str:
        """The last day that the figures speak of: ours are of the last control map on or before it."""
        return (self.period[1] - timedelta(days=1)).isoformat()

    @property
    def period(self) -> tuple[Day, Day]:
        """The first day that the figures speak of, and the day after the last."""
        if self.date:
            return self.since or self.date, self.date + timedelta(days=1)
        year, month = map(int, str(self.month).split("-"))
        return Day(year, month, 1), Day(year + month // 12, month % 12 + 1, 1)


class Proposal(Model):
    """A proposal file as a whole."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    date: date
    status: Literal["reported", "replaced", "withdrawn"]
    by: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...] = Field(min_length=1, strict=False)
    title: Text
    short_title: Text
    headline: Text
    put_forward_by: Text
    how_known: Text
    status_note: Text
    paraphrase_note: Text
    summary: Text
    drafted_note: Text | None = None
    coverage_note: Text | None = None
    sources: tuple[Source, ...] = Field(min_length=1, strict=False)
    points: tuple[Point, ...] = Field(min_length=1, strict=False)
    clauses: tuple[Clause, ...] = Field(default=(), strict=False)
    zones: tuple[Zone, ...] = Field(min_length=1, strict=False)
    published: tuple[Published, ...] = Field(default=(), strict=False)


def proposal_ids(folder: Path = PROPOSALS) -> tuple[str, ...]:
    """The ids of all proposals in a folder, in alphabetical order."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def load_proposal(proposal_id: str, names: "Names", folder: Path = PROPOSALS) -> Proposal:
    """Read and check a proposal against what it may name: oblasts, control dates, rivers and countries.

    Raises UnknownError where there is no such file, and ProposalError that lists all problems of
    the file at once, each with its key and what would be right.
    """
    path = folder / f"{proposal_id}.toml"
    if proposal_id not in proposal_ids(folder):
        raise UnknownError("proposal", proposal_id, proposal_ids(folder))
    return check_proposal(read_raw(path), path, names)


def check_proposal(raw: dict[str, Any], path: Path, names: "Names") -> Proposal:
    """A proposal from the raw tables of its file. Raises ProposalError as ``load_proposal`` does."""
    proposal, problems = proposal_problems(raw, path.stem, names)
    if proposal is None or problems:
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise ProposalError(f"{path}: {len(problems)} to mend\n{listed}")
    return proposal


def proposal_problems(raw: dict[str, Any], stem: str, names: "Names") -> tuple[Proposal | None, list[str]]:
    """Return the proposal that raw tables give, if their shape does, and all problems, one line each."""
    from layers.proposal_checks import find_problems

    raw, problems = add_translations(raw, stem)
    proposal: Proposal | None = None
    try:
        proposal = Proposal.model_validate(raw)
    except ValidationError as error:
        problems += shape_problems(error, raw)
    return proposal, [*problems, *find_problems(raw, stem, names)]


def shape_problems(error: ValidationError, raw: Mapping[str, Any], prefix: str = "") -> list[str]:
    """Each problem that the models find as one line: key, what is wrong, what would be right."""
    return [
        f"{prefix}{_key(problem['loc'], raw)}: {_remedy(problem['type'], problem['msg'])}"
        for problem in error.errors(include_url=False)
    ]


def _remedy(kind: str, message: str) -> str:
    if kind == "missing":
        return "is missing; add it"
    if kind == "extra_forbidden":
        return "is not a key of this table; check its spelling or take it out"
    return re.sub(r"^Input", "value", message)


def _key(location: tuple[int | str, ...], raw: Any) -> str:
    """A location as a reader of the file would name it: ``zones.donetsk-buffer.name.uk``."""
    names: list[str] = []
    for step in location:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            raw = None
        label = raw.get("id") or raw.get("number") if isinstance(raw, dict) else None
        names.append(str(label) if isinstance(step, int) and label else str(step))
    return ".".join(names)

"""A proposal as data: the shape of ``proposals/<id>.toml``."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

from pydantic import ConfigDict, Field, RootModel, ValidationInfo, create_model, model_validator

from layers.kinds.table import KINDS
from layers.strict_model import Model
from layers.text.languages import Languages, suffix

Day = date  # the type, where a field of that name hides it

if TYPE_CHECKING:
    KindKey = str
else:
    KindKey = Literal[tuple(KINDS)]


# What sets a published figure apart from Clausemap's: another control map, one of the three alone, claimed territory
# counted, a narrower area counted, other outlines, other dates, a party to the war, or that nothing is said of it.
Why = Literal["other_map", "one_map", "claimed", "narrower", "outlines", "dates", "party", "unstated"]


FigureName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Zones = Annotated[tuple[str, ...], Field(strict=False)]


class Text(RootModel[dict[str, str]]):
    """A text in every language that its file is read for: the ``Languages`` that validation has as its context."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _in_every_language(cls, given: object, info: ValidationInfo) -> dict[str, str]:
        words = _words_of(_tags(info)).model_validate(given)
        return {tag: getattr(words, suffix(tag)) for tag in _tags(info)}

    def __hash__(self) -> int:
        return hash(tuple(self.root.items()))

    def by_language(self) -> dict[str, str]:
        """Return the text by language tag."""
        return self.root


class Name(Text):
    """A name: one for all languages if it is a proper name, else a text."""

    @model_validator(mode="before")
    @classmethod
    def _proper_name(cls, given: object, info: ValidationInfo) -> object:
        return dict.fromkeys(_tags(info), given) if isinstance(given, str) else given


def _tags(info: ValidationInfo) -> tuple[str, ...]:
    return cast(Languages, info.context).tags


@cache
def _words_of(tags: tuple[str, ...]) -> type[Model]:
    """The shape of a text in some languages: one key for each of them."""
    keys: dict[str, Any] = {suffix(tag): (str, Field(min_length=1, alias=tag)) for tag in tags}
    return create_model("Text", __base__=Model, **keys)


class Source(Model):
    """How the proposal is known: who reported it, when and where. A name that is translated has all languages."""

    name: Name
    date: date
    url: str | None = Field(default=None, pattern=r"^https://[^\s\"'<>]+$")


class Point(Model):
    """A point of the proposal in the project's own paraphrase, what the map shows of it, and what its sites are for."""

    number: int = Field(ge=1)
    text: Text
    note: Text | None = None
    on_map: Text | None = None


class Clause(Model):
    """A clause of a point: its label in legends and, shorter, on the map; what it says, how other versions differ."""

    id: str = Field(pattern=r"^\d+[a-z]?$")
    point: int
    label: Text
    on_map: Text | None = None
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
    """A zone: its clause, and how its geometry is derived.

    ``{oblast}`` in the id and the name stands for each oblast of a derivation that gives one zone per oblast.
    """

    id: str
    kind: KindKey
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
    """Who carried figures that others published: a name, and date and URL of the page if known."""

    name: Name
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


class Outcome(Model):
    """A headline that says what would happen, its figures as placeholders; ``short`` for titles, where it is long."""

    text: Text
    short: Text | None = None


class Published(Model):
    """Figures that somebody published for a date, a month (``2025-08``) or a period, and who carried them.

    ``why`` names what sets them apart from Clausemap's where they lie outside its low and high.
    """

    by: Name
    date: Day | None = None
    since: Day | None = None
    month: str | None = Field(default=None, pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
    basis: Text | None = None
    why: tuple[Why, ...] = Field(min_length=1, strict=False)
    carried_by: tuple[Carrier, ...] = Field(default=(), strict=False)
    figures: tuple[PublishedFigure, ...] = Field(min_length=1, strict=False)

    @property
    def until(self) -> str:
        """The last date that the figures cover; Clausemap compares its last control map on or before it."""
        return (self.period[1] - timedelta(days=1)).isoformat()

    @property
    def period(self) -> tuple[Day, Day]:
        """The first date that the figures cover, and the day after the last."""
        if self.date:
            return self.since or self.date, self.date + timedelta(days=1)
        year, month = map(int, str(self.month).split("-"))
        return Day(year, month, 1), Day(year + month // 12, month % 12 + 1, 1)


class ProposalFile(Model):
    """A whole proposal file."""

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
    figures: Mapping[FigureName, Zones] = Field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = Field(default=(), strict=False)
    zones: tuple[Zone, ...] = Field(min_length=1, strict=False)
    published: tuple[Published, ...] = Field(default=(), strict=False)

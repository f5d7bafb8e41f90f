"""The records of ``catalog.json`` below a proposal, each as it is written and read.

Texts are by language tag; dates are ISO 8601; areas are in km².
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from layers.catalogue.forms import Omitted
from layers.dates import is_day

Localised = Mapping[str, str]
BELOW = r"^([A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*)?$"
FilePath = Annotated[str, Field(pattern=BELOW)]  # below the root, whoever wrote the catalogue


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A product: its URL and, where a build stores it, its path below the root, sha256 and size."""

    url: str
    path: Omitted[FilePath] = ""
    sha256: Omitted[str] = ""
    size_bytes: Omitted[int] = 0


@dataclass(frozen=True, slots=True)
class FormatEntry:
    """A format in which the layer of every edition can be had, besides those of its files.

    ``url`` and ``areas_url`` (without lines, places and countries) are templates with ``{proposal}`` and ``{date}``;
    ``crs`` are the EPSG codes that ``?crs=`` takes.
    """

    name: str
    about: str
    media_type: str
    url: str
    areas_url: str
    crs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ZoneEntry:
    """A zone on a date: what it is, and the file that holds it."""

    id: str
    kind: str
    clause: str | None
    area_km2: float | None
    url: str
    path: FilePath
    sha256: str
    size_bytes: int

    @property
    def file(self) -> BuiltFile:
        """The file that holds the zone alone."""
        return BuiltFile(self.url, self.path, self.sha256, self.size_bytes)


@dataclass(frozen=True, slots=True)
class YearFile:
    """The editions of a proposal in a year: their file, with its hash and size.

    ``dates`` are theirs, where they are not those of all control maps of the year.
    """

    year: str
    url: str
    path: FilePath
    sha256: str
    size_bytes: int
    dates: Omitted[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class HeldInOblast:
    """Russian-held territory in an oblast; ``area_low_km2`` and ``area_high_km2`` are None for a single control map."""

    area_km2: float
    area_low_km2: float | None
    area_high_km2: float | None


@dataclass(frozen=True, slots=True)
class HeldInUkraine:
    """Russian-held territory in all of Ukraine, with its share of Ukraine in percent."""

    area_km2: float
    area_low_km2: float | None
    area_high_km2: float | None
    share_of_ukraine_pct: float


@dataclass(frozen=True, slots=True)
class HeldOnDate:
    """Russian-held territory on a date, in Ukraine and by ISO 3166-2 code of the oblast."""

    held: HeldInUkraine
    held_by_oblast: Mapping[str, HeldInOblast]


@dataclass(frozen=True, slots=True)
class DroppedEntry:
    """Parts of a zone that were too small to draw; ``oblast`` is its ISO code, None where the parts are of several."""

    zone: str
    oblast: str | None
    parts: int
    area_km2: float


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """How a proposal is known: who reported it, when, and the URL where it is known."""

    name: Localised
    date: str
    url: Omitted[str] = ""


@dataclass(frozen=True, slots=True)
class PointEntry:
    """A point of a proposal, a note on what the map shows of it, and in few words what it would do with its sites."""

    number: int
    text: Localised
    note: Omitted[Localised | None] = None
    on_map: Omitted[Localised | None] = None


@dataclass(frozen=True, slots=True)
class ClauseEntry:
    """A clause of a point: its label in legends, what it says, how other versions differ, its label on the map."""

    id: str
    point: int
    label: Localised
    says: Localised
    differs: Omitted[Localised | None] = None
    on_map: Omitted[Localised | None] = None


@dataclass(frozen=True, slots=True)
class OutcomeEntry:
    """A headline with placeholders for figures; ``short`` where it is long."""

    text: Localised
    short: Omitted[Localised | None] = None


@dataclass(frozen=True, slots=True)
class OutlineEffect:
    """The area of a zone in an oblast on the embedded boundaries and on others."""

    as_of: str
    zone: str
    oblast: str
    oblast_name: Localised
    embedded_km2: float
    other_km2: float


@dataclass(frozen=True, slots=True)
class CarrierEntry:
    """Who carried figures of others: a name, and the date and URL of the page where they are known."""

    name: Localised
    date: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class OblastEntry:
    """An oblast that a published figure covers."""

    iso: str
    name: Localised
    area_km2: float


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """A published figure as ``layers.proposal.model.PublishedFigure`` has it, and the control maps beside it.

    ``since_as_of`` is the first map of a change; both dates are None where no map is near.
    """

    zone: str | None
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    oblasts: tuple[OblastEntry, ...]
    held_by: str
    area_km2: float | None
    change_km2: float | None
    share_of_ukraine_pct: float | None
    share_of_oblasts_pct: float | None
    share_of_oblasts_high_pct: float | None
    qualifier: str | None
    why: tuple[str, ...]
    since_as_of: str | None
    as_of: str | None


@dataclass(frozen=True, slots=True)
class PublishedEntry:
    """Figures that somebody published for a date, a month (``2025-08``) or a period that ends on a date."""

    by: Localised
    date: str | None
    since: str | None
    month: str | None
    until: str
    basis: Omitted[Localised | None] = field(default=None, kw_only=True)
    carried_by: tuple[CarrierEntry, ...]
    figures: tuple[FigureEntry, ...]


@dataclass(frozen=True, slots=True)
class UndrawnEntry:
    """A proposal that cannot be drawn; ``when`` is its date or month, ``texts`` title, put_forward_by and reason."""

    id: str
    when: str
    by: tuple[str, ...]
    texts: Mapping[str, Localised]
    sources: tuple[SourceEntry, ...]

    @property
    def is_day(self) -> bool:
        """Whether the date is known, and not only the month."""
        return is_day(self.when)

"""The built layers as the service and the command line read them: prebuilt files and ``catalog.json``.

One model writes the catalogue and reads it. geopandas and shapely are not needed here.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Protocol, cast

from pydantic import (
    BeforeValidator,
    PlainSerializer,
    PlainValidator,
    SerializerFunctionWrapHandler,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    WrapSerializer,
)

from layers.catalogue.entries import (
    BuiltFile,
    ClauseEntry,
    DroppedEntry,
    FormatEntry,
    HeldInOblast,
    HeldInUkraine,
    HeldOnDate,
    Localised,
    OutcomeEntry,
    OutlineEffect,
    PointEntry,
    PublishedEntry,
    SourceEntry,
    UndrawnEntry,
    YearFile,
    ZoneEntry,
)
from layers.catalogue.forms import ByDate, ById, Left, Omitted
from layers.catalogue.store import FileDeriver, FolderStore, Store, edition_of
from layers.catalogue.years import StoredEditions
from layers.dates import control_date, parse_date
from layers.embedded import PublicMap, control_tag
from layers.errors import BuildError, UnknownError
from layers.text.languages import Languages, installed_languages, suffix
from layers.zone_properties import ZoneProperties

ROOM = Path(__file__).parents[1]
COMMITTED = ROOM / "data"
EVERY_DATE = ROOM / "cache"
LISTED_EDITIONS = 1000  # of 7 KB each
CATALOGUES_CACHED = 4  # a process that draws reads the same ones for each image


@dataclass(frozen=True)
class Edition:
    """A proposal on the control map of one date.

    ``unchanged`` are the public maps, by id, that had not changed for three days or more, each with its last change.
    ``products`` are the files of ``layers.products``, by name, and ``zones`` those of each zone alone, by its id.
    """

    as_of: str
    control_sha256: str
    unchanged: Mapping[str, str]
    products: Mapping[str, BuiltFile]
    images: tuple[str, ...]
    held: HeldInUkraine
    held_by_oblast: Mapping[str, HeldInOblast]
    dropped: tuple[DroppedEntry, ...]
    zones: ById[ZoneEntry]

    @cached_property
    def sha256(self) -> Mapping[str, str]:
        """The hash of each of its files that was built, by its path."""
        files = (*self.products.values(), *(zone.file for zone in self.zones.values()))
        return {file.path: file.sha256 for file in files if file.path}


class Deriver(FileDeriver, Protocol):
    """Derives what a build has not written, with the bytes that a build would write.

    Equal ones give the same, so that what is drawn of it is cached. ``as_of`` is the date of a control map.
    """

    def edition(self, proposal_id: str, as_of: str) -> Edition:
        """Return the entry of an edition.

        Parameters
        ----------
        proposal_id
            Id of the proposal.
        as_of
            ISO date of the control map.
        """

    def areas(self, proposal_id: str) -> Mapping[str, Sequence[ZoneProperties]]:
        """Return the properties of the zones that have an area, by date, for all control maps."""

    def held(self) -> Mapping[str, HeldOnDate]:
        """Return Russian-held territory by date, for all control maps."""


def _gathered(entry: Any) -> Any:
    """Move what the file has beside the fields of an edition, its products, into ``products``."""
    if not isinstance(entry, dict):
        return entry
    own = {field.name for field in fields(Edition)}
    products = {name: value for name, value in entry.items() if name not in own}
    return {name: value for name, value in entry.items() if name in own} | {"products": products}


def _spread(edition: Edition, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
    """Write the products beside the fields of an edition."""
    spread: dict[str, Any] = {}
    for name, value in write(edition).items():
        spread |= value if name == "products" else {name: value}
    return spread


def _read_in(tags: Any, info: ValidationInfo) -> Languages:
    """The languages of a document among those that it is read in, which validation has as its context."""
    if not isinstance(tags, list):
        raise ValueError("must be a list of tags")
    return cast(Languages, info.context).only(tags)


WrittenLanguages = Annotated[
    Languages, PlainValidator(_read_in), PlainSerializer(lambda languages: list(languages.tags))
]  # as catalog.json has them: their tags
WrittenEdition = Annotated[Edition, BeforeValidator(_gathered), WrapSerializer(_spread)]  # as catalog.json has it


@dataclass(frozen=True)
class Town:
    """A town in a zone: GeoNames id, names by language, population registered before the war (years differ).

    ``contested``: the control maps of the date disagree about it; ``near``: it is just outside all boundaries and
    counts for the zone of the nearest oblast.
    """

    geonameid: int
    names: Localised
    population: int
    contested: bool
    near: bool


@dataclass(frozen=True)
class Proposal:
    """A proposal's texts, points and clauses, and its editions by date (ascending), as far as they are built.

    ``years`` are the files that a folder has its editions in; a catalogue that lists them itself has none. ``kinds``
    are those of all its zones. ``texts`` holds the localised tables of the file by name: title, short_title, headline,
    put_forward_by, how_known, status_note, paraphrase_note and, where there is one, coverage_note. ``outcomes`` are its
    headlines with figures, ``figures`` the zones (ids, or templates with ``{oblast}``) behind each of these.
    ``control_dates`` are those of the catalogue.
    """

    id: str
    date: str
    status: str
    by: tuple[str, ...]
    texts: Mapping[str, Localised]
    sources: tuple[SourceEntry, ...]
    points: tuple[PointEntry, ...]
    clauses: tuple[ClauseEntry, ...]
    outline_effect: tuple[OutlineEffect, ...]
    published: tuple[PublishedEntry, ...]
    kinds: Omitted[tuple[str, ...]] = ()
    years: Omitted[tuple[YearFile, ...]] = ()
    editions: Omitted[ByDate[WrittenEdition]] = field(default_factory=dict)
    figures: Omitted[Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    outcomes: Omitted[tuple[OutcomeEntry, ...]] = ()
    control_dates: Left[tuple[str, ...]] = ()
    deriver: Left[Any] = None  # a Deriver, where what is not built is derived

    @property
    def dates(self) -> tuple[str, ...]:
        """The dates of its editions, ascending: those built, or all control maps where the rest is derived."""
        return self.control_dates if self.deriver else tuple(self.editions)

    def edition_on(self, as_of: str) -> Edition:
        """Return the edition on the control map of a date, as built, else as derived.

        Raises BuildError where it is neither, and what deriving it raises.
        """
        built = self.editions.get(as_of)
        if built is None and (self.deriver is None or as_of not in self.control_dates):
            raise BuildError(f"{self.id} on {as_of} is not built; run 'clausemap build --all'")
        found: Edition = built or self.deriver.edition(self.id, as_of)
        return found

    @property
    def own_date(self) -> str:
        """The default date: the proposal's own, or that of the first control map if the proposal is older."""
        return max(self.date, self.control_dates[0])


@dataclass(frozen=True)
class Control:
    """The control maps behind a catalogue: id, name as it is cited, and how many maps were read (1: no interval).

    ``completed_with`` names the maps that a single one was completed with; ``read`` the public ones behind the embedded
    data.
    """

    id: str
    name: str
    maps: int
    completed_with: Omitted[tuple[str, ...]] = ()
    read: Omitted[tuple[PublicMap, ...]] = ()


@dataclass(frozen=True)
class Catalogue:
    """Everything that was built under one root; ``parts`` are further proposals on its maps, with their own roots.

    ``others`` are catalogues on other control maps, by name, where one is compared with them.

    The fields down to ``formats`` are those of ``catalog.json``, in its order. ``languages`` are those that it is read
    in, among those that it was built in.
    """

    data_version: str
    languages: WrittenLanguages
    control: Control
    control_source: str
    boundary_source: str
    licence: str
    control_dates: tuple[str, ...]
    kinds: tuple[str, ...]
    ukraine_km2: float
    context: Mapping[str, BuiltFile]
    display: Mapping[str, BuiltFile]
    published: tuple[PublishedEntry, ...]
    proposals: ById[Proposal]
    undrawn: tuple[UndrawnEntry, ...] = ()
    formats: Omitted[tuple[FormatEntry, ...]] = ()
    root: Left[Path] = Path()
    memory: Left[Any] = None  # a Store, where the files are in no folder
    deriver: Left[Any] = None  # a Deriver, where what is not built is derived
    parts: Left[tuple["Catalogue", ...]] = ()
    others: Left[Mapping[str, "Catalogue"]] = field(default_factory=dict)
    sha256: Left[str] = ""  # of the document that it was read from

    @property
    def document(self) -> bytes:
        """The catalogue in one document, with the editions of every proposal, also of the parts."""
        whole = {name: replace(one, years=(), editions=dict(one.editions)) for name, one in self.proposals.items()}
        return _written(replace(self, proposals=whole))

    @property
    def is_large(self) -> bool:
        """Whether the editions are too many for one document: ``/catalog.json`` names their years instead."""
        return sum(len(one.dates) for one in self.proposals.values()) > LISTED_EDITIONS

    @property
    def index(self) -> bytes:
        """The catalogue as a folder has it: without the editions that are in files of their own."""
        return write_document(self)

    def holding(self, proposal_id: str) -> "Catalogue":
        """Return the catalogue under whose root a proposal was built: one of the parts, else this one."""
        mine = self.proposals.get(proposal_id)
        return next((part for part in self.parts if mine and part.proposals.get(proposal_id) is mine), self)

    def control_tag(self, edition: Edition) -> str:
        """Name and hash of the control map for names of files and ETags; empty for the embedded one."""
        return control_tag(self.control.id, edition.control_sha256)

    def read(self, file: BuiltFile) -> bytes:
        """Return the bytes of a built file. Raises DamagedFileError, and what deriving an edition raises."""
        return self.store.read(file.path)

    @property
    def store(self) -> Store:
        """Where the files are."""
        found: Store = self.memory or FolderStore(self.root, self.deriver, self.built_sha256)
        return found

    @cached_property
    def written_s(self) -> int | None:
        """When the catalogue was written, in whole seconds since 1970; None for one that is in memory."""
        path = self.root / "catalog.json"
        return int(path.stat().st_mtime) if self.memory is None and path.is_file() else None

    def built_sha256(self, path: str) -> str | None:
        """Return the hash of a file that was built below the root; None for any other. Raises DamagedFileError."""
        if path in self.shared_sha256:
            return self.shared_sha256[path]
        proposal_id, as_of = edition_of(path) or ("", "")
        mine = self.proposals.get(proposal_id)
        edition = mine.editions.get(as_of) if mine and self.holding(proposal_id) is self else None
        return edition.sha256.get(path) if edition else None

    @cached_property
    def shared_sha256(self) -> Mapping[str, str]:
        """The hash of every file that all editions share, by its path."""
        return {file.path: file.sha256 for file in (*self.context.values(), *self.display.values()) if file.path}

    def held_on(self, as_of: str) -> HeldOnDate | None:
        """Return Russian-held territory on the control map of a date; None where that is neither built nor derived."""
        built = (proposal.editions.get(as_of) for proposal in self.proposals.values())
        edition = next((one for one in built if one), None)
        if edition is not None:
            return HeldOnDate(edition.held, edition.held_by_oblast)
        derived: HeldOnDate | None = self.deriver.held().get(as_of) if self.deriver else None
        return derived

    def proposal(self, proposal_id: str) -> Proposal:
        """Return a proposal by its id. Raises UnknownError."""
        if proposal_id not in self.proposals:
            raise UnknownError("proposal", proposal_id, tuple(self.proposals))
        return self.proposals[proposal_id]

    def towns(self, edition: Edition) -> dict[str, tuple[Town, ...]]:
        """Return the towns in each zone that divides the territory, largest first, by the zone's id."""
        zones = json.loads(self.read(edition.products["towns"]))["zones"]
        return {entry["zone"]: tuple(_town(town, self.languages) for town in entry["towns"]) for entry in zones}

    def areas(self, edition: Edition) -> list[ZoneProperties]:
        """The properties of all zones of an edition, in the order of the proposal's file."""
        zones: list[ZoneProperties] = json.loads(self.read(edition.products["areas_json"]))["zones"]
        return zones


def find_edition(proposal: Proposal, requested: str | None = None) -> tuple[str, Edition]:
    """Return the date requested and the edition for it.

    Parameters
    ----------
    proposal
        A proposal of the catalogue.
    requested
        ISO date or ``latest``; None for the proposal's own date, or the first control map if the proposal is older.

    Returns
    -------
    The date requested, and the edition on the last control map on or before it.

    Raises
    ------
    DateError
        If the date is none, or before the first control map.
    BuildError
        If the edition is neither built nor derived.
    """
    known = proposal.control_dates
    asked = proposal.own_date if requested is None else parse_date(requested, known)
    return asked, proposal.edition_on(control_date(asked, known))


def find_zone(proposal: Proposal, edition: Edition, zone_id: str) -> ZoneEntry:
    """Return a zone of an edition.

    Parameters
    ----------
    proposal
        A proposal of the catalogue.
    edition
        The proposal on one control map.
    zone_id
        Id of the zone.

    Raises
    ------
    UnknownError
        If there is no such zone; lists those there are.
    """
    if zone_id not in edition.zones:
        raise UnknownError(f"zone of {proposal.id} on {edition.as_of}:", zone_id, tuple(edition.zones))
    return edition.zones[zone_id]


def with_every_date(catalogue: Catalogue, deriver: Deriver) -> Catalogue:
    """Return a catalogue with an edition on every control map: the built one, else as the deriver gives it.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    deriver
        Derives what was not built.
    """
    proposals = {name: replace(one, deriver=deriver) for name, one in catalogue.proposals.items()}
    return replace(catalogue, proposals=proposals, deriver=deriver)


def included_root() -> Path:
    """Return the folder of the included data: every date if that is built, else the committed dates."""
    return EVERY_DATE if (EVERY_DATE / "catalog.json").exists() else COMMITTED


def load_catalogue(
    root: Path | None = None, languages: Languages | None = None, *, every_language: bool = True
) -> Catalogue:
    """Read the catalogue under a root.

    Parameters
    ----------
    root
        Folder of a build; None for every date if that is built, else the committed dates.
    languages
        Languages to read it in; None for the installed ones.
    every_language
        Whether a language that the build lacks is an error.

    Raises
    ------
    BuildError
        If there is no catalogue, it is damaged, or it lacks a language.
    """
    root = root or included_root()
    path = root / "catalog.json"
    if not path.exists():
        raise BuildError(f"{path}: not there; run 'clausemap build' first")
    languages = languages or installed_languages()
    try:
        catalogue = read_document(path.read_bytes(), root, languages)
    except OSError as error:
        raise BuildError(f"{path}: cannot be read ({error.strerror}); run 'clausemap build --all'") from error
    except ValidationError as error:
        raise BuildError(f"{path}: damaged ({_first(error)}); run 'clausemap build --all'") from error
    missing = [tag for tag in languages.tags if tag not in catalogue.languages.tags]
    if missing and every_language:
        raise BuildError(f"{path}: built without the language {', '.join(missing)}; run 'clausemap build --all'")
    return catalogue


def _first(error: ValidationError) -> str:
    """The first thing that is wrong with a document, with its place, in one line."""
    first = error.errors(include_url=False, include_input=False)[0]
    return ".".join(map(str, first["loc"])) + f": {first['msg']}" if first["loc"] else first["msg"]


def read_document(document: bytes, root: Path = Path(), languages: Languages | None = None) -> Catalogue:
    """Return the catalogue in the bytes of a ``catalog.json``.

    Parameters
    ----------
    document
        Bytes of the file.
    root
        Folder of the files that it names.
    languages
        Languages to read it in; None for the installed ones. Those that it was not built in are left out.

    Raises
    ------
    ValidationError
        If the document does not fit the model.
    """
    read = _read(document, languages or installed_languages())
    placed = {name: _placed(one, root, read.control_dates) for name, one in read.proposals.items()}
    return replace(read, root=root, proposals=placed, sha256=hashlib.sha256(document).hexdigest())


def _placed(proposal: Proposal, root: Path, dates: tuple[str, ...]) -> Proposal:
    """A proposal that was read, with the dates of control maps and the editions that are in files below a root."""
    stored = StoredEditions(root, proposal.years, dates, read_edition) if proposal.years else proposal.editions
    return replace(proposal, control_dates=dates, editions=stored)


def read_edition(entry: bytes) -> Edition:
    """Return an edition from its entry as a catalogue has it. Raises ValidationError."""
    return _edition_adapter().validate_json(entry)


def write_edition(edition: Edition) -> bytes:
    """Return the entry of an edition as a catalogue has it: UTF-8, compact, on one line."""
    return _edition_adapter().dump_json(edition)


@lru_cache(maxsize=CATALOGUES_CACHED)
def _read(document: bytes, languages: Languages) -> Catalogue:
    return _adapter().validate_json(document, context=languages)


def write_document(catalogue: Catalogue) -> bytes:
    """Return a catalogue as the ``catalog.json`` of a folder: UTF-8, compact, with a final newline.

    Editions that are in files of their own stand there alone.
    """
    named = {name: replace(one, editions={}) if one.years else one for name, one in catalogue.proposals.items()}
    return _written(replace(catalogue, proposals=named))


def _written(catalogue: Catalogue) -> bytes:
    return _adapter().dump_json(catalogue) + b"\n"


@cache
def _adapter() -> TypeAdapter[Catalogue]:
    return TypeAdapter(Catalogue)


@cache
def _edition_adapter() -> TypeAdapter[Edition]:
    return TypeAdapter(WrittenEdition)


def _town(entry: dict[str, Any], languages: Languages) -> Town:
    names = {tag: entry[f"name_{suffix(tag)}"] for tag in languages.tags}
    return Town(entry["geonameid"], names, entry["population"], entry["contested"], entry["near"])


def as_requested(content: bytes, edition: Edition, requested: str) -> bytes:
    """Return a built layer or area table with the date requested in ``requested_as_of``.

    Parameters
    ----------
    content
        Bytes of a built file.
    edition
        The edition that the file is of.
    requested
        ISO date to write.
    """
    if requested == edition.as_of:
        return content
    as_of, day = edition.as_of.encode(), requested.encode()
    in_json = content.replace(b'"requested_as_of":"%s"' % as_of, b'"requested_as_of":"%s"' % day)
    return in_json.replace(b",%s,%s," % (as_of, as_of), b",%s,%s," % (day, as_of))

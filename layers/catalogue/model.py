"""The built layers as the service and the command line read them: finished files and their index.

Reads only JSON, so that importing it costs nothing; geopandas and shapely are not needed here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layers.catalogue.listed import Undrawn, read_undrawn
from layers.dates import control_date, parse_date
from layers.embedded import PublicMap, control_tag
from layers.errors import BuildError, UnknownError
from layers.text.languages import LANGUAGES, suffix

ROOM = Path(__file__).parents[1]
COMMITTED = ROOM / "data"
EVERY_DATE = ROOM / "cache"

Localised = Mapping[str, str]


@dataclass(frozen=True)
class BuiltFile:
    """A built file: its path below the catalogue's root, sha256 and size."""

    path: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class ZoneEntry:
    """A zone on a date: what it is, and its file."""

    id: str
    kind: str
    clause: str | None
    file: BuiltFile


@dataclass(frozen=True)
class Edition:
    """A proposal on the control map of one day; ``display`` holds its zones as the map in a browser draws them.

    ``unchanged`` are the public maps, by id, that had not changed for three days or more, each with its last change.
    """

    as_of: str
    control_sha256: str
    unchanged: Mapping[str, str]
    layer: BuiltFile
    areas_csv: BuiltFile
    areas_json: BuiltFile
    towns: BuiltFile
    display: BuiltFile
    zones: Mapping[str, ZoneEntry]
    held: Mapping[str, Any]
    held_by_oblast: Mapping[str, Mapping[str, Any]]
    dropped: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Town:
    """A town in a zone: GeoNames id, names by language, population (GeoNames; years differ, mostly before 2022).

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
    """A proposal's texts, points and clauses, and its editions by date (ascending).

    ``texts`` holds the localised tables of the file by name: title, short_title, headline,
    put_forward_by, how_known, status_note, paraphrase_note and, where there is one, coverage_note.
    """

    id: str
    date: str
    status: str
    by: tuple[str, ...]
    texts: Mapping[str, Localised]
    sources: tuple[Mapping[str, Any], ...]
    points: tuple[Mapping[str, Any], ...]
    clauses: tuple[Mapping[str, Any], ...]
    published: tuple[Mapping[str, Any], ...]
    outline_effect: tuple[Mapping[str, Any], ...]
    control_dates: tuple[str, ...]
    editions: Mapping[str, Edition]

    @property
    def dates(self) -> tuple[str, ...]:
        """The dates that are built, ascending."""
        return tuple(self.editions)

    @property
    def own_date(self) -> str:
        """The date that is meant where none is named: its own, or that of the first control map if it is older."""
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
    completed_with: tuple[str, ...] = ()
    read: tuple[PublicMap, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """Everything that was built under one root; ``parts`` are further proposals on its maps, with their own roots."""

    root: Path
    data_version: str
    languages: tuple[str, ...]
    control: Control
    control_source: str
    boundary_source: str
    licence: str
    ukraine_km2: float
    published: tuple[Mapping[str, Any], ...]
    proposals: Mapping[str, Proposal]
    context: Mapping[str, BuiltFile]
    display: Mapping[str, BuiltFile]
    document: bytes
    undrawn: tuple[Undrawn, ...] = ()
    parts: tuple["Catalogue", ...] = ()

    def holding(self, proposal_id: str) -> "Catalogue":
        """Return the catalogue under whose root a proposal was built: one of the parts, else this one."""
        mine = self.proposals.get(proposal_id)
        return next((part for part in self.parts if mine and part.proposals.get(proposal_id) is mine), self)

    def control_tag(self, edition: Edition) -> str:
        """Name and hash of the control map for names of files and ETags; empty for the embedded one."""
        return control_tag(self.control.id, edition.control_sha256)

    def read(self, file: BuiltFile) -> bytes:
        """Return the bytes of a built file."""
        return (self.root / file.path).read_bytes()

    def proposal(self, proposal_id: str) -> Proposal:
        """Return a proposal by its id. Raises UnknownError."""
        if proposal_id not in self.proposals:
            raise UnknownError("proposal", proposal_id, tuple(self.proposals))
        return self.proposals[proposal_id]

    def towns(self, edition: Edition) -> dict[str, tuple[Town, ...]]:
        """Return the towns in each zone that divides the territory, largest first, by the zone's id."""
        zones = json.loads(self.read(edition.towns))["zones"]
        return {entry["zone"]: tuple(map(_town, entry["towns"])) for entry in zones}

    def areas(self, edition: Edition) -> list[dict[str, Any]]:
        """The properties of all zones of an edition, in the order of the proposal's file."""
        zones: list[dict[str, Any]] = json.loads(self.read(edition.areas_json))["zones"]
        return zones


def find_edition(proposal: Proposal, requested: str | None = None) -> tuple[str, Edition]:
    """Return the date requested and the edition for it.

    Parameters
    ----------
    proposal
        The proposal.
    requested
        ISO date or ``latest``; without it the proposal's own date, or the first control map if the proposal is older.

    Raises
    ------
    DateError
        If the date is none, or before the first control map.
    BuildError
        If the control map of the date was not built.
    """
    known = proposal.control_dates
    asked = proposal.own_date if requested is None else parse_date(requested, known)
    as_of = control_date(asked, known)
    if as_of not in proposal.editions:
        raise BuildError(f"{proposal.id} on {as_of} is not built; run 'clausemap build --all'")
    return asked, proposal.editions[as_of]


def find_zone(proposal: Proposal, edition: Edition, zone_id: str) -> ZoneEntry:
    """A zone of an edition by its id. Raises UnknownError that lists what there is."""
    if zone_id not in edition.zones:
        raise UnknownError(f"zone of {proposal.id} on {edition.as_of}:", zone_id, tuple(edition.zones))
    return edition.zones[zone_id]


def load_catalogue(root: Path | None = None, *, every_language: bool = True) -> Catalogue:
    """Read the catalogue under a root; by default every date if it is built, else what is committed.

    Raises BuildError where there is none and, with ``every_language``, where a language has come since.
    """
    if root is None:
        root = EVERY_DATE if (EVERY_DATE / "catalog.json").exists() else COMMITTED
    path = root / "catalog.json"
    if not path.exists():
        raise BuildError(f"{path}: not there; run 'clausemap build' first")
    document = path.read_bytes()
    try:
        catalogue = _catalogue(root, document, json.loads(document))
    except (ValueError, KeyError, TypeError) as error:
        raise BuildError(f"{path}: damaged ({error}); run 'clausemap build --all'") from error
    missing = [tag for tag in LANGUAGES if tag not in catalogue.languages]
    if missing and every_language:
        raise BuildError(f"{path}: built without the language {', '.join(missing)}; run 'clausemap build --all'")
    return catalogue


def _catalogue(root: Path, document: bytes, content: dict[str, Any]) -> Catalogue:
    dates = tuple(content["control_dates"])
    proposals = [_proposal(entry, dates) for entry in content["proposals"]]
    return Catalogue(
        root=root,
        data_version=content["data_version"],
        languages=tuple(content["languages"]),
        control=_control(content["control"]),
        control_source=content["control_source"],
        boundary_source=content["boundary_source"],
        licence=content["licence"],
        ukraine_km2=content["ukraine_km2"],
        published=tuple(content["published"]),
        proposals={proposal.id: proposal for proposal in proposals},
        context={name: _file(entry) for name, entry in content["context"].items()},
        display={name: _file(entry) for name, entry in content["display"].items()},
        document=document,
        undrawn=read_undrawn(content.get("undrawn", ())),
    )


def _control(entry: dict[str, Any]) -> Control:
    read = tuple(PublicMap(**one) for one in entry.get("read", ()))
    return Control(entry["id"], entry["name"], entry["maps"], tuple(entry.get("completed_with", ())), read)


def _proposal(entry: dict[str, Any], control_dates: tuple[str, ...]) -> Proposal:
    editions = [_edition(item) for item in entry["editions"]]
    return Proposal(
        id=entry["id"],
        date=entry["date"],
        status=entry["status"],
        by=tuple(entry["by"]),
        texts=entry["texts"],
        sources=tuple(entry["sources"]),
        points=tuple(entry["points"]),
        clauses=tuple(entry["clauses"]),
        published=tuple(entry["published"]),
        outline_effect=tuple(entry["outline_effect"]),
        control_dates=control_dates,
        editions={edition.as_of: edition for edition in editions},
    )


def _edition(entry: dict[str, Any]) -> Edition:
    zones = [ZoneEntry(zone["id"], zone["kind"], zone["clause"], _file(zone)) for zone in entry["zones"]]
    return Edition(
        as_of=entry["as_of"],
        control_sha256=entry["control_sha256"],
        unchanged=entry["unchanged"],
        layer=_file(entry["layer"]),
        areas_csv=_file(entry["areas_csv"]),
        areas_json=_file(entry["areas_json"]),
        towns=_file(entry["towns"]),
        display=_file(entry["display"]),
        zones={zone.id: zone for zone in zones},
        held=entry["held"],
        held_by_oblast=entry["held_by_oblast"],
        dropped=tuple(entry["dropped"]),
    )


def _town(entry: dict[str, Any]) -> Town:
    names = {language: entry[f"name_{suffix(language)}"] for language in LANGUAGES}
    return Town(entry["geonameid"], names, entry["population"], entry["contested"], entry["near"])


def _file(entry: dict[str, Any]) -> BuiltFile:
    return BuiltFile(entry["path"], entry["sha256"], entry["size_bytes"])


def as_requested(content: bytes, edition: Edition, requested: str) -> bytes:
    """Return a built layer or area table with the date requested in ``requested_as_of``.

    Parameters
    ----------
    content
        Bytes of the file.
    edition
        Its edition.
    requested
        The date requested.
    """
    if requested == edition.as_of:
        return content
    as_of, day = edition.as_of.encode(), requested.encode()
    in_json = content.replace(b'"requested_as_of":"%s"' % as_of, b'"requested_as_of":"%s"' % day)
    return in_json.replace(b",%s,%s," % (as_of, as_of), b",%s,%s," % (day, as_of))

"""An edition in memory: a proposal derived on the control map of a date. Files are one writer of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from geo.geojson import Feature
from layers.build.data_version import data_version
from layers.control_map import ControlMap
from layers.dates import control_date, parse_date
from layers.derivations.parameters import SomeOblasts
from layers.places.gazetteer import Place, read_places, towns_by_zone
from layers.places.index import IndexedPlace, index_places
from layers.places.positions import Positions
from layers.places.states import ControlOfPlaces, control_of_places, places_in_zones
from layers.products import collection_members
from layers.products.display import DrawnDay, Screen, draw_day, draw_ground, drawn_zones, held_member
from layers.products.wanted import PLAIN, WantedLayer
from layers.proposal.loading import PROPOSALS
from layers.proposal.model import ProposalFile
from layers.reference.reference_data import ReferenceData
from layers.reference.study_data import StudyData, load_study_data
from layers.text.languages import Languages
from layers.zone_properties import ZoneProperties
from layers.zones.derive import Day, Derived, derive_zones, properties_of, split_day

DATES_CACHED = 2


@dataclass(frozen=True, eq=False)
class BuildSetting:
    """What all editions of a build share: the data, how a screen draws it, the towns, and the version."""

    study: StudyData
    places: tuple[Place, ...]
    version: str

    @property
    def reference(self) -> ReferenceData:
        """The oblasts and all else that is the same on every date."""
        return self.study.reference

    @cached_property
    def screen(self) -> Screen:
        """The reference data with the vertices that a screen can show."""
        return draw_ground(self.reference)

    @cached_property
    def index(self) -> tuple[IndexedPlace, ...]:
        """Every place that a search finds."""
        return index_places(self.reference)

    @cached_property
    def town_positions(self) -> Positions:
        """Where the towns stand."""
        return Positions([town.position for town in self.places])

    @cached_property
    def landed(self) -> Positions:
        """Where each place of the index lies in its oblast or on its outline."""
        return Positions([one.landed for one in self.index])

    def prepare(self) -> None:
        """Compute all of this, for processes that are to share it."""
        _ = self.screen, self.town_positions.tree, self.landed.tree


@dataclass(frozen=True, eq=False)
class DerivedEdition:
    """A proposal on the control map of a date.

    ``requested_as_of`` is the date that was requested; the zones and the files of a build have that of the control map.
    ``of_zone`` tells an edition that holds one zone alone. It is a ``layers.products.edition.EditionContent``.
    """

    setting: BuildSetting
    proposal: ProposalFile
    requested_as_of: str
    day: Day
    derived: Derived
    of_zone: bool = False
    wanted: WantedLayer = PLAIN

    @property
    def proposal_id(self) -> str:
        """The id of the proposal."""
        return self.proposal.id

    @property
    def as_of(self) -> str:
        """The date of the control map."""
        return self.day.control.as_of

    @property
    def control(self) -> ControlMap:
        """The control map."""
        return self.day.control

    @property
    def zones(self) -> tuple[Feature, ...]:
        """The zones with their exact geometry and the properties of the codebook, in the order of the proposal."""
        return self.derived.features

    def as_wanted(self, wanted: WantedLayer) -> "DerivedEdition":
        """Return the same as layers are wanted."""
        kept = tuple(zone for zone in self.zones if not wanted.areas or zone.properties["area_km2"] is not None)
        return replace(self, derived=replace(self.derived, features=kept), wanted=wanted)

    @property
    def proposal_file(self) -> Path:
        """The file of the proposal, where it is an included one."""
        return PROPOSALS / f"{self.proposal.id}.toml"

    @property
    def properties(self) -> Sequence[ZoneProperties]:
        """The properties of the zones."""
        return [properties_of(zone) for zone in self.zones]

    @property
    def languages(self) -> Languages:
        """The languages of names and sentences."""
        return self.setting.reference.languages

    @property
    def control_source(self) -> str:
        """The control maps and their date, as they are cited."""
        return f"{self.control.citation}, {self.as_of}"

    @property
    def maps(self) -> int:
        """The number of control maps that the figures come from."""
        return self.setting.study.control.source.maps

    @property
    def members(self) -> Mapping[str, str]:
        """``name`` and ``description`` of the collection of all zones, or of the one zone."""
        named = (self.setting.study, self.proposal, self.control)
        if self.of_zone:
            return collection_members.one_zone(*named, self.zones[0])
        return collection_members.all_zones(*named)

    @property
    def drawn(self) -> DrawnDay:
        """The control map as a screen shows it."""
        return _drawn_date(self.setting, self.as_of)

    @cached_property
    def drawn_zones(self) -> Sequence[Feature]:
        """The zones with the vertices that a screen can show."""
        return drawn_zones(self.zones, self.setting.reference, self.drawn)

    @property
    def drawn_members(self) -> Mapping[str, Any]:
        """``name`` of the collection of the drawn zones, and what is Russian-held on the day."""
        named = collection_members.drawn_zones(self.setting.study, self.proposal, self.control)
        return {**named, **held_member(self.drawn)}

    def only(self, zone: Feature) -> "DerivedEdition":
        """The edition with one of its zones alone."""
        return replace(self, derived=replace(self.derived, features=(zone,)), of_zone=True)

    @cached_property
    def towns(self) -> Mapping[str, list[dict[str, Any]]]:
        """The towns in each zone that divides the territory, largest first, by the zone's id."""
        setting = self.setting
        return towns_by_zone(self.zones, setting.places, setting.town_positions, setting.reference, self.control)

    @property
    def control_of_places(self) -> ControlOfPlaces:
        """Who holds each place of the index, and how far away the line of contact is."""
        return _placed_date(self.setting, self.as_of)

    @cached_property
    def places_in_zones(self) -> Mapping[str, list[int]]:
        """The numbers of the places in each zone, by the zone's id."""
        return places_in_zones(self.setting.index, self.setting.landed, self.zones)


def load_setting(study: StudyData | None = None, folder: Path = PROPOSALS) -> BuildSetting:
    """Read what all editions share, once for a process.

    Parameters
    ----------
    study
        Other control maps or boundaries; None for the included ones.
    folder
        Folder of the proposals' TOML files, which the version depends on.

    Raises
    ------
    SourceError, GeometryError
        If a source cannot be used.
    """
    study = study or load_study_data()
    return BuildSetting(study, read_places(study.reference), data_version(folder, study))


def derive(proposal: ProposalFile, date: str, setting: BuildSetting) -> DerivedEdition:
    """Derive a proposal on a control map; nothing is written.

    Parameters
    ----------
    proposal
        The proposal, loaded from its file and checked.
    date
        ISO date or ``latest``; the last control map on or before it is used.
    setting
        Reference data, control maps and version, as ``load_setting`` returns them.

    Raises
    ------
    DateError
        If the date is none or before the first control map, which the message names.
    ProposalError
        If two entries give one zone.
    SourceError, ControlError
        If the control map cannot be read.
    """
    known = setting.study.control.dates
    requested = parse_date(date, known)
    day = _split_date(setting, control_date(requested, known))
    derived = derive_zones(setting.study, proposal, day, setting.version)
    return DerivedEdition(setting, proposal, requested, day, derived)


@lru_cache(maxsize=DATES_CACHED)
def _split_date(setting: BuildSetting, as_of: str) -> Day:
    """The control map of a date, split once for all proposals."""
    return split_day(setting.study, as_of)


@lru_cache(maxsize=DATES_CACHED)
def _drawn_date(setting: BuildSetting, as_of: str) -> DrawnDay:
    """The same as a screen shows it."""
    return draw_day(setting.reference, _split_date(setting, as_of), setting.screen)


@lru_cache(maxsize=DATES_CACHED)
def _placed_date(setting: BuildSetting, as_of: str) -> ControlOfPlaces:
    """Where the places of the index stand on the same."""
    day = _split_date(setting, as_of)
    line = day.derive(setting.reference, SomeOblasts(function="line"))[0].geometry
    return control_of_places(setting.index, setting.landed, day.control, line)

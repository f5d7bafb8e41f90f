"""What a writer reads of an edition, wherever it comes from."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from layers.products.wanted import WantedLayer
from layers.zone_properties import ZoneProperties

if TYPE_CHECKING:
    from geo.geojson import Feature
    from layers.places.states import ControlOfPlaces
    from layers.text.languages import Languages


class EditionContent(Protocol):
    """A proposal on one control map: derived in memory by a build, or read from the files that a build has stored.

    Dates are ISO 8601: ``as_of`` is the control map's, ``requested_as_of`` the one that was requested. Geometry is in
    degrees, WGS 84.
    """

    @property
    def proposal_id(self) -> str:
        """The id of the proposal."""

    @property
    def as_of(self) -> str:
        """The date of the control map."""

    @property
    def requested_as_of(self) -> str:
        """The date that was requested; the files of a build have that of the control map."""

    @property
    def wanted(self) -> WantedLayer:
        """How layers are wanted; the files of a build are plain."""

    def as_wanted(self, wanted: WantedLayer) -> "EditionContent":
        """Return the same as layers are wanted."""

    @property
    def proposal_file(self) -> Path:
        """The file of the proposal, which may have been taken away since."""

    @property
    def languages(self) -> "Languages":
        """The languages of names and sentences."""

    @property
    def control_source(self) -> str:
        """The control maps and their date, as they are cited."""

    @property
    def maps(self) -> int:
        """The number of control maps that the figures come from; 1 means that there is no interval."""

    @property
    def properties(self) -> Sequence[ZoneProperties]:
        """The properties of the zones, for tables; reading them needs no geometry."""

    @property
    def zones(self) -> "Sequence[Feature]":
        """The zones with their exact geometry."""

    @property
    def members(self) -> Mapping[str, str]:
        """``name`` and ``description`` of a collection of these zones."""

    @property
    def drawn_zones(self) -> "Sequence[Feature]":
        """The zones with the vertices that a screen can show; areas are never measured on them."""

    @property
    def drawn_members(self) -> Mapping[str, Any]:
        """``name`` of a collection of the drawn zones, and what is Russian-held on the day."""

    @property
    def towns(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """The towns in each zone that divides the territory, largest first, by the zone's id."""

    @property
    def control_of_places(self) -> "ControlOfPlaces":
        """Who holds each place that a search finds, and how far away the line of contact is."""

    @property
    def places_in_zones(self) -> Mapping[str, Sequence[int]]:
        """The numbers of the places in each zone, in the order of ``display/places.json``, by the zone's id."""

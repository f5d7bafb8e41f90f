"""Editions and their products from the files that a build has stored."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layers.catalogue.entries import BuiltFile
from layers.catalogue.inputs import own_files
from layers.catalogue.model import Catalogue, Edition, as_requested
from layers.products.media_types import DATED_IN_PLACE
from layers.products.product import Product
from layers.products.wanted import PLAIN, WantedLayer
from layers.text.languages import Languages
from layers.zone_properties import ZoneProperties

if TYPE_CHECKING:
    from geo.geojson import Feature
    from layers.places.states import ControlOfPlaces

LAYER = "layer"  # the product of which a build stores each zone alone, too


@dataclass(frozen=True)
class StoredEdition:
    """An edition read from its files, each when it is needed.

    ``chosen`` are the ids of the zones to keep, in the order of the files; without any, all are kept.
    """

    catalogue: Catalogue
    entry: Edition
    proposal_id: str
    requested_as_of: str
    chosen: tuple[str, ...] = ()
    wanted: WantedLayer = PLAIN

    def as_wanted(self, wanted: WantedLayer) -> "StoredEdition":
        """Return the same as layers are wanted."""
        return replace(self, wanted=wanted)

    @property
    def proposal_file(self) -> Path:
        """The file of the proposal: of those that were built along with the control map, else an included one."""
        from layers.proposal.loading import PROPOSALS

        own = own_files(self.catalogue.holding(self.proposal_id).root)
        return next((path for path in own if path.stem == self.proposal_id), PROPOSALS / f"{self.proposal_id}.toml")

    @property
    def as_of(self) -> str:
        """The date of the control map."""
        return self.entry.as_of

    @property
    def maps(self) -> int:
        """The number of control maps."""
        return self.catalogue.control.maps

    @property
    def languages(self) -> Languages:
        """The languages of names and sentences."""
        return self.catalogue.languages

    @property
    def control_source(self) -> str:
        """The control maps and their date, as they are cited."""
        return str(self.properties[0]["control_source"])

    @cached_property
    def properties(self) -> Sequence[ZoneProperties]:
        """The properties of the zones, with the date that was requested."""
        return [
            {**zone, "requested_as_of": self.requested_as_of}
            for zone in self.catalogue.areas(self.entry)
            if self._keeps(zone["id"])
        ]

    @cached_property
    def zones(self) -> "Sequence[Feature]":
        """The zones with their exact geometry."""
        return [replace(zone, properties=self._dated(zone.properties)) for zone in self._features("layer")]

    @property
    def members(self) -> Mapping[str, str]:
        """``name`` and ``description`` of the collection: those of the zone's own file where one is chosen."""
        from layers.products.collection_members import areas_alone

        only = set(self.chosen)
        if len(only) == 1:
            return self._members(self.entry.zones[only.pop()].path)
        members = self._members(self._path("layer"))
        return areas_alone(members) if self.wanted.areas else members

    @property
    def drawn_zones(self) -> "Sequence[Feature]":
        """The zones with the vertices that a screen can show."""
        return self._features("display")

    @property
    def drawn_members(self) -> Mapping[str, Any]:
        """``name`` of a collection of the drawn zones, and what is Russian-held on the day."""
        return self._members(self._path("display"))

    @property
    def towns(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """The towns in each zone that divides the territory."""
        zones = json.loads(self.catalogue.read(self.entry.products["towns"]))["zones"]
        return {entry["zone"]: entry["towns"] for entry in zones if self._keeps(entry["zone"])}

    @property
    def control_of_places(self) -> "ControlOfPlaces":
        """Who holds each place that a search finds, and how far away the line of contact is."""
        from layers.places.states import ControlOfPlaces

        return ControlOfPlaces(self._places["held"], self._places["line_km"])

    @property
    def places_in_zones(self) -> Mapping[str, Sequence[int]]:
        """The numbers of the places in each zone."""
        return {zone: numbers for zone, numbers in self._places["zones"].items() if self._keeps(zone)}

    @cached_property
    def _places(self) -> Mapping[str, Any]:
        return dict(json.loads(self.catalogue.read(self.entry.products["places"])))

    def _features(self, product: str) -> "list[Feature]":
        found = self.catalogue.store.features(self._path(product))
        return [feature for feature in found if self._keeps(feature.id)]

    def _members(self, path: str) -> Mapping[str, Any]:
        return self.catalogue.store.members(path)

    def _path(self, product: str) -> str:
        return self.entry.products[product].path

    def _keeps(self, zone_id: str) -> bool:
        if self.wanted.areas and self.entry.zones[zone_id].area_km2 is None:
            return False
        return not self.chosen or zone_id in self.chosen

    def _dated(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        return {**properties, "requested_as_of": self.requested_as_of}


def read_product(edition: StoredEdition, product: Product) -> bytes:
    """Return a product for the date that was requested: the stored file, else written from the stored edition.

    Parameters
    ----------
    edition
        The edition on the date requested, with the zones, CRS and language wanted.
    product
        Row of the registry.
    """
    stored = stored_product(edition, product)
    return product.write(edition) if stored is None else stored


def stored_product(edition: StoredEdition, product: Product) -> bytes | None:
    """Return the stored file of a product, None where it has to be written for the date that was requested.

    A file has the date of the control map; where it can, the requested one is put in its place.

    Parameters
    ----------
    edition
        The edition on the date requested, with the zones, CRS and language wanted.
    product
        Row of the registry.
    """
    entry, requested = edition.entry, edition.requested_as_of
    file = _stored_file(edition, product) if edition.wanted == PLAIN else None
    if file and file.path and (requested == entry.as_of or product.media_type in DATED_IN_PLACE):
        return as_requested(edition.catalogue.read(file), entry, requested)
    return None


def _stored_file(edition: StoredEdition, product: Product) -> BuiltFile | None:
    """The file that a build has stored of a product for what is chosen: all zones, or one of the layer's."""
    if not edition.chosen:
        return edition.entry.products.get(product.name)
    one_of_layer = product.name == LAYER and len(edition.chosen) == 1
    return edition.entry.zones[edition.chosen[0]].file if one_of_layer else None

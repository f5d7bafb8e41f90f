"""What differs between two editions in the place of the zones of one, so that it is drawn like them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo.geojson import Feature, parse_features
from layers.catalogue.model import Catalogue
from layers.catalogue.store import Store
from layers.files import json_bytes
from layers.kinds.table import CHANGE, OTHER, kind_of
from layers.text.languages import flat
from layers.zone_properties import ZoneProperties
from webapp.comparing.jobs import comparison_job
from webapp.images.changes import LEAST_NAMED, Changes, TreatmentChange, change_styles
from webapp.images.pairs import PairSide

KEPT = 4


@dataclass(frozen=True)
class ChangedStore:
    """The files of a catalogue, in which ``zones`` take the place of those of one edition. Equal keys, equal zones."""

    below: Store
    key: str
    layer: str
    areas: str
    zones: tuple[Feature, ...] = field(compare=False)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file. Raises what reading raises."""
        if path == self.areas:
            return json_bytes({"zones": [zone.properties for zone in self.zones]})
        return self.below.read(path)

    def features(self, path: str) -> tuple[Feature, ...]:
        """Return the features of a layer. Raises what reading raises."""
        return self.zones if path == self.layer else self.below.features(path)

    def members(self, path: str) -> dict[str, Any]:
        """Return the foreign members of a layer. Raises what reading raises."""
        return self.below.members(path)


def changed_catalogue(own: PairSide, changes: Changes) -> Catalogue:
    """Return the catalogue of an edition with what differs in the place of its zones, and the right side's line.

    Parameters
    ----------
    own
        The edition.
    changes
        What differs between two sides.
    """
    job = comparison_job(changes.left, changes.right, "geojson")
    pieces = _pieces(own.catalogue.deriver.run(job))
    products = own.edition.products
    zones = (*_zones(changes, pieces), *_lines(changes.right))
    told = "-".join(zone.id for zone in zones)
    layer, areas = (products[name].path for name in ("layer", "areas_json"))
    store = ChangedStore(own.catalogue.store, f"{job.key}-{told}", layer, areas, zones)
    return replace(own.catalogue, memory=store)


def is_large(zone: Mapping[str, Any], changes: Changes) -> bool:
    """Return whether a piece is large enough to be framed and named: a hundredth of all that differs, or its largest.

    Parameters
    ----------
    zone
        Properties of the piece.
    changes
        What differs between two sides.
    """
    if zone["kind"] != CHANGE.key:
        return False
    least = LEAST_NAMED * changes.differs.area_km2
    return bool(zone["area_km2"] >= least or zone["id"] in {one.pieces[0] for one in changes.named})


@lru_cache(maxsize=KEPT)
def _pieces(content: bytes) -> Mapping[str, Feature]:
    features = parse_features(content, Path("comparison.geojson"))
    return {one.id: one for one in features}


def _lines(side: PairSide) -> Iterator[Feature]:
    layer = side.catalogue.store.features(side.edition.products["layer"].path)
    return (one for one in layer if kind_of(one.properties).is_line_of_contact)


def _zones(changes: Changes, pieces: Mapping[str, Feature]) -> Iterator[Feature]:
    """The pieces of all changes, those that have a name first; the others look alike."""
    for number, change in enumerate((*changes.named, *changes.unnamed), 1):
        looks = (
            change_styles(changes.left, changes.right, change)
            if change in changes.named
            else (OTHER.style.key, OTHER.style.key)
        )
        told = {"change": str(number), **flat("name", _words(changes, change))}
        for piece_id in sorted(change.pieces):
            piece = pieces[piece_id]
            yield replace(piece, properties=_properties(changes, piece, looks) | told)


def _words(changes: Changes, change: TreatmentChange) -> dict[str, str | None]:
    return {lang.tag: changes.plain_words(lang, change) for lang in changes.left.catalogue.languages}


def _properties(changes: Changes, piece: Feature, looks: tuple[str, str]) -> dict[str, Any]:
    """What is drawn reads of a zone, and what the file of a comparison says of the piece."""
    unsaid = dict.fromkeys(name for name in ZoneProperties.__annotations__ if name not in piece.properties)
    about = {"kind": CHANGE.key, "partition": True, "status": "proposal", "legal_status": "ukraine"}
    sides = {"left_style": looks[0], "right_style": looks[1], "as_of": changes.right.edition.as_of}
    return {**piece.properties, **unsaid, **about, **sides}

"""The files of an edition, made one after the other and given to a sink."""

from collections.abc import Iterator
from typing import Any

from geo.geojson import join_features, write_feature
from layers.build import collection_members
from layers.build.catalogue_document import Contents, Held, edition_entry
from layers.build.display import zones_layer
from layers.build.edition import DerivedEdition
from layers.build.sink import Sink
from layers.reference.gazetteer import towns_json
from layers.tables.areas import areas_csv, areas_json
from layers.zones.derive import held_by_oblast, held_ground

DISPLAY = "display"  # the folder of what the map in a browser draws


def write_edition(edition: DerivedEdition, sink: Sink) -> dict[str, Any]:
    """Write all files of an edition; return its entry in the catalogue. Raises WritingError."""
    contents = edition_files(edition)
    for path, content in contents.items():
        sink.write(path, content)
    return entry_of(edition, contents)


def edition_files(edition: DerivedEdition) -> Contents:
    """Return the files of an edition by path, as bytes."""
    return {path: content for part in (_layers(edition), _tables(edition)) for path, content in part}


def entry_of(edition: DerivedEdition, contents: Contents) -> dict[str, Any]:
    """Return the entry of an edition in the catalogue."""
    ground, day = edition.setting.ground, edition.day
    held = Held(held_ground(ground, day), held_by_oblast(ground, day))
    return edition_entry(_stem(edition), edition.as_of, edition.derived, held, contents)


def _stem(edition: DerivedEdition) -> str:
    return f"{edition.proposal.id}/{edition.as_of}"


def _layers(edition: DerivedEdition) -> Iterator[tuple[str, bytes]]:
    stem, ground = _stem(edition), edition.setting.ground
    called = (ground, edition.proposal, edition.control)
    written = {zone.id: write_feature(zone) for zone in edition.zones}
    for zone in edition.zones:
        members = collection_members.one_zone(*called, zone)
        yield f"{stem}/{zone.id}.geojson", join_features([written[zone.id]], members)
    yield f"{stem}.geojson", join_features(list(written.values()), collection_members.all_zones(*called))
    drawn = zones_layer(edition.zones, ground, edition.drawn, collection_members.drawn_zones(*called))
    yield f"{DISPLAY}/{stem}.geojson", drawn


def _tables(edition: DerivedEdition) -> Iterator[tuple[str, bytes]]:
    stem, source = _stem(edition), f"{edition.control.citation}, {edition.as_of}"
    about = (edition.proposal.id, edition.as_of, source)
    yield f"{stem}/areas.csv", areas_csv(edition.zones, edition.setting.ground.source.maps)
    yield f"{stem}/areas.json", areas_json(*about, edition.zones)
    yield f"{stem}/towns.json", towns_json(*about, edition.towns)

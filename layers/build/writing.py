"""The files of an edition, made one after the other and given to a sink."""

from layers.build.catalogue_document import Contents, edition_entry
from layers.build.edition import DerivedEdition
from layers.build.sink import Sink
from layers.catalogue.model import Edition
from layers.products.registry import PRODUCTS, ZONE_LAYER


def write_edition(edition: DerivedEdition, sink: Sink) -> Edition:
    """Write all files of an edition; return its entry in the catalogue. Raises WritingError."""
    contents = edition_files(edition)
    for path, content in contents.items():
        sink.write(path, content)
    return edition_entry(edition, contents)


def edition_files(edition: DerivedEdition) -> Contents:
    """Return the files of an edition by path, as bytes: each zone alone, then every product that is stored."""
    named = {"proposal": edition.proposal_id, "date": edition.as_of}
    zones = {
        ZONE_LAYER.path.format(**named, zone=zone.id): ZONE_LAYER.write(edition.only(zone)) for zone in edition.zones
    }
    stored = (product for product in PRODUCTS.values() if product.path)
    return zones | {product.path.format(**named): product.write(edition) for product in stored}

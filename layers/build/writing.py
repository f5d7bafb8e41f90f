"""The files of an edition, made one after the other and given to a sink."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from layers.build.catalogue_document import Contents, edition_entry
from layers.build.edition import DerivedEdition
from layers.build.sink import Sink
from layers.catalogue.model import Edition
from layers.products.registry import PRODUCTS, ZONE_LAYER


@dataclass(frozen=True)
class EditionFiles:
    """The files of an edition by path, as bytes, and its entry in the catalogue."""

    proposal_id: str
    as_of: str
    contents: Contents
    entry: Edition


def write_edition(edition: DerivedEdition, sink: Sink) -> Edition:
    """Write all files of an edition.

    Parameters
    ----------
    edition
        The derived zones of a proposal on one control map.
    sink
        Where files are written.

    Returns
    -------
    The edition's entry in the catalogue.

    Raises
    ------
    WritingError
        If a file cannot be written.
    """
    files = edition_files(edition)
    for path, content in files.contents.items():
        sink.write(path, content)
    return files.entry


def edition_files(edition: DerivedEdition, *, later: bool = True) -> EditionFiles:
    """Return the files of an edition with its entry in the catalogue.

    Parameters
    ----------
    edition
        The derived zones of a proposal on one control map.
    later
        Whether to include products that no page waits for, such as the places in each zone.
    """
    contents = {path: write() for path, write in file_writers(edition, later=later).items()}
    return EditionFiles(edition.proposal_id, edition.as_of, contents, edition_entry(edition, contents))


def file_writers(edition: DerivedEdition, *, later: bool = True) -> Mapping[str, Callable[[], bytes]]:
    """Return the function that writes each file of an edition, by path: each zone alone, then every stored product.

    Parameters
    ----------
    edition
        The derived zones of a proposal on one control map.
    later
        Whether to include products that no page waits for.
    """
    named = {"proposal": edition.proposal_id, "date": edition.as_of}
    zones = {
        ZONE_LAYER.path.format(**named, zone=zone.id): partial(_write_zone, edition, zone.id) for zone in edition.zones
    }
    stored = (product for product in PRODUCTS.values() if product.path and later >= product.later)
    return zones | {product.path.format(**named): partial(product.write, edition) for product in stored}


def _write_zone(edition: DerivedEdition, zone_id: str) -> bytes:
    (zone,) = (zone for zone in edition.zones if zone.id == zone_id)
    return ZONE_LAYER.write(edition.only(zone))

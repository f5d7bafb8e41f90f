"""A catalogue of one edition in memory, whose files are written when they are read, if ever."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from typing import Any

from geo.geojson import COLLECTION, Feature, canonical
from layers.build.build import NOTHING, one_edition, write_build
from layers.build.catalogue_document import catalogue_of, edition_entry
from layers.build.edition import DerivedEdition
from layers.build.sink import MemorySink, Sink
from layers.build.writing import file_writers
from layers.build.years import BuiltEditions, kinds_of
from layers.catalogue.model import Catalogue
from layers.products.context import FEATURES
from layers.products.registry import PRODUCTS
from layers.products.shared import CONTEXT, shared_products


@dataclass(frozen=True, eq=False)
class EditionStore:
    """The files of an edition and of the layers around it; nothing is written before it is read."""

    edition: DerivedEdition
    shared: Mapping[str, bytes] = field(default_factory=dict)  # what is made already of what editions share

    def read(self, path: str) -> bytes:
        """Return the bytes of a file. Raises KeyError if there is no such file."""
        return self.writers[path]()

    def features(self, path: str) -> tuple[Feature, ...]:
        """Return the features of the layer of all zones, or around them, without writing and parsing it."""
        return tuple(replace(one, geometry=canonical(one.geometry)) for one in self._layers[path]())

    def members(self, path: str) -> dict[str, Any]:
        """Return the foreign members of a layer, those of the layer for screens without writing and parsing it."""
        if path == PRODUCTS["display"].path.format(proposal=self.edition.proposal_id, date=self.edition.as_of):
            return dict(self.edition.drawn_members)
        return {name: value for name, value in json.loads(self.read(path)).items() if name not in COLLECTION}

    @cached_property
    def writers(self) -> Mapping[str, Callable[[], bytes]]:
        """What writes each file, by path; files that editions share are made once, since an image reads them often."""
        setting = self.edition.setting
        shared = {
            path: cache(partial(product.write, setting))
            for path, product in shared_products(setting.reference.languages).items()
        }
        made = {path: partial(self.shared.__getitem__, path) for path in self.shared}
        return {**shared, **made, **file_writers(self.edition)}

    @cached_property
    def _layers(self) -> Mapping[str, Callable[[], Iterable[Feature]]]:
        edition, (reference, places) = self.edition, (self.edition.setting.reference, self.edition.setting.places)
        path = PRODUCTS["layer"].path.format(proposal=edition.proposal_id, date=edition.as_of)
        around = {f"{CONTEXT}/{name}.geojson": partial(make, reference, places) for name, make in FEATURES.items()}
        return {path: lambda: edition.zones, **around}

    def write(self, sink: Sink) -> None:
        """Write all files and the catalogue of them. Raises WritingError."""
        order = one_edition(self.edition.setting, self.edition.proposal, self.edition.as_of)
        write_build(order, sink, MemorySink())


def catalogue_in_memory(edition: DerivedEdition, shared: Mapping[str, bytes] = NOTHING) -> Catalogue:
    """Return the catalogue of an edition alone. Its files have no hash and no size: they are not written yet.

    Parameters
    ----------
    edition
        The derived zones of a proposal on one control map.
    shared
        Files that editions share, by path, where they are made already.
    """
    store, setting = EditionStore(edition, shared), edition.setting
    unwritten = dict.fromkeys(store.writers, b"")
    entry = edition_entry(edition, unwritten)
    built = BuiltEditions(kinds_of(entry), editions={entry.as_of: entry})
    catalogue = catalogue_of(
        setting.study, [edition.proposal], {edition.proposal_id: built}, setting.version, unwritten
    )
    return replace(catalogue, memory=store)

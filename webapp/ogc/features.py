"""The features of a proposal: its zones on every date that was built, listed by kind without reading their geometry."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from sys import intern
from typing import Any

from layers.catalogue.entries import BuiltFile
from layers.catalogue.model import Catalogue, Edition, Proposal
from webapp.ogc.boxes import BoundingBox, meets_geometry
from webapp.ogc.query import FILTERS, Query

PROPERTIES, GEOMETRY, BEFORE_GEOMETRY = '"properties":', '"geometry":', b',"geometry":'
OF_MANY = {"Polygon": "MultiPolygon", "LineString": "MultiLineString"}


@dataclass(frozen=True, slots=True)
class ListedFeature:
    """A zone on a date: its id among all dates, its file, its bounding box, and the properties that choose it."""

    id: str
    zone: str
    as_of: str
    file: BuiltFile
    box: BoundingBox
    values: tuple[str | None, ...]

    def fits(self, query: Query) -> bool:
        """Whether it fits all conditions of a query that need no geometry."""
        values = dict(zip(FILTERS, self.values, strict=True))
        return (
            query.since <= self.as_of <= (query.until or self.as_of)
            and all(values[name] == value for name, value in query.filters.items())
            and (not query.boxes or any(box.meets(self.box) for box in query.boxes))
        )


@dataclass(frozen=True, eq=False)
class ProposalFeatures:
    """The features of a proposal, from the catalogue under whose root it was built."""

    catalogue: Catalogue
    proposal: Proposal

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[ListedFeature, ...]]:
        """All features by kind, the newest date first, each date in the order of its file."""
        found: dict[str, list[ListedFeature]] = {}
        for edition in reversed(list(self.proposal.editions.values())):
            for feature in self._listed(edition):
                found.setdefault(edition.zones[feature.zone].kind, []).append(feature)
        return {kind: tuple(features) for kind, features in found.items()}

    def _listed(self, edition: Edition) -> Iterator[ListedFeature]:
        for line in self.catalogue.read(edition.products["layer"]).split(b"\n"):
            if line.startswith(b'{"type":"Feature",'):
                yield _listed(json.loads(line[: line.rindex(BEFORE_GEOMETRY)] + b"}"), edition)

    def text(self, feature: ListedFeature) -> str:
        """Return a feature as the JSON text of its file, with an id of its own and as one of many.

        Its property ``id``, which other dates share, is called ``zone``: programs take ``id`` for that of the feature.
        """
        content = self.catalogue.read(feature.file).decode()
        start, end = content.index("[\n") + 2, content.rindex("\n]")
        whole = content[start:end].replace(f'"id":"{feature.zone}"', f'"id":"{feature.id}"', 1)
        return _as_many(whole.replace(f'{PROPERTIES}{{"id":', f'{PROPERTIES}{{"zone":', 1))

    def meets(self, feature: ListedFeature, query: Query) -> bool:
        """Return whether the geometry of a feature, and not only its bounds, meets the box of a query.

        Parameters
        ----------
        feature
            Feature that fits the filters and dates of the query.
        query
            Boxes of the request; without one every feature meets it.
        """
        boxes = [box for box in query.boxes if box.meets(feature.box)]
        if not query.boxes or any(box.holds(feature.box) for box in boxes):
            return True
        geometry = json.loads(self.text(feature))["geometry"]
        return any(meets_geometry(box, geometry) for box in boxes)


def _listed(head: Mapping[str, Any], edition: Edition) -> ListedFeature:
    zone = intern(head["id"])
    values = {**head["properties"], "zone": zone}
    kept = tuple(intern(values[name]) if values[name] is not None else None for name in FILTERS)
    file = edition.zones[zone].file
    return ListedFeature(f"{zone}_{edition.as_of}", zone, edition.as_of, file, BoundingBox(*head["bbox"]), kept)


def _as_many(text: str) -> str:
    """A feature whose single polygon or line is written as one of several, so that all of a collection are alike."""
    before, _, geometry = text.rpartition(GEOMETRY)
    for one, many in OF_MANY.items():
        head = f'{{"type":"{one}","coordinates":'
        if geometry.startswith(head):
            return f'{before}{GEOMETRY}{{"type":"{many}","coordinates":[{geometry[len(head) : -2]}]}}}}'
    return text

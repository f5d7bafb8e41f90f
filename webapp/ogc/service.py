"""What the API is of: a catalogue at a URL, and in it a collection for each proposal and kind of zone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from layers.catalogue.model import Catalogue, Control, Proposal
from layers.errors import UnknownError
from layers.kinds.table import KINDS
from layers.text.languages import DEFAULT
from webapp.ogc.boxes import BoundingBox
from webapp.ogc.features import ListedFeature, ProposalFeatures
from webapp.ogc.query import Query
from webapp.text.control_maps import choice_text
from webapp.text.interface import text

ROOT = "/ogc"
OF_MAP = f"{ROOT}/control"  # whole paths, since programs lose what a query names when they follow links


def api_path(control: str) -> str:
    """Return the path of the API of a control map by its id; without one, of the map that is shown first."""
    return f"{OF_MAP}/{control}" if control else ROOT


@dataclass(frozen=True, eq=False)
class Collection:
    """The zones of one kind of a proposal, on every date that was built."""

    id: str
    title: str
    description: str
    kind: str
    source: ProposalFeatures

    @property
    def features(self) -> tuple[ListedFeature, ...]:
        """All features, the newest date first."""
        return self.source.by_kind[self.kind]

    def select(self, query: Query) -> list[ListedFeature]:
        """Return the features that a query chooses, of all pages."""
        return [one for one in self.features if one.fits(query) and self.source.meets(one, query)]

    def feature(self, feature_id: str) -> ListedFeature:
        """Return a feature by its id. Raises UnknownError that lists its zone on other dates, else the newest ones."""
        found = {one.id: one for one in self.features}
        if feature_id not in found:
            zone, newest = feature_id.rpartition("_")[0], self.features[0].as_of
            known = [one.id for one in self.features if one.zone == zone]
            known = known or [one.id for one in self.features if one.as_of == newest]
            raise UnknownError(f"feature of {self.id}", feature_id, known)
        return found[feature_id]

    @property
    def box(self) -> BoundingBox:
        """The bounding box of all features."""
        boxes = [one.box for one in self.features]
        return BoundingBox(
            min(box.west for box in boxes),
            min(box.south for box in boxes),
            max(box.east for box in boxes),
            max(box.north for box in boxes),
        )

    @property
    def days(self) -> tuple[str, str]:
        """The first and the last date."""
        return self.features[-1].as_of, self.features[0].as_of


@dataclass(frozen=True, eq=False)
class Service:
    """The API of a catalogue. ``root`` is the URL of its landing page, without a slash at the end.

    ``filters`` False: it is a folder of files, which lists no filters since no one would apply them. ``related`` are
    the control maps with an API, by its URL; empty where there is one alone.
    """

    catalogue: Catalogue
    root: str
    filters: bool = True
    related: Mapping[str, Control] = field(default_factory=dict)

    @cached_property
    def collections(self) -> Mapping[str, Collection]:
        """All collections by id, in the order of proposals and of the table of kinds."""
        return {one.id: one for proposal in self.catalogue.proposals.values() for one in self._of(proposal)}

    def words(self, control: Control) -> str:
        """What a control map is called in titles."""
        return choice_text(self.catalogue.languages[DEFAULT], control)

    def _of(self, proposal: Proposal) -> Iterator[Collection]:
        lang = self.catalogue.languages[DEFAULT]
        source = ProposalFeatures(self.catalogue.holding(proposal.id), proposal)
        kinds = proposal.kinds or {
            zone.kind for edition in proposal.editions.values() for zone in edition.zones.values()
        }
        name = proposal.texts["title"][DEFAULT]
        for kind in (one for one in KINDS if one in kinds):
            words = text(lang, f"kind.{kind}")
            about = f"{words}: zones of “{name}” on {len(proposal.editions)} dates. A proposal, not in force."
            yield Collection(f"{proposal.id}_{kind}", f"{name}: {words}", about, kind, source)

    def collection(self, collection_id: str) -> Collection:
        """Return a collection by its id. Raises UnknownError that lists what there is."""
        if collection_id not in self.collections:
            raise UnknownError("collection", collection_id, tuple(self.collections))
        return self.collections[collection_id]

    def url(self, path: str = "", form: str = "") -> str:
        """Return the URL of a document.

        Parameters
        ----------
        path
            Path below the landing page; empty for that page.
        form
            A name of ``FORMS``; empty for the URL whose format the client's Accept header decides.
        """
        if not form:
            return f"{self.root}/{path}" if path else self.root
        return f"{self.root}/{path or 'index'}.{form}"

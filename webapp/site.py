"""What every request reads: the catalogue, the prebuilt responses and the operator's settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from layers.catalogue.model import Catalogue, Proposal, load_catalogue
from layers.corrections.model import Correction
from layers.errors import UnknownError
from layers.text.languages import Languages
from layers.versions.keeping import VERSIONS, kept_versions
from webapp.errors import BaseUrlError
from webapp.query import LONGEST_NAME
from webapp.readiness import Readiness
from webapp.responses.cache import FinishedCache
from webapp.settings import Reporting, Tiles

EXTENSION = "clausemap"
PUBLISHED_PREFIX = "/-published-"  # stands before each path of a published copy until its links are made relative
CONTROL = "control map"


@dataclass(frozen=True)
class StaticCopy:
    """A copy of the service as static files: the dates of control maps in it, by the id of the proposal.

    ``every_shape``: whether images of all shapes and themes are in it, not only the usual one of each date.
    """

    dates: Mapping[str, tuple[str, ...]]
    every_shape: bool = True


@dataclass(frozen=True)
class Site:
    """The service's data: read-only except for the cache and for what is known of its readiness.

    ``catalogue`` is used if no control map is requested, ``others`` are those that may be requested, by id.
    ``base_url`` is the public URL of the service, without a trailing slash; empty if it is not known. ``report`` is
    where readers report errors, if the operator says. ``published`` says that pages are for a copy as static files.
    ``corrections`` are those of published figures, the latest first; ``workspace`` is the folder of the operator, which
    has earlier versions of the data.
    """

    catalogue: Catalogue
    tiles: Tiles | None = None
    finished: FinishedCache = field(default_factory=FinishedCache)
    others: Mapping[str, Catalogue] = field(default_factory=dict)
    base_url: str = ""
    report: Reporting | None = None
    published: StaticCopy | None = None
    corrections: tuple[Correction, ...] = ()
    workspace: Path | None = None
    readiness: Readiness = field(default_factory=Readiness)

    @property
    def catalogues(self) -> dict[str, Catalogue]:
        """All catalogues by the id of their control map, the default first."""
        return {self.catalogue.control.id: self.catalogue, **self.others}

    @property
    def languages(self) -> Languages:
        """The languages of its pages."""
        return self.catalogue.languages

    @property
    def prefix(self) -> str:
        """The path below which readers find the service: ``/peace`` of ``https://maps.example.org/peace``, or empty."""
        return PUBLISHED_PREFIX if self.published else urlsplit(self.base_url).path

    def address(self, path: str) -> str:
        """A path of the service as pages have it, below the prefix; empty for an empty path, which is a query alone."""
        return self.prefix + path if path else ""

    def absolute(self, path: str) -> str:
        """The whole URL of a path of the service, for other sites. Raises BaseUrlError where none is known."""
        if not self.base_url:
            raise BaseUrlError("no address of this service is known; its operator sets CLAUSEMAP_BASE_URL")
        return self._root + path

    def copied(self, path: str) -> str:
        """The whole URL of a path where it is known, else the path: a script completes it in the reader's browser."""
        return self._root + path

    def versions(self, catalogue: Catalogue, proposal_id: str = "") -> tuple[str, ...]:
        """Return the versions of a catalogue that the service has: its own, then earlier ones, the latest first.

        Parameters
        ----------
        catalogue
            One of the catalogues.
        proposal_id
            Id of a proposal that they have to hold; empty for any.
        """
        kept = kept_versions(self.workspace, catalogue.control.id, proposal_id) if self.workspace else ()
        return tuple(dict.fromkeys((catalogue.data_version, *kept)))

    def in_version(self, catalogue: Catalogue, version: str, proposal_id: str = "") -> Catalogue:
        """Return a catalogue as it was in a version.

        Parameters
        ----------
        catalogue
            One of the catalogues.
        version
            Data version of the catalogue or of an earlier build.
        proposal_id
            Id of a proposal that it has to hold; empty for any.

        Raises
        ------
        UnknownError
            If there is no such version; lists those there are.
        BuildError
            If its catalogue cannot be read any more.
        """
        if version == catalogue.data_version:
            return catalogue
        known = self.versions(catalogue, proposal_id)
        if version not in known or self.workspace is None:
            raise UnknownError("version", version[:LONGEST_NAME], known)
        root = self.workspace / VERSIONS / catalogue.control.id / version
        return load_catalogue(root, catalogue.languages, every_language=False)

    @property
    def offered(self) -> Catalogue:
        """The catalogue with the editions that are offered: all, or those on the dates in a published copy."""
        if self.published is None:
            return self.catalogue
        proposals = {
            name: replace(one, editions={date: one.edition_on(date) for date in self.dates(one)}, years=(), kinds=())
            for name, one in self.catalogue.proposals.items()
        }
        return replace(self.catalogue, proposals=proposals)

    def dates(self, proposal: Proposal) -> tuple[str, ...]:
        """The dates of a proposal that its pages offer: all, or those in a published copy."""
        return self.published.dates[proposal.id] if self.published else proposal.dates

    @property
    def _root(self) -> str:
        return self.base_url + (PUBLISHED_PREFIX if self.published else "")

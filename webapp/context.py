"""What pages are made with, without any request: a context, and in it one or more views."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from layers.catalogue.entries import ClauseEntry
from layers.catalogue.model import Catalogue, Edition, Proposal, find_edition
from layers.text.languages import Language
from webapp.site import Site


@dataclass(frozen=True)
class Context:
    """What all parts of a page share: the service, the language and the control map.

    ``control`` is the id of the control map if the reader named one, and empty where it is left to the service;
    ``catalogue`` is what was built on that map.
    """

    site: Site
    lang: Language
    catalogue: Catalogue
    control: str = ""

    def address(self, path: str, **query: str) -> str:
        """Return a URL of the service; ``query`` names further values beside the control map that the reader chose.

        Parameters
        ----------
        path
            Path below the prefix, beginning with a slash; empty for the query alone.
        """
        return self.site.address(path) + self.query(**query)

    def query(self, **query: str) -> str:
        """A query that names the control map if the reader named one; empty where it would hold nothing."""
        named = query | ({"control": self.control} if self.control else {})
        return f"?{urlencode(named)}" if named else ""


@dataclass(frozen=True)
class View:
    """A proposal on a control map's date, as a page shows it: what was requested, and the edition for it.

    ``asked`` is the date requested, the edition's own date the last control map on or before it. A page that compares
    has several views in one context.
    """

    context: Context
    proposal: Proposal
    asked: str
    edition: Edition

    @property
    def lang(self) -> Language:
        """The language of the page."""
        return self.context.lang

    @property
    def catalogue(self) -> Catalogue:
        """What was built on the control map."""
        return self.context.catalogue

    @property
    def dates(self) -> tuple[str, ...]:
        """The dates of control maps that pages of the proposal offer."""
        return self.context.site.dates(self.proposal)

    @property
    def control(self) -> str:
        """The control map if the reader named one, else empty."""
        return self.context.control

    def address(self, path: str, **query: str) -> str:
        """Return a URL of the service, as ``Context.address`` does.

        Parameters
        ----------
        path
            Path below the prefix, beginning with a slash; empty for the query alone.
        """
        return self.context.address(path, **query)

    def query(self, **query: str) -> str:
        """A query that names the control map if the reader named one; empty where it would hold nothing."""
        return self.context.query(**query)

    def dated_address(self, path: str) -> str:
        """A URL of the service with a blank for the date, ``{date}``."""
        return self.context.site.address(path) + "?as_of={date}" + self.query().replace("?", "&")

    def clause(self, clause_id: str | None) -> ClauseEntry | None:
        """A clause of the proposal by its id; None for a point and for none."""
        return next((clause for clause in self.proposal.clauses if clause.id == clause_id), None)


def open_view(context: Context, proposal_id: str, requested: str | None = None) -> View:
    """Return a proposal on the date requested, by default its own.

    Parameters
    ----------
    context
        Site, language and control map.
    proposal_id
        Id of the proposal.
    requested
        ISO date, ``latest``, or None for the proposal's own date.

    Raises
    ------
    UnknownError, DateError, BuildError
        If the proposal or the date does not exist, or was not built.
    """
    proposal = context.catalogue.proposal(proposal_id)
    return View(context, proposal, *find_edition(proposal, requested))


def own_view(context: Context, proposal: Proposal) -> View:
    """Return a proposal at its own date, as a list shows it.

    Parameters
    ----------
    context
        Site, language and control map.
    proposal
        A proposal of the catalogue.
    """
    held = replace(context, catalogue=context.catalogue.holding(proposal.id))
    return View(held, proposal, *find_edition(proposal))


def unserved(catalogue: Catalogue, lang: Language) -> Context:
    """Return a context where no service runs, as on the command line and in images: URLs have no prefix.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    lang
        Language of the text.
    """
    return Context(Site(catalogue), lang, catalogue)

"""What a page or an image of a proposal is about: proposal, date, edition, language and control map."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from layers.catalogue.model import Catalogue, Edition, Proposal
from webapp.site import address
from webapp.text.interface import date_text


@dataclass(frozen=True)
class Reading:
    """What a zone is read with: the proposal, the day asked for, its edition and the language.

    ``control`` is the control map that the reader named; empty where it was left to the service.
    """

    catalogue: Catalogue
    proposal: Proposal
    asked: str
    edition: Edition
    lang: str
    control: str = ""

    def address(self, path: str, **query: str) -> str:
        """An address with a query, which names the control map where the reader named one."""
        return address(path) + self.query(**query)

    def query(self, **query: str) -> str:
        """A query that names the control map where the reader named one; empty where there is nothing to say."""
        named = query | ({"control": self.control} if self.control else {})
        return f"?{urlencode(named)}" if named else ""

    @property
    def as_of_text(self) -> str:
        """The control map's day in words."""
        return date_text(self.lang, self.edition.as_of)

    def clause(self, clause_id: str | None) -> Mapping[str, Any] | None:
        """A clause of the proposal by its id; None for a point and for none."""
        return next((clause for clause in self.proposal.clauses if clause["id"] == clause_id), None)

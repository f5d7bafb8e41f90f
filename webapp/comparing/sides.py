"""The sides of a comparison as URLs and commands write them: PROPOSAL, PROPOSAL@DATE, PROPOSAL@DATE@CONTROL."""

from collections.abc import Mapping
from dataclasses import replace

from layers.catalogue.model import Catalogue
from layers.errors import UnknownError
from webapp.context import Context, View, open_view
from webapp.site import CONTROL

WRITTEN = "PROPOSAL@DATE"


def open_side(context: Context, words: str) -> View:
    """Return a side of a comparison as a view, which has its proposal, date and control map.

    Parameters
    ----------
    context
        Site, language, and the control map of sides that name none.
    words
        A proposal, with its own date; with ``@`` and a date, or ``latest``; with a second ``@`` and a control map.

    Raises
    ------
    UnknownError, DateError, BuildError
        If the proposal, the date or the control map does not exist, or was not built.
    """
    proposal_id, day, control = (part.strip() for part in f"{words}@@".split("@", 2))
    named = control.rstrip("@")
    chosen = replace(context, catalogue=_control(context.site.catalogues, named), control=named) if named else context
    held = replace(chosen, catalogue=chosen.catalogue.holding(proposal_id))
    return open_view(held, proposal_id, day or None)


def side_words(view: View) -> str:
    """Return a side as URLs write it, with its date and, where the reader named one, its control map."""
    return "@".join([view.proposal.id, view.asked, *([view.control] if view.control else [])])


def _control(known: Mapping[str, Catalogue], name: str) -> Catalogue:
    if name not in known:
        raise UnknownError(CONTROL, name, tuple(known))
    return known[name]

"""The page of all proposals: those that are drawn, and those that cannot be, in order of date."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from layers.catalogue.entries import UndrawnEntry
from layers.catalogue.model import Catalogue, Proposal
from layers.text.languages import Language
from webapp.context import Context, own_view
from webapp.pages.base import Choice, render
from webapp.pages.filters import Traits, filters, fits_choice
from webapp.pages.home import traits_of
from webapp.sharing.cards import share_home
from webapp.text.headlines import view_headline
from webapp.text.interface import date_text, month_text, text
from webapp.text.sources import known_through

PATH = "/proposals"
LINKED = ("map", "areas", "points")


@dataclass(frozen=True)
class ListedProposal:
    """A proposal of the list in one language; ``links`` leads to its pages, ``note`` says on which date it is drawn."""

    id: str
    when: str
    date: str
    title: str
    by: str
    words: str
    sources: Markup
    headline: str = ""
    status: str = ""
    note: str = ""
    links: tuple[Choice, ...] = ()


def proposals_page(context: Context, chosen: Mapping[str, str]) -> str:
    """Return the page of all proposals that are chosen, as by ``read_chosen``.

    Parameters
    ----------
    context
        Site, language and control map.
    chosen
        Chosen values by the name of the filter, as ``read_chosen`` returns them.
    """
    lang, catalogue = context.lang, context.catalogue
    proposals = sorted(catalogue.proposals.values(), key=lambda proposal: (proposal.date, proposal.id))
    return render(
        "proposals.html",
        context,
        path=PATH,
        query=context.query(**chosen),
        shared=share_home(context, PATH),
        drawn=[_drawn(proposal, context) for proposal in proposals if fits_choice(traits_of(proposal), chosen)],
        undrawn=[_undrawn(entry, lang) for entry in catalogue.undrawn if fits_choice(_undrawn_traits(entry), chosen)],
        filters=filters(lang, all_traits(catalogue), chosen),
        control=context.control,
    )


def all_traits(catalogue: Catalogue) -> tuple[Traits, ...]:
    """What the proposals of the list are found by."""
    return (*map(traits_of, catalogue.proposals.values()), *map(_undrawn_traits, catalogue.undrawn))


def _undrawn_traits(entry: UndrawnEntry) -> Traits:
    return Traits(entry.by, "", entry.when[:4])


def _drawn(proposal: Proposal, context: Context) -> ListedProposal:
    lang, texts = context.lang, proposal.texts
    pages = [Choice(context.address(f"/{lang}/{tab}/{proposal.id}"), text(lang, f"nav.{tab}")) for tab in LINKED]
    return ListedProposal(
        id=proposal.id,
        when=proposal.date,
        date=date_text(lang, proposal.date),
        title=texts["title"][lang.tag],
        headline=view_headline(own_view(context, proposal)).text,
        by=text(lang, "statement.by", by=texts["put_forward_by"][lang.tag]),
        words=texts["summary"][lang.tag],
        sources=known_through(lang, proposal.sources),
        status=text(lang, f"status.{proposal.status}"),
        note=_note(proposal, lang),
        links=tuple(pages),
    )


def _note(proposal: Proposal, lang: Language) -> str:
    """The date on which a proposal older than the control maps is drawn; empty for any other."""
    first = proposal.control_dates[0]
    return "" if proposal.date >= first else text(lang, "proposals.later", date=date_text(lang, first))


def _undrawn(entry: UndrawnEntry, lang: Language) -> ListedProposal:
    texts: Mapping[str, str] = {name: words[lang.tag] for name, words in entry.texts.items()}
    return ListedProposal(
        id=entry.id,
        when=entry.when,
        date=date_text(lang, entry.when) if entry.is_day else month_text(lang, entry.when),
        title=texts["title"],
        by=text(lang, "statement.by", by=texts["put_forward_by"]),
        words=texts["reason"],
        sources=known_through(lang, entry.sources),
    )

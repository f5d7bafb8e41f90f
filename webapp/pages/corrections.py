"""The page of corrections: what changed in figures that were published, when and why."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from layers.catalogue.model import Proposal
from layers.corrections.model import Change, Correction
from webapp.context import Context, own_view
from webapp.pages.base import Choice, render
from webapp.sharing.cards import share_home
from webapp.sharing.feed import FEED, LIST, PATH
from webapp.text.interface import date_text, number_text, property_text, text


@dataclass(frozen=True)
class ChangedZone:
    """A zone on a date, with its area before and after; a dash where there is none."""

    zone: str
    date: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedProposal:
    """A proposal that a correction concerns: a link, and its zones that changed."""

    link: Choice
    zones: tuple[ChangedZone, ...]


@dataclass(frozen=True)
class ShownCorrection:
    """A correction in one language; ``tag`` and ``title_tag`` are the languages of its text and title."""

    id: str
    when: str
    date: str
    title: str
    title_tag: str
    text: str
    tag: str
    replaces: str
    proposals: tuple[ChangedProposal, ...]


def corrections_page(context: Context) -> str:
    """Return the page of all corrections, the latest first.

    Parameters
    ----------
    context
        Site, language and control map.
    """
    return render(
        "corrections.html",
        context,
        path=PATH,
        shared=share_home(context, PATH),
        corrections=[_shown(context, one) for one in context.site.corrections],
        feed=context.address(FEED.format(lang=context.lang)),
        listed=context.address(LIST.format(lang=context.lang)),
    )


def _shown(context: Context, correction: Correction) -> ShownCorrection:
    day = correction.date.isoformat()
    title, title_tag = correction.words("title", context.lang)
    words, tag = correction.words("text", context.lang)
    proposals = tuple(_changed(context, correction, name) for name in correction.concerned)
    return ShownCorrection(
        correction.id, day, date_text(context.lang, day), title, title_tag, words, tag, correction.replaces, proposals
    )


def _changed(context: Context, correction: Correction, proposal_id: str) -> ChangedProposal:
    proposal = context.catalogue.proposals.get(proposal_id)
    changes = [change for change in correction.changes if change.proposal == proposal_id]
    dates = {change.as_of.isoformat() for change in changes}
    names = dict(_zone_names(context, proposal, dates)) if proposal else {}
    zones = (_zone(context, change, names) for change in changes)
    return ChangedProposal(_link(context, proposal_id, proposal), tuple(zones))


def _link(context: Context, proposal_id: str, proposal: Proposal | None) -> Choice:
    """The page of a proposal's areas; its id alone where the control map has no such proposal."""
    if proposal is None:
        return Choice("", proposal_id)
    return Choice(context.address(f"/{context.lang}/areas/{proposal_id}"), proposal.texts["title"][context.lang.tag])


def _zone_names(context: Context, proposal: Proposal, dates: Collection[str]) -> Iterator[tuple[str, str]]:
    """The names of a proposal's zones by their ids, as its editions have them that were built: its own and of dates."""
    own = own_view(context, proposal)
    for as_of in sorted({own.edition.as_of, *dates} & proposal.editions.keys()):
        for zone in own.catalogue.areas(proposal.editions[as_of]):
            yield zone["id"], property_text(context.lang, zone, "name")


def _zone(context: Context, change: Change, names: Mapping[str, str]) -> ChangedZone:
    lang = context.lang
    areas = (
        text(lang, "format.none") if area is None else number_text(lang, area, 1)
        for area in (change.before_km2, change.after_km2)
    )
    day = change.as_of.isoformat()
    return ChangedZone(names.get(change.zone, change.zone), date_text(lang, day), *areas)

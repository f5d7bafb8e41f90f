"""Headlines: what a proposal would do with territory on a date, with its figures, in one language.

They come from the ``outcomes`` of the proposal: the first whose figures all exist is the headline. A figure is the
area of several zones together; it exists if they all do, of a template such as ``withdrawal-{oblast}`` at least one.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from layers.catalogue.model import Proposal
from layers.proposal.outcomes import placeholders
from layers.text.languages import Language
from layers.zone_ids import fits
from layers.zone_properties import ZoneProperties
from webapp.context import View
from webapp.text.interface import about_text, area_text, property_text, text
from webapp.text.totals import Total, total


@dataclass(frozen=True)
class Headline:
    """A headline in full and short, its figures in their order, and the ids of the zones behind them."""

    text: str
    short: str
    figures: tuple[Total, ...] = ()
    zones: tuple[str, ...] = ()


def headline_of(
    lang: Language, proposal: Proposal, zones: Sequence[ZoneProperties], chosen: Collection[str] | None = None
) -> Headline:
    """Return the headline of a date.

    Parameters
    ----------
    lang
        Language of the text.
    proposal
        A proposal of the catalogue.
    zones
        Properties of all zones of the edition.
    chosen
        Ids of the zones that are shown; None for all. A headline has no figure of which a part is not shown: a single
        zone that no outcome covers has its name and area, else the proposal's text without figures is used.
    """
    shown = [zone for zone in zones if chosen is None or zone["id"] in chosen]
    for headline in headlines(lang, proposal, zones):
        if chosen is None or (headline.figures and set(headline.zones) <= set(chosen)):
            return headline
    return _of_one_zone(lang, proposal, shown) or _plain(lang, proposal)


def headlines(lang: Language, proposal: Proposal, zones: Sequence[ZoneProperties]) -> tuple[Headline, ...]:
    """Return all headlines that are true on a date, the fullest first; the last one has no figures.

    Parameters
    ----------
    lang
        Language of the text.
    proposal
        A proposal of the catalogue.
    zones
        Properties of the edition's zones.
    """
    return (*_with_figures(lang, proposal, zones), _plain(lang, proposal))


def view_headline(view: View) -> Headline:
    """Return the headline of a page."""
    return headline_of(view.lang, view.proposal, view.catalogue.areas(view.edition))


def sure_text(view: View, headline: Headline) -> str:
    """Return the sentence on how sure the figures of a headline are, with their intervals.

    If none of them has an interval, it is that of all Russian-held territory.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    headline
        Headline with its figures.
    """
    lang, held = view.lang, view.edition.held
    if view.catalogue.control.maps == 1:
        return text(lang, "headline.sure_one")
    figures = [area_text(lang, *_area(figure)) for figure in headline.figures if figure.low_km2 is not None]
    all_held = area_text(lang, held.area_km2, held.area_low_km2, held.area_high_km2)
    ranges = figures or [text(lang, "format.colon").join((text(lang, "said.held"), all_held))]
    return text(lang, "headline.sure", ranges=text(lang, "format.clauses").join(ranges))


def _with_figures(lang: Language, proposal: Proposal, zones: Sequence[ZoneProperties]) -> Iterator[Headline]:
    for outcome in proposal.outcomes:
        words = outcome.text[lang.tag]
        short = outcome.short[lang.tag] if outcome.short else words
        found = {name: _zones_of(proposal.figures[name], zones) for name in placeholders(words + short)}
        if not all(found.values()):
            continue
        totals = {name: total(behind) for name, behind in found.items()}
        filled = {name: about_text(lang, *_area(figure)) for name, figure in totals.items()}
        ids = (zone["id"] for behind in found.values() for zone in behind)
        yield Headline(
            _tied(words.format(**filled)),
            _tied(short.format(**filled)),
            tuple(totals.values()),
            tuple(dict.fromkeys(ids)),
        )


def _zones_of(listed: Sequence[str], zones: Sequence[ZoneProperties]) -> list[ZoneProperties]:
    """The zones behind a figure; none if one of those listed does not exist."""
    sized = [zone for zone in zones if zone["area_km2"]]
    found = [[zone for zone in sized if fits(zone["id"], one)] for one in listed]
    return [zone for several in found for zone in several] if all(found) else []


def _of_one_zone(lang: Language, proposal: Proposal, shown: Sequence[ZoneProperties]) -> Headline | None:
    """The name and the area of the only zone that divides the territory among those shown, if there is only one."""
    dividing = [zone for zone in shown if zone["partition"] and zone["area_km2"]]
    if len(dividing) != 1:
        return None
    zone, area = dividing[0], total(dividing)
    name = property_text(lang, zone, "name")
    words = _tied(text(lang, "headline.zone", name=name, area=about_text(lang, *_area(area))))
    return Headline(words, words, (area,), (zone["id"],))


def _plain(lang: Language, proposal: Proposal) -> Headline:
    words = proposal.texts["headline"][lang.tag]
    return Headline(words, words)


def _tied(words: str) -> str:
    """Words in which no line breaks between a number and its unit."""
    return words.replace(" km", "\u00a0km").replace(" км", "\u00a0км")


def _area(figure: Total) -> tuple[float, float | None, float | None]:
    return figure.area_km2, figure.low_km2, figure.high_km2

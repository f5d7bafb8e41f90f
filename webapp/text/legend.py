"""The words of legends, the same on pages, in frames and in images."""

from collections.abc import Sequence

from layers.catalogue.entries import ClauseEntry
from layers.catalogue.model import Proposal
from layers.text.languages import Language
from webapp.style.legend import KeyEntry, LegendEntry
from webapp.text.interface import date_text, kind_text, property_text, text
from webapp.text.totals import Total, total
from webapp.text.zone_labels import zone_label
from webapp.typography.line_choices import SEGMENT


def legend_label(
    lang: Language, clauses: Sequence[ClauseEntry], date: str, entry: LegendEntry, contested: str = ""
) -> str:
    """What an entry of a legend is called: in the clause's own words where they are for it, else by kind or name.

    ``date`` is that of the control map in words; ``contested`` what contested territory is called, where that is not
    that several maps disagree.

    Parameters
    ----------
    lang
        Language of the words.
    clauses
        Clauses of the proposal.
    date
        Date of the control map in words.
    entry
        The entry.
    contested
        What contested territory is called, where that is not that several maps disagree.
    """
    kind, first = entry.kind, entry.zones[0]
    if kind.is_line_of_contact:
        return text(lang, "legend.line", date=date)
    if kind.by_name or kind.nested or not entry.is_settled:
        return property_text(lang, first, "name")
    if kind.is_contested and contested:
        return contested
    if entry.is_main and not kind.minor:
        return next((one.label[lang.tag] for one in clauses if one.id == entry.clause), kind_text(lang, first))
    return kind_text(lang, first)


def key_label(lang: Language, proposal: Proposal, entry: KeyEntry, date: str, contested: str = "") -> str:
    """What an entry of a key is called, in the words that the map has for its zones; the date in words.

    Parameters
    ----------
    lang
        Language of the words.
    proposal
        The proposal.
    entry
        The entry.
    date
        Date of the control map in words.
    contested
        What contested territory is called, where that is not that several maps disagree.
    """
    if entry.kind.is_line_of_contact:
        return text(lang, "legend.line", date=date)
    if entry.kind.is_contested and contested:
        return contested
    labels = {zone_label(lang, proposal, zone).replace(SEGMENT, "") for zone in entry.zones}
    return labels.pop() if len(labels) == 1 and "" not in labels else kind_text(lang, entry.zones[0])


def short_date(lang: Language, day: str) -> str:
    """A date as short as the language writes it, for what has little room.

    Parameters
    ----------
    lang
        Language of the words.
    day
        ISO date.
    """
    return date_text(lang, day, text(lang, "timeline.day"))


def key_total(entry: KeyEntry) -> Total | None:
    """The area of an entry's zones together; of bands that lie in one another, that of the widest.

    None where they have no area, or one that is not settled.
    """
    sized = [zone for zone in entry.zones if zone["area_km2"]]
    settled = all((variant := entry.kind.variant(zone)) is None or variant.settled for zone in sized)
    if not sized or not settled:
        return None
    return total([max(sized, key=lambda zone: zone["area_km2"] or 0.0)] if entry.kind.nested else sized)

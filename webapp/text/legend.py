"""Texts of legends, the same on pages, in frames and in images."""

from collections.abc import Sequence

from layers.catalogue.entries import ClauseEntry
from layers.catalogue.model import Proposal
from layers.text.languages import Language
from webapp.style.legend import KeyEntry, LegendEntry
from webapp.text.interface import date_text, has_text, kind_text, property_text, text
from webapp.text.recognition import brief_recognition
from webapp.text.totals import Total, total
from webapp.text.zone_labels import zone_label
from webapp.typography.line_choices import SEGMENT


def legend_label(
    lang: Language, clauses: Sequence[ClauseEntry], date: str, entry: LegendEntry, contested: str = ""
) -> str:
    """Return the text of a legend's entry: the clause's own if it is about it, else that of kind or zone.

    Parameters
    ----------
    lang
        Language of the text.
    clauses
        Clauses of the proposal.
    date
        Date of the control map, in words.
    entry
        The entry.
    contested
        Name of contested territory if a single map defines it; empty for that of several maps.
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
    """Return the text of a key's entry, in the wording of the labels on the map.

    Zones of a variant that looks like the rest, such as recognition de jure, go by the words of the rest.

    Parameters
    ----------
    lang
        Language of the text.
    proposal
        A proposal of the catalogue.
    entry
        The entry.
    date
        Date of the control map, in words.
    contested
        Name of contested territory if a single map defines it; empty for that of several maps.
    """
    if entry.kind.is_line_of_contact:
        return text(lang, "legend.line", date=date)
    if entry.kind.is_contested and contested:
        return contested
    plain = [zone for zone in entry.zones if entry.kind.variant(zone) is None] or entry.zones
    labels = {zone_label(lang, proposal, zone).replace(SEGMENT, "") for zone in plain}
    return labels.pop() if len(labels) == 1 and "" not in labels else kind_text(lang, plain[0])


def key_meaning(lang: Language, proposal: Proposal, entry: KeyEntry) -> str:
    """Return what the term in a key's entry would mean for its zones, in a few words.

    Of recognition, how and by whom. Empty for terms that say it themselves, and for zones that a clause calls in its
    own words.

    Parameters
    ----------
    lang
        Language of the text.
    proposal
        A proposal of the catalogue.
    entry
        The entry.
    """
    if entry.kind.recognises:
        return brief_recognition(lang, entry.zones)
    own_words = {clause.id for clause in proposal.clauses if clause.on_map}
    key = f"key.{entry.key}_{entry.zones[0]['held_by']}".replace("-", "_")
    alike = len({zone["held_by"] for zone in entry.zones}) == 1
    is_plain = alike and own_words.isdisjoint(zone["clause"] or "" for zone in entry.zones)
    return text(lang, key) if is_plain and has_text(lang, key) else ""


def short_date(lang: Language, day: str) -> str:
    """Return a date as short as the language writes it.

    Parameters
    ----------
    lang
        Language of the text.
    day
        ISO date.
    """
    return date_text(lang, day, text(lang, "timeline.day"))


def key_total(entry: KeyEntry) -> Total | None:
    """Return the area of an entry's zones together; of bands that lie in one another, that of the widest.

    None where they have no area, or one that is not settled.
    """
    sized = [zone for zone in entry.zones if zone["area_km2"]]
    settled = all((variant := entry.kind.variant(zone)) is None or variant.settled for zone in sized)
    if not sized or not settled:
        return None
    return total([max(sized, key=lambda zone: zone["area_km2"] or 0.0)] if entry.kind.nested else sized)

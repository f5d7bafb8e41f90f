"""Texts of zones' labels on maps and images: what each zone would become, in one language."""

from layers.catalogue.model import Proposal
from layers.kinds.table import kind_of
from layers.text.languages import Language
from layers.zone_properties import ZoneProperties
from webapp.text.interface import has_text, text
from webapp.typography.line_breaking import typographic
from webapp.typography.line_choices import SEGMENT


def zone_label(lang: Language, proposal: Proposal, zone: ZoneProperties) -> str:
    """Return the text of a zone's label: its clause's own for the map, else that of its kind.

    Chinese text has the character ``SEGMENT`` where a line may end.

    Parameters
    ----------
    lang
        Language of the text.
    proposal
        A proposal of the catalogue.
    zone
        Properties of the zone.

    Returns
    -------
    Text; empty for a zone that no clause covers, and for kinds that maps do not label.
    """
    kind = kind_of(zone)
    if not zone["clause"] or not kind.divides or not kind.labelled:
        return ""
    clause = next((one for one in proposal.clauses if one.id == zone["clause"]), None)
    if clause and clause.on_map:
        return set_label(clause.on_map[lang.tag], lang)
    variant = kind.variant(zone)
    keys = (f"map.zone_{key.replace('-', '_')}" for key in (variant.key if variant else "", kind.key))
    return next((set_label(text(lang, key), lang) for key in keys if has_text(lang, key)), "")


def set_label(words: str, lang: Language) -> str:
    """Return a label as print sets it, each segment for itself.

    Parameters
    ----------
    words
        Text of the label, with ``SEGMENT`` in Chinese.
    lang
        Language of the text.
    """
    return SEGMENT.join(typographic(part, lang) for part in words.split(SEGMENT))

"""What other outlines of the oblasts would change in the zones of a proposal, oblast by oblast."""

from collections.abc import Iterator
from dataclasses import dataclass

from layers.zone_properties import ZoneProperties
from webapp.context import View
from webapp.text.interface import date_text, difference_text, property_text, read_area, region_text


@dataclass(frozen=True)
class OutlineRow:
    """A zone in an oblast: its area on the embedded and on the other outlines, in figures of one language."""

    oblast: str
    zone: str
    embedded: str
    other: str
    difference: str


@dataclass(frozen=True)
class Outlines:
    """The table, with the date of its control map as text."""

    day: str
    rows: tuple[OutlineRow, ...]


def read_outlines(view: View) -> Outlines | None:
    """Return the zones that divide the territory, on both sets of boundaries; None if nothing was computed."""
    effects = view.proposal.outline_effect
    if not effects or effects[0].as_of not in view.proposal.dates:
        return None
    edition = view.proposal.edition_on(effects[0].as_of)
    rows = tuple(_rows(view, {zone["id"]: zone for zone in view.catalogue.areas(edition)}))
    return Outlines(date_text(view.lang, edition.as_of), rows)


def _rows(view: View, zones: dict[str, ZoneProperties]) -> Iterator[OutlineRow]:
    lang = view.lang
    for effect in view.proposal.outline_effect:
        zone = zones.get(effect.zone)
        if zone is None or not zone["partition"]:
            continue
        embedded, other = effect.embedded_km2, effect.other_km2
        yield OutlineRow(
            oblast=region_text(lang, effect.oblast, effect.oblast_name[lang.tag]),
            zone=property_text(lang, zone, "name"),
            embedded=read_area(lang, embedded).area,
            other=read_area(lang, other).area,
            difference=difference_text(lang, other - embedded, embedded),
        )

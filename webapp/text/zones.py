"""Zones for pages: every figure, name and status as text in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from layers.kinds.style import Style
from layers.kinds.table import kind_of
from layers.products.registry import ZONE_LAYER
from layers.text.languages import Language
from layers.zone_properties import ZoneProperties
from webapp.context import View
from webapp.style.legend import main_looks
from webapp.style.light import style_key, zone_styles
from webapp.text.control_maps import contested_text
from webapp.text.interface import (
    about_text,
    area_text,
    date_text,
    interval_text,
    kind_text,
    length_number,
    length_text,
    number_text,
    percent_text,
    property_text,
    read_area,
    text,
    zone_sentence,
)
from webapp.text.recognition import recognition_text
from webapp.text.totals import total


@dataclass(frozen=True)
class TownWords:
    """A town of a zone: its name, its population in figures, and a note on its position."""

    name: str
    population: str
    mark: str


@dataclass(frozen=True)
class ZoneWords:
    """A zone in one language. Texts that do not apply are empty; the properties are those of its feature."""

    properties: ZoneProperties
    id: str
    kind: str
    clause: str | None
    style: Style
    legend: str
    name: str
    label: str
    heading: str
    also: str
    about: str
    measure: str
    area: str
    interval: str
    length: str
    water: str
    beds: str
    oblast_share: str
    official_share: str
    ukraine_share: str
    holder: str
    held: str
    legal: str
    proposed: str
    says: str
    differs: str
    open: str
    layer_url: str
    images_url: str
    view_url: str
    towns: tuple[TownWords, ...] = ()

    @property
    def partition(self) -> bool:
        """Whether it is of those that divide the territory among them."""
        return bool(self.properties["partition"])


def read_zones(view: View) -> tuple[ZoneWords, ...]:
    """All zones of an edition, in the order of the proposal."""
    areas = view.catalogue.areas(view.edition)
    main = main_looks(areas)
    styles, towns = zone_styles(areas), read_towns(view)
    return tuple(
        replace(
            _zone(view, properties, main, styles[properties["id"]]),
            towns=towns.get(properties["id"], ()),
        )
        for properties in areas
    )


def read_towns(view: View) -> dict[str, tuple[TownWords, ...]]:
    """The towns of each zone of an edition, the largest first."""
    lang = view.lang
    contested = contested_text(lang, view.catalogue, "zone.town_contested")
    marks = {"contested": contested, "near": text(lang, "zone.town_near")}
    return {
        zone: tuple(
            TownWords(
                town.names[lang.tag],
                number_text(lang, town.population),
                text(lang, "format.comma").join(words for mark, words in marks.items() if getattr(town, mark)),
            )
            for town in towns
        )
        for zone, towns in view.catalogue.towns(view.edition).items()
    }


def as_of_text(view: View) -> str:
    """Return the date of the control map as text."""
    return date_text(view.lang, view.edition.as_of)


def clause_heading(view: View, clause_id: str | None) -> str:
    """Return the heading of a clause: Clause 21d, Point 19, or that of territory that no clause covers.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    clause_id
        Id of the clause; None for territory that no clause covers.
    """
    if clause_id is None:
        return text(view.lang, "legend.elsewhere")
    if view.clause(clause_id):
        return text(view.lang, "legend.clause", id=clause_id)
    return text(view.lang, "legend.point", number=clause_id)


def kind_label(view: View, zone: ZoneProperties, main: bool) -> str:
    """Return the text of a kind in a legend: the clause's own for its main kind, else that of the kind.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    zone
        Properties of a zone of the kind.
    main
        Whether it is the clause's main kind.
    """
    clause = view.clause(zone["clause"])
    if clause and main:
        return clause.label[view.lang.tag]
    kind = kind_of(zone)
    if kind.is_line_of_contact:
        return text(view.lang, "legend.line", date=as_of_text(view))
    if kind.is_contested:
        return contested_text(view.lang, view.catalogue, "kind.contested")
    return kind_text(view.lang, zone)


def sum_about(lang: Language, zones: Sequence[ZoneWords]) -> str:
    """Return the area of zones together with its interval; empty if none has an area.

    Parameters
    ----------
    lang
        Language of the text.
    zones
        The edition's zones with their texts.
    """
    sized = [zone.properties for zone in zones if zone.area]
    if not sized:
        return ""
    summed = total(sized)
    return area_text(lang, summed.area_km2, summed.low_km2, summed.high_km2)


def _zone(view: View, properties: ZoneProperties, looks: Mapping[str | None, str], style: Style) -> ZoneWords:
    lang, clause = view.lang, properties["clause"]
    name = property_text(lang, properties, "name")
    heading = clause_heading(view, clause)
    about, measure = _measures(view, properties)
    holder = _holder(view, properties["held_by"])
    area, low, high = (properties[key] for key in ("area_km2", "area_low_km2", "area_high_km2"))
    main = looks[clause] == style_key(properties)
    return ZoneWords(
        properties=properties,
        id=properties["id"],
        kind=properties["kind"],
        clause=clause,
        style=style,
        legend=kind_label(view, properties, main),
        name=name,
        label=text(lang, "format.comma").join(part for part in (name, heading, about) if part),
        heading=heading,
        also=_also(lang, properties["also_clauses"]),
        about=about,
        measure=measure,
        area="" if area is None else read_area(lang, area, low, high).area,
        interval="" if area is None else interval_text(lang, area, low, high),
        length="" if properties["length_km"] is None else length_number(lang, properties["length_km"]),
        water=read_area(lang, properties["inland_water_km2"]).area if properties["inland_water_km2"] else "",
        beds=read_area(lang, properties["drained_bed_km2"]).area if properties["drained_bed_km2"] else "",
        oblast_share=percent_text(lang, properties["share_of_oblast_pct"]),
        official_share=percent_text(lang, properties["share_of_oblast_official_pct"]),
        ukraine_share=percent_text(lang, properties["share_of_ukraine_pct"]),
        holder=holder,
        held=text(lang, "held.on", held=holder, date=as_of_text(view)) if holder else "",
        legal=text(lang, f"legal.{properties['legal_status']}") if properties["legal_status"] else "",
        proposed=_proposed(view, properties, main),
        says=property_text(lang, properties, "says"),
        differs=_differs(view, clause),
        open=property_text(lang, properties, "open"),
        layer_url=view.address(_layer_path(view, properties["id"])),
        images_url=_page_url(view, "images", **_pictured(properties)),
        view_url=_page_url(view, "map", zone=properties["id"]),
    )


def _layer_path(view: View, zone_id: str) -> str:
    return ZONE_LAYER.url.format(proposal=view.proposal.id, date=view.asked, zone=zone_id)


def _pictured(properties: ZoneProperties) -> dict[str, str]:
    """The options of an image that shows a zone on its own ground; none for what no image shows in full."""
    if not kind_of(properties).in_images:
        return {}
    return {"zones": properties["id"], "extent": properties["id"]}


def _page_url(view: View, page: str, **query: str) -> str:
    """The URL of another page of the proposal on the same date."""
    return view.address(f"/{view.lang}/{page}/{view.proposal.id}", as_of=view.asked, **query)


def _holder(view: View, held_by: str | None) -> str:
    if held_by == "contested":
        return contested_text(view.lang, view.catalogue, "held.contested")
    return text(view.lang, f"held.{held_by}") if held_by else ""


def _measures(view: View, properties: ZoneProperties) -> tuple[str, str]:
    """The area or length in short, and as the sentence that is ready for print."""
    lang = view.lang
    area, low, high = (properties[key] for key in ("area_km2", "area_low_km2", "area_high_km2"))
    if area is not None:
        return about_text(lang, area, low, high), zone_sentence(lang, properties, view.catalogue.control.maps)
    if properties["length_km"] is not None:
        about = length_text(lang, properties["length_km"])
        return about, about
    return "", ""


def _proposed(view: View, properties: ZoneProperties, main: bool) -> str:
    """The status under the proposal: what the clause makes of the ground, and who would recognise it."""
    if not kind_of(properties).divides:
        return ""
    label = kind_label(view, properties, main) if main else ""
    parts = [part for part in (label, recognition_text(view.lang, properties)) if part]
    return text(view.lang, "format.joined").join(parts)


def _also(lang: Language, also_clauses: str | None) -> str:
    if not also_clauses:
        return ""
    clauses = text(lang, "format.list").join(also_clauses.split(","))
    return text(lang, "zone.also", clauses=clauses)


def _differs(view: View, clause_id: str | None) -> str:
    clause = view.clause(clause_id)
    return clause.differs[view.lang.tag] if clause and clause.differs else ""

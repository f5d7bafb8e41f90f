"""What the legend says: three groups that are never mixed, proposed status, control, and legal status."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from layers.catalogue.model import Edition, Proposal
from layers.zones.kinds import CONTROL_KINDS
from webapp.style.light import CONTEXT, KINDS, Style, style_key, zone_style, zone_styles
from webapp.text.interface import date_text, kind_text, property_text, short_text, text
from webapp.text.totals import Total, total
from webapp.text.zones import is_line_elsewhere, main_looks
from webapp.typography.line_breaking import typographic

Properties = Mapping[str, Any]
Sample = Literal["area", "line", "place"]

MINOR_KINDS = frozenset({"unheld", "held", "contested"})
SEPARATE_KINDS = frozenset({"pullback"})
HELD_KINDS = CONTROL_KINDS | {"held"}  # what says who holds something and not what would become of it
UNMEASURED = frozenset({"economic-over"})  # an area within which a zone could be, its extent not settled
WITHOUT_AREA = frozenset({"line", "site", "river", "country"})


@dataclass(frozen=True)
class LegendRow:
    """A row of the legend: sample, text and, for areas, the size."""

    key: str
    style: Style
    sample: Sample
    label: str
    figure: str = ""
    area_km2: float | None = None
    minor: bool = False
    faded: bool = False


@dataclass(frozen=True)
class LegendGroup:
    """Rows under a heading."""

    key: str
    heading: str
    rows: tuple[LegendRow, ...]


@dataclass(frozen=True)
class _Context:
    """What rows are written from: all zones of an edition in one language."""

    proposal: Proposal
    edition: Edition
    zones: Sequence[Properties]
    lang: str


def legend(
    proposal: Proposal,
    edition: Edition,
    zones: Sequence[Properties],
    lang: str,
    contested: str = "",
    chosen: frozenset[str] | None = None,
) -> tuple[LegendGroup, ...]:
    """The legend of an edition from the properties of its zones, in the order of clauses.

    ``contested`` is what contested territory is called, where that is not that several maps disagree. Only the zones
    that are chosen have rows; one row stands for all others that are drawn.
    """
    shown = [zone for zone in zones if chosen is None or zone["id"] in chosen]
    border = LegendRow("border", CONTEXT["border"], "line", text(lang, "legend.border"))
    styles, context = zone_styles(zones), _Context(proposal, edition, zones, lang)
    control, proposed = (
        [_row(context, group, styles[group[0]["id"]]) for group in _grouped(shown, control=control)]
        for control in (True, False)
    )
    if contested:
        words = typographic(contested, lang)
        control = [replace(row, label=words) if row.key == "contested" else row for row in control]
    groups = (
        LegendGroup(
            "proposed", text(lang, "images.proposed"), (*proposed, *_places(shown, lang), *_others(zones, shown, lang))
        ),
        LegendGroup("control", text(lang, "images.control"), tuple(control)),
        LegendGroup("legal", text(lang, "zone.legal"), (border,)),
    )
    return tuple(group for group in groups if group.rows)


def without_figures(groups: Sequence[LegendGroup]) -> tuple[LegendGroup, ...]:
    """The same legend without areas."""
    return tuple(replace(one, rows=tuple(replace(row, figure="", area_km2=None) for row in one.rows)) for one in groups)


def figure_text(lang: str, sum_of: Total) -> str:
    """An area with its interval as the legend gives it: "about 5,980 km² (5,540–6,400)"."""
    return short_text(lang, sum_of.area_km2, sum_of.low_km2, sum_of.high_km2)


def _grouped(zones: Sequence[Properties], *, control: bool) -> list[list[Properties]]:
    """Zones by clause and kind; bands one by one.

    What is treated comes before what is left of an oblast, and lines of contact before areas that say who holds what.
    """
    groups: dict[tuple[Any, ...], list[Properties]] = {}
    for zone in zones:
        kind = zone["kind"]
        if (kind in HELD_KINDS) == control and kind not in {"site", "river", "country"}:
            own = zone["id"] if kind in SEPARATE_KINDS else ""
            last = kind != "line" if control else kind == "unheld"
            key = (last, zone["clause"] or "~", style_key(zone), own)
            groups.setdefault(key, []).append(zone)
    order = sorted(groups, key=lambda key: (*key[:2], list(groups).index(key)))
    return [groups[key] for key in order]


def _row(context: _Context, zones: list[Properties], style: Style) -> LegendRow:
    first = zones[0]
    kind, clause, lang = first["kind"], first["clause"], context.lang
    label = typographic(_label(context, first), lang)
    if kind in WITHOUT_AREA:
        return LegendRow(style.key, style, "line", label, minor=True)
    key = first["id"] if kind in SEPARATE_KINDS else "-".join(filter(None, (style_key(first), clause)))
    minor = kind in MINOR_KINDS
    if style_key(first) in UNMEASURED:
        return LegendRow(key, style, "area", label)
    summed = total(zones)
    return LegendRow(key, style, "area", label, figure_text(lang, summed), round(summed.area_km2, 1), minor)


def _label(context: _Context, zone: Properties) -> str:
    kind, clause, lang = zone["kind"], zone["clause"], context.lang
    if kind == "line":
        named = text(lang, "legend.line", date=date_text(lang, context.edition.as_of))
        return text(lang, "images.elsewhere") if is_line_elsewhere(zone, context.zones) else named
    is_main = main_looks(context.zones)[clause] == style_key(zone)
    own_name = kind in SEPARATE_KINDS or style_key(zone) in UNMEASURED
    label = property_text(lang, zone, "name") if own_name else kind_text(lang, zone)
    if is_main and not own_name and kind not in MINOR_KINDS:
        label = next((entry.label[lang] for entry in context.proposal.clauses if entry.id == clause), label)
    return text(lang, "images.labelled", label=label, clause=clause) if clause else label


def _others(zones: Sequence[Properties], shown: Sequence[Properties], lang: str) -> list[LegendRow]:
    """A row for the zones that are drawn pale, if there are any."""
    pale = [zone for zone in zones if zone["partition"] and zone not in shown]
    if not pale:
        return []
    style = zone_style(pale[0])
    return [LegendRow("others", style, "area", text(lang, "images.others"), minor=True, faded=True)]


def _places(zones: Sequence[Properties], lang: str) -> list[LegendRow]:
    """The places of each point in a row."""
    named: dict[str, list[str]] = {}
    for zone in zones:
        if zone["kind"] == "site":
            named.setdefault(zone["clause"] or "", []).append(property_text(lang, zone, "name"))
    rows = []
    for clause, names in named.items():
        listed = text(lang, "format.list").join(names)
        label = text(lang, "images.labelled", label=listed, clause=clause) if clause else listed
        rows.append(LegendRow(f"site-{clause}", KINDS["site"], "place", typographic(label, lang), minor=True))
    return rows

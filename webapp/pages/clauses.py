"""The legend, which is also the layer control: groups by clause, in them a row for each thing that looks alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from layers.kinds.style import Style
from layers.kinds.table import KINDS, kind_of
from layers.text.languages import Language
from layers.zone_properties import ZoneProperties
from webapp.context import View
from webapp.style.legend import MOST_KEYS, KeyEntry, LegendEntry, key_entries, legend_entries, remainder_entry
from webapp.style.light import CONTEXT, HELD_GROUND
from webapp.text.control_maps import contested_text
from webapp.text.interface import about_text, date_text, kind_text, property_text, text
from webapp.text.legend import key_label, key_meaning, key_total, legend_label, short_date
from webapp.text.zones import ZoneWords, clause_heading, sum_about
from webapp.typography.line_choices import SEGMENT

LEAST_TINT = 0.01  # of what Russia holds: less of it beside the zones is not seen


@dataclass(frozen=True)
class ZonesRow:
    """A style with what it stands for, the area together, and its zones."""

    key: str
    label: str
    style: Style
    measure: str
    zones: tuple[ZoneWords, ...]


@dataclass(frozen=True)
class ClauseGroup:
    """The rows of a clause or a point, what it says, and what is to be noted of how it is drawn.

    ``also`` are zones of other clauses that it covers, too; ``left_out`` says that no row counts them.
    """

    clause: str | None
    heading: str
    says: str
    note: str
    rows: tuple[ZonesRow, ...]
    also: tuple[ZoneWords, ...] = ()
    left_out: str = ""

    @property
    def lights(self) -> tuple[str, ...]:
        """The zones that are highlighted with it: its own, and those of other clauses that it covers."""
        return (*self.ids, *(zone.id for zone in self.also))

    @property
    def ids(self) -> tuple[str, ...]:
        """The zones of all rows."""
        return tuple(zone.id for row in self.rows for zone in row.zones)


@dataclass(frozen=True)
class UndrawnPoint:
    """A point that bears on the map and has no zone: what it says, and why nothing is drawn."""

    number: int
    text: str
    note: str


def read_legend(view: View, zones: Sequence[ZoneWords]) -> tuple[ClauseGroup, ...]:
    """Return the groups of a legend: clauses, then points that name an area, then no clause, then other points.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    zones
        The edition's zones with their texts.
    """
    clauses = [clause.id for clause in view.proposal.clauses]
    named = {zone.clause for zone in zones if zone.area}

    def place(clause: str | None) -> tuple[int, int]:
        if clause is None:
            return (2, 0)
        if clause in clauses:
            return (0, clauses.index(clause))
        return (1 if clause in named else 3, int(clause))

    found = dict.fromkeys(zone.clause for zone in zones)
    entries, by_id = legend_entries([zone.properties for zone in zones]), {zone.id: zone for zone in zones}
    return tuple(_group(view, clause, entries, by_id) for clause in sorted(found, key=place))


@dataclass(frozen=True)
class KeyRow:
    """An entry of the key in view with the map: its text, its area, and what zones it stands for, each with its own.

    ``folded``: it is seen only once zones are hidden. ``numbers`` are those of clauses that labels on the map have.
    ``means`` says in a few words what a term of the label would be for its zones.
    """

    key: str
    label: str
    style: Style
    figure: str
    zones: tuple[ZoneWords, ...]
    folded: bool = False
    numbers: str = ""
    means: str = ""


@dataclass(frozen=True)
class Key:
    """The key of a map: at most ``MOST_KEYS`` entries, and in a line below them the signs of everything else."""

    entries: tuple[KeyRow, ...]
    signs: tuple[KeyRow, ...]


def read_key(view: View, zones: Sequence[ZoneWords]) -> Key:
    """Return the key of a map, in the wording of its labels; its entries are those that images have.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    zones
        The edition's zones with their texts.
    """
    by_id = {zone.id: zone for zone in zones}
    listed = [zone.properties for zone in zones]
    is_seen = is_held_seen(view, listed)
    chosen, tint = key_entries(listed), [replace(_held(view), folded=not is_seen)]
    room = MOST_KEYS - is_seen
    rows = [_key_row(view, entry, by_id) for entry in chosen]
    left = remainder_entry(listed, listed, chosen)
    signs = (
        *(row for entry, row in zip(chosen[room:], rows[room:], strict=True) if not entry.kind.is_line_of_contact),
        *([] if is_seen else tint),
        *_line_of_contact(view.lang, chosen[:room], zones, "kind.line" if is_seen else "key.line"),
        *_sites(view, zones),
        *([_rest_row(view.lang, left, by_id)] if left else []),
    )
    return Key((*rows[:room], *(tint if is_seen else [])), signs)


def _rest_row(lang: Language, entry: KeyEntry, zones: Mapping[str, ZoneWords]) -> KeyRow:
    """The stripes of what a clause leaves to Ukraine, with the oblasts in which they are seen."""
    names = text(lang, "format.list").join(property_text(lang, zone, "oblast_name") for zone in entry.zones)
    if entry.kind.variant(entry.zones[0]):
        label = text(lang, "format.colon").join((kind_text(lang, entry.zones[0]), names))
    else:
        label = text(lang, "key.remainder", oblasts=names)
    return KeyRow("remainder", label, entry.style, "", tuple(zones[zone["id"]] for zone in entry.zones))


def _sites(view: View, zones: Sequence[ZoneWords]) -> list[KeyRow]:
    """The sites by name and why they are shown, those of a clause together: small maps have no room for their names."""
    alike: dict[tuple[Style, str | None], list[ZoneWords]] = {}
    for zone in zones:
        if kind_of(zone.properties).shape == "place":
            alike.setdefault((zone.style, zone.clause), []).append(zone)
    names = text(view.lang, "format.list")
    return [
        KeyRow(
            f"{mark.key}-{clause or 'none'}", names.join(zone.name for zone in sites), mark, "", tuple(sites),
            numbers=clause or "", means=_why_shown(view, clause),
        )
        for (mark, clause), sites in alike.items()
    ]  # fmt: skip


def _why_shown(view: View, clause_id: str | None) -> str:
    """What a clause or a point would do with its sites, in a few words; empty where its file does not say."""
    told = (view.clause(clause_id), *(point for point in view.proposal.points if str(point.number) == clause_id))
    return next((one.on_map[view.lang.tag].replace(SEGMENT, "") for one in told if one and one.on_map), "")


def _numbers(lang: Language, zones: Sequence[ZoneWords]) -> str:
    return text(lang, "format.list").join(dict.fromkeys(zone.clause for zone in zones if zone.clause))


def _line_of_contact(
    lang: Language, entries: Sequence[KeyEntry], zones: Sequence[ZoneWords], words: str
) -> list[KeyRow]:
    """The line by a text, where no entry is for it: readers must know what parts the two sides."""
    if any(entry.kind.is_line_of_contact for entry in entries):
        return []
    style = next(kind.style for kind in KINDS.values() if kind.is_line_of_contact)
    treated = [zone for zone in zones if kind_of(zone.properties).is_line_of_contact]
    return [KeyRow("line", text(lang, words), style, "", (), numbers=_numbers(lang, treated))]


def is_held_seen(view: View, zones: Sequence[ZoneProperties]) -> bool:
    """Return whether Russian-held territory is visible on the map beside the zones that lie on it.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    zones
        Properties of the edition's zones.
    """
    held_km2 = view.edition.held.area_km2
    divided = [zone for zone in zones if zone["partition"] and zone["held_by"] == "russia"]
    treated_km2 = sum(zone["area_km2"] or 0.0 for zone in divided if not kind_of(zone).shows_control)
    return held_km2 - treated_km2 > LEAST_TINT * held_km2


def _held(view: View) -> KeyRow:
    """The entry of what Russia held on that day, which is tinted below all zones."""
    label = text(view.lang, "key.held", date=short_date(view.lang, view.edition.as_of))
    return KeyRow(HELD_GROUND, label, CONTEXT[HELD_GROUND], "", ())


def _key_row(view: View, entry: KeyEntry, zones: Mapping[str, ZoneWords]) -> KeyRow:
    lang, together = view.lang, tuple(zones[zone["id"]] for zone in entry.zones)
    label = key_label(
        lang,
        view.proposal,
        entry,
        short_date(lang, view.edition.as_of),
        contested_text(lang, view.catalogue, "kind.contested"),
    )
    numbers, means = _numbers(lang, together), key_meaning(lang, view.proposal, entry)
    return KeyRow(entry.key, label, entry.style, _key_figure(lang, entry), together, numbers=numbers, means=means)


def _key_figure(lang: Language, entry: KeyEntry) -> str:
    """The area of an entry's zones together, or nothing."""
    summed = key_total(entry)
    return about_text(lang, summed.area_km2, summed.low_km2, summed.high_km2) if summed else ""


def read_undrawn(view: View, zones: Sequence[ZoneWords]) -> tuple[UndrawnPoint, ...]:
    """Return the points that have a note for the map and no zone on it.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    zones
        The edition's zones with their texts.
    """
    lang = view.lang
    points_of: dict[str | None, int] = {clause.id: clause.point for clause in view.proposal.clauses}
    drawn = {str(points_of.get(zone.clause) or zone.clause) for zone in zones}
    return tuple(
        UndrawnPoint(point.number, point.text[lang.tag], point.note[lang.tag])
        for point in view.proposal.points
        if point.note and str(point.number) not in drawn
    )


def _said(view: View, clause_id: str | None) -> tuple[str, str]:
    """What a clause or a point says, and its note; both empty for territory that no clause covers."""
    clause, lang = view.clause(clause_id), view.lang
    if clause:
        return clause.says[lang.tag], ""
    for point in view.proposal.points:
        if str(point.number) == clause_id:
            return point.text[lang.tag], point.note[lang.tag] if point.note else ""
    return "", ""


def _group(
    view: View, clause: str | None, entries: Sequence[LegendEntry], zones: Mapping[str, ZoneWords]
) -> ClauseGroup:
    rows = tuple(_row(view, entry, zones) for entry in entries if entry.clause == clause)
    also = tuple(zone for zone in zones.values() if clause and clause in _further_clauses(zone))
    return ClauseGroup(
        clause, clause_heading(view, clause), *_said(view, clause), rows, also, _left_out(view.lang, also)
    )


def _further_clauses(zone: ZoneWords) -> list[str]:
    return (zone.properties["also_clauses"] or "").split(",")


def _left_out(lang: Language, also: Sequence[ZoneWords]) -> str:
    """A sentence on zones that a clause covers though they are counted under another; empty where there are none."""
    if not also:
        return ""
    return text(lang, "legend.left_out", zones=text(lang, "format.list").join(zone.label for zone in also))


def _row(view: View, entry: LegendEntry, zones: Mapping[str, ZoneWords]) -> ZonesRow:
    together = tuple(zones[zone["id"]] for zone in entry.zones)
    first = together[0]
    contested = contested_text(view.lang, view.catalogue, "kind.contested")
    as_of = date_text(view.lang, view.edition.as_of)
    label = legend_label(view.lang, view.proposal.clauses, as_of, entry, contested)
    measure = sum_about(view.lang, together) or first.about
    return ZonesRow(f"{entry.clause or 'none'}-{entry.key}", label, entry.style, measure, together)

"""What the legend says: three groups that are never mixed, proposed status, control, and legal status."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from layers.catalogue.model import Proposal
from layers.kinds.kind import Drawn
from layers.kinds.style import Style
from layers.kinds.table import changed_looks, kind_of
from layers.text.languages import Language
from layers.zone_properties import ZoneProperties
from webapp.images.changes import LEAST_KM2, Changes, TreatmentChange, change_styles
from webapp.images.map.framed import Framed, everything
from webapp.style.legend import MOST_KEYS, KeyEntry, LegendEntry, key_entries, legend_entries, remainder_entry
from webapp.style.light import CONTEXT, HELD_GROUND, style_key, zone_style
from webapp.text.interface import date_text, plural, property_text, short_text, text
from webapp.text.legend import key_total, legend_label
from webapp.text.totals import Total, total
from webapp.typography.line_breaking import typographic

MOSTLY = 0.95  # of a change: so much of it has to be shown where its area is given
REST, FRONT, BANDS, DISAGREE = "rest", "front", "bands", "disagree"


@dataclass(frozen=True)
class LegendRow:
    """A row of the legend: sample, text and, for areas, the size; ``bare`` is the text without a clause's number.

    ``explained`` is the text with what its term would mean, empty where it says that itself. ``zones`` are the ids of
    the places that it stands for.
    """

    key: str
    style: Style
    sample: Drawn
    label: str
    figure: str = ""
    area_km2: float | None = None
    minor: bool = False
    faded: bool = False
    bare: str = ""
    explained: str = ""
    zones: tuple[str, ...] = ()


@dataclass(frozen=True)
class LegendGroup:
    """Rows under a heading."""

    key: str
    heading: str
    rows: tuple[LegendRow, ...]


@dataclass(frozen=True)
class _Context:
    """What rows are written from: an edition in one language."""

    proposal: Proposal
    date: str
    lang: Language
    contested: str
    whole: frozenset[str]


def legend(
    proposal: Proposal,
    zones: Sequence[ZoneProperties],
    lang: Language,
    date: str,
    contested: str = "",
    chosen: frozenset[str] | None = None,
    framed: Framed | None = None,
) -> tuple[LegendGroup, ...]:
    """Return the legend of an edition, in the order of clauses.

    Parameters
    ----------
    proposal
        A proposal of the catalogue.
    zones
        Properties of the edition's zones.
    lang
        Language of the text.
    date
        Date of the control map, in words.
    contested
        Name of contested territory if a single map defines it; empty for that of several maps.
    chosen
        Ids of the zones that have rows of their own, one row stands for the others; None for all.
    framed
        What the map shows of the zones; None for everything.
    """
    framed = framed or everything([zone["id"] for zone in zones])
    drawn = [zone for zone in zones if zone["id"] in framed.shown]
    shown = _chosen(drawn, chosen)
    tint = _held_row(date, lang) if framed.held else []
    border = LegendRow("border", CONTEXT["border"], "line", text(lang, "legend.border"))
    entries, context = legend_entries(zones, shown), _Context(proposal, date, lang, contested, framed.whole)
    control, proposed = (
        [_row(context, entry) for entry in _ordered(entries, control=control)] for control in (True, False)
    )
    groups = (
        LegendGroup(
            "proposed",
            text(lang, "images.proposed"),
            (*proposed, *_places(entries, lang), *_others(drawn, shown, lang)),
        ),
        LegendGroup("control", text(lang, "images.control"), (*tint, *control)),
        LegendGroup("legal", text(lang, "zone.legal"), (border,)),
    )
    return tuple(group for group in groups if group.rows)


def key(
    zones: Sequence[ZoneProperties],
    lang: Language,
    date: str,
    words_of: Callable[[KeyEntry], tuple[str, str]],
    chosen: frozenset[str] | None = None,
    framed: Framed | None = None,
    numbered: bool = True,
) -> tuple[LegendGroup, ...]:
    """Return the short legend in the wording of the map: at most as many rows as a key has, without headings.

    If a clause leaves territory to Ukraine and there is no room for its row, a small one explains its hatch, likewise
    for bands, and on a map that is near enough to see it for where control maps disagree. Further small rows are for
    the line of contact and the places of the proposal.

    Parameters
    ----------
    zones
        Properties of the edition's zones.
    lang
        Language of the text.
    date
        Date of the control map in words; empty for several.
    words_of
        Returns the text of an entry, and what its term would mean, empty where it says that itself.
    chosen
        Ids of the zones that have rows; None for all.
    framed
        What the map shows of the zones; None for everything.
    numbered
        Whether rows have the numbers of their clauses.

    Returns
    -------
    One group, or none without rows.
    """
    framed = framed or everything([zone["id"] for zone in zones])
    shown = _chosen([zone for zone in zones if zone["id"] in framed.shown], chosen)
    tint = _held_row(date, lang) if framed.held else []
    listed = [entry for entry in key_entries(zones, shown) if not entry.kind.is_line_of_contact]
    entries = listed[: MOST_KEYS - len(tint)]
    bands = [_band_row(entry, words_of(entry)[0]) for entry in listed[len(entries) :] if entry.kind.nested]
    made = [_key_row(lang, entry, *words_of(entry), numbered=numbered) for entry in entries]
    measured = [_measured(row, entry.zones, framed.whole) for row, entry in zip(made, entries, strict=True)]
    rest = remainder_entry(zones, shown, entries)
    left = [_rest_row(rest, words_of(rest)[0])] if rest else []
    left += _disagreeing(zones, entries, words_of, [zone for zone in shown if framed.near])
    rows = (*measured, *left, *tint, *bands, *_front(shown, lang, date), *_marks(shown, lang))
    return (LegendGroup("key", "", rows),) if rows else ()


def key_of_changes(
    changes: Changes, lang: Language, framed: Framed, pieces: Sequence[ZoneProperties]
) -> tuple[LegendGroup, ...]:
    """Return the key of a map of differences: a row for each change that has a name, one for the others, and the tint.

    The heading says from which side to which.

    The one for the others has what no other row has, with what the edge cuts, so that all rows add up to the headline.

    Parameters
    ----------
    changes
        What differs between two sides.
    lang
        Language of the text.
    framed
        What the map shows of the pieces.
    pieces
        Properties of the pieces.
    """
    areas = {piece["id"]: piece["area_km2"] or 0.0 for piece in pieces}
    shown = [one for one in changes.named if framed.shown & set(one.pieces)]
    rows = [_change_row(changes, one, lang, whole=_mostly(one, framed.whole, areas)) for one in shown]
    rest = changes.differs.area_km2 - sum(row.area_km2 or 0.0 for row in rows)
    heading = changes.heading(lang) if rows else ""
    if rest >= LEAST_KM2:
        rows.append(_others_row(changes, lang, framed.whole, rest, cut=any(not row.figure for row in rows)))
    if framed.held:
        rows += _held_row(date_text(lang, changes.right.edition.as_of), lang)
    return (LegendGroup("key", typographic(heading, lang), tuple(rows)),) if rows else ()


def _mostly(change: TreatmentChange, whole: frozenset[str], areas: Mapping[str, float]) -> bool:
    """Whether a map shows so much of a change that its area may be given."""
    sizes = {piece: areas.get(piece, 0.0) for piece in change.pieces}
    return sum(size for piece, size in sizes.items() if piece in whole) >= MOSTLY * sum(sizes.values())


def _others_row(changes: Changes, lang: Language, whole: frozenset[str], rest_km2: float, *, cut: bool) -> LegendRow:
    """A row for what no other has; ``cut``: some of them have no figure."""
    seen = whole.issuperset(piece for one in changes.unnamed for piece in one.pieces)
    label = text(lang, "compare.others_off" if cut else "compare.others" if seen else "compare.others_cut")
    style, figure = changed_looks("other", "other").style, figure_text(lang, Total(rest_km2, None, None))
    return LegendRow("others", style, "area", label, figure, round(rest_km2, 1), bare=label)


def _change_row(changes: Changes, one: TreatmentChange, lang: Language, *, whole: bool) -> LegendRow:
    looks = changed_looks(*change_styles(changes.left, changes.right, one))
    label = typographic(changes.plain_words(lang, one), lang)
    row = LegendRow(looks.style.key, looks.style, "area", label, bare=label)
    if not whole:
        return row
    return replace(row, figure=figure_text(lang, one.size), area_km2=round(one.size.area_km2, 1))


def _chosen(zones: Sequence[ZoneProperties], chosen: frozenset[str] | None) -> list[ZoneProperties]:
    return [zone for zone in zones if chosen is None or zone["id"] in chosen]


def _key_row(lang: Language, entry: KeyEntry, label: str, meaning: str, *, numbered: bool) -> LegendRow:
    clauses = list(dict.fromkeys(zone["clause"] for zone in entry.zones if numbered and zone["clause"]))
    told = text(lang, "images.explained", label=label, meaning=meaning) if meaning else label
    bare, (words, explained) = typographic(label, lang), (_numbered(lang, one, clauses) for one in (label, told))
    row = LegendRow(entry.key, entry.style, entry.kind.shape, words, bare=bare, explained=explained)
    if (summed := key_total(entry)) is None:
        return row
    return replace(row, figure=figure_text(lang, summed), area_km2=round(summed.area_km2, 1))


def _rest_row(entry: KeyEntry, label: str) -> LegendRow:
    return LegendRow(REST, entry.style, "area", label, minor=True)


def _disagreeing(
    zones: Sequence[ZoneProperties],
    entries: Sequence[KeyEntry],
    words_of: Callable[[KeyEntry], tuple[str, str]],
    near: Sequence[ZoneProperties],
) -> list[LegendRow]:
    """A small row for where control maps disagree, unless the key has it."""
    known = {entry.key for entry in entries}
    found = key_entries(zones, [zone for zone in near if kind_of(zone).is_contested])
    new = [one for one in found if one.key not in known]
    return [LegendRow(DISAGREE, one.style, "area", words_of(one)[0], minor=True) for one in new]


def _band_row(entry: KeyEntry, label: str) -> LegendRow:
    return LegendRow(BANDS, entry.style, "line", label, minor=True)


def _measured(row: LegendRow, zones: Sequence[ZoneProperties], whole: frozenset[str]) -> LegendRow:
    """A row, without its area where the map cuts one of its zones."""
    return row if all(zone["id"] in whole for zone in zones) else replace(row, figure="", area_km2=None)


def _held_row(date: str, lang: Language) -> list[LegendRow]:
    """The tint of what is Russian-held; without a figure, which would be that of the whole country."""
    bare = text(lang, "compare.held_by_russia")
    label = typographic(text(lang, "key.held", date=date) if date else bare, lang)
    return [LegendRow(HELD_GROUND, CONTEXT[HELD_GROUND], "area", label, minor=True, bare=typographic(bare, lang))]


def _front(zones: Sequence[ZoneProperties], lang: Language, date: str) -> list[LegendRow]:
    """A small row for the line of contact, if it is in the frame."""
    styles = [zone_style(zone) for zone in zones if kind_of(zone).is_line_of_contact]
    label = text(lang, "images.front_on", date=date) if date else text(lang, "images.front")
    return [LegendRow(FRONT, style, "line", typographic(label, lang), minor=True) for style in styles[:1]]


def _numbered(lang: Language, label: str, clauses: Sequence[str]) -> str:
    """A text with the numbers of clauses, if any."""
    numbers = text(lang, "format.list").join(clauses)
    named = plural(lang, "images.by_clause", len(clauses), label=label, clause=numbers) if clauses else label
    return typographic(named, lang)


def _marks(zones: Sequence[ZoneProperties], lang: Language) -> list[LegendRow]:
    """A small row for the places of the proposal that have one mark, by their names."""
    alike: dict[str, list[ZoneProperties]] = {}
    for zone in zones:
        if kind_of(zone).shape == "place":
            alike.setdefault(style_key(zone), []).append(zone)
    return [_mark_row(same, lang) for same in alike.values()]


def _mark_row(zones: Sequence[ZoneProperties], lang: Language) -> LegendRow:
    listed = text(lang, "format.list").join(property_text(lang, zone, "name") for zone in zones)
    ids, label = tuple(zone["id"] for zone in zones), typographic(listed, lang)
    return LegendRow(listed, zone_style(zones[0]), "place", label, minor=True, bare=label, zones=ids)


def together(
    legends: Sequence[tuple[LegendGroup, ...]], lang: Language, most: int | None = None
) -> tuple[LegendGroup, ...]:
    """Return one legend for several maps, each row once.

    Parameters
    ----------
    legends
        Legend of each map.
    lang
        Language of the text.
    most
        Largest number of rows in a group, besides what is left to Ukraine and places; None for no limit.
    """
    groups: dict[str, LegendGroup] = {}
    rows: dict[str, dict[str, LegendRow]] = {}
    for group in (group for listed in legends for group in listed):
        groups.setdefault(group.key, group)
        for row in group.rows:
            rows.setdefault(group.key, {}).setdefault(row.key, row)
    return tuple(
        replace(group, rows=_first(_of_one_mark(rows[name].values(), lang), most)) for name, group in groups.items()
    )


def _of_one_mark(rows: Iterable[LegendRow], lang: Language) -> list[LegendRow]:
    """The rows of several maps, with one for all places that have one mark, unless clauses tell them apart."""
    found: dict[tuple[str, str], LegendRow] = {}
    between = text(lang, "format.list")
    for row in rows:
        alike = row.sample == "place" and row.label == row.bare
        key = (row.sample, row.style.key if alike else row.key)
        both = (found.get(key, row), row)
        names = dict.fromkeys(name for one in both for name in one.label.split(between))
        zones = tuple(dict.fromkeys(zone for one in both for zone in one.zones))
        label = between.join(names) if alike else row.label
        found[key] = replace(row, label=label, bare=label if alike else row.bare, zones=zones)
    return list(found.values())


def _first(rows: Iterable[LegendRow], most: int | None) -> tuple[LegendRow, ...]:
    """The rows of several maps; of those that say the same the small one: on one date it is a rest, on another more."""
    listed = list(rows)
    small = [row for row in listed if is_small(row)]
    said = {row.label for row in small}
    return (*[row for row in listed if not is_small(row) and row.bare not in said][:most], *small)


def is_small(row: LegendRow) -> bool:
    """Whether a row is no part of the short key's count: of a place, a line, what Ukraine keeps, where maps differ."""
    return row.key in (REST, FRONT, BANDS, DISAGREE) or row.sample == "place"


def without_figures(groups: Sequence[LegendGroup]) -> tuple[LegendGroup, ...]:
    """The same legend without areas."""
    return tuple(replace(one, rows=tuple(replace(row, figure="", area_km2=None) for row in one.rows)) for one in groups)


def without_marks(groups: Sequence[LegendGroup]) -> tuple[LegendGroup, ...]:
    """The same key without the rows for places."""
    return tuple(replace(one, rows=tuple(row for row in one.rows if row.sample != "place")) for one in groups)


def without_rest(groups: Sequence[LegendGroup]) -> tuple[LegendGroup, ...]:
    """The same key without the rows for what is left to Ukraine, for bands, and for where control maps disagree."""
    small = (REST, BANDS, DISAGREE)
    return tuple(replace(one, rows=tuple(row for row in one.rows if row.key not in small)) for one in groups)


def front_alone(groups: Sequence[LegendGroup]) -> tuple[LegendGroup, ...]:
    """The row of the line of contact alone, which no label on the map says."""
    made = (replace(one, rows=tuple(row for row in one.rows if row.key == FRONT)) for one in groups)
    return tuple(group for group in made if group.rows)


def with_meanings(groups: Sequence[LegendGroup], count: int) -> tuple[LegendGroup, ...]:
    """Return the same key with what the terms of its first rows would mean.

    Parameters
    ----------
    groups
        Rows of the key, in groups.
    count
        How many rows of each group say it.
    """
    told = [
        tuple(
            replace(row, label=row.explained or row.label) if place < count else row for place, row in enumerate(rows)
        )
        for rows in (one.rows for one in groups)
    ]
    return tuple(replace(one, rows=rows) for one, rows in zip(groups, told, strict=True))


def without_numbers(groups: Sequence[LegendGroup]) -> tuple[LegendGroup, ...]:
    """The same key without the numbers of clauses."""
    return tuple(
        replace(one, rows=tuple(replace(row, label=row.bare or row.label) for row in one.rows)) for one in groups
    )


def figure_text(lang: Language, sum_of: Total) -> str:
    """Return an area with its interval as the legend has it: "about 5,980 km² (5,540–6,400)".

    Parameters
    ----------
    lang
        Language of the text.
    sum_of
        Area with its interval, in km².
    """
    return short_text(lang, sum_of.area_km2, sum_of.low_km2, sum_of.high_km2)


def _ordered(entries: Sequence[LegendEntry], *, control: bool) -> list[LegendEntry]:
    """The entries of areas and lines under a heading, by clause.

    What is treated comes before what is left of an oblast, and lines of contact before areas that say who holds what.
    """

    def place(entry: LegendEntry) -> tuple[bool, str]:
        last = entry.kind.shape != "line" if control else entry.kind.remainder
        return last, entry.clause or "~"

    listed = [entry for entry in entries if entry.kind.shape != "place" and entry.kind.in_images]
    return sorted((entry for entry in listed if entry.kind.shows_control == control), key=place)


def _row(context: _Context, entry: LegendEntry) -> LegendRow:
    kind, first, lang = entry.kind, entry.zones[0], context.lang
    label = typographic(_label(context, entry), lang)
    if not kind.has_area:
        return LegendRow(entry.style.key, entry.style, entry.sample, label, minor=True)
    key = first["id"] if kind.nested else "-".join(filter(None, (style_key(first), entry.clause)))
    if not entry.is_settled:
        return LegendRow(key, entry.style, entry.sample, label)
    summed = total(entry.zones)
    figure = figure_text(lang, summed)
    row = LegendRow(key, entry.style, entry.sample, label, figure, round(summed.area_km2, 1), kind.minor)
    return _measured(row, entry.zones, context.whole)


def _label(context: _Context, entry: LegendEntry) -> str:
    lang, clause = context.lang, entry.clause
    label = legend_label(lang, context.proposal.clauses, context.date, entry, context.contested)
    if entry.kind.is_line_of_contact or (entry.kind.is_contested and context.contested):
        return label
    return _numbered(lang, label, [clause]) if clause else label


def _others(zones: Sequence[ZoneProperties], shown: Sequence[ZoneProperties], lang: Language) -> list[LegendRow]:
    """A row for the zones that are drawn pale, if there are any."""
    pale = [zone for zone in zones if zone["partition"] and zone not in shown]
    if not pale:
        return []
    style = zone_style(pale[0])
    return [LegendRow("others", style, "area", text(lang, "images.others"), minor=True, faded=True)]


def _places(entries: Sequence[LegendEntry], lang: Language) -> list[LegendRow]:
    """The places of each point in a row."""
    by_clause: dict[tuple[str, str], list[LegendEntry]] = {}
    for entry in entries:
        if entry.kind.shape == "place":
            by_clause.setdefault((entry.kind.key, entry.clause or ""), []).append(entry)
    rows = []
    for (kind, clause), same in by_clause.items():
        names = [property_text(lang, zone, "name") for entry in same for zone in entry.zones]
        listed = text(lang, "format.list").join(names)
        label = _numbered(lang, listed, [clause]) if clause else listed
        key = f"{kind}-{clause}"
        rows.append(LegendRow(key, same[0].style, same[0].sample, typographic(label, lang), minor=True))
    return rows

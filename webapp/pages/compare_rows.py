"""The tables of a comparison in words: territory with its treatment on either side, and kinds of zones."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from layers.kinds.style import Style
from layers.kinds.table import LEFT_ALONE, kind_of
from layers.text.languages import Language, suffix
from layers.zone_properties import ZoneProperties
from webapp.context import View
from webapp.images.titles import LEAST_DIFFERENCE_KM2
from webapp.pages.clauses import is_held_seen
from webapp.pages.compare_words import more_text, people_text
from webapp.style.legend import KeyEntry, LegendEntry, legend_entries
from webapp.style.light import CONTEXT, HELD_GROUND
from webapp.text.interface import interval_text, kind_text, number_text, read_area, region_text, text, text_key
from webapp.text.legend import key_meaning

LEAST_KM2 = LEAST_DIFFERENCE_KM2  # smaller rows are in the files alone
LEAST_SHARE = 0.01  # rows with less of all that differs are folded
LEAST_FOLDED = 3  # if there are so many
MOST_OBLASTS = 3
HELD = "held"
SIDES = ("left", "right")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class KeySample:
    """Zones of one name, and the styles of their samples; ``minor``: they come after what a clause would change.

    ``means`` is what the name would mean on one side, in a few words.
    """

    label: str
    styles: Sequence[Style] = ()
    minor: bool = False
    means: str = ""


@dataclass(frozen=True)
class TableWords:
    """What tables are written with: the language, the names of the sides, and the kinds of zones that lie on each.

    ``samples`` are by name, ``meanings`` of each side by clause and name.
    """

    lang: Language
    names: tuple[str, str]
    samples: Mapping[str, KeySample]
    meanings: tuple[Mapping[tuple[str | None, str], str], ...]


@dataclass(frozen=True)
class Figures:
    """An area as a row shows it, with its interval, and the number by which rows are sorted."""

    value: float
    area: str
    interval: str


@dataclass(frozen=True)
class Treated:
    """How one side treats territory: the clause in words, empty for none, and the kinds of zones that lie there."""

    clause: str
    kinds: Sequence[KeySample]


@dataclass(frozen=True)
class TreatedRow:
    """Territory: where it is, its largest towns, its treatment on either side, its size, who lived there before."""

    where: str
    towns: str
    sides: tuple[Treated, Treated]
    figures: Figures
    people: str


@dataclass(frozen=True)
class KindRow:
    """A kind of zone: its area on either side, and which side has how much more."""

    kind: KeySample
    sides: tuple[Figures, Figures]
    difference: Figures


@dataclass(frozen=True)
class Tables:
    """All tables of a comparison; ``small`` are differences under ``least`` km², which the first table leaves out."""

    differing: Sequence[TreatedRow]
    small: Sequence[TreatedRow]
    least: str
    alike: Sequence[TreatedRow]
    pieces: Sequence[TreatedRow]
    kinds: Sequence[KindRow]


def tables_of(found: Row, left: View, right: View, names: tuple[str, str]) -> Tables:
    """Return the tables of a comparison.

    Parameters
    ----------
    found
        The comparison, as its JSON file has it.
    left, right
        The sides.
    names
        What tells the sides apart.
    """
    samples = {one.label: one for one in key_of(left, right)}
    words = TableWords(left.lang, names, samples, (_meanings(left), _meanings(right)))
    clauses = [row for row in found["clauses"] if row["area_km2"] >= LEAST_KM2]
    differing, least = [row for row in clauses if row["differs"]], _least_km2(found)
    small = [row for row in differing if row["area_km2"] < least]
    small = small if len(small) >= LEAST_FOLDED else []

    def told(rows: Sequence[Row]) -> list[TreatedRow]:
        return _apart(
            words.lang, [_treated_row(words, row, _oblasts(words.lang, row, found["pieces"])) for row in rows]
        )

    return Tables(
        differing=told([row for row in differing if row not in small]),
        small=told(small),
        least=number_text(words.lang, round(least, -1)),
        alike=told([row for row in clauses if not row["differs"]]),
        pieces=_apart(
            words.lang,
            [
                _treated_row(words, row, _oblast(words.lang, row))
                for row in found["pieces"]
                if row["area_km2"] >= LEAST_KM2
            ],
        ),
        kinds=[_kind_row(words, row) for row in found["kinds"]],
    )


def _least_km2(found: Row) -> float:
    """The area of a difference that is not folded."""
    return LEAST_SHARE * float(found["differs"]["area_km2"])


def _meanings(view: View) -> dict[tuple[str | None, str], str]:
    return {
        (one.clause, kind_text(view.lang, one.zones[0])): key_meaning(
            view.lang, view.proposal, KeyEntry(one.key, one.kind, one.style, one.zones)
        )
        for one in legend_entries(drawn_zones(view))
    }


def key_of(left: View, right: View) -> list[KeySample]:
    """Return the kinds of zones that either map shows, each name once; lines and bands last, of bands one sample.

    Parameters
    ----------
    left, right
        The sides.
    """
    rows: dict[str, dict[str, LegendEntry]] = {}
    for entry in (entry for view in (left, right) for entry in legend_entries(drawn_zones(view))):
        look = entry.kind.key if entry.kind.nested else entry.key
        rows.setdefault(kind_text(left.lang, entry.zones[0]), {}).setdefault(look, entry)
    found = [
        KeySample(
            label,
            tuple(one.style for one in alike.values()),
            all(one.kind.minor for one in alike.values()),
            text(left.lang, "compare.both_sides") if all(one.kind.nested for one in alike.values()) else "",
        )
        for label, alike in rows.items()
    ]
    held = text(left.lang, text_key("kind", HELD))
    if held not in rows and any(is_held_seen(view, view.catalogue.areas(view.edition)) for view in (left, right)):
        found.append(KeySample(held, (CONTEXT[HELD_GROUND],), minor=True))
    return sorted(found, key=lambda row: not any(style.fill or style.hatch for style in row.styles))


def towns_of(lang: Language, found: Row) -> list[str]:
    """Return the towns that the first table names, for the map to name them first: the largest of each row in turn.

    Parameters
    ----------
    lang
        Language of the page.
    found
        The comparison, as its JSON file has it.
    """
    rows = [row for row in found["clauses"] if row["differs"] and row["area_km2"] >= _least_km2(found)]
    listed = [row[f"largest_places_{suffix(lang.tag)}"].split(", ") for row in rows]
    return [town for towns in zip_longest(*listed) for town in towns if town]


def drawn_zones(view: View) -> list[ZoneProperties]:
    """Return the zones that the map draws: those that have an area, and the line of contact."""
    zones = (zone for zone in view.catalogue.areas(view.edition) if not kind_of(zone).is_contested)
    return [zone for zone in zones if zone["area_km2"] or kind_of(zone).is_line_of_contact]


def _oblasts(lang: Language, row: Row, pieces: Sequence[Row]) -> str:
    """The oblasts in which most of the territory of a row lies, the largest part first."""
    told = ("left_clause", "left_kind", "right_clause", "right_kind")
    parts = [one for one in pieces if all(one[name] == row[name] for name in told)]
    ordered = sorted(parts, key=lambda one: -one["area_km2"])
    names = list(dict.fromkeys(_oblast(lang, one) for one in ordered if one["oblast"] in row["oblasts"]))
    listed = text(lang, "format.list").join(names[:MOST_OBLASTS])
    return text(lang, "compare.and_others", names=listed) if len(names) > MOST_OBLASTS else listed


def _oblast(lang: Language, piece: Row) -> str:
    return region_text(lang, piece["oblast"], piece[f"oblast_name_{suffix(lang.tag)}"])


def _apart(lang: Language, rows: Sequence[TreatedRow]) -> list[TreatedRow]:
    """Rows of one table, those in the same place told apart: by their largest town, then by numbers."""
    alike = Counter(row.where for row in rows)
    named = [_with_town(lang, row) if alike[row.where] > 1 else row for row in rows]
    alike, numbers, found = Counter(row.where for row in named), Counter[str](), list[TreatedRow]()
    for row in named:
        numbers[row.where] += 1
        where = text(lang, "compare.part", where=row.where, n=numbers[row.where])
        found.append(replace(row, where=where) if alike[row.where] > 1 else row)
    return found


def _with_town(lang: Language, row: TreatedRow) -> TreatedRow:
    town = row.towns.split(", ")[0]
    return replace(row, where=text(lang, "compare.around", where=row.where, town=town)) if town else row


def _treated_row(words: TableWords, row: Row, where: str) -> TreatedRow:
    lang = words.lang
    left, right = (_treated(words, row, number) for number in range(len(SIDES)))
    towns, people = row[f"largest_places_{suffix(lang.tag)}"], people_text(lang, row["people_before_war"])
    return TreatedRow(where, towns, (left, right), _figures(lang, row), people)


def _treated(words: TableWords, row: Row, side: int) -> Treated:
    """What a clause of a side would change first, and who holds the territory last."""
    lang, clause, kinds = words.lang, row[f"{SIDES[side]}_clause"], row[f"{SIDES[side]}_kind"]
    if clause is None and kinds == LEFT_ALONE:
        return Treated("", [KeySample(text(lang, "compare.untreated"))])
    labels = dict.fromkeys(text(lang, text_key("kind", key)) for key in kinds.split("+"))
    known = [words.samples.get(label, KeySample(label)) for label in labels]
    named = [replace(one, means=words.meanings[side].get((clause, one.label)) or one.means) for one in known]
    told = text(lang, "compare.clause", id=clause) if clause else ""
    return Treated(told, sorted(named, key=lambda one: one.minor))


def _figures(lang: Language, row: Row, before: str = "") -> Figures:
    area, low, high = (row[f"{before}area{end}_km2"] for end in ("", "_low", "_high"))
    interval = interval_text(lang, area, low, high) if low is not None else ""
    return Figures(area, read_area(lang, area, low, high).area, interval)


def _kind_row(words: TableWords, row: Row) -> KindRow:
    lang, names = words.lang, words.names
    label = text(lang, text_key("kind", row["kind"]))
    left, right = (_figures(lang, row, f"{which}_") for which in SIDES)
    return KindRow(words.samples.get(label, KeySample(label)), (left, right), _difference(lang, row, names))


def _difference(lang: Language, row: Row, names: tuple[str, str]) -> Figures:
    """Which side has how much more, and between which sizes; where either side may have more, both ends in words."""
    area, *ends = (row[f"difference_area{end}_km2"] for end in ("", "_low", "_high"))
    low, high = (None, None) if ends[0] is None else sorted(map(abs, ends))
    interval = interval_text(lang, abs(area), low, high) if low is not None else ""
    more = more_text(lang, names, area, read_area(lang, abs(area), low, high).area)
    if ends[0] is not None and ends[0] < 0 < ends[1]:
        first, second = (number_text(lang, abs(round(end))) for end in ends)
        more = text(lang, "compare.unsure")
        interval = text(lang, "compare.either", left=names[0], right=names[1], first=first, second=second)
    return Figures(area, more, interval)

"""What an image shows in short phrases with areas, for alternative text and caption."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from layers.zones.kinds import CONTROL_KINDS
from webapp.images.options.options import Options
from webapp.style.light import style_key
from webapp.text.interface import about_text, length_text, property_text, read_area, short_text, text, word_key
from webapp.text.totals import Total, total

Properties = Mapping[str, Any]
Figure = Callable[[str, Total], str]

# The most important kinds first: the others are left out before them.
RANKS = (
    "recognition-de-jure", "recognition", "buffer", "economic", "freeze", "withdrawal", "withdrawal-ukraine",
    "pullback", "held", "unheld", "site", "river", "country",
)  # fmt: skip
# Not mentioned unless chosen: the extent of one is not settled, the other would be recognised with the rest.
UNTOLD = frozenset({"economic-over", "unheld-recognised"})
MOST_NAMED = 4  # up to this many chosen zones are named; more are described by their kinds

ALT: Mapping[str, str] = {
    "recognition-de-jure": "image_words.alt_recognition_de_jure",
    "recognition": "image_words.alt_recognition",
    "freeze": "image_words.alt_freeze",
    "buffer": "image_words.alt_buffer",
    "economic": "image_words.alt_economic",
    "withdrawal": "image_words.alt_withdrawal",
    "withdrawal-ukraine": "image_words.alt_withdrawal_ukraine",
    "held": "image_words.alt_held",
    "pullback": "image_words.alt_pullback",
    "unheld": "image_words.alt_unheld",
}
CAPTION: Mapping[str, str] = {
    "recognition-de-jure": "image_words.caption_recognition_de_jure",
    "recognition": "image_words.caption_recognition",
    "freeze": "image_words.caption_freeze",
    "buffer": "image_words.caption_buffer",
    "economic": "image_words.caption_economic",
    "withdrawal": "image_words.caption_withdrawal",
    "withdrawal-ukraine": "image_words.caption_withdrawal_ukraine",
    "held": "image_words.caption_held",
    "pullback": "image_words.caption_pullback",
    "unheld": "image_words.caption_unheld",
}
# Names that say who holds a zone and not what it would be.
NAMED: Mapping[str, str] = {
    "named-recognition-de-jure": "image_words.named_recognition_de_jure",
    "named-recognition": "image_words.named_recognition",
    "named-freeze": "image_words.named_freeze",
}


@dataclass(frozen=True)
class Subject:
    """Zones that one phrase covers: all of a kind, or a single one by its name.

    ``rank`` is 0 for the most important; ``size`` is None for zones without area, ``length_km`` for all but lines.
    """

    kind: str
    rank: int
    name: str
    size: Total | None
    length_km: float | None

    @property
    def spread(self) -> float:
        """The width of the interval as a part of the area; 0 where there is none."""
        if self.size is None or self.size.low_km2 is None or self.size.high_km2 is None or not self.size.area_km2:
            return 0.0
        return (self.size.high_km2 - self.size.low_km2) / self.size.area_km2


def subjects_of(zones: Sequence[Properties], options: Options) -> tuple[Subject, ...]:
    """What an image speaks of, from the properties of its edition's zones, the most important first.

    All that is proposed with an area; or what was chosen, by name where that is little. Of bands, which lie in one
    another, the widest is measured.
    """
    chosen = _chosen(zones, options)
    if options.zones and len(chosen) <= MOST_NAMED:
        named = [_subject([zone], options.lang, named=True) for zone in chosen]
        return tuple(sorted(named, key=lambda one: one.rank))
    groups: dict[tuple[str, str], list[Properties]] = {}
    for zone in chosen:
        groups.setdefault((_phrase(zone), "" if _phrase(zone) in ALT else zone["id"]), []).append(zone)
    told = [_subject(group, options.lang, named=bool(name)) for (_, name), group in groups.items()]
    return tuple(sorted(told, key=lambda one: one.rank))


def leading(subjects: Sequence[Subject], last: str) -> tuple[Subject, ...]:
    """The subjects down to a kind of ``RANKS`` where there are any, else all. What is named by choice is kept."""
    top = tuple(one for one in subjects if one.rank <= RANKS.index(last))
    return top if top and not all(one.name for one in subjects) else tuple(subjects)


def said(lang: str, subject: Subject, keys: Mapping[str, str], figure: Figure) -> str:
    """A subject in words; ``keys`` are the texts by kind, ``figure`` writes its area.

    What has a name is called by it, and with ``NAMED`` among the keys by what it would be.
    """
    measure = figure(lang, subject.size) if subject.size else ""
    if subject.length_km is not None:
        measure = length_text(lang, subject.length_km)
    if not subject.name:
        return text(lang, keys[subject.kind], area=measure)
    if not measure:
        return subject.name
    key = keys.get(f"named-{subject.kind}", "image_words.named")
    return text(lang, key, name=subject.name, area=measure)


def about(lang: str, size: Total) -> str:
    """An area alone: "about 5,980 km²"."""
    return about_text(lang, size.area_km2, size.low_km2, size.high_km2)


def ranged(lang: str, size: Total) -> str:
    """An area with its interval: "about 5,980 km² (5,540–6,400)"."""
    return short_text(lang, size.area_km2, size.low_km2, size.high_km2)


def ranged_by_map(lang: str, size: Total) -> str:
    """An area with its interval and what that is: "about 5,980 km² (5,540–6,400 by map)"."""
    return _by_map(lang, size, "image_words.by_map") or about(lang, size)


def bare(lang: str, size: Total) -> str:
    """An area without "about" and unit, for a row of round figures: "5,980"."""
    return read_area(lang, size.area_km2, size.low_km2, size.high_km2).area


def bare_by_map(lang: str, size: Total) -> str:
    """The same with its interval: "5,980 (5,540–6,400 by map)"."""
    return _by_map(lang, size, "image_words.bare_by_map") or bare(lang, size)


def _by_map(lang: str, size: Total, key: str) -> str:
    """An area with its interval; empty where there is none."""
    figure = read_area(lang, size.area_km2, size.low_km2, size.high_km2)
    return "" if figure.low is None else text(lang, key, area=figure.area, low=figure.low, high=figure.high)


def _chosen(zones: Sequence[Properties], options: Options) -> list[Properties]:
    if options.zones or options.clauses:
        return [zone for zone in zones if zone["id"] in options.zones or zone["clause"] in options.clauses]
    sized = [zone for zone in zones if zone["area_km2"] is not None and zone["kind"] not in CONTROL_KINDS]
    return [zone for zone in sized if style_key(zone) not in UNTOLD]


def _phrase(zone: Properties) -> str:
    """What a zone is told under: its kind, or the variant that Ukraine would leave or that is recognised de jure."""
    key = word_key(zone)
    return key if key in ALT else str(zone["kind"])


def _subject(zones: Sequence[Properties], lang: str, *, named: bool) -> Subject:
    kind = _phrase(zones[0])
    if kind == "pullback":
        zones = [max(zones, key=lambda zone: zone["area_km2"])]
    return Subject(
        kind=kind,
        rank=RANKS.index(kind) if kind in RANKS else len(RANKS),
        name=property_text(lang, zones[0], "name") if named else "",
        size=None if zones[0]["area_km2"] is None else total(zones),
        length_km=zones[0]["length_km"],
    )

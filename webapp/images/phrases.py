"""What an image shows in short phrases with areas, for alternative text and caption."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.images.choice import CONTROL_KINDS
from webapp.images.options import Options
from webapp.language import about_text, length_text, property_text, read_area, short_text, text
from webapp.totals import Total, total

Properties = Mapping[str, Any]
Figure = Callable[[str, Total], str]

# The most important kinds first: the others are left out before them.
RANKS = ("recognition", "buffer", "freeze", "withdrawal", "pullback", "unheld", "site", "river", "country")
TREATED_RANK = RANKS.index("pullback")
MOST_NAMED = 4  # so many zones that were chosen are named, more are told by their kinds

ALT: Mapping[str, str] = {
    "recognition": "image_words.alt_recognition",
    "freeze": "image_words.alt_freeze",
    "buffer": "image_words.alt_buffer",
    "withdrawal": "image_words.alt_withdrawal",
    "unheld": "image_words.alt_unheld",
}
CAPTION: Mapping[str, str] = {
    "recognition": "image_words.caption_recognition",
    "freeze": "image_words.caption_freeze",
    "buffer": "image_words.caption_buffer",
    "withdrawal": "image_words.caption_withdrawal",
    "unheld": "image_words.caption_unheld",
}
ALONE: Mapping[str, str] = {
    "recognition": "image_words.named_recognition",
    "freeze": "image_words.named_freeze",
}


@dataclass(frozen=True)
class Subject:
    """Zones that one phrase speaks of: all of a kind, or a single one by its name.

    ``rank`` is 0 for the most important; ``size`` is None for what has no area, ``length_km`` for what is no line.
    """

    kind: str
    rank: int
    name: str
    alone: bool
    size: Total | None
    length_km: float | None

    @property
    def spread(self) -> float:
        """The width of the interval as a part of the area; 0 where there is none."""
        if self.size is None or self.size.low_km2 is None or self.size.high_km2 is None or not self.size.area_km2:
            return 0.0
        return (self.size.high_km2 - self.size.low_km2) / self.size.area_km2


def subjects_of(zones: Sequence[Properties], options: Options) -> tuple[Subject, ...]:
    """What an image speaks of, from the properties of its edition's zones, in their order.

    All that is proposed with an area; or what was chosen, by name where that is little.
    """
    chosen = _chosen(zones, options)
    if options.zones and len(chosen) <= MOST_NAMED:
        return tuple(_subject([zone], options.lang, named=True, alone=len(chosen) == 1) for zone in chosen)
    groups: dict[tuple[str, str], list[Properties]] = {}
    for zone in chosen:
        single = zone["kind"] not in ALT
        groups.setdefault((zone["kind"], zone["id"] if single else ""), []).append(zone)
    return tuple(_subject(group, options.lang, named=bool(name)) for (_, name), group in groups.items())


def said(lang: str, subject: Subject, keys: Mapping[str, str], figure: Figure) -> str:
    """A subject in words; ``keys`` are the texts by kind, ``figure`` writes its area."""
    measure = figure(lang, subject.size) if subject.size else ""
    if subject.length_km is not None:
        measure = length_text(lang, subject.length_km)
    if not subject.name:
        return text(lang, keys[subject.kind], area=measure)
    if not measure:
        return subject.name
    key = ALONE.get(subject.kind, "image_words.named") if subject.alone else "image_words.named"
    return text(lang, key, name=subject.name, area=measure)


def about(lang: str, size: Total) -> str:
    """An area alone: "about 5,980 km²"."""
    return about_text(lang, size.area_km2, size.low_km2, size.high_km2)


def ranged(lang: str, size: Total) -> str:
    """An area with its interval: "about 5,980 km² (5,540–6,400)"."""
    return short_text(lang, size.area_km2, size.low_km2, size.high_km2)


def ranged_by_map(lang: str, size: Total) -> str:
    """An area with its interval and what that is: "about 5,980 km² (5,540–6,400 by map)"."""
    figure = read_area(lang, size.area_km2, size.low_km2, size.high_km2)
    if figure.low is None:
        return about(lang, size)
    return text(lang, "image_words.by_map", area=figure.area, low=figure.low, high=figure.high)


def _chosen(zones: Sequence[Properties], options: Options) -> list[Properties]:
    if options.zones or options.clauses:
        return [zone for zone in zones if zone["id"] in options.zones or zone["clause"] in options.clauses]
    return [zone for zone in zones if zone["area_km2"] is not None and zone["kind"] not in CONTROL_KINDS]


def _subject(zones: Sequence[Properties], lang: str, *, named: bool, alone: bool = False) -> Subject:
    kind = str(zones[0]["kind"])
    return Subject(
        kind=kind,
        rank=RANKS.index(kind) if kind in RANKS else len(RANKS),
        name=property_text(lang, zones[0], "name") if named else "",
        alone=alone,
        size=None if zones[0]["area_km2"] is None else total(zones),
        length_km=zones[0]["length_km"],
    )

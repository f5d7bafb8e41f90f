"""What an image shows in short phrases with areas, for alternative text and caption."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from layers.kinds.kind import Variant
from layers.kinds.table import kind_of
from layers.text.languages import Language
from layers.zone_properties import ZoneProperties
from webapp.images.options.options import EXTENTS, Options
from webapp.text.interface import (
    about_text,
    has_text,
    length_text,
    property_text,
    read_area,
    short_text,
    text,
    text_key,
)
from webapp.text.totals import Total, total

Figure = Callable[[Language, Total], str]

MOST_NAMED = 4  # up to this many chosen zones are named; more are described by their kinds

Words = Literal["alt", "caption"]


@dataclass(frozen=True)
class Subject:
    """Zones that one phrase covers: all of a kind, or a single one by its name.

    ``rank`` is 1 for the most important; ``size`` is None for zones without area, ``length_km`` for all but lines.
    """

    kind: str
    rank: int
    name: str
    size: Total | None
    length_km: float | None

    @property
    def spread(self) -> float:
        """The width of the interval as a share of the area; 0 without an interval."""
        if self.size is None or self.size.low_km2 is None or self.size.high_km2 is None or not self.size.area_km2:
            return 0.0
        return (self.size.high_km2 - self.size.low_km2) / self.size.area_km2


def subjects_of(zones: Sequence[ZoneProperties], options: Options, lang: Language) -> tuple[Subject, ...]:
    """Return what the texts of an image are about, the most important first.

    These are all proposed zones with an area, or what was chosen, by name if that is little. Of bands, which lie in one
    another, the widest is measured. If a part of the country is shown, it is the zone that the part is of.

    Parameters
    ----------
    zones
        Properties of the edition's zones.
    options
        Options of the image.
    lang
        Language of the text.
    """
    if is_part(options) and not (options.zones or options.clauses):
        return tuple(_subject([zone], lang, named=True) for zone in zones if zone["id"] == options.extent)
    chosen = _chosen(zones, options)
    if options.zones and len(chosen) <= MOST_NAMED:
        named = [_subject([zone], lang, named=True) for zone in chosen]
        return tuple(sorted(named, key=lambda one: one.rank))
    groups: dict[tuple[str, str], list[ZoneProperties]] = {}
    for zone in chosen:
        key, _, together = _phrase(zone)
        groups.setdefault((key, "" if together else zone["id"]), []).append(zone)
    told = [_subject(group, lang, named=bool(name)) for (_, name), group in groups.items()]
    return tuple(sorted(told, key=lambda one: one.rank))


def is_part(options: Options) -> bool:
    """Whether an image shows a part of the country that was chosen by place: areas in all of it say nothing of that."""
    return options.extent not in EXTENTS


def leading(subjects: Sequence[Subject], last_rank: int) -> tuple[Subject, ...]:
    """Return the subjects down to a rank, or all if there are none; those named by choice are kept.

    Parameters
    ----------
    subjects
        The subjects, the most important first.
    last_rank
        Last rank that is kept, from the table of kinds.
    """
    top = tuple(one for one in subjects if one.rank <= last_rank)
    return top if top and not all(one.name for one in subjects) else tuple(subjects)


def said(lang: Language, subject: Subject, words: Words, figure: Figure, *, status: bool = True) -> str:
    """Return a subject as a part of an alternative text or a caption.

    Parameters
    ----------
    lang
        Language of the text.
    subject
        What the text is about, with its area or length.
    words
        ``"alt"`` or ``"caption"``: the group of texts to use.
    figure
        Returns an area as text.
    status
        Whether a zone with a name is also called what it would become.
    """
    measure = figure(lang, subject.size) if subject.size else ""
    if subject.length_km is not None:
        measure = length_text(lang, subject.length_km)
    if not subject.name:
        return text(lang, text_key(f"image_words.{words}", subject.kind), area=measure)
    if not measure:
        return subject.name
    key = text_key("image_words.named", subject.kind)
    return text(lang, key if status and has_text(lang, key) else "image_words.named", name=subject.name, area=measure)


def about(lang: Language, size: Total) -> str:
    """Return an area alone: "about 5,980 km²".

    Parameters
    ----------
    lang
        Language of the text.
    size
        Area with its interval, in km².
    """
    return about_text(lang, size.area_km2, size.low_km2, size.high_km2)


def ranged(lang: Language, size: Total) -> str:
    """Return an area with its interval: "about 5,980 km² (5,540–6,400)".

    Parameters
    ----------
    lang
        Language of the text.
    size
        Area with its interval, in km².
    """
    return short_text(lang, size.area_km2, size.low_km2, size.high_km2)


def ranged_by_map(lang: Language, size: Total) -> str:
    """Return an area with its interval and what that is: "about 5,980 km² (5,540–6,400 by map)".

    Parameters
    ----------
    lang
        Language of the text.
    size
        Area with its interval, in km².
    """
    return _by_map(lang, size, "image_words.by_map") or about(lang, size)


def bare(lang: Language, size: Total) -> str:
    """Return an area without "about" and unit, for a row of round figures: "5,980".

    Parameters
    ----------
    lang
        Language of the text.
    size
        Area with its interval, in km², which decides how it is rounded.
    """
    return read_area(lang, size.area_km2, size.low_km2, size.high_km2).area


def bare_by_map(lang: Language, size: Total) -> str:
    """Return an area with its interval, without "about" and unit: "5,980 (5,540–6,400 by map)".

    Parameters
    ----------
    lang
        Language of the text.
    size
        Area with its interval, in km².
    """
    return _by_map(lang, size, "image_words.bare_by_map") or bare(lang, size)


def _by_map(lang: Language, size: Total, key: str) -> str:
    """An area with its interval; empty where there is none."""
    figure = read_area(lang, size.area_km2, size.low_km2, size.high_km2)
    return "" if figure.low is None else text(lang, key, area=figure.area, low=figure.low, high=figure.high)


def _chosen(zones: Sequence[ZoneProperties], options: Options) -> list[ZoneProperties]:
    if options.zones or options.clauses:
        return [zone for zone in zones if zone["id"] in options.zones or zone["clause"] in options.clauses]
    sized = [zone for zone in zones if zone["area_km2"] is not None and not kind_of(zone).on_every_map]
    return [zone for zone in sized if _is_mentioned(kind_of(zone).variant(zone))]


def _is_mentioned(variant: Variant | None) -> bool:
    return variant is None or variant.mentioned


def _phrase(zone: ZoneProperties) -> tuple[str, int, bool]:
    """What a zone is named under, its rank, and whether it is named together with others: its kind, or a variant."""
    kind = kind_of(zone)
    variant = kind.variant(zone)
    if variant and variant.rank is not None:
        return variant.key, variant.rank, True
    return kind.key, kind.rank, kind.phrased


def _subject(zones: Sequence[ZoneProperties], lang: Language, *, named: bool) -> Subject:
    key, rank, _ = _phrase(zones[0])
    if kind_of(zones[0]).nested:
        zones = [max(zones, key=lambda zone: zone["area_km2"] or 0.0)]
    return Subject(
        kind=key,
        rank=rank,
        name=property_text(lang, zones[0], "name") if named else "",
        size=None if zones[0]["area_km2"] is None else total(zones),
        length_km=zones[0]["length_km"],
    )

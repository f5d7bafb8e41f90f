"""Territory that changed hands since a date: each later control map compared with the one of that date."""

from collections.abc import Iterator, Sequence

import shapely

from geo.measure import area_km2
from geo.overlay import halve, subtract
from layers.comparing.comparison import Levels, level_pairs, over_levels
from layers.comparing.since_rows import WAYS, Row
from layers.control_map import ControlMap
from layers.reference.reference_data import Oblast
from layers.reference.study_data import StudyData
from layers.text.languages import flat

NOTE = (
    "Territory that changed hands between the control map of since and that of as_of, in km². A proposal is not in "
    "force; no change is a breach of it."
)
Both = tuple[Levels, Levels]


def line_since(study: StudyData, since: str) -> Row:
    """Return what each control map after one shows differently from that one, the latest map first.

    ``to_russia_km2`` came under Russian control, ``to_ukraine_km2`` under Ukrainian control, both at the level that the
    maps draw; they are the figures of ``clausemap control diff``. Low and high are the smallest and largest difference
    of all levels, each compared with the same level of the other map; None where they are the same.

    Parameters
    ----------
    study
        Reference data and control maps.
    since
        ISO date of the first control map.

    Raises
    ------
    SourceError, ControlError
        If a control map cannot be used.
    """
    first, later = study.control[since], [day for day in study.control.dates if day > since]
    oblasts = tuple(study.reference.oblasts.values())
    maps = [{"as_of": day, **_rows(first, study.control[day], oblasts)} for day in reversed(later)]
    return {"since": since, "control": first.citation, "note": NOTE, "maps": maps}


def _rows(first: ControlMap, later: ControlMap, oblasts: Sequence[Oblast]) -> Row:
    """The figures of all oblasts together, and of each in which anything differs."""
    found = {oblast.iso: _both_ways(first, later, oblast) for oblast in oblasts}
    together = [tuple(map(sum, zip(*(both[way] for both in found.values()), strict=True))) for way in (0, 1)]
    return {
        **_figures(*together),
        "oblasts": [
            {"oblast": oblast.iso, **flat("oblast_name", oblast.names), **_figures(*found[oblast.iso])}
            for oblast in oblasts
            if any(map(any, found[oblast.iso]))
        ],
    }


def _both_ways(first: ControlMap, later: ControlMap, oblast: Oblast) -> Both:
    """Areas by pair of levels: held on the later map alone, and on the first map alone."""
    pairs = [
        (halve(oblast.outline, first.levels[one]).inside, halve(oblast.outline, later.levels[other]).inside)
        for one, other in level_pairs(first, later)
    ]
    return tuple(_apart(now, then) for then, now in pairs), tuple(_apart(then, now) for then, now in pairs)


def _apart(ground: shapely.MultiPolygon, other: shapely.MultiPolygon) -> float:
    return round(area_km2(subtract(ground, other)), 2)


def _figures(*both: Levels) -> Row:
    return dict(item for way, by_level in zip(WAYS, both, strict=True) for item in _interval(way, by_level))


def _interval(way: str, by_level: Levels) -> Iterator[tuple[str, float | None]]:
    measured = over_levels(by_level)
    for end, value in (("", measured.area_km2), ("_low", measured.low_km2), ("_high", measured.high_km2)):
        yield f"{way}{end}_km2", None if value is None else round(value, 2)

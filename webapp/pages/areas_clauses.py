"""What each clause names, kind by kind and in all: a table of the page of areas."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from layers.text.languages import Language
from webapp.context import View
from webapp.pages.clauses import read_legend
from webapp.text.interface import interval_text, read_area, text
from webapp.text.totals import Total, total, total_of_both_sides
from webapp.text.zones import ZoneWords, clause_heading


@dataclass(frozen=True)
class ClauseRow:
    """A part of what a clause names, or all of it, with its area; ``clause`` is written in the first row alone.

    ``over`` says that the part lies over others.
    """

    clause: str
    part: str
    area: str
    interval: str
    in_all: bool = False
    over: bool = False


def read_clause_totals(view: View, zones: Sequence[ZoneWords]) -> tuple[ClauseRow, ...]:
    """Return for every clause its kinds with their areas, the zones of other clauses that it names, and the sum.

    A clause names a zone that has it as ``clause`` or among ``also_clauses``. Zones that lie over others are not in the
    sum and stand below it.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    zones
        The edition's zones with their texts.
    """
    return tuple(row for clause in _clauses(view, zones) for row in _rows(view, clause, zones))


def _clauses(view: View, zones: Sequence[ZoneWords]) -> list[str]:
    return [group.clause for group in read_legend(view, zones) if group.clause]


def _rows(view: View, clause: str, zones: Sequence[ZoneWords]) -> Iterator[ClauseRow]:
    lang, first = view.lang, clause_heading(view, clause)
    parts = [*_own_parts(view, clause, zones), *_other_parts(view, clause, zones)]
    dividing = [(label, together) for label, together in parts if together[0].partition]
    for label, together in dividing:
        yield _row(lang, first, label, total(zone.properties for zone in together))
        first = ""
    if len(dividing) > 1:
        named = [zone.properties for _, together in dividing for zone in together]
        yield _row(lang, "", text(lang, "areas.totals_all"), total_of_both_sides(named), in_all=True)
    for label, together in parts:
        if not together[0].partition:
            yield _row(lang, first, label, total(zone.properties for zone in together), over=True)
            first = ""


def _own_parts(view: View, clause: str, zones: Sequence[ZoneWords]) -> Iterator[tuple[str, list[ZoneWords]]]:
    """The zones of a clause as its legend has them."""
    group = next(group for group in read_legend(view, zones) if group.clause == clause)
    for row in group.rows:
        sized = [zone for zone in row.zones if zone.area]
        if sized:
            yield row.label, sized


def _other_parts(view: View, clause: str, zones: Sequence[ZoneWords]) -> Iterator[tuple[str, list[ZoneWords]]]:
    """The zones of other clauses that a clause names too, each with its own clause."""
    by_label: dict[str, list[ZoneWords]] = {}
    for zone in zones:
        if clause in (zone.properties["also_clauses"] or "").split(",") and zone.area:
            label = text(view.lang, "images.labelled", label=zone.legend, clause=zone.heading)
            by_label.setdefault(label, []).append(zone)
    yield from by_label.items()


def _row(
    lang: Language, clause: str, part: str, summed: Total, *, in_all: bool = False, over: bool = False
) -> ClauseRow:
    area = (summed.area_km2, summed.low_km2, summed.high_km2)
    return ClauseRow(clause, part, read_area(lang, *area).area, interval_text(lang, *area), in_all, over)

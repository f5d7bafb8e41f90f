"""The legend, which is also the layer control: groups by clause, in them a row for each thing that looks alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layers.kinds.style import Style
from webapp.context import View
from webapp.style.legend import LegendEntry, legend_entries
from webapp.text.zones import ZoneWords, clause_heading, sum_about


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
    """The rows of a clause or a point, what it says, and what is to be noted of how it is drawn."""

    clause: str | None
    heading: str
    says: str
    note: str
    rows: tuple[ZonesRow, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The zones of all rows."""
        return tuple(zone.id for row in self.rows for zone in row.zones)

    @property
    def divides(self) -> bool:
        """Whether it is of those that divide the ground among them."""
        return any(zone.partition for row in self.rows for zone in row.zones)


@dataclass(frozen=True)
class UndrawnPoint:
    """A point that bears on the map and has no zone: what it says, and why nothing is drawn."""

    number: int
    text: str
    note: str


def read_legend(view: View, zones: Sequence[ZoneWords]) -> tuple[ClauseGroup, ...]:
    """Groups in the order of clauses, then of points that name an area, then no clause, then the other points."""
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


def read_undrawn(view: View, zones: Sequence[ZoneWords]) -> tuple[UndrawnPoint, ...]:
    """The points with a note for the map and without a zone on it."""
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
    return ClauseGroup(clause, clause_heading(view, clause), *_said(view, clause), rows)


def _row(view: View, entry: LegendEntry, zones: Mapping[str, ZoneWords]) -> ZonesRow:
    together = tuple(zones[zone["id"]] for zone in entry.zones)
    first = together[0]
    label = first.name if entry.kind.by_name else first.legend
    measure = sum_about(view.lang, together) or first.about
    return ZonesRow(f"{entry.clause or 'none'}-{entry.key}", label, entry.style, measure, together)

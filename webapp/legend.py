"""The legend, which is also the layer control: groups by clause, in them a row for each thing that looks alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from webapp.styles import Style
from webapp.zones import Reading, Zone, clause_heading, sum_about

SINGLE = ("site", "river", "country", "pullback", "contested")


@dataclass(frozen=True)
class Row:
    """A style with what it stands for, the area together, and its zones."""

    key: str
    label: str
    style: Style
    measure: str
    zones: tuple[Zone, ...]


@dataclass(frozen=True)
class Group:
    """The rows of a clause or a point."""

    clause: str | None
    heading: str
    rows: tuple[Row, ...]


def read_legend(reading: Reading, zones: Sequence[Zone]) -> tuple[Group, ...]:
    """Groups in the order of clauses, then of points that divide ground, then no clause, then the other points."""
    clauses = [str(clause["id"]) for clause in reading.proposal.clauses]
    divided = {zone.clause for zone in zones if zone.partition}

    def place(clause: str | None) -> tuple[int, int]:
        if clause is None:
            return (2, 0)
        if clause in clauses:
            return (0, clauses.index(clause))
        return (1 if clause in divided else 3, int(clause))

    found = dict.fromkeys(zone.clause for zone in zones)
    return tuple(_group(reading, clause, zones) for clause in sorted(found, key=place))


def _group(reading: Reading, clause: str | None, zones: Iterable[Zone]) -> Group:
    inside = [zone for zone in zones if zone.clause == clause]
    by_key: dict[str, list[Zone]] = {}
    for zone in inside:
        by_key.setdefault(zone.id if zone.kind in SINGLE else zone.style.key, []).append(zone)
    rows = tuple(_row(reading, key, together) for key, together in by_key.items())
    return Group(clause, clause_heading(reading, clause), rows)


def _row(reading: Reading, key: str, zones: Sequence[Zone]) -> Row:
    first = zones[0]
    label = first.name if first.kind in SINGLE else first.legend
    measure = sum_about(reading.lang, zones) or first.about
    return Row(f"{first.clause or 'none'}-{key}", label, first.style, measure, tuple(zones))

"""The areas of a proposal's zones date by date, from what was built, as series and as tables.

Reads built area tables only; needs neither geopandas nor shapely.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from layers.catalogue.entries import HeldInUkraine
from layers.catalogue.model import Catalogue, Proposal
from layers.dates import parse_date
from layers.errors import DateError, UnknownError
from layers.files import cell, json_bytes
from layers.tables.areas import name_columns
from layers.text.figures import phrase
from layers.text.languages import Languages, flat, suffix
from layers.zone_properties import ZoneProperties

HELD = "russian-held"  # the id and the kind of the row that adds up all Russian-held territory
WHOLE_PCT = 100.0

# What a row says, in the tables of both forms, named as in the zones' properties: ``zone`` is the zone's id,
# ``partition`` false where the zone lies over others, ``as_of`` the control map's day, areas are in km², and none
# on a date without the zone. The CSV has the zone's names beside its id.
ROW = (
    "proposal", "zone", "clause", "kind", "partition", "status", "as_of",
    "area_km2", "area_low_km2", "area_high_km2", "control_source", "boundary_source", "data_version",
)  # fmt: skip


@dataclass(frozen=True)
class MeasuredDay:
    """The zones of a proposal on one date by their properties, and all Russian-held territory; areas in km²."""

    as_of: str
    zones: Sequence[ZoneProperties]
    held: HeldInUkraine


@dataclass(frozen=True)
class TimelineRow:
    """A zone on the control map of one date, in km².

    ``area_km2`` is None on a date without the zone: a withdrawal zone exists from 5 km² on, and the catalogue has what
    is below that as dropped. It is a gap and not zero, because the area is small but not necessarily 0. ``low_km2`` and
    ``high_km2`` are None if there is a single control map, if the zone does not depend on control, and if it does not
    exist.
    """

    as_of: str
    area_km2: float | None = None
    low_km2: float | None = None
    high_km2: float | None = None


@dataclass(frozen=True)
class Series:
    """A zone over time: names by language, clause, kind, and a row for every date of the timeline.

    ``whole`` is true for a region that a clause treats as a whole, whose area is the same on every map; ``properties``
    are those of its last date.
    """

    id: str
    names: Mapping[str, str]
    clause: str | None
    kind: str
    partition: bool
    whole: bool
    rows: tuple[TimelineRow, ...]
    properties: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def present(self) -> tuple[TimelineRow, ...]:
        """Return the rows of the dates on which the zone exists; at least one."""
        return tuple(row for row in self.rows if row.area_km2 is not None)

    @property
    def has_interval(self) -> bool:
        """Whether low and high differ on any date."""
        return any(row.low_km2 != row.high_km2 for row in self.rows)


@dataclass(frozen=True)
class Timeline:
    """The zones of a proposal that have an area, in the order of its file, then all Russian-held territory.

    ``held`` is None if zones were chosen and it was not among them; ``single_map`` is true for control by one map,
    which has no low and high; ``sources`` are the citations of the control map of each date.
    """

    proposal: str
    dates: tuple[str, ...]
    sources: tuple[str, ...]
    zones: tuple[Series, ...]
    held: Series | None
    single_map: bool
    control_source: str
    boundary_source: str
    data_version: str
    languages: Languages

    @property
    def one_date(self) -> bool:
        """Whether there is one date only, so that nothing changes over time."""
        return len(self.dates) == 1

    @property
    def all_series(self) -> tuple[Series, ...]:
        """Return the zones, and the total if it was requested."""
        return self.zones if self.held is None else (*self.zones, self.held)


def read_timeline(
    catalogue: Catalogue,
    proposal: Proposal,
    since: str | None = None,
    until: str | None = None,
    zones: Sequence[str] = (),
) -> Timeline:
    """Return the areas on every control map in a range of dates, both ends included.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal
        A proposal of the catalogue.
    since, until
        ISO dates or ``latest``; without them the range starts at the first or ends at the last control map.
    zones
        Ids of zones; none for all. ``russian-held`` is the total.

    Raises
    ------
    DateError
        For a text that is not a date, and for a range without a control map.
    UnknownError
        For a zone that exists on none of the dates.
    BuildError
        If a date of the range is neither built nor derived.
    """
    dates = chosen_dates(proposal, since, until)
    return join_days(catalogue, proposal, _measured_days(catalogue, proposal, dates), zones)


def _measured_days(catalogue: Catalogue, proposal: Proposal, dates: Sequence[str]) -> list[MeasuredDay]:
    """The areas of dates: from their editions where all are built, else as measured for that."""
    missing = next((day for day in dates if day not in proposal.editions), None)
    if missing is None or proposal.deriver is None:
        editions = [proposal.edition_on(day) for day in dates]
        return [MeasuredDay(edition.as_of, catalogue.areas(edition), edition.held) for edition in editions]
    areas, held = proposal.deriver.areas(proposal.id), proposal.deriver.held()
    return [MeasuredDay(day, areas[day], held[day].held) for day in dates]


def join_days(
    catalogue: Catalogue, proposal: Proposal, days: Sequence[MeasuredDay], zones: Sequence[str] = ()
) -> Timeline:
    """Return the timeline of dates that were measured.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal
        A proposal of the catalogue.
    days
        Areas of the zones on each date, ascending.
    zones
        Ids of zones; none for all. ``russian-held`` is the total.

    Raises
    ------
    UnknownError
        For a zone that exists on none of the dates.
    """
    tables = [{str(zone["id"]): zone for zone in day.zones} for day in days]
    sized = {name for table in tables for name, zone in table.items() if zone["area_km2"] is not None}
    known = [zone for zone in _in_order(tables) if zone in sized]
    for zone in zones:
        if zone not in (*known, HELD):
            raise UnknownError(f"zone of {proposal.id} with an area:", zone, (*known, HELD))
    held, dates = _held(days, catalogue.languages), tuple(day.as_of for day in days)
    return Timeline(
        proposal=proposal.id,
        dates=dates,
        sources=tuple(day.zones[0]["control_source"] for day in days),
        zones=tuple(_series(zone, dates, tables, catalogue.languages) for zone in known if zone in zones or not zones),
        single_map=held.rows[0].low_km2 is None,
        held=held if HELD in zones or not zones else None,
        control_source=catalogue.control_source,
        boundary_source=catalogue.boundary_source,
        data_version=catalogue.data_version,
        languages=catalogue.languages,
    )


def chosen_dates(proposal: Proposal, since: str | None = None, until: str | None = None) -> tuple[str, ...]:
    """Return the dates of a proposal's control maps in a range.

    Parameters
    ----------
    proposal
        A proposal of the catalogue.
    since, until
        ISO dates or ``latest``; None for the first and the last control map.

    Raises
    ------
    DateError
        If a date is none, or if there is no control map in the range.
    """
    return dates_between(proposal.control_dates, since, until)


def dates_between(known: Sequence[str], since: str | None = None, until: str | None = None) -> tuple[str, ...]:
    """Return the known dates in a range, both ends included.

    Parameters
    ----------
    known
        ISO dates of control maps, ascending.
    since, until
        ISO dates or ``latest``; None for the first and the last known date.

    Raises
    ------
    DateError
        If a date is none, or if no known date is in the range.
    """
    first = known[0] if since is None else parse_date(since, known)
    last = known[-1] if until is None else parse_date(until, known)
    dates = tuple(day for day in known if first <= day <= last)
    if not dates:
        reason = f"there are maps from {known[0]} to {known[-1]}; choose a range that holds one"
        if since and until and first > last:
            reason = "the first day is after the last; turn them round"
        raise DateError(f"no control map from {first} to {last}: {reason}", known)
    return dates


def timeline_csv(timeline: Timeline) -> bytes:
    """Return one row per zone and date, columns as in ``timeline_columns``, empty where a value does not apply; UTF-8.

    The rows of all Russian-held territory come last, with zone and kind ``russian-held``; it overlaps the others.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, timeline_columns(timeline), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: cell(value) for key, value in row.items()} for row in timeline_rows(timeline))
    return text.getvalue().encode()


def timeline_columns(timeline: Timeline) -> tuple[str, ...]:
    """The columns of the table: those of ``ROW``, with the zone's names in each language beside its id."""
    return (*ROW[:2], *name_columns(timeline.languages), *ROW[2:])


def timeline_rows(timeline: Timeline) -> Iterator[dict[str, object]]:
    """Return the rows of the table by the columns of ``timeline_columns``; None where a value does not apply."""
    for series in timeline.all_series:
        yield from (row | flat("name", series.names) for row in _rows(timeline, series))


def timeline_json(timeline: Timeline) -> bytes:
    """Return the zones with their names, and the rows of the CSV without names, as JSON bytes."""
    listed = timeline.all_series
    document = {
        "proposal": timeline.proposal,
        "from": timeline.dates[0],
        "to": timeline.dates[-1],
        "dates": timeline.dates,
        "control_source": timeline.control_source,
        "boundary_source": timeline.boundary_source,
        "data_version": timeline.data_version,
        "zones": [{"id": series.id, **flat("name", series.names)} for series in listed],
        "rows": [row for series in listed for row in _rows(timeline, series)],
    }
    return json_bytes(document)


def _in_order(tables: Iterable[Mapping[str, ZoneProperties]]) -> list[str]:
    """The zones of all dates in the order of the proposal's file; each date has part of it."""
    order: list[str] = []
    for table in tables:
        place = 0
        for zone in table:
            if zone in order:
                place = order.index(zone) + 1
            else:
                order.insert(place, zone)
                place += 1
    return order


def _series(
    zone: str, dates: Sequence[str], tables: Sequence[Mapping[str, ZoneProperties]], languages: Languages
) -> Series:
    found = [table[zone] for table in tables if zone in table]
    last: Mapping[str, Any] = found[-1]
    return Series(
        id=zone,
        names={tag: last[f"name_{suffix(tag)}"] for tag in languages.tags},
        clause=last["clause"],
        kind=last["kind"],
        partition=last["partition"],
        whole=all(entry["share_of_oblast_pct"] == WHOLE_PCT and entry["area_low_km2"] is None for entry in found),
        rows=tuple(_row(day, table.get(zone)) for day, table in zip(dates, tables, strict=True)),
        properties=last,
    )


def _held(days: Iterable[MeasuredDay], languages: Languages) -> Series:
    rows = tuple(
        TimelineRow(day.as_of, day.held.area_km2, day.held.area_low_km2, day.held.area_high_km2) for day in days
    )
    names = {language.tag: phrase(language, "said.held") for language in languages}
    return Series(HELD, names, None, HELD, partition=False, whole=False, rows=rows)


def _row(as_of: str, measured: ZoneProperties | None) -> TimelineRow:
    if measured is None:
        return TimelineRow(as_of)
    return TimelineRow(as_of, measured["area_km2"], measured["area_low_km2"], measured["area_high_km2"])


def _rows(timeline: Timeline, series: Series) -> list[dict[str, object]]:
    alike = {
        "proposal": timeline.proposal, "zone": series.id, "clause": series.clause, "kind": series.kind,
        "partition": series.partition, "status": "proposal",
    }  # fmt: skip
    made = {"boundary_source": timeline.boundary_source, "data_version": timeline.data_version}
    by_date = zip(series.rows, timeline.sources, strict=True)
    return [alike | _measured(row) | {"control_source": source} | made for row, source in by_date]


def _measured(row: TimelineRow) -> dict[str, object]:
    return {
        "as_of": row.as_of,
        "area_km2": row.area_km2,
        "area_low_km2": row.low_km2,
        "area_high_km2": row.high_km2,
    }

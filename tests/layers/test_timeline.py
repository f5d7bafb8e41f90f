"""Areas over time: every date, the figures of the catalogue, gaps where a zone is not, and clear refusals."""

import csv
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pytest

from layers.catalogue.model import COMMITTED, Catalogue, load_catalogue
from layers.errors import BuildError, DateError, UnknownError
from layers.tables.timeline import (
    HELD,
    ROW,
    Timeline,
    TimelineRow,
    chosen_dates,
    read_timeline,
    timeline_columns,
    timeline_csv,
    timeline_json,
)
from tests.layers.conftest import DATES
from tests.single_map import single_map
from webapp.jobs.editions import open_catalogue

US, UA = "us-28-points", "ukraine-20-points"


def timeline(
    catalogue: Catalogue,
    proposal: str = US,
    since: str | None = None,
    until: str | None = None,
    zones: tuple[str, ...] = (),
) -> Timeline:
    return read_timeline(catalogue, catalogue.proposal(proposal), since, until, zones)


@pytest.mark.costly
@pytest.mark.parametrize("proposal_id", [US, UA])
def test_every_zone_with_an_area_has_a_row_for_every_date(every_date: Catalogue, proposal_id: str) -> None:
    read = timeline(every_date, proposal_id)
    proposal = every_date.proposal(proposal_id)
    assert len(read.dates) == 57
    assert read.dates == proposal.control_dates
    for series in read.all_series:
        assert tuple(row.as_of for row in series.rows) == read.dates
    for as_of, edition in proposal.editions.items():
        sized = {zone["id"] for zone in every_date.areas(edition) if zone["area_km2"] is not None}
        assert {series.id for series in read.zones if as_of in {row.as_of for row in series.present}} == sized


@pytest.mark.costly
@pytest.mark.parametrize("proposal_id", [US, UA])
def test_the_table_is_the_areas_of_the_catalogue(every_date: Catalogue, proposal_id: str) -> None:
    read = timeline(every_date, proposal_id)
    rows = list(csv.DictReader(timeline_csv(read).decode().splitlines()))
    assert tuple(rows[0]) == timeline_columns(read)
    written = {(row["as_of"], row["zone"]): row for row in rows}
    assert len(written) == len(rows)
    for as_of, edition in every_date.proposal(proposal_id).editions.items():
        areas = every_date.areas(edition)
        zones: dict[str, Mapping[str, Any]] = {zone["id"]: zone for zone in areas if zone["area_km2"] is not None}
        zones[HELD] = asdict(edition.held)
        for zone_id, zone in zones.items():
            row = written[as_of, zone_id]
            for name in ("area_km2", "area_low_km2", "area_high_km2"):
                assert row[name] == ("" if zone[name] is None else str(zone[name]))
            assert row["name_zh_hant"] == zone.get("name_zh_hant", row["name_zh_hant"])
            assert row["data_version"] == every_date.data_version
        absent = {zone for day, zone in written if day == as_of} - set(zones)
        assert all(written[as_of, zone]["area_km2"] == "" for zone in absent)


def test_the_buffer_on_the_day_of_the_draft(every_date: Catalogue) -> None:
    (buffer,) = timeline(every_date, US, "2025-11-20", "2025-11-20", zones=("donetsk-buffer",)).zones
    (row,) = buffer.rows
    assert (round(row.area_km2 or 0), round(row.low_km2 or 0), round(row.high_km2 or 0)) == (5978, 5551, 6393)


def test_a_withdrawal_zone_below_the_minimum_is_a_gap(every_date: Catalogue) -> None:
    (sumy,) = timeline(every_date, zones=("withdrawal-sumy",)).zones
    assert len(sumy.present) == 42
    assert sumy.rows[0] == TimelineRow("2024-08-01")
    assert all((row.area_km2 or 0.0) >= 5 for row in sumy.present)


def test_zones_stand_in_the_order_of_the_proposal(every_date: Catalogue) -> None:
    ids = [series.id for series in timeline(every_date).zones]
    latest = every_date.areas(every_date.proposal(US).edition_on(DATES[-1]))
    assert ids == [zone["id"] for zone in latest if zone["area_km2"] is not None]
    asked = timeline(every_date, zones=("donetsk-buffer", "crimea"))
    assert [series.id for series in asked.all_series] == ["crimea", "donetsk-buffer"]


def test_whole_regions_are_told_from_what_depends_on_control(every_date: Catalogue) -> None:
    assert [series.id for series in timeline(every_date).zones if series.whole] == ["crimea", "sevastopol"]
    whole = [series.id for series in timeline(every_date, UA, DATES[-1]).zones if series.whole]
    assert whole == ["crimea-held", "sevastopol-held"]


def test_a_range_takes_the_maps_between_two_days(every_date: Catalogue) -> None:
    proposal = every_date.proposal(US)
    assert chosen_dates(proposal, "2025-11-16", "2025-12-02") == ("2025-11-20", "2025-11-23", "2025-12-01")
    assert chosen_dates(proposal, "latest") == ("2026-08-21",)
    assert chosen_dates(proposal, None, "2024-08-31") == ("2024-08-01", "2024-08-15")


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2025-11-24", "2025-11-30", "there are maps from 2024-08-01 to 2026-08-21"),
        ("2030-01-01", None, "there are maps from"),
        ("2025-12-01", "2025-11-01", "turn them round"),
        ("20.11.2025", None, "YYYY-MM-DD"),
    ],
)
def test_a_range_without_a_map_is_refused(every_date: Catalogue, since: str, until: str | None, words: str) -> None:
    with pytest.raises(DateError, match=words):
        timeline(every_date, US, since, until)


@pytest.mark.parametrize("zone", ["nowhere", "contact-line"])
def test_an_unknown_zone_is_refused_with_those_that_there_are(every_date: Catalogue, zone: str) -> None:
    with pytest.raises(UnknownError, match="donetsk-buffer") as refused:
        timeline(every_date, zones=(zone,))
    assert HELD in refused.value.known


def test_dates_that_are_not_built_are_told() -> None:
    with pytest.raises(BuildError, match="build --all"):
        timeline(load_catalogue(COMMITTED))


def test_the_json_has_the_rows_of_the_csv(every_date: Catalogue) -> None:
    read = timeline(every_date)
    document = json.loads(timeline_json(read))
    rows = list(csv.DictReader(timeline_csv(read).decode().splitlines()))
    assert [tuple(row) for row in document["rows"]] == [ROW] * len(rows)
    assert [row["area_km2"] for row in document["rows"]] == [float(row["area_km2"] or 0) or None for row in rows]
    assert [zone["id"] for zone in document["zones"]] == list(dict.fromkeys(row["zone"] for row in rows))
    assert (document["from"], document["to"]) == ("2024-08-01", "2026-08-21")
    assert {row["status"] for row in document["rows"]} == {"proposal"}


def test_the_same_bytes_twice(every_date: Catalogue) -> None:
    for write in (timeline_csv, timeline_json):
        assert write(timeline(every_date)) == write(timeline(open_catalogue(every_date.root)))


def test_a_single_map_has_no_interval(every_date: Catalogue) -> None:
    read = timeline(single_map(every_date))
    assert read.single_map
    assert not any(series.has_interval for series in read.all_series)
    assert not timeline(every_date, zones=("contested",)).single_map

"""What must hold for every proposal on every date, and the golden figures of 20 November 2025."""

import itertools

import numpy as np
import pytest
import shapely

from geo.geojson import Feature
from geo.measure import area_km2
from layers.ground import EMBEDDED_SOURCE, Ground
from layers.zones import held_ground
from tests.layers.conftest import DATES, day, derived

PLAN = "us-28-points"
OWN_DATE = "2025-11-20"
FIVE_REGIONS = {"UA-43", "UA-40", "UA-09", "UA-14", "UA-65", "UA-23"}
HALVES = {
    "UA-14": ("donetsk-held", "donetsk-buffer"),
    "UA-09": ("luhansk-held", "luhansk-unheld"),
    "UA-65": ("kherson-frozen", "kherson-unheld"),
    "UA-23": ("zaporizhzhia-frozen", "zaporizhzhia-unheld"),
}


def zones(proposal_id: str, as_of: str) -> dict[str, Feature]:
    return {feature.id: feature for feature in derived(proposal_id, as_of).features}


def dropped_km2(as_of: str, zone_ids: set[str]) -> float:
    entries = derived(PLAN, as_of).dropped
    return sum(entry.crumbs.area_km2 for entry in entries if entry.zone in zone_ids)


@pytest.mark.parametrize(
    ("zone", "area", "low", "high"),
    [
        ("donetsk-buffer", 5979, 5539, 6397),
        ("kherson-frozen", 19167, None, None),
        ("zaporizhzhia-frozen", 20192, None, None),
        ("withdrawal-kharkiv", 1344, None, None),
    ],
)
def test_golden_areas(zone: str, area: float, low: float | None, high: float | None) -> None:
    properties = zones(PLAN, OWN_DATE)[zone].properties
    assert properties["area_km2"] == pytest.approx(area, rel=0.005)
    if low and high:
        assert properties["area_low_km2"] == pytest.approx(low, rel=0.005)
        assert properties["area_high_km2"] == pytest.approx(high, rel=0.005)


def test_golden_total(ground: Ground) -> None:
    held = held_ground(ground, day(OWN_DATE))
    assert held["area_km2"] == pytest.approx(115_180, rel=0.005)
    low, area, high = (held[key] or 0 for key in ("area_low_km2", "area_km2", "area_high_km2"))
    assert 0 < low < area < high


def test_the_plan_has_the_zones_that_its_facts_name() -> None:
    expected = {
        "crimea", "sevastopol", "luhansk-held", "luhansk-unheld", "donetsk-held", "donetsk-buffer", "kherson-frozen",
        "zaporizhzhia-frozen", "kherson-unheld", "zaporizhzhia-unheld", "contact-line", "contact-line-elsewhere",
        "contested", "zaporizhzhia-npp", "odesa-port", "chornomorsk-port", "pivdennyi-port", "dnipro", "poland",
        "withdrawal-kharkiv", "withdrawal-sumy", "withdrawal-mykolaiv", "withdrawal-dnipropetrovsk",
    }  # fmt: skip
    assert set(zones(PLAN, OWN_DATE)) == expected


@pytest.mark.parametrize("as_of", DATES)
def test_halves_make_up_their_oblast(ground: Ground, as_of: str) -> None:
    found = zones(PLAN, as_of)
    for iso, pair in HALVES.items():
        parts = [found[zone].geometry for zone in pair if zone in found]
        whole = sum(area_km2(part) for part in parts) + dropped_km2(as_of, set(pair))
        assert whole == pytest.approx(ground.oblasts[iso].area_km2, abs=0.05)
        outside = shapely.difference(shapely.union_all(parts), ground.oblasts[iso].outline)
        assert area_km2(outside) < 0.05


@pytest.mark.parametrize("as_of", DATES)
def test_zones_of_the_plan_make_up_all_russian_held_ground(ground: Ground, as_of: str) -> None:
    found = zones(PLAN, as_of)
    held = {zone for zone in found if zone.endswith(("-held", "-frozen")) or zone.startswith("withdrawal-")}
    held |= {"crimea", "sevastopol"}
    dropped = {entry.zone for entry in derived(PLAN, as_of).dropped if not entry.zone.endswith(("-unheld", "-buffer"))}
    total = sum(area_km2(found[zone].geometry) for zone in held)
    total += dropped_km2(as_of, dropped - {"contested"})
    assert total == pytest.approx(held_ground(ground, day(as_of))["area_km2"], abs=0.2)


@pytest.mark.parametrize("proposal_id", ["us-28-points", "ukraine-20-points"])
@pytest.mark.parametrize("as_of", DATES)
def test_zones_of_a_partition_do_not_overlap(proposal_id: str, as_of: str) -> None:
    parts = [zone.geometry for zone in zones(proposal_id, as_of).values() if zone.properties["partition"]]
    assert len(parts) >= 8
    overlap = sum(area_km2(part) for part in parts) - area_km2(shapely.union_all(parts))
    assert abs(overlap) < 0.02
    assert shapely.is_valid(np.array(parts, dtype=object)).all()


@pytest.mark.parametrize("proposal_id", ["us-28-points", "ukraine-20-points"])
@pytest.mark.parametrize("as_of", DATES)
def test_low_and_high_enclose_the_area_and_sizes_are_kept(proposal_id: str, as_of: str) -> None:
    for zone in zones(proposal_id, as_of).values():
        properties = zone.properties
        area, low, high = (properties[key] for key in ("area_km2", "area_low_km2", "area_high_km2"))
        assert (low is None) == (high is None)
        if low is not None:
            assert low <= area <= high
        if properties["kind"] == "withdrawal":
            assert area >= 5
        if area is not None:
            assert area == round(area_km2(zone.geometry), 1)
            assert all(area_km2(part) >= 1 for part in shapely.get_parts(zone.geometry))


@pytest.mark.parametrize("as_of", DATES)
def test_withdrawal_zones_lie_outside_the_five_regions(as_of: str) -> None:
    withdrawals = [zone for zone in zones(PLAN, as_of).values() if zone.properties["kind"] == "withdrawal"]
    assert withdrawals
    assert not {zone.properties["oblast"] for zone in withdrawals} & FIVE_REGIONS


@pytest.mark.parametrize("as_of", DATES)
def test_the_line_lies_between_the_two_sides(as_of: str) -> None:
    found = zones(PLAN, as_of)
    line = found["contact-line"].geometry
    for zone in ("kherson-frozen", "zaporizhzhia-frozen"):
        assert shapely.distance(line, found[zone].geometry) == 0
    on_land = shapely.union_all([found[zone].geometry for pair in HALVES.values() for zone in pair if zone in found])
    assert shapely.difference(line, shapely.buffer(on_land, 1e-6)).is_empty
    assert 300 < found["contact-line"].properties["length_km"] < 600


@pytest.mark.parametrize("as_of", DATES)
def test_pull_back_bands_lie_in_one_another_and_in_ukraine(ground: Ground, as_of: str) -> None:
    found = zones("ukraine-20-points", as_of)
    bands = [found[f"pullback-{width}km"].geometry for width in (5, 10, 40)]
    for narrow, wide in itertools.pairwise(bands):
        assert area_km2(shapely.difference(narrow, wide)) < 1
    assert area_km2(shapely.difference(bands[-1], ground.ukraine)) < 1
    assert not found["pullback-5km"].properties["partition"]


def test_what_was_dropped_is_told_by_oblast() -> None:
    dropped = [entry for as_of in DATES for entry in derived(PLAN, as_of).dropped]
    assert dropped
    assert all(entry.oblast for entry in dropped)
    assert all(entry.crumbs.area_km2 > 0 for entry in dropped)


def test_properties_of_the_buffer() -> None:
    properties = zones(PLAN, OWN_DATE)["donetsk-buffer"].properties
    assert properties["clause"] == "21d"
    assert properties["also_clauses"] == "21a"
    assert (properties["oblast"], properties["oblast_name_en"]) == ("UA-14", "Donetsk")
    assert (properties["kind"], properties["held_by"], properties["legal_status"]) == ("buffer", "ukraine", "ukraine")
    assert properties["control_source"] == f"{EMBEDDED_SOURCE.name}, {OWN_DATE}"
    assert properties["share_of_oblast_pct"] == pytest.approx(22.49, abs=0.05)
    assert properties["share_of_oblast_official_pct"] == pytest.approx(22.55, abs=0.05)


def test_a_whole_oblast_has_no_interval() -> None:
    properties = zones(PLAN, OWN_DATE)["crimea"].properties
    assert properties["area_low_km2"] is None
    assert properties["share_of_oblast_pct"] == 100

"""The areas that a correct reading of the samples gives, on the oblasts of OpenStreetMap and with edges kept."""

import json
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import area_km2
from geo.overlay import halve, unite
from layers.control.checks.cleaning import CleanMap, clean
from layers.control.towns import HELD_SINCE_2014, missing_towns, towns_held_since_2014
from layers.errors import ControlError
from layers.readers import read_control
from tests.layers.control.checks.conftest import is_sound

DEEPSTATE, UACONTROLMAP = "deepstate-mirror_2025-11-20.geojson", "uacontrolmap_2025-11-20.json"
HELD_KM2 = {
    "UA-14": (20_317, 20_564),
    "UA-09": (26_570, 26_530),
    "UA-23": (20_057, 20_089),
    "UA-65": (19_024, 19_287),
    "UA-63": (1_422, 1_328),
    "UA-59": (216, 171),
    "UA-48": (109, 123),
    "UA-12": (154, 296),
}
ALL_KM2 = (114_715, 115_512)
REST_OF_DONETSK_KM2 = (6_265, 6_018)
Oblasts = dict[str, BaseGeometry]
Sample = Callable[[str], CleanMap]


@pytest.fixture(scope="session")
def oblasts(shared: Path) -> Oblasts:
    """Outlines by ISO code."""
    text = (shared / "samples/boundaries/adm1_osm_land.geojson").read_text("utf-8")
    features = json.loads(text)["features"]
    return {item["properties"]["iso"]: shapely.from_geojson(json.dumps(item["geometry"])) for item in features}


@pytest.fixture(scope="session")
def whole(oblasts: Oblasts) -> BaseGeometry:
    """All oblasts as one."""
    return unite(list(oblasts.values()))


@pytest.fixture(scope="session")
def sample(shared: Path, whole: BaseGeometry) -> Sample:
    """A sample by the name of its file, cleaned once for all tests."""
    return cache(partial(_cleaned, shared, whole))


def _cleaned(shared: Path, whole: BaseGeometry, name: str) -> CleanMap:
    result = clean(read_control(shared / "samples/control" / name), whole)
    assert is_sound(result.held)
    assert is_sound(result.contested)
    return result


def codes(result: CleanMap) -> set[str]:
    return {finding.code for finding in result.findings}


@pytest.mark.costly
@pytest.mark.parametrize(("column", "name"), [(0, DEEPSTATE), (1, UACONTROLMAP)])
def test_areas_of_the_samples(sample: Sample, oblasts: Oblasts, column: int, name: str) -> None:
    result = sample(name)
    assert result.inside_km2 == pytest.approx(ALL_KM2[column], rel=0.005)
    for iso, expected in HELD_KM2.items():
        assert area_km2(halve(oblasts[iso], result.held).inside) == pytest.approx(expected[column], rel=0.005), iso
    rest = area_km2(halve(oblasts["UA-14"], result.held).outside)
    assert rest == pytest.approx(REST_OF_DONETSK_KM2[column], rel=0.005)


def test_the_mirror_is_turned(sample: Sample) -> None:
    result = sample(DEEPSTATE)
    assert codes(result) >= {"clockwise", "outside-ukraine"}
    assert missing_towns(result.held, towns_held_since_2014()) == ()


def test_the_sea_is_cut_off_and_counted(sample: Sample) -> None:
    result = sample(UACONTROLMAP)
    assert result.area_before_km2 - result.inside_km2 == pytest.approx(result.outside_km2, abs=10)
    assert result.outside_km2 > 4_500


@pytest.mark.slow
def test_the_dump_gives_all_held_ground_of_ukraine_and_no_other(sample: Sample) -> None:
    result = sample("deepstate-dump_2025-08-03.geojson")
    assert result.inside_km2 == pytest.approx(114_000, rel=0.01)
    assert result.held.bounds[0] > 30
    assert result.held.bounds[3] < 53
    assert 500 < area_km2(result.contested) < 1_100
    assert shapely.intersection(result.held, result.contested).area < 1e-6  # the grid of 0.1 m along the common edge


@pytest.mark.slow
def test_nzz_alone_lacks_what_was_held_before_2022(sample: Sample) -> None:
    result = sample("nzz_2025-11-20.json")
    assert result.inside_km2 == pytest.approx(72_000, rel=0.01)
    assert missing_towns(result.held, towns_held_since_2014()) == HELD_SINCE_2014


@pytest.mark.slow
def test_western_russia_is_cut_off(sample: Sample) -> None:
    result = sample("creamycaprice_2025-11-18.kml")
    assert result.area_before_km2 > 500_000
    assert result.inside_km2 == pytest.approx(116_000, rel=0.02)
    assert result.held.bounds[2] < 40.7


@pytest.mark.slow
def test_the_ring_of_isw_that_crosses_itself_is_mended(sample: Sample) -> None:
    result = sample("isw_2025-11-19_null-and-invalid.geojson")
    assert codes(result) >= {"null-geometry", "three-dimensional", "self-crossing", "clockwise"}
    mended = next(finding for finding in result.findings if finding.code == "self-crossing")
    assert "km²" in mended.message
    assert "%" in mended.message
    assert result.inside_km2 == pytest.approx(111_700, rel=0.01)


def test_an_empty_day_is_refused(sample: Sample) -> None:
    with pytest.raises(ControlError) as refused:
        sample("uacontrolmap_2025-12-30_empty.json")
    assert refused.value.code == "empty-day"

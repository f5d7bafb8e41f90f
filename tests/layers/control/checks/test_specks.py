"""Specks are dropped and told, tangles refused in one line, and holes that may be a mainland never turned round."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import area_km2
from layers.control.checks.cleaning import CleanMap, clean
from layers.errors import ControlError
from layers.readers import read_control
from tests.layers.control.checks.conftest import Cleaning, is_sound
from tests.layers.readers.made import Ring, collection, feature, polygon, square

BOX = shapely.box(35, 48, 36, 49)
BASE_KM2 = 106_937
METRE_DEG = 1 / 90_000
LOOP = ((0, 0), (-0.6, 0.4), (-0.6, 0), (0, 0.4), (-1, 0))


def told(result: CleanMap, code: str = "sliver") -> list[str]:
    return [finding.message for finding in result.findings if finding.code == code]


def test_the_speck_of_an_old_edition(shared: Path, ukraine: BaseGeometry) -> None:
    result = clean(read_control(shared / "samples/faults/j72_speck_hole_outside.geojson"), ukraine)
    assert result.inside_km2 == pytest.approx(BASE_KM2, abs=1)
    assert told(result) == ["held: holes outside their ring, dropped: 1, together 0.0000 km²"]


@pytest.mark.parametrize("metres", [0.3, 5, 33, 95])
@pytest.mark.parametrize("away", [1.5, 1_500, 60_000])
def test_a_hole_under_a_hectare_outside_its_ring(cleaned: Cleaning, metres: float, away: float) -> None:
    hole = square(36 + away * METRE_DEG, 48.5, metres * METRE_DEG)
    result = cleaned(collection(feature(polygon(square(), hole))))
    assert len(told(result)) == 1
    assert is_sound(result.held)
    assert area_km2(shapely.symmetric_difference(result.held, BOX)) < 0.001


def test_what_a_speck_is_goes_by_the_scale_of_the_map(cleaned: Cleaning) -> None:
    """0.3 km² are nothing beside 60,000 km², and too much to be left out beside 8,000."""
    hole = square(36.1, 48.5, 0.006)
    large = collection(feature(polygon(square(), hole)), feature(polygon(square(33, 46.5, 3))))
    assert len(told(cleaned(large))) == 1
    with pytest.raises(ControlError) as refused:
        cleaned(collection(feature(polygon(square(), hole))))
    assert refused.value.code == "mainland-is-hole"


def test_other_holes_of_the_same_polygon_stay(cleaned: Cleaning) -> None:
    lake = square(35.4, 48.4, 0.2)
    result = cleaned(collection(feature(polygon(square(), square(36.1, 48.5, 0.0005), lake))))
    assert result.held.equals(BOX - shapely.box(35.4, 48.4, 35.6, 48.6))


@pytest.mark.parametrize(
    "extra",
    [
        [[37.0, 48.0], [37.0003, 48.0], [37.0, 48.0003], [37.0003, 48.0003]],
        [[37.0, 48.0], [37.0003, 48.0003], [37.0, 48.0]],
        [[37.0, 48.0], [37.00001, 48.0], [37.00001, 48.00001], [37.0, 48.00001]],
        [[37.0, 48.0], [38.0, 48.0], [38.0, 48.00001], [37.0, 48.00001]],
    ],
    ids=["bow", "needle", "crumb", "strip"],
)
def test_tiny_rings_of_any_kind_change_nothing(cleaned: Cleaning, extra: Ring) -> None:
    result = cleaned(collection(feature(polygon(square())), feature(polygon([*extra, extra[0]]))))
    assert result.held.equals(BOX)
    assert any(finding.verdict == "repaired" for finding in result.findings)


def test_a_thousand_copies_of_a_polygon_are_one(cleaned: Cleaning) -> None:
    result = cleaned(collection(*(feature(polygon(square())) for _ in range(1_000))))
    assert result.held.equals(BOX)
    assert told(result, "duplicate") == ["held: the same polygon again, left out: 999 of 1000"]


def at_random(vertices: int) -> Ring:
    random = np.random.default_rng(vertices)
    ring = np.column_stack([random.uniform(34, 38, vertices), random.uniform(47, 49, vertices)]).round(7).tolist()
    return [*ring, ring[0]]


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (collection(feature(polygon(at_random(2_000)))), "polygon 1 of 1, from "),
        (collection(feature(polygon(square())), feature(polygon(at_random(20_000)))), "polygon 2 of 2, from "),
        (
            collection(
                feature(polygon(square()), name="Occupied"), feature(polygon(at_random(5_000)), name="Unknown status")
            ),
            "polygon 2 of 2, from ",
        ),
        (collection(*(feature(polygon(square(35 + at / 1e6, 48))) for at in range(3_000))), "other polygons cross"),
    ],
    ids=["random", "one of two", "contested", "copies beside one another"],
)
def test_tangles_are_refused_in_one_line(cleaned: Cleaning, document: Any, words: str) -> None:
    with pytest.raises(ControlError) as refused:
        cleaned(document)
    assert refused.value.code == "self-crossing"
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_held_and_contested_may_not_make_a_lattice_together(cleaned: Cleaning) -> None:
    """Either class alone is sound."""
    strips = [at / 100 for at in range(200)]
    across = [feature(polygon(box(34, 47 + at, 38, 47.005 + at)), name="Occupied") for at in strips]
    along = [feature(polygon(box(34 + 2 * at, 46, 34.01 + 2 * at, 50)), name="Unknown status") for at in strips]
    with pytest.raises(ControlError, match="dissolve the polygons of a class in QGIS"):
        cleaned(collection(*across, *along))


def box(west: float, south: float, east: float, north: float) -> Ring:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def test_a_ring_with_a_thousand_small_loops_is_mended(cleaned: Cleaning) -> None:
    loops = [[36 - at / 1_001 + dx / 2_000, 49 + dy / 2_000] for at in range(1, 1_000) for dx, dy in LOOP]
    result = cleaned(collection(feature(polygon([*square()[:3], *loops, *square()[3:]]))))
    assert len(told(result, "self-crossing")) == 1
    assert is_sound(result.held)
    assert area_km2(shapely.symmetric_difference(result.held, BOX)) < 10


def test_a_narrow_comb_is_no_sliver(cleaned: Cleaning) -> None:
    """However narrow its teeth, 4,000 km² are not dropped."""
    teeth = 10_000
    ring = [[35 + at / teeth, 48 if (at // 2) % 2 else 49] for at in range(teeth)]
    result = cleaned(collection(feature(polygon([*ring, [36, 49.1], [35, 49.1], ring[0]]))))
    assert result.area_after_km2 == pytest.approx(result.area_before_km2, rel=0.01)
    assert result.area_after_km2 > 4_000

"""Mending polygons: what is counted, what is kept, and how much a repair changes."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.measure import area_km2
from geo.repair import clockwise, mend, without_duplicates, without_slivers, without_stray_holes

BOX = shapely.box(35, 48, 36, 49)
BOWTIE = shapely.Polygon([(35, 48), (36, 49), (36, 48), (35, 49)])
POSITIONS = st.lists(st.tuples(st.floats(30, 40), st.floats(45, 52)), min_size=3, max_size=12)


def array(*polygons: shapely.Polygon) -> np.ndarray:
    return np.array(polygons, dtype=object)


def test_rings_that_run_clockwise_are_counted() -> None:
    assert clockwise(array(shapely.orient_polygons(BOX), shapely.orient_polygons(BOX, exterior_cw=True))) == 1


def test_the_same_polygon_begun_elsewhere_is_a_duplicate() -> None:
    turned = shapely.Polygon([(36, 49), (35, 49), (35, 48), (36, 48)])
    other = shapely.Polygon([(35, 48), (36, 48), (36, 49), (35.5, 48.9), (35, 49)])
    kept, again = without_duplicates(array(BOX, turned, other, BOX))
    assert (len(kept), again) == (2, 2)
    assert kept[0] is BOX


def test_a_hole_outside_its_ring_is_found_and_one_inside_is_not() -> None:
    mainland = shapely.Polygon(shapely.box(34, 48, 34.01, 48.01).exterior, [BOX.exterior])
    lake = shapely.Polygon(BOX.exterior, [shapely.box(35.2, 48.2, 35.4, 48.4).exterior])
    given = array(mainland, lake, BOX)
    found = without_stray_holes(given, 0.01)
    assert (found.mainlands, found.gone.parts) == (1, 0)
    assert all(one is other for one, other in zip(found.polygons, given, strict=True))


def test_specks_of_holes_outside_their_ring_go_and_other_holes_stay() -> None:
    specks = [shapely.box(west, 49.1, west + 0.0001, 49.1001).exterior for west in (35.1, 36.2)]
    lake = shapely.box(35.2, 48.2, 35.4, 48.4).exterior
    found = without_stray_holes(array(shapely.Polygon(BOX.exterior, [specks[0], lake, specks[1]])), 0.01)
    assert (found.mainlands, found.gone.parts) == (0, 2)
    assert found.gone.area_km2 == pytest.approx(0.00016, abs=0.00001)
    assert found.polygons[0].equals(shapely.Polygon(BOX.exterior, [lake]))


def test_a_repair_is_measured() -> None:
    mended = mend(array(BOX, BOWTIE))
    assert mended.repaired == 1
    assert all(shapely.is_valid(mended.polygons))
    assert mended.before_km2 == pytest.approx(30, abs=60)  # the two lobes take each other off but for their latitude
    assert mended.changed_km2 == pytest.approx(area_km2(BOX) / 2, rel=0.02)


def test_what_is_valid_stays_as_it_is() -> None:
    steps: list[tuple[int, int]] = []
    mended = mend(array(BOX), lambda done, total: steps.append((done, total)))
    assert (mended.repaired, mended.changed_km2, steps) == (0, 0, [])
    assert mended.polygons[0] is BOX


@given(POSITIONS)
def test_mended_rings_are_valid_polygons(positions: list[tuple[float, float]]) -> None:
    mended = mend(array(shapely.Polygon(positions)))
    assert all(part.is_valid and part.geom_type == "Polygon" for part in mended.polygons)


def test_slivers_go_and_gaps_close() -> None:
    thin = shapely.box(37, 48, 38, 48.00005)  # 5.5 m wide
    small = shapely.box(37, 49, 37.0005, 49.0005)
    holes = [shapely.box(35.1, 48.1, 35.9, 48.10005).exterior, shapely.box(35.4, 48.4, 35.6, 48.6).exterior]
    ground = shapely.MultiPolygon([shapely.Polygon(BOX.exterior, holes), thin, small])
    kept, gone = without_slivers(ground, 0.01, 0.01)
    assert (len(kept.geoms), gone.parts) == (1, 3)
    assert len(kept.geoms[0].interiors) == 1
    assert gone.area_km2 == pytest.approx(0.74, abs=0.1)

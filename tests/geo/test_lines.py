"""How far lines lie apart, on lines that were moved by a known way."""

import numpy as np
import pytest
import shapely

from geo.lines import distances_km, length_apart_km
from geo.measure import WGS84, length_km

LINE = shapely.LineString([(36, 47), (36, 47.4), (36.3, 47.6), (36.3, 48)])
NOTHING = shapely.LineString()


def moved(line: shapely.LineString, east_km: float) -> shapely.LineString:
    """A line carried east on the ellipsoid."""
    lon, lat = np.array(line.coords).T
    east, south, _ = WGS84.fwd(lon, lat, np.full(len(lon), 90.0), np.full(len(lon), east_km * 1000))
    return shapely.LineString(np.column_stack([east, south]))


def test_a_meridian_that_is_moved_by_three_kilometres() -> None:
    line = shapely.LineString([(36, 47), (36, 47.5), (36, 48)])
    apart = distances_km(line, moved(line, 3), 0.5)
    assert len(apart) == pytest.approx(length_km(line) / 0.5, abs=2)
    assert apart.mean() == pytest.approx(3, rel=0.01)
    assert np.percentile(apart, 95) == pytest.approx(3, rel=0.01)


def test_a_part_that_is_moved_counts_by_its_length() -> None:
    other = shapely.LineString([(36, 47), (36, 47.4), (36.3, 47.6), (36.4, 47.8), (36.3, 48)])
    apart = length_apart_km(LINE, other, 0.1)
    assert apart == pytest.approx(length_km(shapely.LineString(LINE.coords[-2:])), rel=0.05)
    assert length_apart_km(LINE, moved(LINE, 3), 3.5) == 0


def test_a_line_and_itself() -> None:
    assert distances_km(LINE, LINE, 0.5).max() < 1e-6
    assert length_apart_km(LINE, LINE, 0.1) == 0


def test_many_vertices_do_not_count_more() -> None:
    plain = distances_km(LINE, moved(LINE, 2), 0.5)
    dense = distances_km(shapely.segmentize(LINE, 0.001), moved(LINE, 2), 0.5)
    assert dense.mean() == pytest.approx(plain.mean(), rel=0.01)


def test_a_piece_shorter_than_a_step_is_not_passed_over() -> None:
    short = shapely.LineString([(36, 47), (36.001, 47)])
    assert len(distances_km(short, LINE, 0.5)) == 1


def test_lines_that_are_not_there() -> None:
    assert len(distances_km(NOTHING, LINE, 0.5)) == 0
    assert len(distances_km(LINE, NOTHING, 0.5)) == 0
    assert length_apart_km(NOTHING, LINE, 0.1) == 0
    assert length_apart_km(LINE, NOTHING, 0.1) == pytest.approx(length_km(LINE))

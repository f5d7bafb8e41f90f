"""Simplified as one coverage: no gap opens, no ground is counted twice, edges are told apart."""

import re
from collections.abc import Sequence

import numpy as np
import pytest
import shapely

from geo.geojson import read_features
from layers.catalogue.model import Catalogue
from webapp.images.map.coverage import HOME, Unit, cut_units, to_frame
from webapp.images.map.coverage_edges import Mesh, is_border, is_coast, is_oblast_edge, is_zone_edge
from webapp.images.map.projection_frame import SOUTH_EAST, Frame, Rectangle, fit_frame
from webapp.svg_path import path_data


@pytest.fixture(scope="module")
def frame() -> Frame:
    return fit_frame(Rectangle(424, 0, 776, 675), SOUTH_EAST, 8)


@pytest.fixture(scope="module")
def whole(catalogue: Catalogue) -> list[Unit]:
    oblasts, neighbours = (
        read_features(catalogue.root / catalogue.context[name].path) for name in ("oblasts", "neighbours")
    )
    edition = catalogue.proposal("us-28-points").editions["2025-11-20"]
    zones = read_features(catalogue.root / edition.products["layer"].path)
    return cut_units(oblasts, neighbours, [zone for zone in zones if zone.properties["partition"]])


@pytest.fixture(scope="module")
def flat(whole: list[Unit], frame: Frame) -> list[Unit]:
    return to_frame(whole, frame)


def _area(units: Sequence[Unit]) -> float:
    return float(sum(unit.shape.area for unit in units))


def test_no_gap_and_no_overlap(flat: list[Unit]) -> None:
    shapes = np.array([unit.shape for unit in flat], dtype=object)
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    ukraine = [unit for unit in flat if unit.country == HOME]
    assert shapely.union_all([unit.shape for unit in ukraine]).area == pytest.approx(_area(ukraine), rel=1e-9)


def test_simplifying_moves_nothing_by_more_than_a_pixel(whole: list[Unit], flat: list[Unit], frame: Frame) -> None:
    assert len(flat) == len(whole)
    for before, after in zip(whole, flat, strict=True):
        assert frame.project(before.shape).hausdorff_distance(after.shape) < 1.0


def test_every_edge_of_ukraine_is_border_or_coast(flat: list[Unit]) -> None:
    mesh = Mesh(flat)
    outline = shapely.union_all([unit.shape for unit in flat if unit.country == HOME])
    told = mesh.lines(is_border).length + mesh.lines(is_coast).length
    assert told == pytest.approx(outline.length, rel=0.02)


def test_edges_are_told_apart() -> None:
    def unit(left: float, oblast: str | None, zone: str | None, country: str = HOME) -> Unit:
        return Unit(country, oblast, zone, shapely.box(left, 0, left + 10, 10))

    mesh = Mesh([unit(0, "A", "z"), unit(10, "A", None), unit(20, "B", None), unit(30, None, None, "POL")])
    assert path_data(mesh.lines(is_zone_edge)) == "M10 0l0 10"
    assert path_data(mesh.lines(is_oblast_edge)) == "M20 0l0 10"
    assert path_data(mesh.lines(is_border)) == "M30 0l0 10"
    assert mesh.lines(is_coast).length == pytest.approx(70)


def test_path_data_is_relative_exact_and_short() -> None:
    ring = shapely.Polygon([(0.04, 0), (0.51, 0.26), (-3, 4), (0, 0)])
    assert path_data(ring) == "M0 0l.5.3-3.5 3.7z"
    assert path_data(shapely.LineString([(1, 1), (1.01, 1), (2.5, -1)])) == "M1 1l1.5-2"
    assert path_data(shapely.Polygon([(0, 0), (0.01, 0), (0, 0.01)])) == ""
    assert path_data(shapely.GeometryCollection()) == ""
    assert path_data(shapely.from_wkt("MULTILINESTRING (EMPTY, (1 1, 2 1))")) == "M1 1l1 0"


def test_rounding_never_adds_up() -> None:
    steps = np.column_stack([np.arange(1000) * 0.1499, np.zeros(1000)])
    moves = re.findall(r"-?\d*\.?\d+", path_data(shapely.LineString(steps)).split("l")[1])
    assert sum(float(move) for move in moves[::2]) == pytest.approx(149.8, abs=0.11)

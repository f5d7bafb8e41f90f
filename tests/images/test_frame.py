"""The frame shows all that it should and nothing beyond the data; its scale bar is right on the ground."""

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo.geojson import read_features
from layers.catalogue import Catalogue
from tests.images.conftest import Picture
from webapp.images.frame import SOUTH_EAST, SURROUNDINGS, Frame, Rectangle, fit_frame, scale_bar
from webapp.images.locator import MARGIN_PX, locator_size

MAP = Rectangle(424, 0, 776, 675)
OUTSIDE = {"country", "river"}


@pytest.fixture(scope="module")
def frame() -> Frame:
    return fit_frame(MAP, SOUTH_EAST, 8)


def _bounds(catalogue: Catalogue) -> tuple[float, float, float, float]:
    seas = read_features(catalogue.root / catalogue.context["sea"].path)
    neighbours = read_features(catalogue.root / catalogue.context["neighbours"].path)
    west, south, east, north = shapely.total_bounds([one.geometry for one in (*seas, *neighbours)])
    return float(west), float(south), float(east), float(north)


def test_every_zone_of_every_date_is_in_the_frame(catalogue: Catalogue, frame: Frame) -> None:
    room = frame.rectangle
    for proposal in catalogue.proposals.values():
        for edition in proposal.editions.values():
            for zone in read_features(catalogue.root / edition.layer.path):
                if zone.properties["kind"] not in OUTSIDE:
                    left, top, right, bottom = frame.project(zone.geometry).bounds
                    assert room.x < left, zone.id
                    assert room.y < top, zone.id
                    assert right < room.right, zone.id
                    assert bottom < room.bottom, zone.id


def test_kyiv_luhansk_and_all_of_crimea_are_in_the_frame(frame: Frame) -> None:
    places = frame.to_px(np.array([(30.52, 50.45), (40.2, 49.6), (32.48, 45.35), (33.78, 44.38), (36.64, 45.45)]))
    room = frame.rectangle.inset(10)
    assert np.all(places > (room.x, room.y))
    assert np.all(places < (room.right, room.bottom))


@pytest.mark.parametrize("inset", [False, True])
def test_the_edge_of_the_data_never_shows(catalogue: Catalogue, frame: Frame, inset: bool) -> None:
    shown = fit_frame(Rectangle(0, 0, *locator_size(MAP)), SURROUNDINGS, MARGIN_PX) if inset else frame
    edge = shown.edge_lonlat()
    west, south, east, north = _bounds(catalogue)
    assert west < edge[:, 0].min()
    assert south < edge[:, 1].min()
    assert edge[:, 0].max() < east
    assert edge[:, 1].max() < north


def test_the_inset_shows_the_whole_frame(own_picture: Picture) -> None:
    assert own_picture.drawing.locator is not None
    inset = own_picture.drawing.locator.rectangle
    numbers = own_picture.drawing.locator.frame.removeprefix("M").split("l")[0].replace("-", " -").split()
    x, y = (float(number) for number in numbers)
    assert inset.x < x < inset.right
    assert inset.y < y < inset.bottom


def test_there_and_back(frame: Frame) -> None:
    px = np.array([(500.0, 100.0), (1100.0, 600.0)])
    assert frame.to_px(frame.to_lonlat(px)) == pytest.approx(px, abs=1e-6)


def test_the_scale_bar_is_as_long_as_it_says(own_picture: Picture) -> None:
    bar, frame = own_picture.drawing.bar, own_picture.drawing.scene.frame
    ends = frame.to_lonlat(np.array([(bar.x, bar.y), (bar.x + bar.scale.length_px, bar.y)]))
    length_km = Geod(ellps="WGS84").line_length(ends[:, 0], ends[:, 1]) / 1000
    assert length_km == pytest.approx(bar.scale.length_km, rel=0.005)
    assert bar.scale.length_km in {1, 2, 5, 10, 20, 50, 100, 200, 500}


def test_the_scale_is_the_same_all_over_the_map(frame: Frame) -> None:
    lengths = [scale_bar(frame, x, y, 100).length_px for x, y in ((450, 60), (800, 330), (1090, 80), (1090, 640))]
    assert max(lengths) / min(lengths) < 1.015


def test_a_small_frame_has_a_short_bar() -> None:
    near = fit_frame(Rectangle(0, 0, 400, 400), type(SOUTH_EAST)(37, 48, 38, 48.7), 0)
    assert scale_bar(near, 200, 200, 100).length_km == 10

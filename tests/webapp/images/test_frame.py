"""The frame shows all that it should and nothing beyond the data; its scale bar is right on the ground."""

from collections.abc import Callable

import numpy as np
import pytest
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geo.geojson import Feature
from layers.catalogue.model import Catalogue, Proposal, find_edition
from tests.webapp.images.conftest import PROPOSALS, Picture, picture_of
from webapp.images.map.locator import MARGIN_PX, locator_size
from webapp.images.map.projection_frame import SOUTH_EAST, SURROUNDINGS, Frame, Rectangle, fit_frame, scale_bar

MAP = Rectangle(424, 0, 776, 675)
OUTSIDE = {"country", "river"}
SPECK_KM2 = 10.0  # some maps paint places on the northern border that are two pixels wide here
GEOD = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def frame() -> Frame:
    return fit_frame(MAP, SOUTH_EAST, 8)


def own_and_newest(proposal: Proposal) -> set[str]:
    return {find_edition(proposal)[1].as_of, proposal.dates[-1]}


def first_and_later(proposal: Proposal) -> set[str]:
    return {proposal.dates[0], "2026-07-01"}


def seen_parts(zone: Feature) -> BaseGeometry:
    """A zone without the specks on which the maps disagree."""
    if zone.properties["kind"] != "contested":
        return zone.geometry
    parts = shapely.get_parts(zone.geometry)
    return shapely.union_all([one for one in parts if abs(GEOD.geometry_area_perimeter(one)[0]) > SPECK_KM2 * 1e6])


def _bounds(catalogue: Catalogue) -> tuple[float, float, float, float]:
    seas = catalogue.store.features(catalogue.context["sea"].path)
    neighbours = catalogue.store.features(catalogue.context["neighbours"].path)
    west, south, east, north = shapely.total_bounds([one.geometry for one in (*seas, *neighbours)])
    return float(west), float(south), float(east), float(north)


@pytest.mark.costly
@pytest.mark.parametrize("days_of", [own_and_newest, first_and_later])
def test_every_zone_of_every_date_is_in_the_frame(
    catalogue: Catalogue, frame: Frame, days_of: Callable[[Proposal], set[str]]
) -> None:
    room = frame.rectangle
    for proposal in catalogue.proposals.values():
        for as_of in days_of(proposal):
            for zone in catalogue.store.features(proposal.edition_on(as_of).products["layer"].path):
                if zone.properties["kind"] not in OUTSIDE:
                    left, top, right, bottom = frame.project(seen_parts(zone)).bounds
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


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_the_inset_shows_the_whole_frame(proposal: str) -> None:
    locator = picture_of(proposal, "own", "en", extent="kherson-unheld").drawing.locator
    assert locator is not None
    inset = locator.rectangle
    numbers = locator.frame.removeprefix("M").split("l")[0].replace("-", " -").split()
    x, y = (float(number) for number in numbers)
    assert inset.x < x < inset.right
    assert inset.y < y < inset.bottom


def test_there_and_back(frame: Frame) -> None:
    px = np.array([(500.0, 100.0), (1100.0, 600.0)])
    assert frame.to_px(frame.to_lonlat(px)) == pytest.approx(px, abs=1e-6)


def test_the_scale_bar_is_as_long_as_it_says(own_picture: Picture) -> None:
    bar, frame = own_picture.drawing.bar, own_picture.drawing.scene.frame
    assert bar is not None
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

"""The ground of an image: names, zones and degrees, always inside the data, in any shape."""

from dataclasses import astuple

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as some
from pyproj import Geod

from geo.geojson import Feature
from geo.projection import Extent
from layers.catalogue.model import Catalogue, load_catalogue
from tests.webapp.images.conftest import picture_of
from webapp.errors import LimitError, OptionError
from webapp.images.map.extent import LIMITS, NAMED, UKRAINE, chosen_extent, held_to_data
from webapp.images.map.projection_frame import Rectangle, fit_frame
from webapp.images.options.places import place_degrees
from webapp.images.sides import extent_of

ZONES = [Feature("small", {}, shapely.box(37.0, 48.0, 37.1, 48.05)), Feature("large", {}, shapely.box(35, 46, 40, 50))]


def test_names_and_degrees() -> None:
    assert chosen_extent("ukraine", ()) == UKRAINE
    assert chosen_extent("36, 47, 39.5, 50", ()) == Extent(36, 47, 39.5, 50)


def test_a_zone_is_shown_with_a_margin_and_never_too_near() -> None:
    large, small = (chosen_extent(name, ZONES) for name in ("large", "small"))
    assert large.west_deg == pytest.approx(35 - 0.6)
    assert large.north_deg == pytest.approx(50 + 0.48)
    assert (small.north_deg - small.south_deg) * 111 >= 59


@pytest.mark.parametrize(
    ("words", "error", "said"),
    [
        ("crimea-river", OptionError, "small, large, NAME:KM, west,south,east,north"),
        ("a,b,c,d", LimitError, "four numbers"),
        ("39,47,36,50", LimitError, "west must be less than east"),
        ("nan,47,39,50", LimitError, "west must be less than east"),
        ("-20,47,39,50", LimitError, "only areas within"),
        ("37,48,37.1,48.1", LimitError, "20 km"),
    ],
)
def test_what_cannot_be_drawn_is_refused(words: str, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        chosen_extent(words, ZONES)


@settings(deadline=None, max_examples=60)
@given(some.integers(320, 4000), some.integers(320, 4000), some.sampled_from(sorted(NAMED)))
def test_no_shape_looks_beyond_the_data_or_loses_the_extent(width: int, height: int, name: str) -> None:
    whole = Rectangle(0, 0, width, height)
    held = held_to_data(whole, NAMED[name], 8)
    frame = fit_frame(held, NAMED[name], 8)
    west, south, east, north = astuple(LIMITS)
    edge = frame.edge_lonlat()
    assert np.all(edge > (west, south))
    assert np.all(edge < (east, north))
    assert frame.px_per_metre == pytest.approx(fit_frame(whole, NAMED[name], 8).px_per_metre, rel=1e-6)
    strips = whole.around(held)
    area = held.width * held.height + sum(strip.width * strip.height for strip in strips)
    assert area == pytest.approx(width * height)


@settings(deadline=None, max_examples=60)
@given(
    some.tuples(some.floats(4, 59), some.floats(34, 61), some.floats(0.5, 56), some.floats(0.5, 28)),
    some.sampled_from([(1200, 675), (1080, 1920), (4000, 320), (320, 4000)]),
)
def test_degrees_are_drawn_whole_and_inside_the_data_or_refused(
    ground: tuple[float, float, float, float], size: tuple[int, int]
) -> None:
    west, south, wide, high = ground
    extent = Extent(west, south, min(west + wide, 60), min(south + high, 62))
    whole = Rectangle(0, 0, *size)
    try:
        held = held_to_data(whole, extent, 8)
    except LimitError:
        assert not shapely.box(16, 42, 48, 54).covers(shapely.box(*astuple(extent)))
        return
    frame = fit_frame(held, extent, 8)
    corners = frame.to_px(np.array([(lon, lat) for lon in astuple(extent)[::2] for lat in astuple(extent)[1::2]]))
    assert shapely.box(held.x, held.y, held.right, held.bottom).covers(shapely.MultiPoint(corners))
    assert shapely.box(*astuple(LIMITS)).contains(shapely.Polygon(frame.edge_lonlat()))


@pytest.mark.slow
@pytest.mark.parametrize("extent", ["14,40,50,57", "18,41,46,55"])
def test_ground_far_beyond_ukraine_fills_its_map(extent: str) -> None:
    picture = picture_of("us-28-points", "own", "en", extent=extent)
    assert picture.drawing.scene.frame.rectangle == picture.layout.map
    assert 'id="zone-crimea"' in picture.svg


def test_ground_that_only_a_speck_of_a_map_could_hold_is_refused() -> None:
    with pytest.raises(LimitError, match=r"extent '10,38,55,58': .* beyond 4,34,60,62; write a smaller one"):
        assert picture_of("us-28-points", "own", "en", extent="10,38,55,58").svg


def test_every_zone_of_an_edition_can_be_the_extent(catalogue: Catalogue) -> None:
    picture = picture_of("us-28-points", "own", "en", extent="donetsk-buffer")
    extent = extent_of(catalogue, picture.edition, picture.options)
    zone = next(
        one for one in catalogue.store.features(picture.edition.products["layer"].path) if one.id == "donetsk-buffer"
    )
    assert shapely.box(*astuple(extent)).contains(zone.geometry)
    assert 'id="zone-donetsk-buffer"' in picture.svg


def test_no_seam_shows_where_the_coarse_land_begins(catalogue: Catalogue) -> None:
    """No thin strip of sea, and no outline, along the edge between the neighbours and the land beyond them."""
    scene = picture_of("us-28-points", "own", "en", extent="ukraine", plain=True, size=(1080, 1920)).drawing.scene
    land = shapely.union_all([scene.land, *(one.shape for one in scene.neighbours)])
    edges = [(lon, 41.2) for lon in np.arange(21.0, 26.0, 0.05)] + [(lon, 53.85) for lon in np.arange(21.0, 44.0, 0.05)]
    places = np.asarray(shapely.points(scene.frame.to_px(np.array(edges))))
    shown = places[shapely.covers(shapely.box(*land.bounds), places)]
    dry = shapely.buffer(land, -2)
    assert shapely.covers(dry, shown).mean() > 0.95
    assert shapely.distance(scene.edges.foreign, shown).min() < 500
    assert (shapely.distance(scene.edges.foreign, shown) < 0.5).mean() < 0.05


@pytest.mark.parametrize("name", ["Kramatorsk:30", "Краматорськ:30", "克拉莫托斯克:30", "kramatorsk : 30"])
def test_a_town_with_a_radius_is_shown_in_any_language(name: str) -> None:
    west, south, east, north = place_degrees(name, load_catalogue()) or (0, 0, 0, 0)
    middle, geod = ((west + east) / 2, (south + north) / 2), Geod(ellps="WGS84")
    assert middle == pytest.approx((37.57, 48.72), abs=0.1)
    assert geod.line_length([west, east], [middle[1]] * 2) == pytest.approx(60_000, rel=0.01)
    assert geod.line_length([middle[0]] * 2, [south, north]) == pytest.approx(60_000, rel=0.01)


def test_an_oblast_is_shown_whole_and_an_unknown_place_is_refused() -> None:
    catalogue = load_catalogue()
    found = {place_degrees(name, catalogue) for name in ("UA-14", "Donetsk oblast", "Донецька область")}
    assert len(found) == 1
    assert None not in found
    assert place_degrees("Nowhere", catalogue) is None
    for radius in ("0", "9", "900", "nan", "far"):
        with pytest.raises(LimitError, match="radius of 10 to 400 km"):
            place_degrees(f"Kyiv:{radius}", catalogue)

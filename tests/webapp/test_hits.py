"""What a click on any proposal's map opens, over a grid of places in every zone: the page's script against shapely.

A mouse and a finger are one to the script; what differs are the sizes of maps, on pages and in frames of other sites.
"""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from layers.catalogue.model import Catalogue, Proposal, load_catalogue
from layers.kinds.table import KINDS
from tests.words import language
from webapp.context import open_view, unserved
from webapp.map.first_view import first_view
from webapp.map.folium_map import VIEW_PADDING_PX
from webapp.setup import ROOT
from webapp.setup.assets import node_command
from webapp.text.zones import read_zones

# Of the map itself on a page 1280 wide by mouse and 390 wide by touch, and in frames.
SIZES_PX = {"page 1280": (846, 702), "page 390": (390, 493), "frame 320": (320, 202), "frame 600": (600, 202)}
ALONG = 12  # places along the longer side of a zone's box
TARGET_PX, EQUATOR_PX = 24.0, 256.0
LARGER = 1.15  # what is about as large as a target may have one
EDGE_PX = 0.5  # nearer to an edge, two ways of counting may differ
PROPOSALS = tuple(load_catalogue().proposals)[::-1]  # the best known first


@dataclass(frozen=True)
class Drawn:
    """A zone as it is drawn, its shape in degrees of longitude in the plane of the map."""

    feature: dict[str, Any]
    nested: bool
    radius_px: float | None

    @property
    def id(self) -> str:
        return str(self.feature["id"])

    @cached_property
    def flat(self) -> BaseGeometry:
        return shapely.transform(shape(self.feature["geometry"]), flat)

    @property
    def is_area(self) -> bool:
        return self.flat.geom_type.endswith("Polygon")

    @property
    def is_line(self) -> bool:
        return self.flat.geom_type.endswith("LineString")

    @cached_property
    def depth(self) -> float:
        """How far its deepest place is from its edge."""
        radius: Any = shapely.maximum_inscribed_circle(self.flat) if self.is_area else None  # type: ignore[call-overload]
        return float(shapely.length(radius)) if radius else 0.0

    def is_small(self, scale: float, slack: float) -> bool:
        """Whether it has a target at so many pixels by degree, with some slack."""
        return not self.is_line and not self.nested and 2 * self.depth * scale < TARGET_PX * slack

    @property
    def level(self) -> tuple[bool, bool]:
        """What lies on what: areas on those of which only the edge is drawn, what divides the ground below the rest."""
        return not self.nested, not self.feature["properties"]["partition"]


def flat(places: np.ndarray) -> np.ndarray:
    """Places as Mercator's projection draws them."""
    lon, lat = places.T
    return np.column_stack([lon, np.degrees(np.log(np.tan(np.pi / 4 + np.radians(lat) / 2)))])


def round_again(places: np.ndarray) -> np.ndarray:
    lon, high = places.T
    return np.column_stack([lon, np.degrees(2 * np.arctan(np.exp(np.radians(high))) - np.pi / 2)])


def drawn_zones(catalogue: Catalogue, proposal: Proposal, as_of: str | None) -> list[Drawn]:
    view = open_view(unserved(catalogue, language("en")), proposal.id, as_of)
    words = {zone.id: zone for zone in read_zones(view)}
    features = json.loads(catalogue.read(view.edition.products["display"]))["features"]
    return [Drawn(one, KINDS[words[one["id"]].kind].nested, words[one["id"]].style.radius_px) for one in features]


def zoom_of(bounds: Sequence[Sequence[float]], size: tuple[int, int]) -> float:
    """The zoom at which the first view fills a map of a size."""
    west, low, east, high = flat(np.array([[lon, lat] for lat, lon in bounds])).ravel()
    room = np.array(size) - 2 * np.array(VIEW_PADDING_PX)
    return float(np.log2(min(room / [east - west, high - low]) * 360 / EQUATOR_PX))


def places_in(zone: Drawn) -> np.ndarray:
    """A grid over a zone's box where it lies in the zone or beside it, and a place well inside of it."""
    west, low, east, high = zone.flat.bounds
    step = max(east - west, high - low, 0.01) / ALONG
    across, up = np.meshgrid(np.arange(west - step, east + step, step), np.arange(low - step, high + step, step))
    grid = np.column_stack([across.ravel(), up.ravel()])
    return np.vstack([grid, shapely.get_coordinates(shapely.point_on_surface(zone.flat))])


def under(zones: Sequence[Drawn], zooms: Sequence[float], places: np.ndarray) -> list[list[list[str]]]:
    """What the page's script says of places, at each zoom."""
    drawn = [{"feature": one.feature, "nested": one.nested, "radius": one.radius_px} for one in zones]
    given = json.dumps({"zones": drawn, "zooms": zooms, "places": round_again(places).tolist()})
    command = [*node_command(), "tests/scripts/under.js"]
    said = subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, check=True).stdout
    found: list[list[list[str]]] = json.loads(said)
    return found


class Map:
    """The zones of a day with places on them: areas that cover these, how far each zone is, what was found."""

    def __init__(self, zones: list[Drawn], zooms: Sequence[float]) -> None:
        self.zones, self.scales = zones, [EQUATOR_PX * 2**zoom / 360 for zoom in zooms]
        self.areas = [zone for zone in zones if zone.is_area]
        self.places = np.vstack([places_in(zone) for zone in zones])
        points = shapely.points(self.places)
        self.covers = np.array([shapely.contains_xy(zone.flat, *self.places.T) for zone in self.areas])
        self.off = np.array([shapely.distance(zone.flat, points) for zone in zones])
        edges = [shapely.boundary(zone.flat) for zone in self.areas]
        near = [shapely.dwithin(edge, points, EDGE_PX / max(self.scales)) for edge in edges]
        self.sure = np.flatnonzero(~np.any(near, axis=0))  # on an edge, two ways of counting may differ
        self.found = under(zones, zooms, self.places)

    def above(self) -> list[Drawn]:
        """The areas from the topmost down."""
        return sorted(self.areas, key=lambda zone: (zone.level, self.areas.index(zone)), reverse=True)

    def wrong(self, size: int) -> list[tuple[str, list[float], list[str]]]:
        """What is wrong at which places with what the script found there, on the map of a size."""
        above, scale = [(zone, self.areas.index(zone)) for zone in self.above()], self.scales[size]
        small = [number for number, zone in enumerate(self.zones) if zone.is_small(scale, LARGER)]
        said = []
        for at in self.sure:
            covering = [zone for zone, number in above if self.covers[number, at]]
            near = {self.zones[one].id for one in small if self.off[one, at] * scale <= TARGET_PX / 2 + EDGE_PX}
            if covering and covering[0].is_small(scale, 1 / LARGER):
                near &= {one.id for one in self.zones if one.radius_px}
            found = self.found[size][at]
            said += [(why, self.places[at].tolist(), found) for why in faults(found, covering, near)]
        return said

    def never_first(self, size: int) -> set[str]:
        """Zones that open nowhere but from the panel of another, though others leave them room."""
        first = {found[0] for found in self.found[size] if found}
        beside = {zone.id for zone in self.zones if zone.is_line or zone.nested} | hidden(self.above())
        return {zone.id for zone in self.zones} - first - beside


def hidden(above: Sequence[Drawn]) -> set[str]:
    """The ids of areas that those above them cover whole."""
    tops = [shapely.union_all([other.flat for other in above[:number]]) for number in range(len(above))]
    return {
        zone.id for zone, top in zip(above, tops, strict=True) if zone.flat.difference(top).area < zone.flat.area / 20
    }


def faults(found: list[str], covering: list[Drawn], near: set[str]) -> list[str]:
    """What is wrong with what the script found at a place.

    ``covering`` are the areas that cover it, from the topmost down, ``near`` the ids of what may have a target there.
    """
    said = [f"{one.id} is not offered" for one in covering if one.id not in found]
    expected = {one.id for one in covering[:1]} | near
    if covering and found[:1] and found[0] not in expected:
        said.append(f"{found[0]} opens")
    return said


def map_of(catalogue: Catalogue, proposal: Proposal, as_of: str | None = None) -> Map:
    """Its map on a day, by default its own, in all sizes."""
    bounds = first_view(catalogue, proposal)
    return Map(drawn_zones(catalogue, proposal, as_of), [zoom_of(bounds, size) for size in SIZES_PX.values()])


def check(drawn: Map) -> None:
    for size, name in enumerate(SIZES_PX):
        assert drawn.wrong(size) == [], name
        assert drawn.never_first(size) == set(), name


@pytest.mark.costly
@pytest.mark.parametrize("proposal_id", PROPOSALS)
def test_what_lies_under_any_place_opens_and_the_rest_is_offered(catalogue: Catalogue, proposal_id: str) -> None:
    drawn = map_of(catalogue, catalogue.proposal(proposal_id))
    assert len(drawn.sure) > 1000
    check(drawn)


@pytest.mark.slow
@pytest.mark.parametrize("proposal_id", PROPOSALS)
def test_so_it_is_on_the_first_and_the_newest_day(catalogue: Catalogue, proposal_id: str) -> None:
    proposal = catalogue.proposal(proposal_id)
    for day in (proposal.dates[0], proposal.dates[-1]):
        check(map_of(catalogue, proposal, day))

"""What the map of an edition shows, in pixels: made once a process for every edition and size."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.geojson import Feature
from geo.overlay import multipolygon
from layers.catalogue.entries import BuiltFile
from layers.catalogue.model import Catalogue, Edition
from layers.catalogue.store import Store
from layers.errors import BuildError
from layers.kinds.kind import Kind
from layers.kinds.table import kind_of
from layers.reference.extent import EAST_DEG, NORTH_DEG, SOUTH_DEG, WEST_DEG
from layers.reference.water_kinds import RIVER
from webapp.images.map.coverage import HOME, TOLERANCE_PX, Unit, cut_units, to_frame
from webapp.images.map.coverage_edges import Mesh, is_border, is_coast, is_foreign_edge, is_oblast_edge, is_zone_edge
from webapp.images.map.held import held_ground
from webapp.images.map.projection_frame import Frame
from webapp.images.map.towns import MapTown, choose_towns
from webapp.style.light import zone_style
from webapp.style.water import LEVELS, zoom_of

CLIP_MARGIN_PX = 6.0
MARK_PX = 10.0  # from the middle of a place's mark to its edge: none is cut by the frame
SCENES_KEPT = 64
FRAME = shapely.box(WEST_DEG, SOUTH_DEG, EAST_DEG, NORTH_DEG)
BEYOND_DEG, KNOTS_DEG, ON_EDGE_DEG = 0.3, 0.25, 1e-6
METRES_PER_DEG = 111_000
HELD_BEYOND_DEG, HELD_BEYOND_PX = 0.003, 1.5  # so far beyond its drawn edge: a coast is finer here than on a screen
MARKS_APART_PX = 1.0
CONTEXT = ("oblasts", "neighbours", "abroad", "hydrography", "towns")


@dataclass(frozen=True)
class Shape:
    """A zone, neighbour or place: properties as built, geometry in pixels, cut to the frame."""

    id: str
    properties: Mapping[str, Any]
    shape: BaseGeometry

    @property
    def place(self) -> tuple[float, float]:
        """Where a point is, in pixels to a tenth."""
        x, y = shapely.get_coordinates(self.shape)[0].tolist()
        return round(x, 1), round(y, 1)


@dataclass(frozen=True)
class Edges:
    """Outlines by what they part, as lines in pixels."""

    border: BaseGeometry
    coast: BaseGeometry
    oblasts: BaseGeometry
    foreign: BaseGeometry
    zones: BaseGeometry


@dataclass(frozen=True)
class Scene:
    """Everything that is drawn of an edition, apart from text."""

    frame: Frame
    land: BaseGeometry
    neighbours: tuple[Shape, ...]
    zones: tuple[Shape, ...]
    overlays: tuple[Shape, ...]
    lines: tuple[Shape, ...]
    contact: BaseGeometry
    zoned: BaseGeometry
    abroad: BaseGeometry
    sites: tuple[Shape, ...]
    held: BaseGeometry
    waters: tuple[Shape, ...]
    towns: tuple[MapTown, ...]
    edges: Edges
    shows_all: bool

    @cached_property
    def rivers(self) -> BaseGeometry:
        """All rivers as one."""
        return shapely.union_all([one.shape for one in self.waters if one.properties["kind"] == RIVER])

    @cached_property
    def free(self) -> BaseGeometry:
        """Land of Ukraine outside all zones."""
        return shapely.difference(self.land, self.zoned)

    @cached_property
    def oblasts(self) -> Mapping[str, tuple[Shape, ...]]:
        """The zones of each oblast by its ISO code."""
        found: dict[str, tuple[Shape, ...]] = {}
        for zone in self.zones:
            iso = zone.properties["oblast"]
            found |= {iso: (*found.get(iso, ()), zone)} if iso else {}
        return found

    @cached_property
    def oblast_areas(self) -> Mapping[str, BaseGeometry]:
        """What the zones of each oblast cover, by its ISO code."""
        return {iso: shapely.union_all([zone.shape for zone in zones]) for iso, zones in self.oblasts.items()}


@dataclass(frozen=True)
class Files:
    """The built files that an image is drawn from; the same files give the same image."""

    store: Store
    layer: BuiltFile
    oblasts: BuiltFile
    neighbours: BuiltFile
    abroad: BuiltFile
    hydrography: BuiltFile
    towns: BuiltFile
    display: BuiltFile


def files_of(catalogue: Catalogue, edition: Edition) -> Files:
    """Return the files of an edition and its surroundings.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    edition
        The proposal on one control map.

    Raises
    ------
    BuildError
        If an earlier version built the catalogue, without these files.
    """
    if missing := [name for name in CONTEXT if name not in catalogue.context]:
        raise BuildError(f"{catalogue.root}: built without context/{missing[0]}; run 'clausemap build' again")
    around = {name: catalogue.context[name] for name in CONTEXT}
    return Files(catalogue.store, edition.products["layer"], display=edition.products["display"], **around)


@lru_cache(maxsize=SCENES_KEPT)
def scene_of(files: Files, frame: Frame, tolerance_px: float = TOLERANCE_PX, marked: tuple[str, ...] = ()) -> Scene:
    """Return what the map of an edition shows in a frame, cached for equal arguments.

    Parameters
    ----------
    files
        Files of the edition and its surroundings.
    frame
        Projection and rectangle of the map.
    tolerance_px
        Largest distance of a simplified edge from the original, in pixels.
    marked
        Ids of towns to highlight.
    """
    features = files.store.features(files.layer.path)
    partition = [feature for feature in features if feature.properties["partition"]]
    neighbours = _read(files.store, files.neighbours)
    around = _around(neighbours, _read(files.store, files.abroad), frame)
    units = to_frame(cut_units(_read(files.store, files.oblasts), around, partition), frame, tolerance_px)
    mesh = Mesh(units)

    def thinned(feature: Feature) -> BaseGeometry:
        return shapely.simplify(frame.project(feature.geometry), tolerance_px / 2)

    lines = _shapes(_of_kind(features, lambda kind: kind.is_line_of_contact), frame, thinned)
    contact = shapely.union_all([line.shape for line in lines])
    land = frame.clip(_dissolved(units, HOME), CLIP_MARGIN_PX)
    return Scene(
        frame=frame,
        land=land,
        neighbours=_shapes(neighbours, frame, lambda one: _dissolved(units, one.id)),
        zones=_shapes(partition, frame, lambda one: _zone(units, one.id)),
        overlays=_shapes(_overlays(features), frame, thinned),
        lines=lines,
        contact=contact,
        zoned=frame.clip(shapely.union_all([unit.shape for unit in units if unit.zone])),
        abroad=frame.clip(shapely.union_all([unit.shape for unit in units if unit.country != HOME])),
        sites=_side_by_side(
            _shapes(
                _of_kind(features, lambda kind: kind.shape == "place"),
                frame,
                lambda one: frame.project(one.geometry),
                -MARK_PX,
            )
        ),
        held=held_on(land, frame.project(held_ground(files.store, files.display)), frame, tolerance_px),
        waters=_shapes(_waters(_read(files.store, files.hydrography), frame), frame, thinned),
        towns=choose_towns(_read(files.store, files.towns), contact, frame, marked),
        edges=Edges(*(frame.clip(mesh.lines(rule), CLIP_MARGIN_PX) for rule in _RULES)),
        shows_all=_shows_all(units, frame),
    )


def context_units(store: Store, oblasts: BuiltFile, neighbours: BuiltFile) -> list[Unit]:
    """Return oblasts and neighbours as a coverage in degrees, without zones.

    Parameters
    ----------
    store
        Reads files of the build.
    oblasts
        Layer of the oblasts.
    neighbours
        Layer of the neighbouring countries.
    """
    return cut_units(_read(store, oblasts), _read(store, neighbours), ())


_RULES = (is_border, is_coast, is_oblast_edge, is_foreign_edge, is_zone_edge)


@lru_cache(maxsize=len(CONTEXT) * 2)
def _read(store: Store, file: BuiltFile) -> tuple[Feature, ...]:
    return store.features(file.path)


def _of_kind(features: Sequence[Feature], meant: Callable[[Kind], bool]) -> list[Feature]:
    return [feature for feature in features if meant(kind_of(feature.properties))]


def _overlays(features: Sequence[Feature]) -> list[Feature]:
    """The areas that lie over zones, last where control maps disagree."""
    over = [one for one in features if one.properties["area_km2"] is not None and not one.properties["partition"]]
    return sorted(over, key=lambda one: kind_of(one.properties).draw_order)


def _shapes(
    features: Iterable[Feature],
    frame: Frame,
    drawn: Callable[[Feature], BaseGeometry],
    margin: float = CLIP_MARGIN_PX,
) -> tuple[Shape, ...]:
    made = (Shape(one.id, one.properties, frame.clip(drawn(one), margin)) for one in features)
    return tuple(shape for shape in made if not shape.shape.is_empty)


def _side_by_side(sites: Sequence[Shape]) -> tuple[Shape, ...]:
    """The places, the smaller mark of two that overlap and look different moved beside the larger one."""
    looks = {site.id: zone_style(site.properties) for site in sites}
    placed: list[Shape] = []
    for site in sorted(sites, key=lambda one: -looks[one.id].radius_px):
        others = (other for other in placed if looks[other.id].key != looks[site.id].key)
        moved = (_moved(site, other, looks[site.id].radius_px + looks[other.id].radius_px) for other in others)
        placed.append(next((one for one in moved if one is not site), site))
    return tuple(placed)


def _moved(site: Shape, other: Shape, reach_px: float) -> Shape:
    """A place so far from another that their marks are apart; the place itself where they are."""
    (x, y), (left, top) = site.place, other.place
    away, wanted = math.dist((x, y), (left, top)), reach_px + MARKS_APART_PX
    if not 0 < away < wanted:
        return site
    part = wanted / away
    return replace(site, shape=shapely.Point(left + (x - left) * part, top + (y - top) * part))


def _dissolved(units: Sequence[Unit], country: str) -> BaseGeometry:
    return shapely.union_all([unit.shape for unit in units if unit.country == country])


def _zone(units: Sequence[Unit], zone: str) -> BaseGeometry:
    return shapely.union_all([unit.shape for unit in units if unit.zone == zone])


def _around(neighbours: Sequence[Feature], abroad: Sequence[Feature], frame: Frame) -> Sequence[Feature]:
    """The neighbours, and where the frame looks beyond their own outlines the land there.

    Both get the same vertices along the edge where they meet, so that no gap opens when it is bent by the projection.
    """
    seen = shapely.Polygon(frame.edge_lonlat()).buffer(BEYOND_DEG).envelope
    if shapely.covers(FRAME, seen):
        return neighbours
    clipped = [replace(one, geometry=multipolygon(shapely.clip_by_rect(one.geometry, *seen.bounds))) for one in abroad]
    knots = shapely.MultiPoint(shapely.get_coordinates(shapely.segmentize(FRAME, KNOTS_DEG)))
    shown = [one for one in (*neighbours, *clipped) if not one.geometry.is_empty]
    return [replace(one, geometry=shapely.snap(one.geometry, knots, ON_EDGE_DEG)) for one in shown]


def _shows_all(units: Sequence[Unit], frame: Frame) -> bool:
    """Whether the frame holds all of Ukraine, but for what lies within a few pixels of its edge."""
    left, top, right, bottom = shapely.total_bounds([unit.shape for unit in units if unit.country == HOME])
    room = frame.rectangle.inset(-CLIP_MARGIN_PX)
    return bool(left >= room.x and top >= room.y and right <= room.right and bottom <= room.bottom)


def held_on(land: BaseGeometry, held: BaseGeometry, frame: Frame, tolerance_px: float) -> BaseGeometry:
    """Return Russian-held territory on the land of the image, in pixels.

    Parameters
    ----------
    land
        Land of the image, in pixels.
    held
        Russian-held territory, in pixels.
    frame
        Projection and rectangle of the map.
    tolerance_px
        Largest distance of a simplified edge from the original, in pixels.
    """
    beyond = min(HELD_BEYOND_PX, HELD_BEYOND_DEG * METRES_PER_DEG * frame.px_per_metre)
    wider = shapely.buffer(shapely.simplify(held, tolerance_px / 2), beyond, join_style="mitre")
    return multipolygon(shapely.intersection(wider, land))


def _waters(features: Sequence[Feature], frame: Frame) -> list[Feature]:
    """The waters of the levels that the scale of the image shows, rivers below the areas that they run through."""
    zoom = zoom_of(1 / frame.px_per_metre)
    shown = [one for one in features if LEVELS[one.properties["level"]].drawn_zoom <= zoom]
    return sorted(shown, key=lambda one: one.properties["kind"] != RIVER)

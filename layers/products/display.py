"""What the map in a browser draws: base map and zones with the vertices that a screen can show, each edge once.

Areas are never measured on these shapes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.edge_network import (
    ON_EDGE_DEG,
    SCREEN_GRID_DEG,
    EdgeNetwork,
    Faces,
    cut_at,
    edges_of,
    faces_between,
    for_screens,
    innermost,
    lie_on,
    long_lines,
    meeting_points,
    move_ends,
    simplify_edges,
    split_by,
)
from geo.geojson import Feature, canonical, feature_collection
from geo.lazy import once
from geo.measure import polygons
from geo.overlay import GRID_DEG
from layers.derivations.parameters import Parameters, SomeOblasts
from layers.kinds.table import kind_of
from layers.products.water import drawn_water
from layers.reference.reference_data import ReferenceData
from layers.text.languages import flat
from layers.zones.derive import Day

TOLERANCE_DEG = 0.0015  # a pixel at the nearest zoom; 0.15 km
SEA = "sea"
HELD = "held"
DECIMALS = 4

Shapes = dict[str, BaseGeometry]


@dataclass(frozen=True)
class Screen:
    """The base map as drawn: its units by id, and the edges of oblasts by part (oblasts, border, coast).

    ``exact`` has those edges in full detail, ``drawn`` as simplified.
    """

    units: Mapping[str, BaseGeometry]
    parts: Mapping[str, BaseGeometry]
    exact: BaseGeometry
    drawn: BaseGeometry


def draw_ground(reference: ReferenceData, tolerance_deg: float = TOLERANCE_DEG) -> Screen:
    """Return oblasts, neighbours and sea as one simplified coverage.

    Parameters
    ----------
    reference
        Reference data: oblasts, neighbours, sea, rivers.
    tolerance_deg
        Largest distance of an edge from the original, in degrees.
    """
    units = _units(reference)
    edges = simplify_edges(long_lines(edges_of(units.values())), tolerance_deg)
    faces = faces_between(for_screens(edges.drawn))
    drawn = {name: faces.of(unit) for name, unit in units.items()}
    sides = _sides(edges.exact, units)
    of_oblasts = [number for number, found in enumerate(sides) if not found.isdisjoint(reference.oblasts)]
    parts: dict[str, list[shapely.LineString]] = {"oblasts": [], "coast": [], "border": []}
    for number in of_oblasts:
        parts[_part(sides[number], reference)].append(edges.drawn[number])
    return Screen(
        units={name: drawn[name] if polygons(drawn[name]) else unit for name, unit in units.items()},
        parts={name: _joined(lines) for name, lines in parts.items()},
        exact=shapely.multilinestrings([edges.exact[number] for number in of_oblasts]),
        drawn=for_screens(edges.drawn[number] for number in of_oblasts),
    )


def _joined(lines: list[shapely.LineString]) -> BaseGeometry:
    """Lines on the grid of screens, joined end to end; a collection even where there is one."""
    joined: BaseGeometry = shapely.multilinestrings(long_lines(for_screens(lines)))
    return joined


def _units(reference: ReferenceData) -> Shapes:
    around = {feature.id: feature.geometry for feature in reference.neighbours}
    return {iso: oblast.outline for iso, oblast in reference.oblasts.items()} | around | {SEA: reference.sea.geometry}


def _sides(lines: list[shapely.LineString], units: Shapes) -> list[set[str]]:
    """The units that touch each line."""
    names, found = list(units), shapely.STRtree(list(units.values()))
    sides: list[set[str]] = [set() for _ in lines]
    middles = [line.interpolate(0.5, normalized=True) for line in lines]
    for number, unit in found.query(middles, predicate="dwithin", distance=ON_EDGE_DEG).T:
        sides[number].add(names[unit])
    return sides


def _part(sides: set[str], reference: ReferenceData) -> str:
    """The part of an edge of an oblast: between two oblasts, towards another country, or coast."""
    if len(sides & set(reference.oblasts)) > 1:
        return "oblasts"
    return "border" if sides & set(reference.countries) else "coast"


def ground_layer(reference: ReferenceData, screen: Screen) -> bytes:
    """Return the base map as GeoJSON: sea, land, neighbours, lines between them, inland water, label positions.

    Parameters
    ----------
    reference
        Reference data: oblasts, neighbours, sea, rivers.
    screen
        The reference data as ``draw_ground`` simplified it.
    """
    land = shapely.coverage_union_all([screen.units[iso] for iso in reference.oblasts])
    features = [
        Feature(SEA, {"part": SEA}, screen.units[SEA]),
        Feature("land", {"part": "land"}, land),
        *(
            Feature(one.id, {"part": "neighbour", **_names(one.properties)}, screen.units[one.id])
            for one in reference.neighbours
        ),
        *(Feature(name, {"part": name}, lines) for name, lines in screen.parts.items()),
        *drawn_water(reference),
        *(
            Feature(iso, {"part": "region", "iso": iso, **flat("name", oblast.names)}, _place(screen.units[iso]))
            for iso, oblast in reference.oblasts.items()
        ),
    ]
    return feature_collection((one for one in features if not one.geometry.is_empty), {"name": "ground"})


def _names(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name.startswith("name_")}


def _place(area: BaseGeometry) -> shapely.Point:
    return shapely.Point(_label(area))


def _label(area: BaseGeometry) -> list[float]:
    return [round(degrees, DECIMALS) for degrees in innermost(area)]


@dataclass(frozen=True)
class DrawnDay:
    """A date as drawn for all proposals: its edges simplified, the faces between them, and their shapes.

    ``known`` are the areas whose edges are all among these: the two sides of the line in each oblast, and contested
    territory. ``held`` is all Russian-held territory as one.
    """

    screen: Screen
    edges: EdgeNetwork
    faces: Faces
    known: frozenset[BaseGeometry]
    held: BaseGeometry
    _shapes: dict[BaseGeometry, BaseGeometry] = field(default_factory=dict, compare=False)
    _labels: dict[BaseGeometry, list[float]] = field(default_factory=dict, compare=False)

    def shape(self, area: BaseGeometry) -> BaseGeometry:
        """Return an area assembled from the faces of the date."""
        if area not in self._shapes:
            self._shapes[area] = self.faces.of(area)
        return self._shapes[area]

    def line(self, line: BaseGeometry) -> BaseGeometry:
        """A line along the edges that it runs on."""
        if line not in self._shapes:
            on_line = lie_on(self.edges.exact, line)
            self._shapes[line] = _joined([shown for shown, on in zip(self.edges.drawn, on_line, strict=True) if on])
        return self._shapes[line]

    def label(self, shape: BaseGeometry) -> list[float]:
        """Return the label position of a shape: longitude and latitude of its innermost place."""
        if shape not in self._labels:
            self._labels[shape] = _label(shape)
        return self._labels[shape]

    @once
    def written_held(self) -> dict[str, Any]:
        """All Russian-held territory as a geometry of GeoJSON."""
        return dict(json.loads(shapely.to_geojson(canonical(self.held))))


def draw_day(reference: ReferenceData, day: Day, screen: Screen, tolerance_deg: float = TOLERANCE_DEG) -> DrawnDay:
    """Return the edges of a date, each simplified once; they depend on the control map and on no proposal.

    Parameters
    ----------
    reference
        Reference data: oblasts, neighbours, sea, rivers.
    day
        The control map of the date, split by oblast.
    screen
        The reference data as ``draw_ground`` simplified it.
    tolerance_deg
        Largest distance of an edge from the original, in degrees.
    """
    cuts = [cut for cut in day.splits[day.control.drawn].values() if not cut.held.ground.is_empty]
    sides = [side.ground for cut in cuts for side in (cut.held, cut.unheld)]
    disagreed = [piece.geometry for piece in day.derive(reference, Parameters(function="contested"))]
    line = day.derive(reference, SomeOblasts(function="line"))[0].geometry
    edges = _zone_edges([*sides, *disagreed], line, screen, tolerance_deg)
    faces = faces_between(for_screens([screen.drawn, *edges.drawn]))
    held = shapely.coverage_union_all([faces.of(cut.held.ground) for cut in cuts])
    return DrawnDay(screen, edges, faces, frozenset([*sides, *disagreed]), held)


def held_member(drawn: DrawnDay) -> dict[str, Any]:
    """The foreign member of a layer for screens that says what is Russian-held on its day, as GeoJSON geometry.

    It is no zone: maps show it below all zones, whether a proposal treats it or not.
    """
    return {HELD: drawn.written_held}


def drawn_zones(zones: Sequence[Feature], reference: ReferenceData, drawn: DrawnDay) -> list[Feature]:
    """Return the zones of an edition in their order, as a map on a screen draws them.

    Parameters
    ----------
    zones
        Zones of the edition, in full detail.
    reference
        Reference data: oblasts, neighbours, sea, rivers.
    drawn
        The edges of the date, as ``draw_day`` simplified them.
    """
    shapes = draw_zones(zones, reference, drawn)
    return [_zone(zone, shapes[zone.id], drawn) for zone in zones]


def _zone(zone: Feature, shape: BaseGeometry, drawn: DrawnDay) -> Feature:
    kept = {name: zone.properties[name] for name in ("kind", "clause", "partition")}
    label = drawn.label(shape) if zone.properties["partition"] and polygons(shape) else None
    return Feature(zone.id, {**kept, "label": label}, shape)


def draw_zones(zones: Sequence[Feature], reference: ReferenceData, drawn: DrawnDay) -> Shapes:
    """Return the shapes of zones by id: shared edges are equal, and those of oblasts are as on the base map.

    A zone that simplifying would leave empty keeps its own shape.

    Parameters
    ----------
    zones
        Zones of an edition, in full detail.
    reference
        Reference data: oblasts, neighbours, sea, rivers.
    drawn
        The edges of the date, as ``draw_day`` simplified them.
    """
    return {zone.id: _something(_drawn(zone, reference, drawn), zone.geometry) for zone in zones}


def _drawn(zone: Feature, reference: ReferenceData, drawn: DrawnDay) -> BaseGeometry | None:
    """A zone as it is drawn; None for what is drawn as it is."""
    kind, geometry = kind_of(zone.properties), zone.geometry
    if kind.is_line_of_contact:
        return drawn.line(geometry)
    if kind.abroad:
        return _country(zone, reference, drawn.screen)
    if not kind.has_area:
        return None
    on_edges = zone.properties["partition"] or geometry in drawn.known
    return drawn.shape(geometry) if on_edges else _alone(geometry)


def _alone(area: BaseGeometry, tolerance_deg: float = TOLERANCE_DEG / 2) -> BaseGeometry:
    """An area that overlaps others, such as a band along the line, simplified by itself."""
    return shapely.set_precision(shapely.simplify(area, tolerance_deg), SCREEN_GRID_DEG)


def _zone_edges(areas: Sequence[BaseGeometry], line: BaseGeometry, screen: Screen, tolerance_deg: float) -> EdgeNetwork:
    """The edges of areas that are none of oblasts, simplified, their ends where the oblasts' edges are drawn."""
    every = edges_of([*areas, line])
    inner = shapely.difference(every, screen.exact, grid_size=GRID_DEG)
    long = [piece for group in split_by(inner, [line]) for piece in long_lines(group)]
    cut = cut_at(long, screen.exact, meeting_points(inner))
    pieces = [piece for piece, on_outline in zip(cut, lie_on(cut, screen.exact), strict=True) if not on_outline]
    return move_ends(simplify_edges(pieces, tolerance_deg), screen.exact, screen.drawn)


def _country(zone: Feature, reference: ReferenceData, screen: Screen) -> BaseGeometry:
    """A neighbour as in the base map."""
    same = (
        screen.units[name] for name, outline in reference.countries.items() if outline.equals_exact(zone.geometry, 0)
    )
    return next(same, zone.geometry)


def _something(shape: BaseGeometry | None, exact: BaseGeometry) -> BaseGeometry:
    """A shape; where nothing came of it, what it was, on the grid of screens if that leaves anything."""
    if shape is not None and not shape.is_empty:
        return shape
    rounded = shapely.set_precision(exact, SCREEN_GRID_DEG)
    return exact if rounded.is_empty else rounded

"""What the map in a browser draws: ground and zones with the vertices that a screen can show, every edge once.

Areas are never measured on these shapes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.cutting import GRID_DEG
from geo.geojson import Feature, feature_collection
from geo.measure import polygons
from geo.network import (
    ON_EDGE_DEG,
    SCREEN_GRID_DEG,
    Edges,
    between,
    cut_at,
    edges_of,
    for_screens,
    innermost,
    lie_on,
    long_lines,
    meeting_points,
    move_ends,
    simplify_edges,
    split_by,
)
from layers.ground import Ground
from layers.languages import flat
from layers.zones import WITHOUT_AREA

TOLERANCE_DEG = 0.001  # a pixel and a half at the nearest zoom; 0.1 km
SEA = "sea"
DECIMALS = 4

Shapes = dict[str, BaseGeometry]


@dataclass(frozen=True)
class Screen:
    """The ground as it is drawn: its units by id, and the edges of oblasts by part (oblasts, border, coast).

    ``exact`` is where those edges are on the ground, ``drawn`` where they are on the screen.
    """

    units: Mapping[str, BaseGeometry]
    parts: Mapping[str, BaseGeometry]
    exact: BaseGeometry
    drawn: BaseGeometry


def draw_ground(ground: Ground, tolerance_deg: float = TOLERANCE_DEG) -> Screen:
    """Oblasts, neighbours and sea as one coverage, no edge of it farther off than the tolerance (degrees)."""
    units = _units(ground)
    edges = simplify_edges(long_lines(edges_of(units.values())), tolerance_deg)
    drawn = between(for_screens(edges.drawn), units)
    sides = _sides(edges.exact, units)
    of_oblasts = [number for number, found in enumerate(sides) if not found.isdisjoint(ground.oblasts)]
    parts: dict[str, list[shapely.LineString]] = {"oblasts": [], "coast": [], "border": []}
    for number in of_oblasts:
        parts[_part(sides[number], ground)].append(edges.drawn[number])
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


def _units(ground: Ground) -> Shapes:
    around = {feature.id: feature.geometry for feature in ground.neighbours}
    return {iso: oblast.outline for iso, oblast in ground.oblasts.items()} | around | {SEA: ground.sea.geometry}


def _sides(lines: list[shapely.LineString], units: Shapes) -> list[set[str]]:
    """The units that touch each line."""
    names, found = list(units), shapely.STRtree(list(units.values()))
    sides: list[set[str]] = [set() for _ in lines]
    middles = [line.interpolate(0.5, normalized=True) for line in lines]
    for number, unit in found.query(middles, predicate="dwithin", distance=ON_EDGE_DEG).T:
        sides[number].add(names[unit])
    return sides


def _part(sides: set[str], ground: Ground) -> str:
    """What an edge of an oblast is: between two of them, towards another country, else the coast."""
    if len(sides & set(ground.oblasts)) > 1:
        return "oblasts"
    return "border" if sides & set(ground.countries) else "coast"


def ground_layer(ground: Ground, screen: Screen) -> bytes:
    """The ground as GeoJSON: sea, land, neighbours, the lines between them, the Dnipro and a place for each name."""
    land = shapely.coverage_union_all([screen.units[iso] for iso in ground.oblasts])
    features = [
        Feature(SEA, {"part": SEA}, screen.units[SEA]),
        Feature("land", {"part": "land"}, land),
        *(
            Feature(one.id, {"part": "neighbour", **_names(one.properties)}, screen.units[one.id])
            for one in ground.neighbours
        ),
        *(Feature(name, {"part": name}, lines) for name, lines in screen.parts.items()),
        Feature("dnipro", {"part": "dnipro"}, shapely.set_precision(ground.rivers["dnipro"], SCREEN_GRID_DEG)),
        *(
            Feature(iso, {"part": "region", "iso": iso, **flat("name", oblast.names)}, _place(screen.units[iso]))
            for iso, oblast in ground.oblasts.items()
        ),
    ]
    return feature_collection(feature for feature in features if not feature.geometry.is_empty)


def _names(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name.startswith("name_")}


def _place(area: BaseGeometry) -> shapely.Point:
    return shapely.Point(_label(area))


def _label(area: BaseGeometry) -> list[float]:
    return [round(degrees, DECIMALS) for degrees in innermost(area)]


def zones_layer(zones: Sequence[Feature], ground: Ground, screen: Screen) -> bytes:
    """The zones of an edition as GeoJSON, in their order, as they are drawn on a ground."""
    shapes = draw_zones(zones, ground, screen)
    return feature_collection(_zone(zone, shapes[zone.id]) for zone in zones)


def _zone(zone: Feature, shape: BaseGeometry) -> Feature:
    kept = {name: zone.properties[name] for name in ("kind", "clause", "partition")}
    label = _label(shape) if zone.properties["partition"] and polygons(shape) else None
    return Feature(zone.id, {**kept, "label": label}, shape)


def draw_zones(
    zones: Sequence[Feature], ground: Ground, screen: Screen, tolerance_deg: float = TOLERANCE_DEG
) -> Shapes:
    """The shapes of zones by id: edges that two of them share are one, and those of oblasts lie where they are drawn.

    What is drawn of a zone is never nothing.
    """
    exact = {zone.id: zone.geometry for zone in zones}
    lines = {zone.id: zone.geometry for zone in zones if zone.properties["kind"] == "line"}
    areas = {zone.id: zone.geometry for zone in zones if zone.properties["kind"] not in WITHOUT_AREA}
    edges = _zone_edges(areas, lines, screen, tolerance_deg)
    shapes: Shapes = dict(between(for_screens([screen.drawn, *edges.drawn]), areas))
    shapes |= {name: _line(line, edges) for name, line in lines.items()}
    shapes |= {zone.id: _country(zone, ground, screen) for zone in zones if zone.properties["kind"] == "country"}
    return {name: _something(shapes.get(name), geometry) for name, geometry in exact.items()}


def _zone_edges(areas: Shapes, lines: Shapes, screen: Screen, tolerance_deg: float) -> Edges:
    """The edges of zones that are none of oblasts, simplified, their ends where the oblasts' edges are drawn."""
    every = edges_of([*areas.values(), *lines.values()])
    inner = shapely.difference(every, screen.exact, grid_size=GRID_DEG)
    groups = split_by(inner, list(lines.values()))
    long = [line for group in groups for line in long_lines(group)]
    cut = cut_at(long, screen.exact, meeting_points(inner))
    pieces = [line for line, on_outline in zip(cut, lie_on(cut, screen.exact), strict=True) if not on_outline]
    return move_ends(simplify_edges(pieces, tolerance_deg), screen.exact, screen.drawn)


def _line(line: BaseGeometry, edges: Edges) -> BaseGeometry:
    """A line along the edges of zones that it runs on."""
    on_line = lie_on(edges.exact, line)
    drawn = [shown for shown, found in zip(edges.drawn, on_line, strict=True) if found]
    return _joined(drawn)


def _country(zone: Feature, ground: Ground, screen: Screen) -> BaseGeometry:
    """A neighbour as the ground draws it."""
    same = (screen.units[name] for name, outline in ground.countries.items() if outline.equals_exact(zone.geometry, 0))
    return next(same, zone.geometry)


def _something(shape: BaseGeometry | None, exact: BaseGeometry) -> BaseGeometry:
    """A shape; where nothing came of it, what it was, on the grid of screens if that leaves anything."""
    if shape is not None and not shape.is_empty:
        return shape
    rounded = shapely.set_precision(exact, SCREEN_GRID_DEG)
    return exact if rounded.is_empty else rounded

"""TopoJSON for d3, Observable and Datawrapper: edges that zones share are there once, outer rings run clockwise.

Tools that draw on a sphere take the ring of RFC 7946 for all the world but the zone; those of TopoJSON run as they
want them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.arcs import Course, share_arcs
from geo.geojson import Feature
from geo.overlay import GRID_DEG
from layers.files import json_bytes
from layers.products.edition import EditionContent
from layers.products.formats.zone_table import ZoneTable, tables_by_shape

Json = dict[str, Any]


def topojson(edition: EditionContent) -> bytes:
    """Return the zones as a topology with the objects ``areas``, ``lines`` and ``points``, as far as there are any."""
    tables = tables_by_shape(edition)
    lines = [line for table in tables for zone in table.zones for line in _lines(zone.geometry)]
    arcs = share_arcs(lines)
    every = shapely.geometrycollections([zone.geometry for table in tables for zone in table.zones])
    west, south, east, north = every.bounds
    grid = _Grid(west, south)
    courses = iter(arcs.courses)
    objects = {table.name: _collection(table, courses, grid) for table in tables}
    return json_bytes(
        {
            "type": "Topology",
            **edition.members,
            "bbox": [west, south, east, north],
            "transform": {"scale": [GRID_DEG, GRID_DEG], "translate": [west, south]},
            "objects": objects,
            "arcs": [grid.steps(arc) for arc in arcs.lines],
        }
    )


class _Grid:
    """Places as whole numbers of steps from the south-west corner."""

    def __init__(self, west: float, south: float) -> None:
        self.corner = np.array([west, south])

    def place(self, lonlat: np.ndarray) -> np.ndarray:
        places: np.ndarray = np.round((lonlat - self.corner) / GRID_DEG).astype(np.int64)
        return places

    def steps(self, lonlat: np.ndarray) -> list[list[int]]:
        """The first place, then the way to each further one."""
        places = self.place(lonlat)
        steps: list[list[int]] = np.diff(places, axis=0, prepend=np.zeros((1, 2), np.int64)).tolist()
        return steps


def _collection(table: ZoneTable, courses: Iterator[Course], grid: _Grid) -> Json:
    zones = [_geometry(zone, courses, grid) for zone in table.zones]
    return {"type": "GeometryCollection", "geometries": zones}


def _geometry(zone: Feature, courses: Iterator[Course], grid: _Grid) -> Json:
    shape = zone.geometry
    about: Mapping[str, Any] = {"type": shape.geom_type, "id": zone.id, "properties": dict(zone.properties)}
    if shape.geom_type == "Point":
        return {**about, "coordinates": grid.place(shapely.get_coordinates(shape))[0].tolist()}
    return {**about, "arcs": _arcs(shape, courses)}


def _arcs(shape: BaseGeometry, courses: Iterator[Course]) -> list[Any]:
    """The courses of a geometry in the nesting of its coordinates."""
    if shape.geom_type.startswith("Multi"):
        return [_arcs(part, courses) for part in shapely.get_parts(shape)]
    if isinstance(shape, shapely.Polygon):
        return [next(courses) for _ in range(1 + len(shape.interiors))]
    return next(courses)


def _lines(shape: BaseGeometry) -> Iterator[shapely.LineString]:
    """The rings and lines of a geometry in their order, the outer rings clockwise."""
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            turned = shapely.orient_polygons(part, exterior_cw=True)
            yield from (shapely.LineString(ring) for ring in (turned.exterior, *turned.interiors))
        elif part.geom_type == "LineString":
            yield part

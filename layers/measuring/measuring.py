"""The figures of a drawing: areas, people, length and distance from the line of contact, on either side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.buffering import band_along
from geo.geojson import Feature
from geo.lines import nearest_km
from geo.measure import area_km2, length_km
from layers.errors import DrawingError
from layers.kinds.table import kind_of
from layers.measuring.drawing import check_drawing
from layers.measuring.sides import region_of
from layers.places.index import IndexedPlace
from layers.places.people import People, people_before_war
from layers.reference.reference_data import ReferenceData

SIDES = {"line": ("left", "right"), "area": ("inside", "outside")}
STEP_DEG = 0.02  # between places from which the distance to the line of contact is measured
LEAST_KM2 = 1.0  # a drawing with less of Ukraine on a side divides nothing
DEEPEST_KM = 200.0
TINY_DEG = 1e-6
STRIP_DEG = 3.0  # of latitude, within which the distances of a buffer are true to 0.1 %

Pair = tuple[float, float]


@dataclass(frozen=True)
class MeasuringData:
    """What a drawing is measured against: oblasts, every place of the gazetteer, and the zones of an edition.

    Without an edition, ``zones`` is empty.
    """

    reference: ReferenceData
    places: Sequence[IndexedPlace]
    zones: Sequence[Feature] = ()

    @property
    def areas(self) -> list[Feature]:
        """The zones that divide the territory of Ukraine."""
        return [zone for zone in self.zones if zone.properties["partition"] and not kind_of(zone.properties).abroad]

    @property
    def contact(self) -> BaseGeometry:
        """The line of contact; empty without an edition."""
        return shapely.union_all([zone.geometry for zone in self.zones if zone.properties["kind"] == "line"])


@dataclass(frozen=True)
class Row:
    """An oblast or a zone: its id, its names by property and language, and its area on each side in km²."""

    id: str
    names: Mapping[str, str]
    km2: Pair


@dataclass(frozen=True)
class Measurement:
    """What a drawing divides. Pairs are of the two ``sides``: left and right of a line, inside and outside an area.

    ``rest_km2`` is what lies in no zone, ``contact_km`` the least and the greatest distance of places along the drawing
    from the line of contact, both None without an edition. ``buffer_km2`` is the area of Ukraine within ``depth_km`` of
    the drawing, None where no depth was given.
    """

    sides: tuple[str, str]
    length_km: float
    km2: Pair
    oblasts: tuple[Row, ...]
    zones: tuple[Row, ...]
    rest_km2: Pair | None
    settled: tuple[People, People]
    contact_km: Pair | None
    depth_km: float | None
    buffer_km2: Pair | None


def measure_geometry(geometry: BaseGeometry, data: MeasuringData, depth_km: float | None = None) -> Measurement:
    """Return the figures of a drawn line or of polygons.

    Edges are straight in longitude and latitude, as those of every file.

    Parameters
    ----------
    geometry
        One line that divides Ukraine, or polygons, in degrees, WGS 84.
    data
        What it is measured against.
    depth_km
        Depth of a buffer on either side, in km; None for none.

    Raises
    ------
    DrawingError
        ``no-geometry``, ``too-many-points``, ``outside-map``, ``several-lines``, ``mixed``, ``crosses-itself``,
        ``ends-inside``, ``divides-nothing`` or ``depth``.
    """
    drawing = check_drawing(geometry)
    region = region_of(drawing, data.reference.ukraine)
    oblasts = tuple(_oblast_row(one.feature, region) for one in data.reference.oblasts.values())
    zones = tuple(_zone_row(zone, region) for zone in data.areas)
    whole = _sum(oblasts)
    if min(whole) < LEAST_KM2:
        raise DrawingError("divides-nothing", "has less than 1 km² of Ukraine on one side; draw it across territory")
    outline = drawing.geometry if drawing.kind == "line" else drawing.geometry.boundary
    return Measurement(
        sides=SIDES[drawing.kind],
        length_km=length_km(outline),
        km2=whole,
        oblasts=oblasts,
        zones=zones,
        rest_km2=_less(whole, _sum(zones)) if data.zones else None,
        settled=_settled(region, data.places),
        contact_km=_distances(outline, data.contact),
        depth_km=depth_km,
        buffer_km2=None if depth_km is None else _buffer(outline, depth_km, region, data.reference.ukraine),
    )


def _oblast_row(oblast: Feature, region: BaseGeometry) -> Row:
    return Row(oblast.id, _names(oblast), _divided(oblast.geometry, region))


def _zone_row(zone: Feature, region: BaseGeometry) -> Row:
    return Row(zone.id, _names(zone), _divided(zone.geometry, region))


def _names(feature: Feature) -> dict[str, str]:
    return {key: str(value) for key, value in feature.properties.items() if key.startswith("name_")}


def _divided(unit: BaseGeometry, region: BaseGeometry) -> Pair:
    """The area of a unit inside a region and outside it."""
    whole = area_km2(unit)
    if shapely.disjoint(unit, region):
        return 0.0, whole
    inside = area_km2(shapely.intersection(unit, region))
    return inside, max(whole - inside, 0.0)


def _sum(rows: Sequence[Row]) -> Pair:
    return sum(row.km2[0] for row in rows), sum(row.km2[1] for row in rows)


def _less(whole: Pair, part: Pair) -> Pair:
    return max(whole[0] - part[0], 0.0), max(whole[1] - part[1], 0.0)


def _settled(region: BaseGeometry, places: Sequence[IndexedPlace]) -> tuple[People, People]:
    inside, outside = people_before_war((region, shapely.difference(shapely.box(-180, -90, 180, 90), region)), places)
    return inside, outside


def _distances(outline: BaseGeometry, contact: BaseGeometry) -> Pair | None:
    if contact.is_empty:
        return None
    away_km = nearest_km(np.unique(shapely.get_coordinates(shapely.segmentize(outline, STEP_DEG)), axis=0), contact)
    return float(away_km.min()), float(away_km.max())


def _buffer(outline: BaseGeometry, depth_km: float, region: BaseGeometry, ukraine: BaseGeometry) -> Pair:
    if not 0 < depth_km <= DEEPEST_KM:
        raise DrawingError("depth", f"a buffer of {depth_km:g} km; give more than 0 and at most {DEEPEST_KM:g} km")
    band = shapely.union_all([band_along(strip, depth_km) for strip in _strips(outline)])
    return _divided(shapely.intersection(band, ukraine), region)


def _strips(outline: BaseGeometry) -> list[BaseGeometry]:
    """A line cut into strips of latitude."""
    west, south, east, north = outline.bounds
    starts = np.arange(south, north + TINY_DEG, STRIP_DEG)
    boxes = [shapely.box(west - 1, start, east + 1, min(start + STRIP_DEG, north + TINY_DEG)) for start in starts]
    found = [shapely.intersection(outline, box) for box in boxes]
    return [strip for strip in found if strip.length > 0]


def as_document(found: Measurement) -> dict[str, object]:
    """Return a measurement as JSON has it: areas to 0.1 km², lengths to 0.1 km."""
    return {
        "sides": list(found.sides),
        "length_km": round(found.length_km, 1),
        "area_km2": _rounded(found.km2),
        "oblasts": [_row(row) for row in found.oblasts],
        "zones": [_row(row) for row in found.zones],
        "in_no_zone_km2": _rounded(found.rest_km2),
        "places": [len(side.places) for side in found.settled],
        "registered_before_war": [side.registered_before_war for side in found.settled],
        "distance_from_line_of_contact_km": _rounded(found.contact_km),
        "within_depth": _within(found),
    }


def _within(found: Measurement) -> dict[str, object] | None:
    return {"depth_km": found.depth_km, "area_km2": _rounded(found.buffer_km2)} if found.depth_km else None


def _row(row: Row) -> dict[str, object]:
    return {"id": row.id, **row.names, "area_km2": _rounded(row.km2)}


def _rounded(pair: Pair | None) -> list[float] | None:
    return None if pair is None else [round(figure, 1) for figure in pair]

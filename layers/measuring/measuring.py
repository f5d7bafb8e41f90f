"""The figures of a drawing: areas, people, length and distance from the line of contact, on either side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.buffering import buffer_along
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
DEEPEST_KM = 50.0

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
class Divided:
    """What lies on both sides. Pairs are of left and right of a line, or of inside and outside an area.

    ``rest_km2`` is what lies in no zone, None without an edition.
    """

    km2: Pair
    oblasts: tuple[Row, ...]
    zones: tuple[Row, ...]
    rest_km2: Pair | None
    settled: tuple[People, People]


@dataclass(frozen=True)
class Buffer(Divided):
    """What lies within ``depth_km`` of a drawing, by its sides; ``geometry`` reaches beyond Ukraine."""

    depth_km: float
    geometry: BaseGeometry


@dataclass(frozen=True)
class Measurement(Divided):
    """What a drawing divides, and the names of its two ``sides``.

    ``contact_km`` is the least and the greatest distance of places along the drawing from the line of contact, None
    without an edition; ``buffer`` is None where no depth was given.
    """

    sides: tuple[str, str]
    length_km: float
    contact_km: Pair | None
    buffer: Buffer | None


def measure_geometry(geometry: BaseGeometry, data: MeasuringData, buffer_km: float | None = None) -> Measurement:
    """Return the figures of a drawn line or of polygons.

    Edges are straight in longitude and latitude, as those of every file.

    Parameters
    ----------
    geometry
        One line that divides Ukraine, or polygons, in degrees, WGS 84.
    data
        What it is measured against.
    buffer_km
        Depth of a buffer on either side, in km; None for none.

    Raises
    ------
    DrawingError
        ``no-geometry``, ``too-many-points``, ``outside-map``, ``several-lines``, ``mixed``, ``crosses-itself``,
        ``ends-inside``, ``divides-nothing`` or ``depth``.
    """
    drawing = check_drawing(geometry)
    region = region_of(drawing, data.reference.ukraine)
    found = _divided(region, data)
    if min(found.km2) < LEAST_KM2:
        raise DrawingError("divides-nothing", "has less than 1 km² of Ukraine on one side; draw it across territory")
    outline = drawing.geometry if drawing.kind == "line" else drawing.geometry.boundary
    return Measurement(
        **vars(found),
        sides=SIDES[drawing.kind],
        length_km=length_km(outline),
        contact_km=_distances(outline, data.contact),
        buffer=None if buffer_km is None else _buffer(outline, buffer_km, region, data),
    )


def _divided(region: BaseGeometry, data: MeasuringData, within: BaseGeometry | None = None) -> Divided:
    oblasts = tuple(_row(one.feature, region, within) for one in data.reference.oblasts.values())
    zones = tuple(_row(zone, region, within) for zone in data.areas)
    whole = _sum(oblasts)
    rest_km2 = _less(whole, _sum(zones)) if data.zones else None
    return Divided(whole, oblasts, zones, rest_km2, _settled(region, data.places, within))


def _row(unit: Feature, region: BaseGeometry, within: BaseGeometry | None) -> Row:
    ground = unit.geometry if within is None else shapely.intersection(unit.geometry, within)
    return Row(unit.id, _names(unit), _pair(ground, region))


def _names(feature: Feature) -> dict[str, str]:
    return {key: str(value) for key, value in feature.properties.items() if key.startswith("name_")}


def _pair(unit: BaseGeometry, region: BaseGeometry) -> Pair:
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


def _settled(
    region: BaseGeometry, places: Sequence[IndexedPlace], within: BaseGeometry | None
) -> tuple[People, People]:
    whole = shapely.box(-180, -90, 180, 90) if within is None else within
    inside, outside = people_before_war(
        (shapely.intersection(region, whole), shapely.difference(whole, region)), places
    )
    return inside, outside


def _distances(outline: BaseGeometry, contact: BaseGeometry) -> Pair | None:
    if contact.is_empty:
        return None
    away_km = nearest_km(np.unique(shapely.get_coordinates(shapely.segmentize(outline, STEP_DEG)), axis=0), contact)
    return float(away_km.min()), float(away_km.max())


def _buffer(outline: BaseGeometry, depth_km: float, region: BaseGeometry, data: MeasuringData) -> Buffer:
    if not 0 < depth_km <= DEEPEST_KM:
        raise DrawingError("depth", f"a buffer of {depth_km:g} km; give more than 0 and at most {DEEPEST_KM:g} km")
    ground = buffer_along(outline, depth_km)
    return Buffer(**vars(_divided(region, data, ground)), depth_km=depth_km, geometry=ground)


def as_document(found: Measurement) -> dict[str, object]:
    """Return a measurement as JSON has it: areas to 0.1 km², lengths to 0.1 km."""
    return {
        "sides": list(found.sides),
        "length_km": round(found.length_km, 1),
        **_document(found),
        "distance_from_line_of_contact_km": _rounded(found.contact_km),
        "within_buffer": {"depth_km": found.buffer.depth_km, **_document(found.buffer)} if found.buffer else None,
    }


def _document(found: Divided) -> dict[str, object]:
    return {
        "area_km2": _rounded(found.km2),
        "oblasts": [_row_document(row) for row in found.oblasts],
        "zones": [_row_document(row) for row in found.zones],
        "in_no_zone_km2": _rounded(found.rest_km2),
        "places": [len(side.places) for side in found.settled],
        "registered_before_war": [side.registered_before_war for side in found.settled],
    }


def _row_document(row: Row) -> dict[str, object]:
    return {"id": row.id, **row.names, "area_km2": _rounded(row.km2)}


def _rounded(pair: Pair | None) -> list[float] | None:
    return None if pair is None else [round(figure, 1) for figure in pair]

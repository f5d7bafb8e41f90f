"""Derivations: how the geometry of a zone follows from oblasts and control, one function each.

A new derivation is one function here and one row in ``DERIVATIONS``. Every function takes ``scene``, the reference data
and the control map of a date split at one level, and ``given``, its parameters in the proposal's file.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.buffering import band_along
from geo.lazy import once
from geo.measure import area_km2
from geo.overlay import Crumbs, by_size, merged_lines, multipolygon, overlay_quickly, unite, unite_neighbours
from layers.control_map import CRUMB_KM2, ControlMap, Side, Split
from layers.derivations.parameters import (
    Band,
    Country,
    DrawnGround,
    EachOblast,
    InOblasts,
    Parameters,
    Position,
    River,
    SomeOblasts,
    polygons_of,
)
from layers.reference.reference_data import ReferenceData

JUST_OUTSIDE_DEG = 0.1


@dataclass(frozen=True)
class DayGround:
    """What a derivation works on: reference data, one level of a control map split by oblast, and the whole map."""

    reference: ReferenceData
    level: str
    split: Split
    control: ControlMap


@dataclass(frozen=True)
class Piece:
    """What a derivation returns: geometry in degrees, the one oblast it lies in (or None), dropped slivers by oblast.

    ``known_km2`` is the area if it was measured before.
    """

    geometry: BaseGeometry
    oblast: str | None = None
    dropped: Mapping[str, Crumbs] | None = None
    known_km2: float | None = None

    @once
    def area_km2(self) -> float:
        """The geodesic area in km²; 0 for lines and points."""
        return area_km2(self.geometry) if self.known_km2 is None else self.known_km2


def whole_oblasts(scene: DayGround, given: InOblasts) -> list[Piece]:
    """Return oblasts as they are, whoever holds them.

    Parameters
    ----------
    scene
        Reference data, and the control map of the date split by oblast at one level.
    given
        Oblasts by ISO 3166-2 code.
    """
    outlines = [scene.reference.oblasts[iso].outline for iso in given.oblasts]
    return [Piece(_one(outlines), _only(given.oblasts))]


def held(scene: DayGround, given: InOblasts) -> list[Piece]:
    """Return the Russian-held part of oblasts.

    Parameters
    ----------
    scene
        Reference data, and the control map of the date split by oblast at one level.
    given
        Oblasts by ISO 3166-2 code.
    """
    return [_sides({iso: scene.split[iso].held for iso in given.oblasts})]


def unheld(scene: DayGround, given: InOblasts) -> list[Piece]:
    """Return the part of oblasts that is not Russian-held.

    Parameters
    ----------
    scene
        Reference data, and the control map of the date split by oblast at one level.
    given
        Oblasts by ISO 3166-2 code.
    """
    return [_sides({iso: scene.split[iso].unheld for iso in given.oblasts})]


def held_each(scene: DayGround, given: EachOblast) -> list[Piece]:
    """Return the Russian-held part of each oblast as a zone of its own, if it is large enough.

    A piece that is too small at the drawn level is empty, with its area counted as dropped. The minimum does not apply
    to the other levels, which only give low and high.

    Parameters
    ----------
    scene
        Reference data, and the control map of the date split by oblast at one level.
    given
        Oblasts, and the minimum area of a piece in km².
    """
    minimum_km2 = given.minimum_km2 if scene.level == scene.control.drawn else 0.0
    sides = {iso: scene.split[iso].held for iso in given.codes(scene.reference.oblasts)}
    return [
        _large_enough(_sides({iso: side}), minimum_km2)
        for iso, side in sides.items()
        if not side.ground.is_empty or side.crumbs.parts
    ]


def line(scene: DayGround, given: SomeOblasts) -> list[Piece]:
    """Return the line of contact inside oblasts, without coast and oblast boundaries.

    Parameters
    ----------
    scene
        Reference data, and the control map of the date split by oblast at one level.
    given
        Oblasts by ISO 3166-2 code; without any, all.
    """
    codes = given.codes(scene.reference.oblasts)
    return [Piece(_line_of_contact(scene, codes), _only(codes))]


def contested(scene: DayGround, given: Parameters) -> list[Piece]:
    """Return the area that some control maps show as held and others do not: ``any`` minus ``agreed``.

    On a single map it is what that map itself gives to neither side, if anything.

    Parameters
    ----------
    scene
        Reference data, and the control map of the date split by oblast at one level.
    given
        No parameters of its own.
    """
    control = scene.control
    if control.drawn == "majority":
        between = overlay_quickly(control.levels["any"], control.levels["agreed"], "difference")
        return [_inside_ukraine(scene.reference, between)]
    return [_inside_ukraine(scene.reference, control.contested)] if control.contested is not None else []


def band(scene: DayGround, given: Band) -> list[Piece]:
    """Return the part of oblasts within a geodesic distance of the line in them, on both sides or on one.

    Parameters
    ----------
    scene
        Reference data, and the control map of the date split by oblast at one level.
    given
        Oblasts, width of the band in km, and the side of the line it lies on, or None for both.

    Raises
    ------
    GeometryError
        If the line is too long from north to south for true distances, as in ``geo.buffering.band_along``.
    """
    codes = given.codes(scene.reference.oblasts)
    wide = band_along(_line_of_contact(scene, codes), given.width_km)
    if wide.is_empty:
        return []
    inside = overlay_quickly(wide, _area_of(scene, codes, given.side), "intersection")
    return [_without_crumbs(scene.reference, inside, _only(codes))]


def point(scene: DayGround, given: Position) -> list[Piece]:
    """Return a single place.

    Parameters
    ----------
    scene
        Reference data, and the control map of the date split by oblast at one level.
    given
        Longitude and latitude in degrees, WGS 84.
    """
    position = shapely.Point(given.lon, given.lat)
    return [Piece(position, _oblast_of(scene.reference, position))]


def river(scene: DayGround, given: River) -> list[Piece]:
    """Return the course of a river.

    Parameters
    ----------
    scene
        Reference data, and the control map of the date split by oblast at one level.
    given
        Id of a river of the sources.
    """
    return [Piece(scene.reference.rivers[given.source])]


def country(scene: DayGround, given: Country) -> list[Piece]:
    """Return a neighbouring country inside the frame of the map.

    Parameters
    ----------
    scene
        Reference data, and the control map of the date split by oblast at one level.
    given
        ISO 3166-1 alpha-3 code of a neighbouring country.
    """
    return [Piece(scene.reference.countries[given.country])]


def drawn(scene: DayGround, given: DrawnGround) -> list[Piece]:
    """Return the part of drawn polygons that lies in Ukraine.

    Parameters
    ----------
    scene
        Reference data, and the control map of the date split by oblast at one level.
    given
        Polygons in degrees, WGS 84.
    """
    ground = multipolygon(shapely.make_valid(polygons_of(given.polygons)))
    return [_inside_ukraine(scene.reference, ground)]


@dataclass(frozen=True)
class Derivation:
    """A row of the registry: parameters, function, whether levels change its area, and what it takes of oblasts.

    ``sides`` are the parts of an oblast, held and other, that it takes whole. Zones of one that ``partitions`` the
    territory in this way may not overlap. Which kinds it makes is in the table of kinds.
    """

    parameters: type[Parameters]
    derive: Callable[..., list[Piece]]
    has_levels: bool
    sides: tuple[Literal["held", "other"], ...] = ()

    @property
    def partitions(self) -> bool:
        """Whether its zones may divide the territory."""
        return bool(self.sides)


DERIVATIONS: dict[str, Derivation] = {
    "oblast": Derivation(InOblasts, whole_oblasts, has_levels=False, sides=("held", "other")),
    "held": Derivation(InOblasts, held, has_levels=True, sides=("held",)),
    "unheld": Derivation(InOblasts, unheld, has_levels=True, sides=("other",)),
    "held-each": Derivation(EachOblast, held_each, has_levels=True, sides=("held",)),
    "line": Derivation(SomeOblasts, line, has_levels=False),
    "contested": Derivation(Parameters, contested, has_levels=False),
    "band": Derivation(Band, band, has_levels=True),
    "point": Derivation(Position, point, has_levels=False),
    "river": Derivation(River, river, has_levels=False),
    "country": Derivation(Country, country, has_levels=False),
    "drawn": Derivation(DrawnGround, drawn, has_levels=False),
}


def _one(geometries: list[BaseGeometry]) -> BaseGeometry:
    return geometries[0] if len(geometries) == 1 else unite(geometries)


def _only(codes: tuple[str, ...]) -> str | None:
    return codes[0] if len(codes) == 1 else None


def _sides(sides: Mapping[str, Side]) -> Piece:
    crumbs, grounds = {iso: side.crumbs for iso, side in sides.items()}, list(sides.values())
    known_km2 = grounds[0].area_km2 if len(grounds) == 1 else None
    return Piece(_one([side.ground for side in grounds]), _only(tuple(sides)), crumbs, known_km2)


def _large_enough(piece: Piece, minimum_km2: float) -> Piece:
    size_km2 = piece.area_km2
    if size_km2 >= minimum_km2:
        return piece
    iso = piece.oblast or ""
    left_out = Crumbs(len(shapely.get_parts(piece.geometry)), size_km2)
    return Piece(shapely.MultiPolygon(), iso, {iso: (piece.dropped or {})[iso] + left_out})


def _line_of_contact(scene: DayGround, codes: Iterable[str]) -> shapely.MultiLineString:
    return merged_lines([scene.split[iso].edge for iso in codes])


def _area_of(scene: DayGround, codes: Sequence[str], side: str | None) -> BaseGeometry:
    """The area of oblasts, or of their part on one side of the line."""
    if side is None:
        return scene.reference.area_of(tuple(codes))
    grounds = [getattr(scene.split[iso], side).ground for iso in codes]
    # what is drawn is simplified from the first vertex of a ring on, which is another one by ``unite_neighbours``
    return _one(grounds) if scene.level == scene.control.drawn else unite_neighbours(grounds)


def _inside_ukraine(reference: ReferenceData, geometry: BaseGeometry) -> Piece:
    """The part of a geometry inside Ukraine, with its dropped slivers by oblast."""
    return _without_crumbs(reference, overlay_quickly(geometry, reference.ukraine, "intersection"), None)


def _without_crumbs(reference: ReferenceData, geometry: shapely.MultiPolygon, oblast: str | None) -> Piece:
    """A geometry without parts under 1 km², which are counted by oblast."""
    kept, small = by_size(geometry, CRUMB_KM2)
    dropped: dict[str, Crumbs] = {}
    for part in small.geoms:
        iso = _oblast_of(reference, part.representative_point()) or ""
        dropped[iso] = dropped.get(iso, Crumbs()) + Crumbs(1, area_km2(part))
    return Piece(kept, oblast, dropped)


def _oblast_of(reference: ReferenceData, position: shapely.Point) -> str | None:
    """The oblast that contains a place, or the nearest one if it is just outside all boundaries."""
    codes = list(reference.oblasts)
    distances_deg = shapely.distance([oblast.outline for oblast in reference.oblasts.values()], position)
    nearest = int(np.argmin(distances_deg))
    return codes[nearest] if distances_deg[nearest] < JUST_OUTSIDE_DEG else None

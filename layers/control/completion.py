"""Completing a control map that leaves out territory held before 2022, with another map that has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import area_km2
from geo.overlay import subtract, unite
from layers.control.stored import added_entry
from layers.control.towns import missing_towns, towns_held_since_2014
from layers.control_map import ControlMap


@dataclass(frozen=True)
class AddedGround:
    """Territory that was added: the missing towns in it, and its area in km²."""

    towns: tuple[str, ...]
    area_km2: float


@dataclass(frozen=True)
class Completed:
    """Held territory with the missing parts, and the parts that were added."""

    held: shapely.MultiPolygon
    pieces: tuple[AddedGround, ...]


def complete(held: BaseGeometry, other: BaseGeometry, towns: Mapping[str, shapely.Point]) -> Completed:
    """Add what another map shows as held, and this one leaves out, around the towns held since 2014.

    Only the connected pieces of ``other`` beyond ``held`` that contain a town which ``held`` lacks are added. No other
    difference between the maps is taken over, so that the line of contact stays this map's own.

    Parameters
    ----------
    held
        Held territory of the map, in degrees, WGS 84.
    other
        Held territory of the other map, in degrees, WGS 84.
    towns
        Towns held since 2014 with their positions, in degrees, WGS 84.

    Returns
    -------
    The completed territory, and each piece that was added, with its towns and area in km².
    """
    pieces = lacking_around(held, other, towns)
    added = tuple(AddedGround(found, round(area_km2(part), 1)) for part, found in pieces)
    return Completed(unite([held, *(part for part, _ in pieces)]), added)


def complete_from(held: BaseGeometry, other: ControlMap) -> tuple[Completed, dict[str, Any]]:
    """Complete held territory with a control map around all towns held since 2014.

    Parameters
    ----------
    held
        Held territory of a map, in degrees, WGS 84.
    other
        Control map with what the other one lacks; its drawn level is used.

    Returns
    -------
    The completed territory, and the provenance entry for the other map.
    """
    return complete(held, other.levels[other.drawn], towns_held_since_2014()), added_entry(other)


def lacking_around(
    held: BaseGeometry, other: BaseGeometry, towns: Mapping[str, shapely.Point]
) -> list[tuple[shapely.Polygon, tuple[str, ...]]]:
    """Return the connected pieces of another map beyond a map that contain towns which the map lacks.

    Parameters
    ----------
    held
        Held territory of the map, in degrees, WGS 84.
    other
        Held territory of the other map, in degrees, WGS 84.
    towns
        Towns held since 2014 with their positions, in degrees, WGS 84.

    Returns
    -------
    Each piece with its towns.
    """
    missing = {name: towns[name] for name in missing_towns(held, towns)}
    if not missing:
        return []
    beyond = [(part, _towns_in(part, missing)) for part in subtract(other, held).geoms]
    return [(part, found) for part, found in beyond if found]


def _towns_in(ground: BaseGeometry, towns: Mapping[str, shapely.Point]) -> tuple[str, ...]:
    return tuple(name for name in towns if name not in missing_towns(ground, towns))

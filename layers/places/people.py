"""How many people were registered before the war in the towns and villages of an area."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.places.gazetteer import ON_OUTLINE_DEG, Place
from layers.places.index import IndexedPlace
from layers.places.registered import WHOLE_UNITS


@dataclass(frozen=True)
class People:
    """The towns and villages of an area, largest first, and how many people were registered in them before the war.

    A lower bound: places under 500 people are missing.
    """

    places: tuple[Place, ...]
    registered_before_war: int


def people_before_war(grounds: Sequence[BaseGeometry], places: Sequence[IndexedPlace]) -> tuple[People, ...]:
    """Return the people registered before the war in each of several areas.

    A place counts once: on a common edge it goes to the first of the areas. City districts are no places of the index.

    Parameters
    ----------
    grounds
        Areas in degrees, WGS 84, which do not overlap; empty ones have nobody.
    places
        Every place of the gazetteer, as ``index_places`` returns them.

    Returns
    -------
    Places and people of each area, in their order.
    """
    landed = shapely.get_coordinates([one.landed for one in places])
    free = np.ones(len(places), dtype=bool)
    return tuple(_people(ground, places, landed, free) for ground in grounds)


def registered_before_war(one: IndexedPlace) -> int:
    """Return how many people of a place are added to a sum: none where the figure of another place includes them."""
    city = WHOLE_UNITS.get(one.oblast, one.place.geonameid)
    return one.place.population if one.place.geonameid == city else 0


def _people(ground: BaseGeometry, places: Sequence[IndexedPlace], landed: np.ndarray, free: np.ndarray) -> People:
    """The people in an area, whose places are free for no other one from then on."""
    near = np.flatnonzero(free & _in_box(landed, ground.bounds))
    shapely.prepare(ground)
    inside = near[shapely.dwithin(ground, shapely.points(landed[near]), ON_OUTLINE_DEG)]
    free[inside] = False
    found = [places[number] for number in inside.tolist()]
    return People(tuple(one.place for one in found), sum(map(registered_before_war, found)))


def _in_box(positions: np.ndarray, bounds: tuple[float, ...]) -> np.ndarray:
    west, south, east, north = bounds
    lon, lat, edge = positions[:, 0], positions[:, 1], ON_OUTLINE_DEG
    within = (west - edge <= lon) & (lon <= east + edge) & (south - edge <= lat) & (lat <= north + edge)
    return np.asarray(within)

"""Labels that stay in their places from one map to the next of the same scale."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import shapely

from webapp.images.labels.placement import Label, Wanted
from webapp.images.labels.positions import Spot, only
from webapp.images.map.projection_frame import Rectangle

NAMES = ("town", "region", "country", "sea", "water")  # of the ground, which every map of a scale has


def places_of(labels: Sequence[Label]) -> dict[str, Spot]:
    """Return the places of labels by id."""
    return {label.wanted.id: label.spot for label in labels}


def moved(places: Mapping[str, Spot], start: Rectangle, end: Rectangle) -> dict[str, Spot]:
    """Return places of one map as another map of its size and scale has them.

    Parameters
    ----------
    places
        Places of labels by id.
    start
        Rectangle of the map that they are on, in pixels.
    end
        Rectangle of the other map, in pixels.
    """
    step = np.array([end.x - start.x, end.y - start.y])
    return {name: _moved(spot, step) for name, spot in places.items()}


def names_first(wanted: Sequence[Wanted], held: Mapping[str, Spot]) -> Iterator[Wanted]:
    """Yield labels to place: first the names of the ground that can stand where they are on another map, then all.

    Parameters
    ----------
    wanted
        Labels to place, the most important first.
    held
        Places on the other map, by the id of the label.
    """
    for one in wanted:
        if one.kind in NAMES and one.id in held:
            yield from _in_place(one.id, [one], held[one.id])
    yield from held_first(wanted, held)


def names_of(labels: Sequence[Label]) -> frozenset[str]:
    """Return the ids of the names of the ground."""
    return frozenset(label.wanted.id for label in labels if label.wanted.kind in NAMES)


def held_first(wanted: Sequence[Wanted], held: Mapping[str, Spot]) -> Iterator[Wanted]:
    """Yield labels to place, each tried first in the place that it has on another map if it can stand there.

    Parameters
    ----------
    wanted
        Labels to place, the most important first.
    held
        Places on the other map, by the id of the label.
    """
    seen = set[str]()
    for one in wanted:
        if one.id in held and one.id not in seen:
            yield from _in_place(one.id, wanted, held[one.id])
        seen.add(one.id)
        yield one


def _in_place(name: str, wanted: Sequence[Wanted], spot: Spot) -> Iterator[Wanted]:
    for one in wanted:
        if one.id == name and one.stands is not None and one.stands(spot):
            yield replace(one, tries=[partial(only, spot)])


def _moved(spot: Spot, step: np.ndarray) -> Spot:
    x, y = (step + np.array([spot.setting.x, spot.setting.y])).round(1).tolist()
    leader = spot.leader and shapely.transform(spot.leader, lambda places: (places + step).round(1))
    return Spot(replace(spot.setting, x=x, y=y), leader)

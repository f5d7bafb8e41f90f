"""Labels that stay in their places from one map to the next of the same scale."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import shapely

from webapp.images.labels.placement import Label, Wanted
from webapp.images.labels.positions import Spot, only

Held = tuple[tuple[str, Spot], ...]


def held_places(labels: Sequence[Label], across_px: float, down_px: float) -> Held:
    """Return the places of labels by id, as another map has them.

    Parameters
    ----------
    labels
        Labels that are placed.
    across_px
        How far the other map is to the right, in pixels.
    down_px
        How far it is below, in pixels.
    """
    return tuple((label.wanted.id, _moved(label.spot, across_px, down_px)) for label in labels)


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


def _moved(spot: Spot, across_px: float, down_px: float) -> Spot:
    setting = spot.setting
    moved = replace(setting, x=round(setting.x + across_px, 1), y=round(setting.y + down_px, 1))
    step = np.array([across_px, down_px])
    leader = spot.leader and shapely.transform(spot.leader, lambda places: (places + step).round(1))
    return Spot(moved, leader)

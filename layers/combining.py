"""Several control maps as one: what all show, what most show, what any shows."""

from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geo.votes import by_votes
from layers.control import LEVELS
from layers.edges import run_outward
from layers.errors import ControlError

MOST_MAPS = 9


def check_number(maps: int) -> None:
    """Refuse to combine fewer than two maps or more than nine. Raises ControlError."""
    if not 2 <= maps <= MOST_MAPS:
        raise ControlError("combine", f"combine: control maps named: {maps}; name from 2 to {MOST_MAPS}")


def combine(grounds: Sequence[BaseGeometry], ukraine: BaseGeometry) -> dict[str, shapely.MultiPolygon]:
    """The levels of several control maps of about the same day: ``agreed``, ``majority`` and ``any``.

    An exact overlay: ``agreed`` is shown as held by all maps, ``majority`` by more than half of them, ``any`` by at
    least one. Each map's edges must have been filled; beyond coast and border every map is carried on by 0.1 degrees
    alike, so that how far a maker draws out to sea makes no difference. Degrees, WGS 84. Raises ControlError for fewer
    than two maps or more than nine.
    """
    check_number(len(grounds))
    carried = [run_outward(ground, ukraine) for ground in grounds]
    least = (len(grounds), len(grounds) // 2 + 1, 1)
    return dict(zip(LEVELS, by_votes(carried, least), strict=True))

"""Territory divided by the zones of two editions: exact pieces, none over another, by oblast and treatment."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.overlay import GRID_DEG, boxes_meet, clip_to_box
from geo.overlay_count import Division, divide
from layers.comparing.treatment import Treatment, treated_zone, treatment_of
from layers.reference.reference_data import Oblast, ReferenceData
from layers.zones.derive import ZoneGround

DIVISIONS_CACHED = 512


class PieceKey(NamedTuple):
    """What tells pieces apart: the oblast (ISO 3166-2), and the treatment on either side."""

    oblast: str
    left: Treatment
    right: Treatment


def pieces_of(
    reference: ReferenceData, left: Sequence[ZoneGround], right: Sequence[ZoneGround]
) -> dict[PieceKey, shapely.MultiPolygon]:
    """Return the pieces into which the zones of two editions divide the territory that either of them treats.

    Parameters
    ----------
    reference
        Reference data with the oblasts.
    left, right
        Zones with an area, each at the level that is compared.

    Returns
    -------
    Polygons in degrees, WGS 84, by oblast and treatment; together the union of both sides.
    """
    found: dict[PieceKey, shapely.MultiPolygon] = {}
    for oblast in reference.oblasts.values():
        sides = [[ground for ground in side if _bears_on(ground, oblast)] for side in (left, right)]
        if any(sides):
            found |= _in_oblast(oblast, *sides)
    return found


def forget_divisions() -> None:
    """Clear the cache of divided areas, to measure how long dividing takes."""
    _divided.cache_clear()


def _bears_on(ground: ZoneGround, oblast: Oblast) -> bool:
    if ground.piece.oblast is not None:
        return ground.piece.oblast == oblast.iso
    return boxes_meet(ground.piece.geometry.bounds, oblast.outline.bounds)


def _in_oblast(
    oblast: Oblast, left: Sequence[ZoneGround], right: Sequence[ZoneGround]
) -> dict[PieceKey, shapely.MultiPolygon]:
    shapes = [_near(ground, oblast) for ground in (*left, *right)]
    numbers = {shape: number for number, shape in enumerate(dict.fromkeys(shapes))}
    reaches_out = any(ground.piece.oblast is None for ground in (*left, *right))
    divided = _divided(tuple(numbers), oblast.outline if reaches_out else None)
    zones = [treated_zone(ground) for ground in (*left, *right)]
    rows = [numbers[shape] for shape in shapes]
    found: dict[PieceKey, shapely.MultiPolygon] = {}
    for pattern, chosen in _alike(divided.covered):
        covering = [pattern[row] for row in rows]
        on_left, on_right = (
            [zone for zone, there in zip(zones[half], covering[half], strict=True) if there]
            for half in (slice(len(left)), slice(len(left), None))
        )
        if on_left or on_right:
            key = PieceKey(oblast.iso, treatment_of(on_left), treatment_of(on_right))
            found[key] = divided.united(chosen)
    return found


def _near(ground: ZoneGround, oblast: Oblast) -> BaseGeometry:
    """The territory of a zone, of one in several oblasts what is near this one."""
    geometry = ground.piece.geometry
    return geometry if ground.piece.oblast else clip_to_box(geometry, *oblast.outline.bounds)


def _alike(covered: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The faces that the same areas cover: a truth value for each area, and one for each face."""
    columns = [column.tobytes() for column in covered.T]
    for pattern in dict.fromkeys(columns):
        chosen = np.array([column == pattern for column in columns])
        yield covered[:, chosen.argmax()], chosen


@lru_cache(maxsize=DIVISIONS_CACHED)
def _divided(grounds: tuple[BaseGeometry, ...], outline: BaseGeometry | None) -> Division:
    """Areas divided, and clipped to an outline; once for all levels and dates on which they are the same."""
    if outline is not None:
        within = divide([*grounds, outline])
        inside = within.covered[-1]
        return Division(within.faces[inside], within.covered[:-1, inside])
    apart = np.array(grounds, dtype=object)
    if len(grounds) == 1 or (_have_room(apart) and shapely.coverage_is_valid(apart)):
        return Division(apart, np.eye(len(grounds), dtype=bool))
    return divide(grounds)


def _have_room(grounds: np.ndarray) -> bool:
    """Whether areas can lie side by side in the box around them: seen at once, unlike whether they do."""
    west, south, east, north = shapely.total_bounds(grounds)
    return bool(shapely.area(grounds).sum() <= (east - west) * (north - south) + GRID_DEG)

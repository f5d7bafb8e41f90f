"""The two sides of the line of contact in each oblast, and along it, over all control maps of a series."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import polygons
from layers.control_map import Split, split
from layers.reference.study_data import StudyData

SIDES = ("held", "unheld")
PLACES = 90  # along the longer side of a ground, where its most lasting places are looked for
LASTING = 0.9  # of the dates that the best place has
CHOICE = 12


@dataclass(frozen=True)
class Ground:
    """One side of the line in one oblast over time, in degrees, WGS 84.

    ``always`` is what it covers on every date on which there is any of it, ``ever`` what it covers on some; ``shapes``
    are its shapes, each with its number of dates.
    """

    always: BaseGeometry
    ever: BaseGeometry
    shapes: Mapping[BaseGeometry, int]


def split_days(study: StudyData) -> list[Split]:
    """Return all oblasts split by the control map of every date, at the level that is drawn."""
    outlines = {iso: oblast.outline for iso, oblast in study.reference.oblasts.items()}
    maps = (study.control[date] for date in study.control.dates)
    return [split(control.levels[control.drawn], outlines) for control in maps]


def grounds_of(days: Sequence[Split]) -> dict[str, Ground]:
    """Return both sides of every oblast in which any is held on a date, by code and side, such as ``UA-14-held``."""
    touched = [iso for iso in days[0] if any(not day[iso].held.ground.is_empty for day in days)]
    found = {f"{iso}-{side}": [getattr(day[iso], side).ground for day in days] for iso in touched for side in SIDES}
    return {key: _ground(shapes) for key, shapes in found.items() if any(not shape.is_empty for shape in shapes)}


def lasting_places(ground: Ground) -> list[tuple[float, float]]:
    """Return positions that an area covers on most dates, those farthest from its edge first."""
    places = _spread(ground.ever)
    covered = np.zeros(len(places))
    for shape, dates in ground.shapes.items():
        covered += dates * shapely.contains_xy(shape, places)
    lasting = places[covered >= LASTING * covered.max()]
    depth = shapely.distance(shapely.points(lasting), shapely.boundary(ground.ever))
    order = np.argsort(-depth, kind="stable")
    return [(lon, lat) for lon, lat in lasting[order[:: max(1, len(order) // CHOICE)]].tolist()]


def _ground(shapes: Sequence[BaseGeometry]) -> Ground:
    dates = Counter(shape for shape in shapes if not shape.is_empty)
    for shape in dates:
        shapely.prepare(shape)
    return Ground(shapely.intersection_all(list(dates)), shapely.union_all(list(dates)), dates)


def _spread(area: BaseGeometry) -> np.ndarray:
    """Places in a regular grid over the largest part of an area, of shape (n, 2)."""
    largest = max(polygons(area), key=lambda part: part.area)
    west, south, east, north = largest.bounds
    step = max(east - west, north - south) / PLACES
    across, down = np.meshgrid(np.arange(west + step / 2, east, step), np.arange(south + step / 2, north, step))
    places = np.column_stack([across.ravel(), down.ravel()])
    inside = places[shapely.contains_xy(largest, places)]
    return inside if len(inside) else shapely.get_coordinates(largest.representative_point())

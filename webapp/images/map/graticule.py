"""Meridians and parallels at round degrees, with their names along the edge of the map."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.text.languages import Language
from webapp.images.map.projection_frame import Frame
from webapp.text.interface import number_text, text
from webapp.typography import lettering
from webapp.typography.boxes import Setting

STEPS_DEG = (10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05)
FEWEST = 3
POINTS = 60
EDGE_PX = 7.0
TOLERANCE_PX = 0.1

Named = tuple[BaseGeometry, Setting | None]


@dataclass(frozen=True)
class Graticule:
    """Lines in pixels cut to the map, and their names."""

    lines: BaseGeometry
    names: tuple[Setting, ...]


def graticule(frame: Frame, lang: Language) -> Graticule:
    """Return lines of longitude and latitude in the widest round steps that give at least three named lines each way.

    Parameters
    ----------
    frame
        Projection and rectangle of the map.
    lang
        Language of the text.
    """
    edge = frame.edge_lonlat()
    low, high = edge.min(axis=0), edge.max(axis=0)
    lines: list[BaseGeometry] = []
    names: list[Setting] = []
    for axis in (0, 1):
        found = _widest(frame, axis, (low, high), lang)
        lines += (line for line, _ in found)
        names += (name for _, name in found if name is not None)
    return Graticule(shapely.MultiLineString(_parts(lines)), tuple(names))


def _widest(frame: Frame, axis: int, ends: tuple[np.ndarray, np.ndarray], lang: Language) -> list[Named]:
    """The lines of one way with the widest step that gives enough names, or else with the narrowest step."""
    found: list[Named] = []
    for step in STEPS_DEG:
        drawn = [(degrees, _line(frame, axis, degrees, *ends)) for degrees in _round_degrees(axis, ends, step)]
        found = [(line, _name(frame, axis, degrees, line, lang)) for degrees, line in drawn if not line.is_empty]
        if sum(name is not None for _, name in found) >= FEWEST:
            break
    return found


def _round_degrees(axis: int, ends: tuple[np.ndarray, np.ndarray], step: float) -> list[float]:
    """The multiples of a step between two ends, without rounding errors."""
    low, high = (float(end[axis]) / step for end in ends)
    return [round(count * step, 2) for count in range(math.ceil(low), math.floor(high) + 1)]


def _parts(lines: Sequence[BaseGeometry]) -> list[shapely.LineString]:
    """The lines whole, not cut where they cross; without corners of the map that a line only touches."""
    return [part for part in shapely.get_parts(lines) if isinstance(part, shapely.LineString)]


def _line(frame: Frame, axis: int, degrees: float, low: np.ndarray, high: np.ndarray) -> BaseGeometry:
    """A meridian (axis 0) or a parallel (axis 1), as far as the frame shows it."""
    along = np.linspace(low[1 - axis] - 1, high[1 - axis] + 1, POINTS)
    fixed = np.full(POINTS, degrees)
    places = np.column_stack([fixed, along] if axis == 0 else [along, fixed])
    return shapely.simplify(frame.clip(shapely.LineString(frame.to_px(places))), TOLERANCE_PX)


def _name(frame: Frame, axis: int, degrees: float, line: BaseGeometry, lang: Language) -> Setting | None:
    """At the lower end of a meridian, at the left end of a parallel; none where it ends elsewhere."""
    places = next(places for places in (0, 1, 2) if degrees == round(degrees, places))
    number = number_text(lang, degrees, places)
    words = text(lang, "graticule.east" if axis == 0 else "graticule.north", degrees=number)
    area = frame.rectangle
    ends = shapely.get_coordinates(line)
    x, y = (float(value) for value in ends[np.argmax(ends[:, 1]) if axis == 0 else np.argmin(ends[:, 0])])
    if axis == 0 and (area.bottom - y > 1 or not area.x + 30 < x < area.right - 30):
        return None
    if axis == 1 and (x - area.x > 1 or not area.y + 20 < y < area.bottom - 30):
        return None
    if axis == 0:
        return Setting((words,), round(x, 1), round(area.bottom - EDGE_PX, 1), "middle", lettering.DEGREES)
    return Setting((words,), round(area.x + EDGE_PX, 1), round(y - 3, 1), "start", lettering.DEGREES)

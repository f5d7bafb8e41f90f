"""Meridians and parallels at round degrees, with their names along the edge of the map."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from webapp.images import lettering
from webapp.images.boxes import Setting
from webapp.images.frame import Frame
from webapp.language import number_text, text

STEPS_DEG = (10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05)
FEWEST = 3
POINTS = 60
EDGE_PX = 7.0


@dataclass(frozen=True)
class Graticule:
    """Lines in pixels cut to the map, and their names."""

    lines: BaseGeometry
    names: tuple[Setting, ...]


def graticule(frame: Frame, lang: str) -> Graticule:
    """The widest round steps of which at least three lines go each way."""
    edge = frame.edge_lonlat()
    low, high = edge.min(axis=0), edge.max(axis=0)
    step = next((one for one in STEPS_DEG if min((high - low) / one) >= FEWEST), STEPS_DEG[-1])
    lines, names = [], []
    for axis in (0, 1):
        for degrees in np.arange(np.ceil(low[axis] / step), np.floor(high[axis] / step) + 1) * step:
            line = frame.clip(_line(frame, axis, float(degrees), low, high))
            if not line.is_empty:
                lines.append(line)
                names.append(_name(frame, axis, float(degrees), line, lang))
    return Graticule(shapely.union_all(lines), tuple(name for name in names if name is not None))


def _line(frame: Frame, axis: int, degrees: float, low: np.ndarray, high: np.ndarray) -> BaseGeometry:
    """A meridian (axis 0) or a parallel (axis 1) over the whole frame and a little more."""
    along = np.linspace(low[1 - axis] - 1, high[1 - axis] + 1, POINTS)
    fixed = np.full(POINTS, degrees)
    places = np.column_stack([fixed, along] if axis == 0 else [along, fixed])
    return shapely.LineString(frame.to_px(places))


def _name(frame: Frame, axis: int, degrees: float, line: BaseGeometry, lang: str) -> Setting | None:
    """At the lower end of a meridian, at the left end of a parallel; none where it ends elsewhere."""
    number = number_text(lang, degrees, 0 if degrees == round(degrees) else 2)
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

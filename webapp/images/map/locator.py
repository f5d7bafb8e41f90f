"""The inset that shows where in Ukraine and its neighbourhood the frame of the map lies."""

from dataclasses import dataclass
from functools import lru_cache

import shapely

from layers.catalogue.entries import BuiltFile
from layers.catalogue.store import Store
from webapp.images.map.coverage import HOME, to_frame
from webapp.images.map.held import held_ground
from webapp.images.map.projection_frame import SURROUNDINGS, Frame, Rectangle, fit_frame
from webapp.images.map.scene import Files, context_units, held_on
from webapp.svg_path import path_data

WIDEST_PX = 150.0
SHAPE = 150 / 98
LARGEST_PART = 0.25  # of the width of the map
MARGIN_PX = 2.0
TOLERANCE_PX = 0.8


@dataclass(frozen=True)
class Locator:
    """The inset's rectangle, its shapes as SVG path data, and the part of it that the frame of the map takes."""

    rectangle: Rectangle
    land: str
    ukraine: str
    held: str
    frame: str
    part: float


def locator_size(area: Rectangle) -> tuple[float, float]:
    """Width and height of the inset in pixels on a map of a size."""
    width = round(min(WIDEST_PX, LARGEST_PART * area.width, 0.3 * area.height * SHAPE))
    return float(width), float(round(width / SHAPE))


def locator(files: Files, frame: Frame, rectangle: Rectangle) -> Locator:
    """Return the inset that locates a map in Ukraine, cached for equal arguments.

    Parameters
    ----------
    files
        Files of the edition and its surroundings.
    frame
        Frame of the map that it locates.
    rectangle
        Rectangle of the inset, in pixels.
    """
    return _locator(files.store, files.oblasts, files.neighbours, files.display, frame, rectangle)


@lru_cache(maxsize=32)
def _locator(
    store: Store, oblasts: BuiltFile, neighbours: BuiltFile, display: BuiltFile, frame: Frame, rectangle: Rectangle
) -> Locator:
    inset = fit_frame(rectangle, SURROUNDINGS, MARGIN_PX)
    units = to_frame(context_units(store, oblasts, neighbours), inset, TOLERANCE_PX)
    ukraine = shapely.union_all([unit.shape for unit in units if unit.country == HOME])
    land = shapely.union_all([unit.shape for unit in units])
    held = held_on(ukraine, inset.project(held_ground(store, display)), inset, TOLERANCE_PX)
    edge = inset.clip(shapely.Polygon(inset.to_px(frame.edge_lonlat())))
    return Locator(
        rectangle,
        land=path_data(inset.clip(land)),
        ukraine=path_data(ukraine),
        held=path_data(held),
        frame=path_data(edge),
        part=float(shapely.area(edge)) / (rectangle.width * rectangle.height),
    )

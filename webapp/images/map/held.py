"""What is Russian-held on the day of an edition, as its layer for screens has it."""

import json
from collections.abc import Iterable
from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

from geo.geojson import Feature
from layers.catalogue.entries import BuiltFile
from layers.catalogue.store import Store
from layers.kinds.kind import Kind
from layers.kinds.table import kind_of
from webapp.images.map.projection_frame import Frame
from webapp.style.light import CONTEXT, HELD_GROUND

FILES_CACHED = 16
BESIDE_DEG = 0.003  # of a zone: its edge is simplified otherwise
LEAST_PX2 = 40.0  # less would not be found in an image


@lru_cache(maxsize=FILES_CACHED)
def held_ground(store: Store, display: BuiltFile) -> BaseGeometry:
    """Return Russian-held territory in degrees, simplified for screens; empty where a layer does not say.

    Parameters
    ----------
    store
        Reads files of the build.
    display
        The edition's layer for screens.
    """
    held = store.members(display.path).get("held")
    return shapely.from_geojson(json.dumps(held)) if held else shapely.MultiPolygon()


def is_seen(held: BaseGeometry, above: Iterable[Feature], frame: Frame) -> bool:
    """Return whether a frame shows Russian-held territory beside the zones that are drawn over it in full.

    Parameters
    ----------
    held
        Russian-held territory, in degrees.
    above
        The zones drawn over it, in degrees.
    frame
        Projection and rectangle of the map.
    """
    shown = shapely.Polygon(frame.edge_lonlat())
    filled = [one.geometry for one in above if one.properties["partition"] and _hides(kind_of(one.properties))]
    near = [shapely.buffer(shape, BESIDE_DEG) for shape in filled if shapely.intersects(shape, shown)]
    free = shapely.difference(shapely.intersection(held, shown), shapely.union_all(near))
    return bool(shapely.area(frame.project(free)) >= LEAST_PX2)


def _hides(kind: Kind) -> bool:
    return kind.style.fill not in (None, CONTEXT[HELD_GROUND].fill)

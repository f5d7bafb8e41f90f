"""The area that an image shows: a name, a zone, or four degrees, always inside the land of the data."""

from collections.abc import Sequence
from dataclasses import astuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geojson import Feature
from geo.projection import Extent, outline
from webapp.errors import LimitError, OptionError
from webapp.images.map.projection_frame import SOUTH_EAST, Rectangle, fit_frame
from webapp.images.options import degrees
from webapp.images.options.degrees import DEGREES, KM_PER_DEG, is_written, read_degrees, squeeze
from webapp.images.options.places import WRITTEN

UKRAINE = Extent(22.0, 44.2, 40.35, 52.45)
AUTO = "auto"
NAMED = {"south-east": SOUTH_EAST, "ukraine": UKRAINE}
LIMITS = Extent(*degrees.LIMITS)
ZONE_MARGIN = 0.12  # of its width and height, on every side
LEAST_ZONE_KM = 60.0
KEPT_INSIDE_DEG = 0.2
HALVINGS = 12


def extent_around(zones: Sequence[Feature]) -> Extent:
    """The extent that shows some zones as large as possible, with a margin."""
    return _around(shapely.union_all([zone.geometry for zone in zones]))


def chosen_extent(words: str, zones: Sequence[Feature]) -> Extent:
    """Return the extent requested: a name, the id of a zone, or degrees as west,south,east,north.

    Parameters
    ----------
    words
        Value of the option: a name, the id of a zone, or degrees as west,south,east,north.
    zones
        Zones of the edition, in degrees, WGS 84.

    Raises
    ------
    OptionError
        If it is none of these.
    LimitError
        For degrees that cannot be drawn.
    """
    if words in NAMED:
        return NAMED[words]
    zone = next((one for one in zones if one.id == words), None)
    if zone is not None:
        return _around(zone.geometry)
    if is_written(words):
        return Extent(*read_degrees(words))
    raise OptionError("extent", words, (AUTO, *NAMED, *(one.id for one in zones), WRITTEN, DEGREES))


def held_to_data(rectangle: Rectangle, extent: Extent, margin: float = 0.0) -> Rectangle:
    """Return the rectangle, narrowed if its frame would show territory beyond the land of the data.

    The extent stays in it, as large as before.

    Parameters
    ----------
    rectangle
        Rectangle of the map, in pixels.
    extent
        Box that has to be shown, in degrees.
    margin
        Margin round the extent, in pixels.

    Raises
    ------
    LimitError
        If the data ends inside the extent itself.
    """
    if _inside(rectangle, extent, margin):
        return rectangle
    tight = _tight(rectangle, extent, margin)
    if not _inside(tight, extent, margin):
        written, limits = (_degrees(one) for one in (extent, LIMITS))
        message = f"extent '{written}': its map would show ground beyond {limits}; write a smaller one"
        raise LimitError(message, "beyond", extent=written, limits=limits)
    least, most = 0.0, 1.0
    for _ in range(HALVINGS):
        part = (least + most) / 2
        least, most = (part, most) if _inside(_between(tight, rectangle, part), extent, margin) else (least, part)
    return _between(tight, rectangle, least)


def _around(ground: BaseGeometry) -> Extent:
    west, south, east, north = (float(value) for value in ground.bounds)
    high = max((north - south) * (1 + 2 * ZONE_MARGIN), LEAST_ZONE_KM / KM_PER_DEG)
    wide = max((east - west) * (1 + 2 * ZONE_MARGIN), LEAST_ZONE_KM / (KM_PER_DEG * squeeze(south, north)))
    lon, lat = (west + east) / 2, (south + north) / 2
    return Extent(lon - wide / 2, lat - high / 2, lon + wide / 2, lat + high / 2)


def _inside(rectangle: Rectangle, extent: Extent, margin: float) -> bool:
    """Whether there is data for all that a frame would show; a frame over half the earth has edges nowhere."""
    edge = fit_frame(rectangle, extent, margin).edge_lonlat()
    if not np.isfinite(edge).all():
        return False
    return bool(shapely.contains(shapely.buffer(_box(LIMITS), -KEPT_INSIDE_DEG), shapely.Polygon(edge)))


def _box(extent: Extent) -> shapely.Polygon:
    return shapely.box(extent.west_deg, extent.south_deg, extent.east_deg, extent.north_deg)


def _degrees(extent: Extent) -> str:
    return degrees.written(astuple(extent))


def _tight(rectangle: Rectangle, extent: Extent, margin: float) -> Rectangle:
    """The part in the middle that the extent and its margin need, at the scale that the whole rectangle allows."""
    edge = fit_frame(rectangle, extent, margin).to_px(outline(extent))
    width, height = np.ptp(edge, axis=0) + 2 * margin
    return _centred(rectangle, min(float(width), rectangle.width), min(float(height), rectangle.height))


def _between(tight: Rectangle, whole: Rectangle, part: float) -> Rectangle:
    """From the tight rectangle (0) to the whole one (1)."""
    width = tight.width + (whole.width - tight.width) * part
    return _centred(whole, width, tight.height + (whole.height - tight.height) * part)


def _centred(whole: Rectangle, width: float, height: float) -> Rectangle:
    x, y = whole.x + (whole.width - width) / 2, whole.y + (whole.height - height) / 2
    return Rectangle(x, y, width, height)

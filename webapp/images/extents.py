"""Which ground an image shows: a name, a zone, or four degrees, always inside the land that the data has."""

from collections.abc import Sequence
from dataclasses import astuple

import numpy as np
import shapely

from geo.geojson import Feature
from geo.projection import Extent
from layers.frame import ABROAD_EAST_DEG, ABROAD_NORTH_DEG, ABROAD_SOUTH_DEG, ABROAD_WEST_DEG
from webapp.errors import LimitError, OptionError
from webapp.images.frame import SOUTH_EAST, Rectangle, fit_frame

UKRAINE = Extent(22.0, 44.2, 40.35, 52.45)
NAMED = {"south-east": SOUTH_EAST, "ukraine": UKRAINE}
LIMITS = Extent(ABROAD_WEST_DEG, ABROAD_SOUTH_DEG, ABROAD_EAST_DEG, ABROAD_NORTH_DEG)
DEGREES = "west,south,east,north"
ZONE_MARGIN = 0.12  # of its width and height, on every side
LEAST_ZONE_KM, LEAST_KM = 60.0, 20.0
KM_PER_DEG = 111.2
KEPT_INSIDE_DEG = 0.2
NARROWED = 0.97


def chosen_extent(words: str, zones: Sequence[Feature]) -> Extent:
    """The extent that was asked for: a name, the id of one of the zones, or degrees as west,south,east,north.

    Raises OptionError for what is neither, LimitError for degrees that cannot be drawn.
    """
    if words in NAMED:
        return NAMED[words]
    zone = next((one for one in zones if one.id == words), None)
    if zone is not None:
        return _around(zone)
    if words.count(",") == 3:
        return _written(words)
    raise OptionError("extent", words, (*NAMED, *(one.id for one in zones), DEGREES))


def held_to_data(rectangle: Rectangle, extent: Extent, margin: float = 0.0) -> Rectangle:
    """The rectangle, narrowed to its middle where its frame would look beyond the land that the data has."""
    while not _inside(rectangle, extent, margin) and min(rectangle.width, rectangle.height) > 60:
        rectangle = _narrowed(rectangle, extent, margin)
    return rectangle


def _around(zone: Feature) -> Extent:
    west, south, east, north = (float(value) for value in zone.geometry.bounds)
    high = max((north - south) * (1 + 2 * ZONE_MARGIN), LEAST_ZONE_KM / KM_PER_DEG)
    squeeze = _squeeze(south, north)
    wide = max((east - west) * (1 + 2 * ZONE_MARGIN), LEAST_ZONE_KM / (KM_PER_DEG * squeeze))
    lon, lat = (west + east) / 2, (south + north) / 2
    return Extent(lon - wide / 2, lat - high / 2, lon + wide / 2, lat + high / 2)


def _written(words: str) -> Extent:
    try:
        west, south, east, north = (float(part) for part in words.split(","))
    except ValueError as error:
        raise LimitError(f"extent '{words}': write four numbers of degrees as {DEGREES}") from error
    extent = Extent(west, south, east, north)
    if not (west < east and south < north):
        raise LimitError(f"extent '{words}': west must be less than east, and south less than north, as in {DEGREES}")
    if not shapely.covers(_box(LIMITS), _box(extent)):
        limits = ",".join(f"{value:g}" for value in astuple(LIMITS))
        raise LimitError(f"extent '{words}': only ground within {limits} can be drawn")
    across_km = min((east - west) * _squeeze(south, north), north - south) * KM_PER_DEG
    if across_km < LEAST_KM:
        raise LimitError(f"extent '{words}': {across_km:.0f} km across; the data is fit for {LEAST_KM:.0f} km and more")
    return extent


def _squeeze(south: float, north: float) -> float:
    """How long a degree of longitude is beside one of latitude."""
    return float(np.cos(np.radians((south + north) / 2)))


def _inside(rectangle: Rectangle, extent: Extent, margin: float) -> bool:
    edge = fit_frame(rectangle, extent, margin).edge_lonlat()
    return bool(shapely.contains(shapely.buffer(_box(LIMITS), -KEPT_INSIDE_DEG), shapely.Polygon(edge)))


def _box(extent: Extent) -> shapely.Polygon:
    return shapely.box(extent.west_deg, extent.south_deg, extent.east_deg, extent.north_deg)


def _narrowed(rectangle: Rectangle, extent: Extent, margin: float) -> Rectangle:
    """A little less of the side that has more room than the extent needs."""
    frame = fit_frame(rectangle, extent, margin)
    corners = np.array([(extent.west_deg, extent.south_deg), (extent.east_deg, extent.north_deg)])
    across, down = np.abs(np.diff(frame.to_px(corners), axis=0))[0]
    if rectangle.width / across >= rectangle.height / down:
        width = rectangle.width * NARROWED
        return Rectangle(rectangle.x + (rectangle.width - width) / 2, rectangle.y, width, rectangle.height)
    height = rectangle.height * NARROWED
    return Rectangle(rectangle.x, rectangle.y + (rectangle.height - height) / 2, rectangle.width, height)

"""The part of the image that the map fills: an extent on a conic, in pixels from the top left corner."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geo.projection import Conic, Extent, fitted_conic, outline

# Every zone of every proposal and date, with Kyiv and Odesa; the tests hold it to the data.
SOUTH_EAST = Extent(30.3, 44.3, 40.35, 51.95)
# All of Ukraine and the whole frame of the map above.
SURROUNDINGS = Extent(22.6, 44.0, 42.8, 52.4)

ROUND_KM = (500, 200, 100, 50, 20, 10, 5, 2, 1)


@dataclass(frozen=True)
class Rectangle:
    """A rectangle in pixels: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    def inset(self, margin: float) -> "Rectangle":
        """The same rectangle, smaller by a margin on every side."""
        return Rectangle(self.x + margin, self.y + margin, self.width - 2 * margin, self.height - 2 * margin)

    def around(self, inner: "Rectangle") -> tuple["Rectangle", ...]:
        """What is left of the rectangle beside a narrower one in it: two strips, or none."""
        if inner.width < self.width:
            right = Rectangle(inner.right, self.y, self.right - inner.right, self.height)
            return Rectangle(self.x, self.y, inner.x - self.x, self.height), right
        if inner.height < self.height:
            below = Rectangle(self.x, inner.bottom, self.width, self.bottom - inner.bottom)
            return Rectangle(self.x, self.y, self.width, inner.y - self.y), below
        return ()


@dataclass(frozen=True)
class Frame:
    """A rectangle of the image, and how the map is placed in it: north up, one scale throughout."""

    rectangle: Rectangle
    conic: Conic
    px_per_metre: float
    centre_metres: tuple[float, float]

    def to_px(self, lonlat: np.ndarray) -> np.ndarray:
        """Degrees of shape (n, 2) as pixels, y downwards."""
        return self._flat_to_px(self.conic.to_metres(lonlat))

    def to_lonlat(self, px: np.ndarray) -> np.ndarray:
        """Pixels of shape (n, 2) as degrees."""
        flipped = (px - self._middle) / (self.px_per_metre * np.array([1, -1]))
        return self.conic.to_lonlat(flipped + np.array(self.centre_metres))

    def project(self, geometry: BaseGeometry) -> BaseGeometry:
        """A geometry in degrees as one in pixels; it may reach out of the rectangle."""
        return shapely.transform(geometry, self.to_px)

    def clip(self, geometry: BaseGeometry, margin: float = 0.0) -> BaseGeometry:
        """Return a geometry cut to the rectangle and a margin, which hides strokes along the cut.

        Parameters
        ----------
        geometry
            Geometry in pixels.
        margin
            Margin in pixels; a negative one cuts inside the rectangle.
        """
        area = self.rectangle.inset(-margin)
        edges = (area.x, area.y, area.right, area.bottom)
        try:
            return shapely.clip_by_rect(geometry, *edges)
        except shapely.errors.GEOSException:  # rings that the cut would leave with two places
            return shapely.intersection(shapely.make_valid(geometry), shapely.box(*edges))

    def edge_lonlat(self, steps: int = 24) -> np.ndarray:
        """Points along the rectangle's edge in degrees."""
        area = self.rectangle
        return self.to_lonlat(outline(Extent(area.x, area.y, area.right, area.bottom), steps))

    @cached_property
    def _middle(self) -> np.ndarray:
        area = self.rectangle
        return np.array([area.x + area.width / 2, area.y + area.height / 2])

    def _flat_to_px(self, metres: np.ndarray) -> np.ndarray:
        offset = (metres - np.array(self.centre_metres)) * self.px_per_metre
        px: np.ndarray = self._middle + offset * np.array([1, -1])
        return px


@dataclass(frozen=True)
class ScaleBar:
    """A round length in km, and its length in pixels at the position of the bar."""

    length_km: int
    length_px: float


def fit_frame(rectangle: Rectangle, extent: Extent, margin: float = 0.0) -> Frame:
    """Return the frame that shows an extent as large as the rectangle allows.

    Parameters
    ----------
    rectangle
        Rectangle of the map, in pixels.
    extent
        Box that has to be shown, in degrees.
    margin
        Margin round the extent, in pixels.
    """
    conic = fitted_conic(extent)
    edge = conic.to_metres(outline(extent))
    low, high = edge.min(axis=0), edge.max(axis=0)
    room = rectangle.inset(margin)
    scale = min(room.width / (high[0] - low[0]), room.height / (high[1] - low[1]))
    middle = (low + high) / 2
    return Frame(rectangle, conic, float(scale), (float(middle[0]), float(middle[1])))


def scale_bar(frame: Frame, x: float, y: float, longest_px: float) -> ScaleBar:
    """Return the longest round length that fits, measured on the ellipsoid eastwards from a place in the frame.

    Parameters
    ----------
    frame
        Projection and rectangle of the map.
    x
        Distance of its left end from the left, in pixels.
    y
        Distance from the top, in pixels.
    longest_px
        Longest bar, in pixels.
    """
    geod = Geod(ellps="WGS84")

    def ground_km(length_px: float) -> float:
        ends = frame.to_lonlat(np.array([(x, y), (x + length_px, y)]))
        return float(geod.line_length(ends[:, 0], ends[:, 1])) / 1000

    reach_km = ground_km(longest_px)
    length_km = next((km for km in ROUND_KM if km <= reach_km), 1)
    length_px = longest_px * length_km / reach_km
    return ScaleBar(length_km, length_px * length_km / ground_km(length_px))

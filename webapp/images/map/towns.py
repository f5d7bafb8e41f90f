"""Which towns an image shows: the largest, and those near the line of contact, not too close together."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geojson import Feature
from webapp.images.map.projection_frame import Frame
from webapp.style.light import CONTEXT

MOST = 30
APART_PX = 19.0
EDGE_PX = 12.0
NEAR_PX = 34.0
NEAR_WORTH = 0.9  # in powers of ten of the population
LARGE = 300_000
CAPITAL = "703448"


@dataclass(frozen=True)
class MapTown:
    """A town to show: where its dot is, in pixels, and how large it is drawn; ``marked`` is one that stands out."""

    id: str
    properties: Mapping[str, Any]
    x: float
    y: float
    large: bool
    capital: bool
    marked: bool = False

    @property
    def radius_px(self) -> float:
        """The radius of its dot."""
        return CONTEXT["towns"].radius_px + 0.8 * (self.large or self.capital) + 1.2 * self.marked


def choose_towns(
    towns: Sequence[Feature], line: BaseGeometry, frame: Frame, marked: Collection[str] = ()
) -> tuple[MapTown, ...]:
    """Return the towns to show, highlighted and large ones first.

    A town that lacks a name in a language is left out unless it is highlighted.

    Parameters
    ----------
    towns
        Features of the layer of towns, in degrees, WGS 84.
    line
        The line of contact, in pixels.
    frame
        Projection and rectangle of the map.
    marked
        Ids of towns to highlight.
    """
    room = frame.rectangle.inset(EDGE_PX)
    known = [town for town in towns if town.id in marked or _is_named(town)]
    places = frame.to_px(shapely.get_coordinates([town.geometry for town in known]))
    away = np.asarray(shapely.distance(shapely.points(places), line))
    found = [_town(town, place, marked=town.id in marked) for town, place in zip(known, places.tolist(), strict=True)]
    worths = dict(zip((town.id for town in found), map(_worth, found, away.tolist()), strict=True))
    shown: list[MapTown] = []
    for town in sorted(found, key=lambda one: (not one.marked, -worths[one.id], one.id)):
        near = not town.marked and any(math.dist((town.x, town.y), (other.x, other.y)) < APART_PX for other in shown)
        inside = room.x < town.x < room.right and room.y < town.y < room.bottom
        if inside and not near and len(shown) < MOST:
            shown.append(town)
    return tuple(sorted(shown, key=lambda town: (not town.marked, not town.large)))


def _is_named(town: Feature) -> bool:
    return bool(town.properties["name_zh_hant"] != town.properties["name_en"])


def _town(feature: Feature, place: list[float], *, marked: bool) -> MapTown:
    large = feature.properties["population"] >= LARGE
    x, y = (round(value, 1) for value in place)
    return MapTown(feature.id, feature.properties, x, y, large, feature.id == CAPITAL, marked)


def _worth(town: MapTown, away_px: float) -> float:
    near = 0.0 if math.isnan(away_px) else max(0.0, 1 - away_px / NEAR_PX)
    return math.log10(max(town.properties["population"], 1)) + NEAR_WORTH * near

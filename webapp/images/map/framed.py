"""What a frame shows of an edition: for the legend, which names no zone and gives no area of what is not on the map."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import shapely

from geo.geojson import Feature
from layers.kinds.table import kind_of
from webapp.images.map.held import held_ground, is_seen
from webapp.images.map.projection_frame import Frame
from webapp.images.map.scene import MARK_PX, Files

KEPT = 64
LEAST_PX2 = 12.0  # of an area: less would not be found in an image
NEAR_PX_PER_M = 0.0012  # design pixels a metre, from where a strip of some kilometres is seen
WHOLE = 0.98  # of a zone: so much of it has to be shown where its area is given


@dataclass(frozen=True)
class Framed:
    """The ids of zones that a frame shows, of those that it shows whole; whether Russian-held ground is seen.

    ``near``: whether the scale is so large that what is narrow, such as where control maps disagree, is seen.
    """

    shown: frozenset[str]
    whole: frozenset[str]
    held: bool
    near: bool = False


@lru_cache(maxsize=KEPT)
def framed_by(files: Files, frame: Frame, chosen: frozenset[str]) -> Framed:
    """Return what a frame shows: zones in part and whole, and whether Russian-held territory is seen.

    Parameters
    ----------
    files
        Files of the edition and its surroundings.
    frame
        Projection and rectangle of the map.
    chosen
        Ids of the zones that are drawn in full, above Russian-held territory.
    """
    features = files.store.features(files.layer.path)
    edge = shapely.Polygon(frame.edge_lonlat())
    room = shapely.Polygon(replace(frame, rectangle=frame.rectangle.inset(MARK_PX)).edge_lonlat())
    shapely.prepare(edge)
    shown, whole = set[str](), set[str]()
    for one in features:
        inside = _part(one, room if kind_of(one.properties).shape == "place" else edge)
        if inside >= WHOLE:
            whole.add(one.id)
        if inside >= WHOLE or (inside and _is_found(one, edge, frame)):
            shown.add(one.id)
    above = [one for one in features if one.id in chosen]
    held = is_seen(held_ground(files.store, files.display), above, frame)
    return Framed(frozenset(shown), frozenset(whole), held, frame.px_per_metre >= NEAR_PX_PER_M)


def _part(zone: Feature, edge: shapely.Polygon) -> float:
    """How much of a zone lies within the edge, from 0 to 1; of lines and places whether any does."""
    if shapely.contains(edge, shapely.box(*zone.geometry.bounds)):
        return 1.0
    if zone.geometry.geom_type not in ("Polygon", "MultiPolygon"):
        return float(shapely.intersects(edge, zone.geometry))
    if not shapely.intersects(edge, zone.geometry):
        return 0.0
    return float(shapely.area(shapely.intersection(edge, zone.geometry)) / shapely.area(zone.geometry))


def _is_found(zone: Feature, edge: shapely.Polygon, frame: Frame) -> bool:
    area = frame.project(shapely.intersection(edge, zone.geometry))
    return bool(shapely.area(area) >= LEAST_PX2)


def everything(zones: Sequence[str]) -> Framed:
    """A frame that shows all."""
    return Framed(frozenset(zones), frozenset(zones), held=True)


def joined(framed: Sequence[Framed]) -> Framed:
    """Return what several maps of one edition show together."""
    return Framed(
        shown=frozenset().union(*(one.shown for one in framed)),
        whole=frozenset().union(*(one.whole for one in framed)),
        held=any(one.held for one in framed),
        near=any(one.near for one in framed),
    )

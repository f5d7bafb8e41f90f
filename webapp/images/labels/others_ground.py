"""Areas that a zone's label avoids and its leader may not cross: other zones, other countries, the coast."""

from collections.abc import Mapping
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from webapp.images.map.scene import Scene, Shape

TOUCH_PX = 1.5  # zones that are nearer to each other touch
NEAR_PX = 260.0
LARGE_PX2 = 2000.0
NOWHERE = "-"  # no clause


class OthersGround:
    """Areas of other zones and countries on a map, each computed once, when a label needs it."""

    def __init__(self, scene: Scene) -> None:
        """Of the zones of a scene."""
        self.scene = scene
        for zone in scene.zones:
            shapely.prepare(zone.shape)
        self._grounds: dict[tuple[str, bool], BaseGeometry] = {}
        self._walls: dict[str, tuple[BaseGeometry, ...]] = {}

    def of(self, group: str, *, abroad: bool = False) -> BaseGeometry:
        """Return the zones of other groups as one geometry, in pixels.

        Parameters
        ----------
        group
            Group that is left out; empty for that of zones without a clause.
        abroad
            Whether to add the other countries.

        Returns
        -------
        Polygons side by side, not united, since uniting them takes long.
        """
        if (group, abroad) not in self._grounds:
            zones = [one.shape for one in self.scene.zones if group_of(one.properties) != group]
            parts = shapely.get_parts([*zones, self.scene.abroad] if abroad else zones)
            ground = shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])
            shapely.prepare(ground)
            self._grounds[group, abroad] = ground
        return self._grounds[group, abroad]

    def around(self, x: float, y: float) -> BaseGeometry:
        """Return the zones of other groups than that of the zone that covers a place as one geometry, in pixels.

        Parameters
        ----------
        x
            Distance of the place from the left, in pixels.
        y
            Distance from the top, in pixels.
        """
        covering = (one for one in self.scene.zones if shapely.contains_xy(one.shape, x, y))
        zone = next(covering, None)
        return self.of(group_of(zone.properties) if zone else NOWHERE)

    def walls(self, zone: Shape, group: str) -> tuple[BaseGeometry, ...]:
        """Return what a leader may not cross: others, the coast, and the front if its zone is large.

        Parameters
        ----------
        zone
            Zone that the leader points to.
        group
            Its group.
        """
        if zone.id not in self._walls:
            ground = self.of(group, abroad=True)
            if all(zone is not one for one in self.scene.zones):  # lies over others
                ground = shapely.difference(shapely.union_all(shapely.get_parts(ground)), zone.shape)
            walls = (ground, _coast_of_others(self.scene, zone), *_front(self.scene, zone))
            for wall in walls:
                shapely.prepare(wall)
            self._walls[zone.id] = walls
        return self._walls[zone.id]


def group_of(zone: Mapping[str, Any]) -> str:
    """Return what zones share on which a label may stand: a change on a map of differences, else clause and kind.

    Empty for zones that no clause covers.
    """
    named = f"{zone['clause']} {zone['kind']}" if zone["clause"] else ""
    return zone.get("change") or named


def _coast_of_others(scene: Scene, zone: Shape) -> BaseGeometry:
    return shapely.difference(_near(scene.edges.coast, zone), shapely.buffer(zone.shape, TOUCH_PX, quad_segs=2))


def _front(scene: Scene, zone: Shape) -> tuple[BaseGeometry, ...]:
    """The line of contact for a zone that has room on its own side."""
    return (scene.contact,) if zone.shape.area > LARGE_PX2 else ()


def _near(shape: BaseGeometry, zone: Shape) -> BaseGeometry:
    """What of a shape a label of a zone could meet."""
    left, top, right, bottom = zone.shape.bounds
    edges = (left - NEAR_PX, top - NEAR_PX, right + NEAR_PX, bottom + NEAR_PX)
    try:
        return shapely.clip_by_rect(shape, *edges)
    except shapely.errors.GEOSException:  # rings that the cut would leave with two places
        return shapely.intersection(shapely.make_valid(shape), shapely.box(*edges))

"""The colour of the halo of a label, which is the fill below it, so that hatching is interrupted cleanly."""

from dataclasses import dataclass
from functools import cached_property

import shapely
from shapely.geometry.base import BaseGeometry

from webapp.images.layout.style import Look
from webapp.images.map.scene import Scene
from webapp.typography.boxes import Box

MOSTLY = 0.75


@dataclass(frozen=True, eq=False)
class Grounds:
    """The fills below the labels of a map, in the colours of a theme."""

    scene: Scene
    look: Look

    def below(self, box: Box) -> str:
        """Return the fill below a box: of a zone, of land, a neighbour or the sea; that of the halo where they mix."""
        area = shapely.box(box.left, box.top, box.right, box.bottom)
        whole = next((fill for shape, fill in self._layers if shapely.contains(shape, area)), None)
        if whole is not None:
            return whole
        parts = shapely.area(shapely.intersection([shape for shape, _ in self._layers], area)) / area.area
        shares: dict[str, float] = {}
        for (_, fill), share in zip(self._layers, parts.tolist(), strict=True):
            shares[fill] = shares.get(fill, 0.0) + share
        fill, share = max(shares.items(), key=lambda one: one[1])
        return fill if share > MOSTLY else self.look.ink("halo")

    @cached_property
    def _layers(self) -> list[tuple[BaseGeometry, str]]:
        scene, context = self.scene, self.look.context
        free = shapely.difference(scene.land, scene.zoned)
        dry = shapely.union(scene.land, scene.abroad)
        area = scene.frame.rectangle
        sea = shapely.difference(shapely.box(area.x, area.y, area.right, area.bottom), dry)
        zones = [(zone.shape, self.look.zone(zone.id).fill) for zone in scene.zones]
        ground = [(free, context["land"].fill), (scene.abroad, context["neighbours"].fill), (sea, context["sea"].fill)]
        layers = [(shape, fill) for shape, fill in (*zones, *ground) if fill]
        for shape, _ in layers:
            shapely.prepare(shape)
        return layers

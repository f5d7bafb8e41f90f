"""The map of an edition with every label in its place, in one language."""

from dataclasses import dataclass
from functools import lru_cache

import shapely

from webapp.images import lettering, wanted
from webapp.images.boxes import Box, Setting, round_point
from webapp.images.frame import SOUTH_EAST, Frame, Rectangle, ScaleBar, fit_frame, scale_bar
from webapp.images.labels import Label, Obstacles, place
from webapp.images.locator import WIDTH_PX, Locator, locator
from webapp.images.scene import Files, Scene, scene_of
from webapp.images.towns import Town
from webapp.language import number_text, text
from webapp.styles import zone_style

FIT_MARGIN_PX = 8.0
EDGE_PX = 14.0
LONGEST_BAR_PX = 100.0
FIRST_TOWNS = 15
DRAWINGS_KEPT = 64

GROUND_PRICE, CROSSING_PRICE = 8.0, 3.0
BORDER_PRICE, COAST_PRICE, OBLAST_PRICE, ZONE_PRICE = 9.0, 4.0, 1.5, 2.5


@dataclass(frozen=True)
class Bar:
    """The scale bar in its place."""

    scale: ScaleBar
    x: float
    y: float
    label: Setting

    @property
    def box(self) -> Box:
        """Bar and label together."""
        text_box = self.label.box
        return Box(self.x - 2, text_box.top, self.x + self.scale.length_px + 2, self.y + 4)


@dataclass(frozen=True)
class Drawing:
    """A scene with labels, the towns that have one, locator and scale bar."""

    scene: Scene
    labels: tuple[Label, ...]
    towns: tuple[Town, ...]
    locator: Locator
    bar: Bar


@lru_cache(maxsize=DRAWINGS_KEPT)
def draw(files: Files, area: Rectangle, lang: str) -> Drawing:
    """The map in a rectangle of the image; the second time it costs nothing."""
    frame = fit_frame(area, SOUTH_EAST, FIT_MARGIN_PX)
    scene = scene_of(files, frame)
    inset = locator(files, frame, area.right - EDGE_PX - WIDTH_PX, area.y + EDGE_PX)
    bar = _bar(frame, lang)
    labels = _labels(scene, [_inset_box(inset), bar.box], lang)
    named = {label.wanted.id for label in labels if label.wanted.kind == "town"}
    shown = tuple(town for town in scene.towns if town.id in named)
    return Drawing(scene, tuple(labels), shown, inset, bar)


def _labels(scene: Scene, fixed: list[Box], lang: str) -> list[Label]:
    towns = wanted.town_labels(scene, lang)
    zones = wanted.zone_labels(scene, lang)
    dots = [one.own for one in towns if one.own is not None]
    order = [
        *towns[:FIRST_TOWNS],
        *zones,
        *wanted.band_labels(scene, lang),
        *towns[FIRST_TOWNS:],
        *wanted.water_labels(scene, lang),
        *wanted.country_labels(scene, lang),
        *wanted.site_labels(scene, lang),
    ]
    return place(order, _obstacles(scene, [*fixed, *dots]))


def _obstacles(scene: Scene, boxes: list[Box]) -> Obstacles:
    room = scene.frame.rectangle.inset(EDGE_PX / 2)
    edges = scene.edges
    priced = [
        (edges.border, BORDER_PRICE),
        (edges.coast, COAST_PRICE),
        (edges.oblasts, OBLAST_PRICE),
        (edges.zones, ZONE_PRICE),
    ]
    clear = shapely.buffer(scene.contact, zone_style("line").stroke_width_px)
    aside = [(scene.zoned, GROUND_PRICE), (scene.abroad, GROUND_PRICE)]
    for geometry in (clear, *(shape for shape, _ in priced + aside)):
        shapely.prepare(geometry)
    radius = zone_style("site").radius_px
    sites = [round_point(*site.place, radius) for site in scene.sites]
    return Obstacles(
        Box(room.x, room.y, room.right, room.bottom), clear, [*boxes, *sites], priced, aside, CROSSING_PRICE
    )


def _inset_box(inset: Locator) -> Box:
    area = inset.rectangle
    return Box(area.x, area.y, area.right, area.bottom)


def _bar(frame: Frame, lang: str) -> Bar:
    area = frame.rectangle
    y = area.bottom - EDGE_PX - 4
    scale = scale_bar(frame, area.right - EDGE_PX - LONGEST_BAR_PX, y, LONGEST_BAR_PX)
    x = round(area.right - EDGE_PX - scale.length_px, 1)
    words = text(lang, "map.km", n=number_text(lang, scale.length_km))
    label = Setting((words,), round(x + scale.length_px / 2, 1), y - 6, "middle", lettering.SCALE)
    return Bar(scale, x, y, label)

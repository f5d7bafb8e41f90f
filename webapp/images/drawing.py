"""The map of an edition with every label in its place, in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import shapely

from geo.projection import Extent
from layers.kinds.table import KINDS
from layers.text.languages import Language
from webapp.images.labels import annotations, candidates
from webapp.images.labels.annotations import note_marks, notes_inside
from webapp.images.labels.candidates import Said
from webapp.images.labels.held import NAMES, held_first, moved, names_first, names_of, places_of
from webapp.images.labels.others_ground import OthersGround
from webapp.images.labels.placement import GAP_PX, Label, Obstacles, Wanted, place
from webapp.images.labels.positions import Spot
from webapp.images.map.coverage import TOLERANCE_PX
from webapp.images.map.extent import held_to_data
from webapp.images.map.graticule import Graticule, graticule
from webapp.images.map.locator import Locator, locator, locator_size
from webapp.images.map.projection_frame import SOUTH_EAST, Frame, Rectangle, ScaleBar, fit_frame, scale_bar
from webapp.images.map.scene import Files, Scene, scene_of
from webapp.images.map.towns import MapTown
from webapp.images.options.notes import Note
from webapp.style.light import zone_style
from webapp.text.interface import number_text, text
from webapp.typography import lettering
from webapp.typography.boxes import Box, Setting, round_point

FIT_MARGIN_PX = 8.0
EDGE_PX = 14.0
MOST_OF_INSET = 0.3
KEY_STEPS = 8
MOST_HIDDEN = 0.06  # of the map: ground of Ukraine that a key may hide
LONGEST_BAR_PX = 100.0
FIRST_TOWNS = 15
FEW_TOWNS = 9
SAID = "said"  # the labels of a map that is tried: those of zones, places of the proposal and the first towns
LOCATED = "located"  # the labels of a map that shows where another lies: countries, seas, the capital
SMALL_TOWNS, ZONE_TOWNS = 4, 2  # of small maps with few labels: the first ones, and those in a chosen zone
DRAWINGS_KEPT = 64

GROUND_PRICE, CROSSING_PRICE = 8.0, 3.0
BORDER_PRICE, COAST_PRICE, OBLAST_PRICE, ZONE_PRICE, RIVER_PRICE = 9.0, 4.0, 1.5, 2.5, 2.0


@dataclass(frozen=True)
class MapView:
    """What of an edition is mapped and how: its rectangle in pixels, the base map, its labels.

    ``chosen`` are the zones that are shown in full, ``key`` is the place of the key if it lies on the map, ``said``
    the words of zones, ``notes`` those of the reader's own, ``marked`` the ids of towns that stand out. ``held`` are
    places that labels have on another map, ``names_first``: its names come before the zones. ``bar``: whether it has a
    scale bar, ``led``: leaders lead to towns beside which there is no room.
    """

    area: Rectangle
    lang: Language
    chosen: frozenset[str]
    extent: Extent = SOUTH_EAST
    labels: str = "many"
    inset: bool = True
    graticule: bool = False
    tolerance_px: float = TOLERANCE_PX
    key: Rectangle | None = None
    said: tuple[Said, ...] = ()
    notes: tuple[Note, ...] = ()
    marked: tuple[str, ...] = ()
    held: tuple[tuple[str, Spot], ...] = ()
    names_first: bool = False
    bar: bool = True
    led: bool = False


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
        left, right = min(self.x - 2, text_box.left), max(self.x + self.scale.length_px + 2, text_box.right)
        return Box(left, text_box.top, right, self.y + 4)


@dataclass(frozen=True)
class Drawing:
    """A scene with labels, the towns that have one, locator (if wanted), scale bar and the places of notes."""

    scene: Scene
    labels: tuple[Label, ...]
    towns: tuple[MapTown, ...]
    locator: Locator | None
    bar: Bar | None
    graticule: Graticule | None = None
    noted: tuple[tuple[float, float], ...] = ()


def frame_of(view: MapView) -> Frame:
    """How the map is placed in its rectangle."""
    return fit_frame(held_to_data(view.area, view.extent, FIT_MARGIN_PX), view.extent, FIT_MARGIN_PX)


@lru_cache(maxsize=DRAWINGS_KEPT)
def draw(files: Files, view: MapView) -> Drawing:
    """Return the map in a rectangle of the image, cached for equal arguments.

    Parameters
    ----------
    files
        Files of the edition and its surroundings.
    view
        What is shown, in which rectangle of the image.
    """
    scene = _scene(files, view)
    fixed = [] if view.key is None else [_box(view.key)]
    inset = _inset(files, scene, fixed) if view.inset else None
    fixed += [] if inset is None else [_box(inset.rectangle)]
    bar = _bar(scene, view.lang, fixed) if view.bar else None
    fixed += [] if bar is None else [bar.box]
    grid = _grid(scene, view, fixed)
    fixed += [name.box for name in grid.names] if grid else []
    labels = _placed(scene, view, fixed)
    named = {label.wanted.id for label in labels if label.wanted.kind == "town"}
    shown = tuple(town for town in scene.towns if town.id in named)
    noted = tuple(place for _, place in notes_inside(view.notes, scene.frame))
    return Drawing(scene, tuple(labels), shown, inset, bar, grid, noted)


def draw_all(maps: Sequence[tuple[Files, MapView]]) -> tuple[Drawing, ...]:
    """Return the maps of an image; those of one scale name the same ground, and have each label in the same place.

    From map to map labels keep their places where they can; then all have the places of the last.

    Parameters
    ----------
    maps
        Files and view of each.
    """
    if len({(view.extent, view.area.width, view.area.height) for _, view in maps}) > 1:
        return tuple(draw(files, view) for files, view in maps)
    drawings: list[Drawing] = []
    labels, start = tuple[Label, ...](), maps[0][1].area
    for files, view in maps:
        drawings.append(_after(labels, moved(places_of(labels), start, view.area), files, view))
        labels, start = drawings[-1].labels, view.area
    alike = [_after(labels, moved(places_of(labels), start, view.area), files, view) for files, view in maps[:-1]]
    return _named_alike([*alike, drawings[-1]])


def _after(before: Sequence[Label], held: Mapping[str, Spot], files: Files, view: MapView) -> Drawing:
    """A map after another one, with the names of that before its own zones if this costs none of them its label."""
    usual = draw(files, replace(view, held=tuple(held.items())))
    if names_of(usual.labels) >= names_of(before):
        return usual
    other = draw(files, replace(view, held=tuple(held.items()), names_first=True))
    counts = [sum(label.wanted.kind not in NAMES for label in one.labels) for one in (usual, other)]
    return other if counts[1] >= counts[0] else usual


def _named_alike(drawings: Sequence[Drawing]) -> tuple[Drawing, ...]:
    """The maps with those names of the ground that all of them have, and with the towns that are to stand out."""
    if len(drawings) == 1:
        return tuple(drawings)
    shared = frozenset[str].intersection(*(names_of(one.labels) for one in drawings))
    shared |= {town.id for one in drawings for town in one.towns if town.marked}
    return tuple(
        replace(
            one,
            labels=tuple(label for label in one.labels if label.wanted.kind not in NAMES or label.wanted.id in shared),
            towns=tuple(town for town in one.towns if town.id in shared),
        )
        for one in drawings
    )


@lru_cache(maxsize=DRAWINGS_KEPT)
def key_place(files: Files, view: MapView, sizes: tuple[tuple[float, float], ...]) -> Rectangle | None:
    """Return a place at the map's edge where a key hides least of the country, and nothing of what is chosen.

    It is cached for equal arguments.

    Parameters
    ----------
    files
        Files of the edition and its surroundings.
    view
        What is shown, in which rectangle of the image.
    sizes
        Width and height that the key can have, in pixels.

    Returns
    -------
    The place, of one of the sizes; None if there is none.
    """
    scene = _scene(files, view)
    places = [place for size in sizes for place in _along_the_edge(scene.frame.rectangle, *size)]
    if not places:
        return None
    told = [one.shape for one in (*scene.zones, *scene.overlays, *scene.sites) if one.id in view.chosen]
    shown = shapely.buffer(shapely.union_all([*told, scene.contact]), GAP_PX)
    shapely.prepare(shown)
    boxes = [shapely.box(one.x, one.y, one.right, one.bottom) for one in places]
    free = ~shapely.intersects(shown, boxes)
    hidden = np.where(free, shapely.area(shapely.intersection(scene.land, boxes)).round(), np.inf)
    area = scene.frame.rectangle
    return None if hidden.min() > MOST_HIDDEN * area.width * area.height else places[int(hidden.argmin())]


def _scene(files: Files, view: MapView) -> Scene:
    return scene_of(files, frame_of(view), view.tolerance_px, view.marked)


def _placed(scene: Scene, view: MapView, fixed: list[Box]) -> list[Label]:
    """Labels in their places, those that say most in the best."""
    held, wanted = dict(view.held), _wanted(scene, view)
    in_order = names_first if view.names_first else held_first
    return place(list(in_order(wanted, held)), _obstacles(scene, fixed, view))


def _wanted(scene: Scene, view: MapView) -> list[Wanted]:
    """Labels in the order of their weight."""
    lang, count = view.lang, sum(town.marked for town in scene.towns)
    others = OthersGround(scene)
    shown = {town.id for town in _towns(scene, view)}
    towns = [one for one in candidates.town_labels(others, lang, view.chosen, led=view.led) if one.id in shown]
    own = [*annotations.note_labels(scene, view.notes, candidates.longest_leader(scene)), *towns[:count]]
    return own if view.labels == "none" else [*own, *_usual(others, view, towns[count:])]


def _towns(scene: Scene, view: MapView) -> list[MapTown]:
    """The towns that may have a name: on a small map those in a chosen zone and those of the map before, too."""
    marked, others = ([town for town in scene.towns if town.marked is one] for one in (True, False))
    if view.labels == LOCATED or (view.labels == SAID and candidates.is_small(scene)):
        return [*marked, *(town for town in others if town.capital)]
    if view.labels != "few":
        return [*marked, *(_uncovered(others, scene, view) if view.labels in ("many", SAID) else ())]
    if not candidates.is_small(scene):
        return [*marked, *others[:FEW_TOWNS]]
    within = shapely.union_all([zone.shape for zone in scene.zones if zone.id in view.chosen])
    held = {name for name, _ in view.held}
    inside = [town for town in others if shapely.contains_xy(within, town.x, town.y)][:ZONE_TOWNS]
    kept = {town.id for town in (*inside, *others[:SMALL_TOWNS])} | held
    return [*marked, *(town for town in others if town.id in kept)]


def _uncovered(towns: list[MapTown], scene: Scene, view: MapView) -> list[MapTown]:
    """The towns without those of a small map whose dot would lie under a label that has its place already."""
    if not candidates.is_small(scene):
        return towns
    boxes = {name: spot.setting.box.grown(GAP_PX) for name, spot in view.held}
    return [
        town for town in towns if not any(_dot(town).overlaps(box) for name, box in boxes.items() if name != town.id)
    ]


def _dot(town: MapTown) -> Box:
    return round_point(town.x, town.y, town.radius_px)


def _usual(others: OthersGround, view: MapView, towns: list[Wanted]) -> list[Wanted]:
    """The labels that a map has without any of the reader's own."""
    lang, scene = view.lang, others.scene
    if view.labels == LOCATED:
        return [*towns, *candidates.country_labels(scene, lang), *candidates.water_labels(scene, lang)]
    if view.labels == "few" and candidates.is_small(scene):
        main = candidates.main_zones(scene, view.said, view.chosen)
        return [*candidates.zone_labels(others, view.said, main), *towns]
    zones = candidates.zone_labels(others, view.said, view.chosen)
    sites = candidates.site_labels(others, lang, view.chosen)
    if view.labels == SAID:
        return [*zones, *_with_sites(towns[:FEW_TOWNS], sites)]
    bands = candidates.band_labels(scene, lang, view.chosen)
    regions = candidates.region_labels(scene, lang)
    seas = candidates.water_labels(scene, lang)
    if view.labels == "few":
        unnamed = candidates.region_labels(scene, lang, [one.zone for one in view.said])
        return [*zones, *_with_sites(towns[:FEW_TOWNS], sites), *bands, *seas, *unnamed]
    return [
        *zones,
        *_with_sites(towns[:FEW_TOWNS], sites),
        *towns[FEW_TOWNS:FIRST_TOWNS],
        *seas,
        *bands,
        *regions,
        *towns[FIRST_TOWNS:],
        *candidates.country_labels(scene, lang),
        *candidates.river_labels(scene, lang),
    ]


def _with_sites(towns: list[Wanted], sites: list[Wanted]) -> list[Wanted]:
    """Towns before the places of the proposal, but for a town whose dot the mark of one covers."""
    covered = [town for town in towns if town.unless]
    return [*(town for town in towns if not town.unless), *sites, *covered]


def _obstacles(scene: Scene, boxes: list[Box], view: MapView) -> Obstacles:
    room = scene.frame.rectangle.inset(EDGE_PX / 2)
    edges = scene.edges
    priced = [
        (edges.border, BORDER_PRICE),
        (edges.coast, COAST_PRICE),
        (edges.oblasts, OBLAST_PRICE),
        (edges.zones, ZONE_PRICE),
        (scene.rivers, RIVER_PRICE),
    ]
    clear = shapely.buffer(scene.contact, _contact_width_px())
    aside = [(scene.zoned, GROUND_PRICE), (scene.abroad, GROUND_PRICE)]
    for geometry in (clear, *(shape for shape, _ in priced + aside)):
        shapely.prepare(geometry)
    sites = [round_point(*site.place, zone_style(site.properties).radius_px) for site in scene.sites]
    dots = [_dot(town) for town in _towns(scene, view)]
    return Obstacles(
        room=Box(room.x, room.y, room.right, room.bottom),
        line=clear,
        boxes=boxes,
        marks=[*dots, *sites, *note_marks(view.notes, scene.frame)],
        priced=priced,
        priced_aside=aside,
        crossing_price=CROSSING_PRICE,
    )


def _contact_width_px() -> float:
    return max(kind.style.stroke_width_px for kind in KINDS.values() if kind.is_line_of_contact)


def _grid(scene: Scene, view: MapView, taken: Sequence[Box]) -> Graticule | None:
    """The grid of degrees if it is wanted, without the names that would stand on what is there already."""
    if not view.graticule:
        return None
    whole = graticule(scene.frame, view.lang)
    free = [name for name in whole.names if not any(name.box.overlaps(box.grown(GAP_PX)) for box in taken)]
    return replace(whole, names=tuple(free))


def _box(area: Rectangle) -> Box:
    return Box(area.x, area.y, area.right, area.bottom)


def _along_the_edge(area: Rectangle, width: float, height: float) -> list[Rectangle]:
    """Places along the edge of the map for something of a size, from the right to the left, from the top down."""
    if width + 2 * EDGE_PX > area.width or height + 2 * EDGE_PX > area.height:
        return []
    lefts, tops = _steps(area.x, area.right, width)[::-1], _steps(area.y, area.bottom, height)
    ends = ({lefts[0], lefts[-1]}, {tops[0], tops[-1]})
    return [Rectangle(x, y, width, height) for x in lefts for y in tops if x in ends[0] or y in ends[1]]


def _steps(start: float, end: float, size: float) -> list[float]:
    """Places for something of a size from one edge to the other."""
    first, last = start + EDGE_PX, end - EDGE_PX - size
    return [round(first + (last - first) * step / KEY_STEPS, 1) for step in range(KEY_STEPS + 1)]


def _inset(files: Files, scene: Scene, taken: Sequence[Box]) -> Locator | None:
    """The inset in the corner where it hides least; none where the map shows all that it would, or has no corner."""
    area = scene.frame.rectangle
    width, height = locator_size(area)
    left, right = area.x + EDGE_PX, area.right - EDGE_PX - width
    top, bottom = area.y + EDGE_PX, area.bottom - EDGE_PX - height
    corners = [Rectangle(x, y, width, height) for x, y in ((right, top), (left, top), (left, bottom), (right, bottom))]
    free = [corner for corner in corners if not any(_box(corner).overlaps(box) for box in taken)]
    if scene.shows_all or not free:
        return None
    found = locator(files, scene.frame, _clearest(scene, free, []))
    return None if found.part > MOST_OF_INSET else found


def _clearest(scene: Scene, places: Sequence[Rectangle], taken: Sequence[Box]) -> Rectangle:
    """The first of the places that hides the least of zones, line of contact and border, and nothing that is taken."""

    def hidden(area: Rectangle) -> float:
        box = shapely.box(area.x, area.y, area.right, area.bottom)
        ground = shapely.area(shapely.intersection(scene.zoned, box))
        line = sum(shapely.length(shapely.intersection(one, box)) for one in (scene.contact, scene.edges.border))
        land = 0.02 * shapely.area(shapely.intersection(scene.land, box))
        return float(round(ground + 20 * line + land)) + 1e9 * any(_box(area).overlaps(box) for box in taken)

    return min(places, key=hidden)


def _bar(scene: Scene, lang: Language, taken: Sequence[Box]) -> Bar:
    frame = scene.frame
    area = frame.rectangle
    longest = min(LONGEST_BAR_PX, area.width / 4)
    places = [
        Rectangle(x, area.bottom - EDGE_PX - 20, longest, 20)
        for x in (area.right - EDGE_PX - longest, area.x + EDGE_PX)
    ]
    chosen = _clearest(scene, places, taken)
    y = area.bottom - EDGE_PX - 4
    scale = scale_bar(frame, chosen.x, y, longest)
    x = round(chosen.x if chosen is places[1] else chosen.right - scale.length_px, 1)
    words = text(lang, "map.km", n=number_text(lang, scale.length_km))
    half = lettering.SCALE.width(words) / 2 + GAP_PX
    middle = min(max(x + scale.length_px / 2, area.x + half), area.right - half)  # a short bar has a wider label
    label = Setting((words,), round(middle, 1), y - 6, "middle", lettering.SCALE)
    return Bar(scale, x, y, label)

"""The labels that a map wants, the most important first, each with the places where it could stand."""

import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.kinds.table import kind_of
from layers.reference.water_kinds import RIVER
from layers.text.languages import Language
from webapp.images.labels.others_ground import TOUCH_PX, OthersGround
from webapp.images.labels.placement import Wanted
from webapp.images.labels.positions import Lines, Spot, Spots, around, beside, centred, inside
from webapp.images.map.scene import Scene, Shape
from webapp.images.map.towns import MapTown
from webapp.style.light import zone_style
from webapp.style.water import LEVELS, zoom_of
from webapp.text.interface import property_text, region_text, text, water_name
from webapp.typography import lettering
from webapp.typography.boxes import Lettering, round_point
from webapp.typography.line_breaking import typographic, wrap
from webapp.typography.line_choices import line_choices

ZONE_SIZES_PX = (12.5, 11.7)
SMALL_ZONE_PX2, TINY_ZONE_PX2 = 1200.0, 400.0
MAIN_LABELS = 3
TARGETS, NEAR_TARGET_PX = 4, 2.0
SMALL_PX = 500  # of maps up to so wide
EDGE_TARGETS, EDGE_INSIDE_PX = 12, 3.0
ROUGH_PX = 0.5  # of places to point at: so far from where they would be
LONGEST_LEADER = 0.05  # of the width of the map
BAND_PLACES = 60
WATERS = {"black_sea": (31.6, 45.15), "sea_of_azov": (36.55, 46.15)}
WATER_REACH_PX, SHORE_PX = 60.0, 2.0
NAME_LINES = 2  # of a place of the proposal, at most
COURSE_PLACES, RIVER_EDGE_PX, RIVER_SHORTEST = 24, 20, 1.5  # a course is longer than its name by so much
LONGEST_LINE_PX = 220.0


@dataclass(frozen=True)
class Said:
    """What the label of a zone says, its clause, and where it stands on all dates, if anywhere.

    ``group`` is what zones share on which it may stand, see ``group_of``; ``numbered``: the label has the number of the
    clause.
    """

    zone: str
    words: str
    clause: str
    home: tuple[float, float] | None = None
    group: str = ""
    numbered: bool = False


def town_labels(others: OthersGround, lang: Language, chosen: frozenset[str], *, led: bool = False) -> list[Wanted]:
    """Return a label beside each town's dot, or beside the mark of a chosen place of the proposal that lies on it.

    A town whose dot such a mark covers has a label only where the place has none. That of a highlighted town may have
    a leader.

    Parameters
    ----------
    others
        What the map shows, in pixels, with the areas that a name keeps off.
    lang
        Language of the text.
    chosen
        Ids of the zones that are shown in full.
    led
        Whether labels of all towns may have leaders.
    """
    scene = others.scene
    sites = [site for site in scene.sites if site.id in chosen]
    return [_town_label(town, sites, lang, others, led=led) for town in scene.towns]


def zone_labels(others: OthersGround, said: Sequence[Said], chosen: frozenset[str]) -> list[Wanted]:
    """Return labels that say what each chosen zone would become, those of the largest zones first.

    Those of zones without a clause come last. A label is in its zone, or beside it with a short leader. One for a zone
    that touches another with the same text, such as a city in its oblast, is inside or left out.

    Parameters
    ----------
    others
        What the map shows, in pixels, with the areas that a name keeps off.
    said
        Text of each zone's label.
    chosen
        Ids of the zones that are shown in full.
    """
    scene = others.scene
    words = {one.zone: one for one in said}
    shown = [one for one in (*scene.zones, *scene.overlays) if one.id in chosen and one.id in words]
    named = sorted(shown, key=lambda zone: (not words[zone.id].group, -zone.shape.area, zone.id))
    return [
        *(_inside_label(zone, words[zone.id], scene) for zone in named if zone.shape.area > SMALL_ZONE_PX2),
        *(_beside_label(zone, words[zone.id], scene, others, _same_beside(zone, named, words)) for zone in named),
    ]


def main_zones(scene: Scene, said: Sequence[Said], chosen: frozenset[str]) -> frozenset[str]:
    """Return the chosen zones whose label is one of the three that the largest zones have.

    Zones of a few pixels are left out.

    Parameters
    ----------
    scene
        What the map shows, in pixels.
    said
        Text of each zone's label.
    chosen
        Ids of the zones that are shown in full.
    """
    words = {one.zone: (one.words, one.clause) for one in said if one.zone in chosen and one.group}
    large = [zone for zone in (*scene.zones, *scene.overlays) if zone.id in words and zone.shape.area > TINY_ZONE_PX2]
    largest = sorted(large, key=lambda zone: (-zone.shape.area, zone.id))
    main = list(dict.fromkeys(words[zone.id] for zone in largest))[:MAIN_LABELS]
    return frozenset(zone.id for zone in large if words[zone.id] in main)


def site_labels(others: OthersGround, lang: Language, chosen: frozenset[str]) -> list[Wanted]:
    """Return the name of each chosen place of the proposal, beside its mark or with a leader.

    A small map has room for those of the largest mark alone.

    Parameters
    ----------
    others
        What the map shows, in pixels, with the areas that a name keeps off.
    lang
        Language of the text.
    chosen
        Ids of the zones that are shown in full.
    """
    scene = others.scene
    sized = [(site, zone_style(site.properties).radius_px) for site in scene.sites if site.id in chosen]
    least = max((radius for _, radius in sized), default=0.0) if is_small(scene) else 0.0
    labels = []
    for site, radius in (one for one in sorted(sized, key=lambda one: -one[1]) if one[1] >= least):
        name = _words(property_text(lang, site.properties, "name"), lang)
        choices = line_choices(name, most=NAME_LINES)
        farther = partial(beside, choices, np.array([site.place]), lettering.SITE, longest_leader(scene))
        tries = [partial(around, choices, *site.place, radius, lettering.SITE), farther]
        own = round_point(*site.place, radius)
        shy, stands = partial(others.around, *site.place), partial(_is_of, choices)
        labels.append(Wanted(site.id, "site", tries, own, shy=shy, stands=stands))
    return labels


def region_labels(scene: Scene, lang: Language, named: Collection[str] = ()) -> list[Wanted]:
    """Return the names of the oblasts that zones lie in.

    Parameters
    ----------
    scene
        What the map shows, in pixels.
    lang
        Language of the text.
    named
        Ids of zones whose oblasts have a name on the map already.
    """
    labels = []
    for iso, zones in sorted(scene.oblasts.items()):
        if not any(zone.id in named for zone in zones):
            name = region_text(lang, iso, property_text(lang, zones[0].properties, "oblast_name"))
            labels.append(_area_label(iso, "region", _words(name, lang), scene.oblast_areas[iso], lettering.REGION))
    return [label for label in labels if label is not None]


def band_labels(scene: Scene, lang: Language, chosen: frozenset[str]) -> list[Wanted]:
    """Return the distance of each chosen band, on its own outline.

    Parameters
    ----------
    scene
        What the map shows, in pixels.
    lang
        Language of the text.
    chosen
        Ids of the zones that are shown in full.
    """
    bands = [one for one in scene.overlays if kind_of(one.properties).nested and one.id in chosen]
    return [_band_label(band, scene, lang) for band in bands if not scene.frame.clip(band.shape.boundary, -20).is_empty]


def country_labels(scene: Scene, lang: Language) -> list[Wanted]:
    """Return the names of Ukraine and its neighbours where there is room in them.

    Parameters
    ----------
    scene
        What the map shows, in pixels.
    lang
        Language of the text.
    """
    shown = scene.frame.clip(scene.free, -10)
    labels = [_area_label("UKR", "country", text(lang, "map.ukraine"), shown, lettering.HOME_COUNTRY)]
    for neighbour in scene.neighbours:
        name = property_text(lang, neighbour.properties, "name")
        visible = scene.frame.clip(neighbour.shape, -4)
        labels.append(_area_label(neighbour.id, "country", name, visible, lettering.COUNTRY) if name else None)
    return [label for label in labels if label is not None]


def water_labels(scene: Scene, lang: Language) -> list[Wanted]:
    """Return the names of the seas, near the middle of their open water.

    Parameters
    ----------
    scene
        What the map shows, in pixels.
    lang
        Language of the text.
    """
    dry = shapely.union(scene.land, scene.abroad)
    labels = []
    for key, lonlat in WATERS.items():
        home = shapely.Point(scene.frame.to_px(np.array([lonlat]))[0])
        open_water = shapely.buffer(home, WATER_REACH_PX)
        near = shapely.intersection(dry, shapely.box(*shapely.buffer(open_water, SHORE_PX).bounds))
        water = shapely.difference(open_water, shapely.buffer(near, SHORE_PX))
        name = text(lang, f"map.{key}")
        choices = _broken(name, lettering.SEA)
        tries = [partial(inside, choices, water, lettering.SEA, home)]
        labels.append(Wanted(key, "sea", tries, stands=partial(_stands_in, water)))
    return labels


def river_labels(scene: Scene, lang: Language) -> list[Wanted]:
    """Return the names of rivers and standing water that a map of this scale names.

    Parameters
    ----------
    scene
        What the map shows, in pixels.
    lang
        Language of the text.
    """
    zoom = zoom_of(1 / scene.frame.px_per_metre)
    labels = []
    for one in scene.waters:
        name = _words(water_name(lang, one.properties), lang)
        if not name or LEVELS[one.properties["level"]].named_zoom > zoom:
            continue
        if one.properties["kind"] == RIVER:
            labels.append(_course_label(one, name, scene))
        else:
            labels.append(_area_label(one.id, "water", name, one.shape, lettering.RIVER))
    return [label for label in labels if label is not None]


def _course_label(river: Shape, name: str, scene: Scene) -> Wanted | None:
    course = scene.frame.clip(river.shape, -RIVER_EDGE_PX)
    if course.length < RIVER_SHORTEST * lettering.RIVER.width(name):
        return None
    places = [course.interpolate(index / COURSE_PLACES, normalized=True) for index in range(1, COURSE_PLACES)]
    middles = np.array([(place.x, place.y) for place in places])
    spots = partial(centred, [(name,)], np.zeros(len(places), dtype=int), middles, lettering.RIVER)
    return Wanted(river.id, "water", [spots])


def _town_label(town: MapTown, sites: Sequence[Shape], lang: Language, others: OthersGround, *, led: bool) -> Wanted:
    name = _words(property_text(lang, town.properties, "name"), lang)
    style = _town_style(town)
    own = round_point(town.x, town.y, town.radius_px)
    marks = {site.id: (site.place, zone_style(site.properties).radius_px) for site in sites}
    over = {name: mark for name, (place, mark) in marks.items() if own.overlaps(round_point(*place, mark))}
    radius = next(iter(over.values()), town.radius_px)
    tries = [partial(around, [(name,)], town.x, town.y, radius, style)]
    if led or town.marked:
        far = partial(beside, line_choices(name), np.array([(town.x, town.y)]), style, longest_leader(others.scene))
        tries += [partial(_on_own_ground, far, town, others), far]
    own = round_point(town.x, town.y, radius)
    shy, stands = partial(others.around, town.x, town.y), partial(_is_of, [(name,), *line_choices(name)])
    unless = frozenset[str]() if town.marked else frozenset(over)
    return Wanted(town.id, "town", tries, own, unless=unless, shy=shy, stands=stands)


def _on_own_ground(spots: Callable[[], Spots], town: MapTown, others: OthersGround) -> Spots:
    """The spots of a town's name that lie on no zone of others, with a leader that does not cross the line."""
    found, ground = spots(), others.around(town.x, town.y)
    barred = shapely.intersects(ground, np.asarray(shapely.box(*found.edges().T)))
    if found.leaders is not None:
        barred |= shapely.intersects(others.scene.contact, np.asarray(shapely.linestrings(found.leaders)))
    return found.without(barred)


def _town_style(town: MapTown) -> Lettering:
    if town.marked or town.capital:
        return lettering.MARKED_TOWN if town.marked else lettering.CAPITAL
    return lettering.LARGE_TOWN if town.large else lettering.TOWN


def _same_beside(zone: Shape, zones: Sequence[Shape], words: Mapping[str, Said]) -> frozenset[str]:
    """The zones whose labels say the same as one's and that touch it, or touch one that does."""
    own = words[zone.id]
    same = [one for one in zones if (words[one.id].words, words[one.id].clause) == (own.words, own.clause)]
    left = [one for one in same if one is not zone]
    found = [zone]
    for one in found:  # grows on the way
        near = [other for other in left if shapely.dwithin(one.shape, other.shape, TOUCH_PX)]
        found += near
        left = [other for other in left if other not in near]
    return frozenset(one.id for one in found[1:])


def _inside_label(zone: Shape, said: Said, scene: Scene) -> Wanted:
    """In its zone, or smaller in it, as near as can be to where it stands on all dates."""
    largest = _largest(zone.shape)
    home = _home(said, largest, scene)
    tries = [partial(inside, _choices(said, one), largest, one, home) for one in _letterings(zone, said)]
    return Wanted(zone.id, "zone", tries, stands=partial(_names_in, largest, zone, said))


def _letterings(zone: Shape, said: Said) -> list[Lettering]:
    """The ways to set a zone's label, the best first; the last is narrow, with the clause's number, if any, below."""
    style = zone_style(zone.properties)
    beside = [lettering.zone_lettering(style, size, said.clause, numbered=said.numbered) for size in ZONE_SIZES_PX]
    return [*beside, replace(beside[-1], tail_below=True)] if beside[-1].tail else beside


def _choices(said: Said, letters: Lettering) -> tuple[Lines, ...]:
    return line_choices(said.words, "" if letters.tail_below else letters.tail_words)


def _home(said: Said, shape: shapely.Polygon, scene: Scene) -> shapely.Point:
    home = said.home and shapely.Point(scene.frame.to_px(np.array([said.home]))[0])
    return home if home and shape.contains(home) else _deepest(shape)


def _beside_label(zone: Shape, said: Said, scene: Scene, others: OthersGround, same: frozenset[str]) -> Wanted:
    """Beside its zone with a leader that is short and crosses nothing, on no ground of others or of another country."""

    def spots(letters: Lettering) -> Spots:
        largest = _largest(zone.shape)
        middle = _deepest(largest)
        targets = _apart([(middle.x, middle.y), *_well_inside(largest), *_near_edge(largest)])
        return beside(_choices(said, letters), targets, letters, longest_leader(scene))

    foreign = partial(others.of, said.group, abroad=True)
    walls = partial(others.walls, zone, said.group)
    is_main = is_small(scene) or zone.shape.area > SMALL_ZONE_PX2  # worth a second search
    tries = [partial(spots, letters) for letters in _letterings(zone, said)[1:] if is_main or not letters.tail_below]
    stands = partial(_points_into, zone, said)
    return Wanted(zone.id, "zone", tries, foreign=foreign, walls=walls, unless=same, stands=stands)


def _is_of(choices: Sequence[Lines], spot: Spot) -> bool:
    """Whether a label has a name; its mark has the same place on every map of a scale."""
    return spot.setting.lines in choices


def _stands_in(shape: BaseGeometry, spot: Spot) -> bool:
    box = spot.setting.box
    return spot.leader is None and bool(shape.contains(shapely.box(box.left, box.top, box.right, box.bottom)))


def _names_in(shape: BaseGeometry, zone: Shape, said: Said, spot: Spot) -> bool:
    return _says(zone, said, spot) and _stands_in(shape, spot)


def _points_into(zone: Shape, said: Said, spot: Spot) -> bool:
    end = spot.leader and shapely.Point(spot.leader.coords[-1])
    return end is not None and _says(zone, said, spot) and bool(zone.shape.contains(end))


def _says(zone: Shape, said: Said, spot: Spot) -> bool:
    """Whether a label says of a zone what another map says, which may be that of another proposal."""
    letters = spot.setting.lettering
    return letters in _letterings(zone, said) and spot.setting.lines in _choices(said, letters)


def _largest(shape: BaseGeometry) -> shapely.Polygon:
    largest: shapely.Polygon = max(shapely.get_parts(shape), key=shapely.area)
    return largest


def longest_leader(scene: Scene) -> float:
    """How long a leader may be, in pixels."""
    return LONGEST_LEADER * scene.frame.rectangle.width


def is_small(scene: Scene) -> bool:
    """Whether the map is so small that it has few labels, each in as little room as can be."""
    return scene.frame.rectangle.width <= SMALL_PX


def _apart(places: Sequence[tuple[float, float]]) -> np.ndarray:
    """The places without those near one before, shape (n, 2): of a tiny zone one is enough to point at."""
    kept: list[tuple[float, float]] = []
    for place in places:
        if all(math.dist(place, other) > NEAR_TARGET_PX for other in kept):
            kept.append(place)
    return np.array(kept)


def _area_label(name: str, kind: str, words: str, shape: BaseGeometry, letters: Lettering) -> Wanted | None:
    parts = [part for part in shapely.get_parts(shape) if shapely.area(part) > 0]  # a cut may leave a line, too
    if not parts:
        return None
    largest = max(parts, key=shapely.area)
    tries = [lambda: inside(line_choices(words), largest, letters, _deepest(largest))]
    return Wanted(name, kind, tries, stands=partial(_stands_in, largest))


def _band_label(band: Shape, scene: Scene, lang: Language) -> Wanted:
    found = re.search(r"(\d+)km$", band.id)
    words = text(lang, "map.km", n=found[1]) if found else _words(property_text(lang, band.properties, "name"), lang)
    letters = lettering.zone_lettering(kind_of(band.properties).style, 11.7)
    edge = scene.frame.clip(band.shape.boundary, -20)
    places = [edge.interpolate(index / BAND_PLACES * edge.length) for index in range(BAND_PLACES)]
    middles = np.array([(place.x, place.y) for place in places])
    return Wanted(band.id, "band", [partial(centred, [(words,)], np.zeros(BAND_PLACES, dtype=int), middles, letters)])


def _broken(words: str, letters: Lettering) -> list[Lines]:
    """A name in one line, and in two where it has more than one word; in two only where it is long."""
    width = letters.width(words)
    halves = wrap(words, width * 0.62, letters.size_px, letters.weight, whole=True)
    whole: list[Lines] = [(words,)]
    if len(halves) != 2:
        return whole
    return [tuple(halves)] if width > LONGEST_LINE_PX else [*whole, tuple(halves)]


def _words(name: str, lang: Language) -> str:
    return typographic(name, lang)


@lru_cache(maxsize=1024)
def _near_edge(shape: shapely.Polygon) -> list[tuple[float, float]]:
    """Places in a shape a little inside of its edge."""
    core = shapely.buffer(shapely.simplify(shape, ROUGH_PX), -EDGE_INSIDE_PX, quad_segs=1)
    parts = [part for part in shapely.get_parts(core) if not part.is_empty]
    if not parts:
        return []
    ring = max(parts, key=shapely.area).exterior
    places = [ring.interpolate(share / EDGE_TARGETS, normalized=True) for share in range(EDGE_TARGETS)]
    return [(place.x, place.y) for place in places]


@lru_cache(maxsize=2048)
def _deepest(shape: shapely.Polygon) -> shapely.Point:
    """The place in a shape that is farthest from its edge."""
    return shapely.Point(shapely.get_coordinates(_radius(shape))[0])


@lru_cache(maxsize=2048)
def _radius(shape: shapely.Polygon) -> shapely.LineString:
    """From the place that is farthest from the edge to the edge."""
    radius: shapely.LineString = shapely.maximum_inscribed_circle(shape, tolerance=1.0)
    return radius


@lru_cache(maxsize=1024)
def _well_inside(shape: shapely.Polygon) -> list[tuple[float, float]]:
    """A few more places in a shape that a leader could point at, away from its edge."""
    core = shapely.buffer(shapely.simplify(shape, ROUGH_PX), -0.55 * _radius(shape).length, quad_segs=1)
    ring = max(shapely.get_parts(core), key=shapely.area).exterior
    places = [ring.interpolate(share / TARGETS, normalized=True) for share in range(TARGETS)]
    return [(place.x, place.y) for place in places]

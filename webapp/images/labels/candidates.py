"""The labels that a map wants, the most important first, each with the places where it could stand."""

import re
from collections.abc import Sequence
from functools import lru_cache, partial

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.kinds.table import kind_of
from layers.reference.water_kinds import RIVER
from layers.text.languages import Language
from webapp.images.labels.placement import Wanted
from webapp.images.labels.positions import Lines, around, beside, centred, inside
from webapp.images.map.scene import Scene, Shape
from webapp.images.map.towns import MapTown
from webapp.style.light import zone_style
from webapp.style.water import LEVELS, zoom_of
from webapp.text.interface import property_text, region_text, text, water_name
from webapp.typography import lettering
from webapp.typography.boxes import Lettering, round_point
from webapp.typography.line_breaking import typographic, wrap

ZONE_SIZES_PX = (12.5, 11.0)
SMALL_ZONE_PX2 = 1200.0
MIDDLING_ZONE_PX2 = 8000.0
MOSTLY = 0.7
TARGETS = 4
BAND_PLACES = 60
WATERS = {"black_sea": (31.6, 45.15), "sea_of_azov": (36.55, 46.15)}
WATER_REACH_PX = 60.0
WHOLE_PCT = 99.9
COURSE_PLACES, RIVER_EDGE_PX, RIVER_SHORTEST = 24, 20, 1.5  # a course is longer than its name by so much
LONGEST_LINE_PX = 220.0


def town_labels(scene: Scene, lang: Language, chosen: frozenset[str]) -> list[Wanted]:
    """A label beside each town's dot, or beside the mark of a chosen place of the proposal that lies on it."""
    sites = [site for site in scene.sites if site.id in chosen]
    return [_town_label(town, sites, lang) for town in scene.towns]


def zone_labels(scene: Scene, lang: Language, chosen: frozenset[str]) -> list[Wanted]:
    """A label inside each chosen zone that a clause treats, or beside it with a leader; the smallest first.

    A zone that is called like a town that is shown, such as Sevastopol, needs none.
    """
    towns = {property_text(lang, town.properties, "name") for town in scene.towns}
    zones = [
        zone
        for zone in scene.zones
        if zone.id in chosen and kind_of(zone.properties).labelled and short_name(zone, lang) not in towns
    ]
    return [_zone_label(zone, scene, lang) for zone in sorted(zones, key=lambda zone: (zone.shape.area, zone.id))]


def site_labels(scene: Scene, lang: Language, chosen: frozenset[str]) -> list[Wanted]:
    """The number of the point beside the mark of each of its places, or with a leader; the legend names them."""
    labels = []
    for site in (one for one in scene.sites if one.id in chosen):
        radius = kind_of(site.properties).style.radius_px
        words = _words(site.properties["clause"] or property_text(lang, site.properties, "name"), lang)
        spots = around(words, *site.place, radius, lettering.SITE)
        farther = partial(beside, [(words,)], np.array([site.place]), lettering.SITE)
        labels.append(Wanted(site.id, "site", spots, round_point(*site.place, radius), otherwise=[farther]))
    return labels


def band_labels(scene: Scene, lang: Language, chosen: frozenset[str]) -> list[Wanted]:
    """The distance of each chosen band, on its own outline."""
    bands = [one for one in scene.overlays if kind_of(one.properties).nested and one.id in chosen]
    return [_band_label(band, scene, lang) for band in bands if not scene.frame.clip(band.shape.boundary, -20).is_empty]


def country_labels(scene: Scene, lang: Language) -> list[Wanted]:
    """Ukraine and its neighbours, wherever there is room in them."""
    free = shapely.difference(scene.land, scene.zoned)
    shown = scene.frame.clip(free, -10)
    labels = [_area_label("UKR", "country", text(lang, "map.ukraine"), shown, lettering.HOME_COUNTRY)]
    for neighbour in scene.neighbours:
        name = property_text(lang, neighbour.properties, "name")
        visible = scene.frame.clip(neighbour.shape, -4)
        labels.append(_area_label(neighbour.id, "country", name, visible, lettering.COUNTRY) if name else None)
    return [label for label in labels if label is not None]


def water_labels(scene: Scene, lang: Language) -> list[Wanted]:
    """The seas, near the middle of their open water."""
    dry = shapely.union(scene.land, scene.abroad)
    labels = []
    for key, lonlat in WATERS.items():
        home = shapely.Point(scene.frame.to_px(np.array([lonlat]))[0])
        water = shapely.difference(shapely.buffer(home, WATER_REACH_PX), shapely.buffer(dry, 2))
        name = text(lang, f"map.{key}")
        choices = _broken(name, lettering.SEA)
        labels.append(Wanted(key, "sea", inside(choices, water, lettering.SEA, home)))
    return labels


def river_labels(scene: Scene, lang: Language) -> list[Wanted]:
    """Rivers on their course and standing water in it, those that the scale of the image names."""
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
    spots = centred([(name,)], np.zeros(len(places), dtype=int), middles, lettering.RIVER)
    return Wanted(river.id, "water", spots)


def short_name(zone: Shape, lang: Language) -> str:
    """What a zone is called on the map: its oblast where it is a part of one, else its own name."""
    properties = zone.properties
    whole = (properties["share_of_oblast_pct"] or 0) >= WHOLE_PCT
    if whole or properties["oblast"] is None or kind_of(properties).own_name:
        return property_text(lang, properties, "name")
    return region_text(lang, properties["oblast"], property_text(lang, properties, "oblast_name"))


def _town_label(town: MapTown, sites: Sequence[Shape], lang: Language) -> Wanted:
    name = _words(property_text(lang, town.properties, "name"), lang)
    style = lettering.CAPITAL if town.capital else lettering.LARGE_TOWN if town.large else lettering.TOWN
    own = round_point(town.x, town.y, town.radius_px)
    marks = [(site.place, kind_of(site.properties).style.radius_px) for site in sites]
    radius = next((mark for place, mark in marks if own.overlaps(round_point(*place, mark))), town.radius_px)
    spots = around(name, town.x, town.y, radius, style)
    return Wanted(town.id, "town", spots, round_point(town.x, town.y, radius))


def _zone_label(zone: Shape, scene: Scene, lang: Language) -> Wanted:
    """Inside the zone, smaller inside it, or with a part outside; a small zone's label has a leader."""
    style = zone_style(zone.properties)
    letters, small_letters = (lettering.zone_lettering(style, size) for size in ZONE_SIZES_PX)
    name = _words(short_name(zone, lang), lang)
    choices, small_choices = _broken(name, letters), _broken(name, small_letters)
    largest = max(shapely.get_parts(zone.shape), key=shapely.area)
    middle = _deepest(largest)
    targets = np.array([(middle.x, middle.y), *_well_inside(largest)])
    others = [one.shape for one in scene.zones if one.properties["oblast"] != zone.properties["oblast"]]
    foreign = shapely.union_all(others)
    if zone.shape.area < SMALL_ZONE_PX2:
        return Wanted(zone.id, "zone", beside(small_choices, targets, small_letters), foreign=foreign)
    within = partial(inside, small_choices, largest, small_letters, middle)
    out = partial(beside, choices, targets, letters)
    otherwise = [within, out] if largest.area < MIDDLING_ZONE_PX2 else [within, partial(within, MOSTLY), out]
    return Wanted(zone.id, "zone", inside(choices, largest, letters, middle), otherwise=otherwise, foreign=foreign)


def _area_label(name: str, kind: str, words: str, shape: BaseGeometry, letters: Lettering) -> Wanted | None:
    parts = shapely.get_parts(shape)
    if not len(parts):
        return None
    largest = max(parts, key=shapely.area)
    return Wanted(name, kind, inside([(words,)], largest, letters, _deepest(largest)))


def _band_label(band: Shape, scene: Scene, lang: Language) -> Wanted:
    found = re.search(r"(\d+)km$", band.id)
    words = text(lang, "map.km", n=found[1]) if found else _words(property_text(lang, band.properties, "name"), lang)
    letters = lettering.zone_lettering(kind_of(band.properties).style, 10.5)
    edge = scene.frame.clip(band.shape.boundary, -20)
    places = [edge.interpolate(index / BAND_PLACES * edge.length) for index in range(BAND_PLACES)]
    middles = np.array([(place.x, place.y) for place in places])
    return Wanted(band.id, "band", centred([(words,)], np.zeros(BAND_PLACES, dtype=int), middles, letters))


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


@lru_cache(maxsize=2048)
def _deepest(shape: shapely.Polygon) -> shapely.Point:
    """The place in a shape that is farthest from its edge."""
    radius = shapely.maximum_inscribed_circle(shape, tolerance=1.0)
    return shapely.Point(shapely.get_coordinates(radius)[0])


@lru_cache(maxsize=1024)
def _well_inside(shape: shapely.Polygon) -> list[tuple[float, float]]:
    """A few more places in a shape that a leader could point at, away from its edge."""
    reach = shapely.maximum_inscribed_circle(shape, tolerance=1.0).length
    core = shapely.buffer(shape, -0.55 * reach)
    ring = max(shapely.get_parts(core), key=shapely.area).exterior
    places = [ring.interpolate(share / TARGETS, normalized=True) for share in range(TARGETS)]
    return [(place.x, place.y) for place in places]

"""Rivers, standing water and drained beds as maps draw them: the important ones first, with places for their names."""

import re
from collections.abc import Iterator
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.edge_network import innermost
from geo.geojson import Feature
from layers.reference.reference_data import ReferenceData
from layers.reference.water_kinds import RIVER
from layers.text.languages import Languages, source_name, suffix

# What readers orient by on a map of the whole country, beside what ranks as high: the front runs along them.
LANDMARKS = ("siverskyi-donets", "oskil", "southern-bug", "kyiv-reservoir", "kaniv-reservoir", "dniester-liman")
LANDMARK_RANK = 6  # Natural Earth's scale rank: lower is more important
LAST_UNNAMED_RANK = 9  # what is smaller and has no name is left out on screens
BEYOND_DEG = 0.15  # of the border, drawn as well
TOLERANCES_DEG = (0.002, 0.004, 0.006)  # by level
GRID_DEG = 0.001  # the source has three decimals
ASIDE = re.compile(r" ?[(（]")  # where the name of a drained reservoir goes on to say so
# Where along a river its name can stand, the middle first; on a short one there alone.
ALONG, SHORT_DEG = (0.5, 1 / 6, 5 / 6), 5.0


def water_features(reference: ReferenceData) -> list[Feature]:
    """Return the hydrography with names in all languages and with the ``level`` from which maps show each.

    0: on every map; 1: named, on maps of a few oblasts; 2: the others, on maps of one.
    """
    return [
        Feature(one.id, _properties(one, reference.languages), one.geometry)
        for one in sorted(reference.hydrography, key=lambda one: (_level(one), one.properties["rank"], one.id))
    ]


def drawn_water(reference: ReferenceData) -> Iterator[Feature]:
    """The same in and around Ukraine for screens, with ``label``: the places of its name."""
    around = shapely.buffer(reference.ukraine, BEYOND_DEG)
    for one in water_features(reference):
        properties = one.properties
        if not properties["name_en"] and properties["rank"] > LAST_UNNAMED_RANK:
            continue
        shown = shapely.intersection(_simple(one.geometry, TOLERANCES_DEG[properties["level"]]), around)
        shown = shapely.set_precision(shown, GRID_DEG)
        if shown.is_empty:
            continue
        inside = shapely.intersection(shown, reference.ukraine)
        label = [] if inside.is_empty or not properties["name_en"] else _places(properties["kind"], inside)
        kept = {name: value for name, value in properties.items() if value is not None and name not in ("id", "rank")}
        kept |= {name: ASIDE.split(value)[0] for name, value in kept.items() if name.startswith("name_")}
        yield Feature(one.id, {"part": "water", **kept, "label": label}, shown)


def _properties(one: Feature, languages: Languages) -> dict[str, Any]:
    names = {f"name_{suffix(lang.tag)}": source_name(lang, one.properties, one.id) for lang in languages}
    kept = {name: one.properties[name] for name in ("kind", "rank")}
    return {"id": one.id, **kept, "level": _level(one), **names}


def _level(one: Feature) -> int:
    if not one.properties.get("name_en"):
        return 2
    return 0 if one.id in LANDMARKS or one.properties["rank"] <= LANDMARK_RANK else 1


def _simple(geometry: BaseGeometry, tolerance_deg: float) -> BaseGeometry:
    lines = shapely.line_merge(geometry) if geometry.geom_type.endswith("LineString") else geometry
    return shapely.simplify(lines, tolerance_deg)


def _places(kind: str, shown: BaseGeometry) -> list[list[float]]:
    """Where a name can stand: in the middle of an area, and along a river, the best first."""
    if kind != RIVER:
        places = [innermost(shown)]
    else:
        course = shapely.line_merge(shapely.multilinestrings(_lines(shown)))
        steps = ALONG if course.length > SHORT_DEG else ALONG[:1]
        places = [shapely.get_coordinates(course.interpolate(step, normalized=True))[0].tolist() for step in steps]
    return [[round(lon, 3), round(lat, 3)] for lon, lat in places]


def _lines(shape: BaseGeometry) -> list[shapely.LineString]:
    return [part for part in shapely.get_parts(shape) if part.geom_type == "LineString"]

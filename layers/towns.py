"""Towns that have been Russian-held since 2014: a control map that leaves one out is not complete."""

from collections.abc import Mapping
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from layers.register import SOURCES, read_rows

HELD_SINCE_2014 = ("Simferopol", "Sevastopol", "Kerch", "Donetsk", "Horlivka", "Luhansk")


def towns_held_since_2014(folder: Path = SOURCES) -> dict[str, shapely.Point]:
    """The six towns by their English name, as points in degrees, WGS 84."""
    rows = {row["name_en"]: row for row in read_rows(folder / "towns.csv")}
    return {name: shapely.Point(float(rows[name]["lon"]), float(rows[name]["lat"])) for name in HELD_SINCE_2014}


def towns_in(ground: BaseGeometry, towns: Mapping[str, shapely.Point]) -> tuple[str, ...]:
    """The towns that lie in some ground, in their order."""
    return tuple(name for name, place in towns.items() if ground.contains(place))

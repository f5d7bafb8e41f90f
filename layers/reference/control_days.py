"""The included control data: one file per date, ``sources/control/<date>.geojson``, each read when it is needed.

To add a date, add its file, its row in ``control.csv`` and those of its three maps in ``control-editions.csv``.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geo.geojson import read_features
from geo.measure import area_km2
from layers.control_map import LEVELS, ControlMap
from layers.dates import is_day
from layers.errors import SourceError
from layers.reference.register import SOURCES, read_rows

DAYS = "control.csv"
EDITIONS = "control-editions.csv"
NESTING_TOLERANCE_KM2 = 0.01
DATES_CACHED = 8
UNCHANGED_DAYS = 3  # a map that has not changed for so long is named where its day is shown


@dataclass(frozen=True)
class ControlDays(Mapping[str, ControlMap]):
    """The control maps by day, ascending; ``citation`` is what a figure names as their source."""

    folder: Path
    digests: Mapping[str, str]
    citation: str

    def __getitem__(self, day: str) -> ControlMap:
        """The map of a day. Raises KeyError, and SourceError where its file is missing, changed or wrong."""
        return self._read(day)

    @cached_property
    def _read(self) -> Callable[[str], ControlMap]:
        return lru_cache(DATES_CACHED)(
            lambda day: read_day(self.folder / f"{day}.geojson", day, self.digests[day], self.citation)
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self.digests)

    def __len__(self) -> int:
        return len(self.digests)


def control_days(folder: Path, citation: str) -> ControlDays:
    """Return the control maps below a folder of sources.

    Parameters
    ----------
    folder
        Folder of the sources.
    citation
        Source that figures name.

    Raises
    ------
    SourceError
        If the list of dates is wrong.
    """
    path = folder / DAYS
    try:
        digests = {row["as_of"]: row["sha256"] for row in read_rows(path)}
    except KeyError as error:
        raise SourceError(f"{path}: has no column {error}; restore it") from error
    wrong = ", ".join(day for day in digests if not is_day(day))
    if wrong or list(digests) != sorted(digests):
        raise SourceError(f"{path}: needs one row a day (YYYY-MM-DD), ascending; mend {wrong or 'the order'}")
    return ControlDays(folder / "control", digests, citation)


def read_day(path: Path, day: str, sha256: str, citation: str) -> ControlMap:
    """Return the control map in a file, whose features must be the levels of its date.

    Parameters
    ----------
    path
        The file.
    day
        Its ISO date.
    sha256
        Its hash in the list of dates.
    citation
        Source that figures name.

    Raises
    ------
    SourceError
        If the file is missing, changed or wrong.
    """
    check_file(path, sha256)
    levels: dict[str, BaseGeometry] = {}
    for feature in read_features(path):
        where, level = f"{path}: feature {feature.id}", feature.properties.get("level")
        if feature.properties.get("date") != day or level not in LEVELS:
            raise SourceError(f"{where}: needs the date {day} and a level of {', '.join(LEVELS)}")
        if level in levels:
            raise SourceError(f"{where}: {day} has the level {level} twice; leave one")
        if feature.geometry.geom_type not in {"Polygon", "MultiPolygon"}:
            raise SourceError(f"{where}: is a {feature.geometry.geom_type}; held territory is drawn as polygons")
        levels[str(level)] = feature.geometry
    check_levels(path, day, levels)
    return ControlMap(day, levels, citation, sha256)


def check_file(path: Path, sha256: str) -> None:
    """Compare the file of a date with the list of dates.

    Parameters
    ----------
    path
        The file.
    sha256
        Its hash in the list.

    Raises
    ------
    SourceError
        If the file is missing or has other bytes.
    """
    if not path.is_file():
        raise SourceError(f"{path}: missing; restore it, or take its row out of {DAYS}")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != sha256:
        raise SourceError(
            f"{path}: sha256 is {digest}, {DAYS} says {sha256[:12]}…; restore the file, or change its row there "
            "when the change is wanted"
        )


def check_levels(path: Path, day: str, levels: Mapping[str, BaseGeometry]) -> None:
    """Refuse a date that lacks a level, or whose levels do not lie within one another.

    Parameters
    ----------
    path
        The file, for messages.
    day
        Its ISO date.
    levels
        Polygons by level, in degrees, WGS 84.

    Raises
    ------
    SourceError
        If the levels are wrong.
    """
    if set(levels) != set(LEVELS):
        missing = ", ".join(sorted(set(LEVELS) - set(levels)))
        raise SourceError(f"{path}: {day} has no level {missing}; add it or take the day out")
    for inner, outer in pairwise(LEVELS):
        outside_km2 = area_km2(shapely.difference(levels[inner], levels[outer]))
        if outside_km2 > NESTING_TOLERANCE_KM2:
            raise SourceError(f"{path}: {day}: {outside_km2:.1f} km² of {inner} lie outside {outer}; mend the levels")


@cache
def unchanged_maps(folder: Path = SOURCES) -> Mapping[str, Mapping[str, str]]:
    """Return, by date, the maps that had not changed for three days or more when read, each with its last change."""
    found: dict[str, dict[str, str]] = {}
    for row in read_rows(folder / EDITIONS):
        age = date.fromisoformat(row["date"]) - date.fromisoformat(row["last_change"])
        if age.days >= UNCHANGED_DAYS:
            found.setdefault(row["date"], {})[row["map"]] = row["last_change"]
    return found

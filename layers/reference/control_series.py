"""Series of control maps by date; the included one has a file per date, ``sources/control/<date>.geojson``.

To add a date to it, add its file, its row in ``control.csv`` and those of its three maps in ``control-editions.csv``.
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
from layers.control_map import LEVELS, ControlMap, ControlSource
from layers.dates import is_day
from layers.embedded import EMBEDDED, EMBEDDED_MAPS
from layers.errors import SourceError
from layers.findings import Tell, say_nothing
from layers.reference.register import SOURCES, read_rows

EMBEDDED_NAME = "Clausemap control dataset, second edition, from DeepState, UA Control Map and NZZ on Liveuamap"
EMBEDDED_SOURCE = ControlSource(EMBEDDED, EMBEDDED_NAME, EMBEDDED_MAPS, "CC BY 4.0")
DAYS = "control.csv"
EDITIONS = "control-editions.csv"
NESTING_TOLERANCE_KM2 = 0.01
DATES_CACHED = 8
UNCHANGED_DAYS = 3  # a map that has not changed for so long is named where its day is shown


@dataclass(frozen=True)
class ControlSeries(Mapping[str, ControlMap]):
    """The control maps of a source by date, each loaded when it is requested, at most eight of them in memory.

    ``dates`` are ascending; ``load`` returns the map of a date and reports remarks to ``tell``. ``version`` is empty
    for the included maps and changes with the bytes of others, and of the boundaries that their edges are filled to.
    """

    dates: tuple[str, ...]
    load: Callable[[str, Tell], ControlMap]
    source: ControlSource
    version: str = ""
    tell: Tell = say_nothing

    def __getitem__(self, day: str) -> ControlMap:
        """Return the map of a date. Raises KeyError, SourceError or ControlError if it cannot be used."""
        return self._loaded(day)

    @cached_property
    def _loaded(self) -> Callable[[str], ControlMap]:
        return lru_cache(DATES_CACHED)(lambda day: self.load(day, self.tell))

    def __iter__(self) -> Iterator[str]:
        """Iterate over the dates, ascending."""
        return iter(self.dates)

    def __len__(self) -> int:
        """Return the number of dates."""
        return len(self.dates)


def included_series(folder: Path = SOURCES) -> ControlSeries:
    """Return the included control maps below a folder of sources. Raises SourceError if the list of dates is wrong."""
    digests = read_digests(folder)

    def load(day: str, _: Tell) -> ControlMap:
        return read_day(folder / "control" / f"{day}.geojson", day, digests[day], EMBEDDED_SOURCE.name)

    return ControlSeries(tuple(digests), load, EMBEDDED_SOURCE)


def read_digests(folder: Path) -> Mapping[str, str]:
    """Return the dates of the included control maps, ascending, each with the sha256 of its file.

    Parameters
    ----------
    folder
        Folder of the sources.

    Returns
    -------
    SHA-256 in hexadecimal digits by ISO date.

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
    return digests


def read_day(path: Path, day: str, sha256: str, citation: str) -> ControlMap:
    """Return the control map in a file, whose features must be the levels of its date.

    Parameters
    ----------
    path
        GeoJSON file with one feature per level.
    day
        Its ISO date.
    sha256
        SHA-256 of the file as the list of dates has it.
    citation
        Source that figures name beside the date.

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
        The file of the date.
    sha256
        SHA-256 of the file as the list of dates has it.

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
        Path of the file, for error messages.
    day
        Its ISO date.
    levels
        Held territory by level (``agreed``, ``majority``, ``any``), in degrees, WGS 84.

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

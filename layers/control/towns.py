"""Towns that a control map is checked with: held since 2014 (it must hold them), and never held."""

from collections.abc import Mapping
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from layers.errors import SourceError
from layers.findings import Finding
from layers.reference.register import SOURCES, read_rows

NEVER_HELD = ("Kyiv", "Odesa", "Dnipro", "Poltava", "Kharkiv")
HELD_SINCE_2014 = ("Simferopol", "Sevastopol", "Kerch", "Donetsk", "Horlivka", "Luhansk")


def towns_held_since_2014(folder: Path = SOURCES) -> Mapping[str, shapely.Point]:
    """Return the six towns with their positions (degrees), from ``towns.csv``. Raises SourceError if one is missing."""
    return _positions(HELD_SINCE_2014, folder)


def _positions(names: tuple[str, ...], folder: Path) -> dict[str, shapely.Point]:
    path = folder / "towns.csv"
    try:
        rows = {row["name_en"]: shapely.Point(float(row["lon"]), float(row["lat"])) for row in read_rows(path)}
        return {name: rows[name] for name in names}
    except (KeyError, ValueError) as error:
        raise SourceError(f"{path}: lacks a town that maps are checked by ({error}); restore it") from error


def check_sides(held: BaseGeometry, folder: Path = SOURCES) -> list[Finding]:
    """Refuse a map that holds towns which were never held: another class, or an inverted polygon.

    Parameters
    ----------
    held
        Held territory of the map, in degrees, WGS 84.
    folder
        Folder of the sources, with the towns' positions.

    Returns
    -------
    One finding, ``wrong-side``, or none.
    """
    towns = _positions(NEVER_HELD, folder)
    found = [name for name, position in towns.items() if shapely.covers(held, position)]
    if not found:
        return []
    message = (
        f"{', '.join(found)}, never Russian-held, in it; choose the class of what is held with --where, or look "
        "whether its outlines are turned inside out"
    )
    return [Finding("wrong-side", "refused", message)]


def missing_towns(held: BaseGeometry, towns: Mapping[str, shapely.Point]) -> tuple[str, ...]:
    """Return the English names of the towns outside the held territory.

    Parameters
    ----------
    held
        Held territory of the map, in degrees, WGS 84.
    towns
        Towns with their positions, in degrees, WGS 84.
    """
    return tuple(name for name, position in towns.items() if not shapely.covers(held, position))


def check_towns(held: BaseGeometry, towns: Mapping[str, shapely.Point]) -> list[Finding]:
    """Report towns that have been held since 2014 and that a map does not hold.

    Parameters
    ----------
    held
        Held territory of the map, in degrees, WGS 84.
    towns
        Towns held since 2014 with their positions, in degrees, WGS 84.

    Returns
    -------
    One finding, ``incomplete``, or none.
    """
    missing = missing_towns(held, towns)
    if not missing:
        return []
    message = f"{', '.join(missing)}, held since 2014, not in it; complete it with --add and another map"
    return [Finding("incomplete", "told", message)]

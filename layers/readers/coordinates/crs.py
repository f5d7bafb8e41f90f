"""A stated coordinate reference system in any spelling, as PROJ knows it."""

import re
from pathlib import Path

import pyproj
from pyproj.exceptions import CRSError

from layers.errors import ControlError

LON_LAT = "EPSG:4326"
NUMBER = re.compile(r"(?:EPSG|SRID|WKID|ESRI|CRS|SRS)\D*(?:\d[\d.]{0,3}\D+)??(\d{4,6})(?!\d)", re.IGNORECASE)
ALONE = re.compile(r"\W*(\d{4,6})\W*")
OTHER_NUMBERS = {"900913": "3857", "102100": "3857", "102113": "3857", "3785": "3857", "54004": "3395"}
NONE = re.compile(r"undefined|unknown|none|null|n/?a|local|(srid\W*|epsg\W*)?(0|-1)", re.IGNORECASE)
WGS84 = re.compile(r"wgs[\s_-]*(19)?84|(geographic|lat\W*lon|lon\W*lat).{0,20}", re.IGNORECASE)
MERCATOR = re.compile(r".*(web|pseudo|google)[\s_-]*mercator.*|google", re.IGNORECASE)


def crs_of(path: Path, stated: str | None) -> pyproj.CRS | None:
    """Return the CRS that a file states if it is not longitude and latitude on WGS 84.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    stated
        CRS that the file states, in any spelling; None if it states none.

    Returns
    -------
    The CRS to reproject from; None for longitude and latitude on WGS 84.

    Raises
    ------
    ControlError
        ``unknown-crs`` if it is not one that PROJ knows.
    """
    if stated is None or "CRS84" in stated.upper().replace(":84", "84") or NONE.fullmatch(stated.strip()):
        return None
    for name in _spellings(stated.strip()):
        try:
            crs = pyproj.CRS.from_user_input(name)
        except CRSError:
            continue
        return None if _is_lon_lat(crs) else crs
    shown = " ".join(stated.split())[:80]
    raise ControlError("unknown-crs", f"{path}: states a CRS that is not known ({shown}); save it as {LON_LAT}")


def _spellings(stated: str) -> list[str]:
    """What is tried: the text itself, then the number in it."""
    if WGS84.fullmatch(stated):
        return [LON_LAT]
    if MERCATOR.fullmatch(stated) and "[" not in stated:
        return ["EPSG:3857"]
    short = len(stated) < 200 and "[" not in stated and "{" not in stated
    number = (ALONE.fullmatch(stated) or NUMBER.search(stated)) if short else None
    if number is None:
        return [stated]
    code = OTHER_NUMBERS.get(number.group(1), number.group(1))
    tried = [f"EPSG:{code}", f"ESRI:{code}"]
    return [stated, *tried] if code == number.group(1) and not ALONE.fullmatch(stated) else tried


def _is_lon_lat(crs: pyproj.CRS) -> bool:
    undefined = crs.is_geographic and crs.name.casefold().startswith(("undefined", "unknown"))
    return undefined or bool(crs.equals(pyproj.CRS(LON_LAT), ignore_axis_order=True))

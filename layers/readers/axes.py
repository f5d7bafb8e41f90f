"""Longitude and latitude in degrees, whatever a file was written in."""

from pathlib import Path

import numpy as np
import pyproj
import shapely
from pyproj.exceptions import CRSError, ProjError

from layers.errors import ControlError
from layers.gate.findings import Finding

RIGHT_BOX = (22.0, 44.0, 41.0, 53.0)  # Ukraine: longitude 22 to 41, latitude 44 to 53
Polygons = np.ndarray


def lon_lat(path: Path, stated: str | None, polygons: Polygons) -> tuple[Polygons, list[Finding]]:
    """Polygons, in the CRS that a file states, in longitude, latitude in degrees on WGS 84, and what was done to them.

    Raises ControlError: ``unknown-crs``, ``not-degrees``, ``swapped-axes`` where only some are swapped.
    """
    findings: list[Finding] = []
    crs = _stated(path, stated)
    if crs is not None:
        polygons = _reprojected(crs, polygons)
        message = f"written in {crs.name}; reprojected to longitude, latitude"
        findings.append(Finding("reprojected", "repaired", message))
    coordinates = shapely.get_coordinates(polygons)
    if not coordinates.size:
        return polygons, []
    _check_degrees(path, coordinates)
    if _are_swapped(path, coordinates):
        polygons = shapely.transform(polygons, lambda pairs: pairs[:, ::-1])
        findings.append(Finding("swapped-axes", "repaired", "latitude came before longitude; swapped for all polygons"))
    return polygons, findings


def _stated(path: Path, name: str | None) -> pyproj.CRS | None:
    """The CRS that a file states where it is other than longitude, latitude on WGS 84."""
    if name is None or "CRS84" in name.upper():
        return None
    try:
        crs = pyproj.CRS.from_user_input(name)
    except CRSError as error:
        shown = " ".join(name.split())[:80]
        message = f"{path}: states a CRS that is not known ({shown}); save it as EPSG:4326"
        raise ControlError("unknown-crs", message) from error
    return None if crs.equals(pyproj.CRS("EPSG:4326"), ignore_axis_order=True) else crs


def _reprojected(crs: pyproj.CRS, polygons: Polygons) -> Polygons:
    transformer = pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True)

    def turned(pairs: np.ndarray) -> np.ndarray:
        try:
            return np.column_stack(transformer.transform(pairs[:, 0], pairs[:, 1]))
        except ProjError:
            return np.full_like(pairs, np.inf)

    moved: Polygons = shapely.transform(polygons, turned)
    return moved


def _check_degrees(path: Path, coordinates: np.ndarray) -> None:
    if not np.isfinite(coordinates).all():
        raise ControlError("not-degrees", f"{path}: coordinates that are no numbers; export it again")
    sizes = np.abs(coordinates)
    if (sizes > 180).any() or (sizes.min(axis=1) > 90).any():  # whichever of the two is the latitude
        west, south = coordinates.min(axis=0)
        east, north = coordinates.max(axis=0)
        raise ControlError(
            "not-degrees",
            f"{path}: coordinates run from {west:g} {south:g} to {east:g} {north:g}, which are not degrees, and no CRS "
            "is stated; save it as longitude, latitude (EPSG:4326)",
        )


def _are_swapped(path: Path, coordinates: np.ndarray) -> bool:
    """Whether all is in the order latitude, longitude: Ukraine's two ranges do not overlap, so that it shows."""
    west, south, east, north = RIGHT_BOX
    one, other = coordinates[:, 0], coordinates[:, 1]
    right = int(((one >= west) & (one < east) & (other > south) & (other <= north)).sum())
    swapped = int(((other >= west) & (other < east) & (one > south) & (one <= north)).sum())
    if right and swapped:
        raise ControlError(
            "swapped-axes",
            f"{path}: {right:,} vertices in the order longitude, latitude and {swapped:,} in the other; "
            "put all of them in one order",
        )
    if not swapped and np.abs(other).max() > 90:
        raise ControlError("not-degrees", f"{path}: latitudes beyond 90 degrees; look at the order of coordinates")
    return swapped > 0

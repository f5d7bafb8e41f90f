"""Longitude and latitude in degrees, whatever a file was written in."""

from pathlib import Path

import numpy as np
import pyproj
import shapely
from pyproj.exceptions import CRSError, ProjError

from layers.errors import ControlError
from layers.findings import Finding
from layers.readers.coordinates.crs import crs_of

# Ukraine with a margin of 10 km, to distinguish it from what is mirrored in its box: Iran, Iraq, Azerbaijan
UKRAINE = shapely.Polygon([
    (22.0, 48.5), (22.6, 49.2), (22.6, 49.6), (24.0, 50.6), (23.5, 51.3), (23.6, 51.7), (25.8, 52.0), (30.5, 51.4),
    (30.9, 52.2), (33.2, 52.5), (34.1, 52.3), (34.5, 51.8), (34.4, 51.4), (35.4, 51.1), (35.7, 50.5), (37.4, 50.5),
    (38.0, 50.0), (40.2, 49.7), (40.3, 49.3), (39.8, 47.7), (38.9, 47.7), (38.4, 47.5), (38.2, 46.9), (35.9, 46.5),
    (35.0, 46.0), (35.5, 45.4), (36.7, 45.5), (36.5, 45.0), (35.5, 45.0), (34.0, 44.3), (33.3, 44.5), (33.5, 45.0),
    (32.4, 45.4), (33.4, 45.9), (31.5, 46.1), (31.4, 46.5), (30.9, 46.4), (29.7, 45.1), (28.3, 45.2), (28.1, 45.5),
    (28.8, 46.1), (28.9, 46.5), (29.8, 46.7), (28.7, 48.0), (27.5, 48.4), (24.9, 47.6), (22.8, 47.8),
])  # fmt: skip
MOSTLY = 0.75  # of a polygon's vertices
Polygons = np.ndarray


def lon_lat(path: Path, stated: str | None, polygons: Polygons) -> tuple[Polygons, list[Finding]]:
    """Return polygons in degrees on WGS 84, longitude first, and what was done to get there.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    stated
        CRS that the file states, in any spelling; None if it states none.
    polygons
        Polygons as read, shape (n,).

    Raises
    ------
    ControlError
        ``unknown-crs``; ``not-degrees``; ``swapped-axes`` if only some polygons are swapped.
    """
    findings: list[Finding] = []
    crs = crs_of(path, stated)
    if crs is not None:
        _check_metres(path, crs, shapely.get_coordinates(polygons))
        polygons = _reprojected(path, crs, polygons)
        message = f"written in {crs.name}; reprojected to longitude, latitude"
        findings.append(Finding("reprojected", "repaired", message))
    coordinates = shapely.get_coordinates(polygons)
    if not coordinates.size:
        return polygons, []
    _check_degrees(path, coordinates, stated)
    if _are_swapped(path, polygons, coordinates):
        polygons = shapely.transform(polygons, lambda pairs: pairs[:, ::-1])
        findings.append(Finding("swapped-axes", "repaired", "latitude came before longitude; swapped for all polygons"))
    return polygons, findings


def _check_metres(path: Path, crs: pyproj.CRS, coordinates: np.ndarray) -> None:
    """Refuse degrees that are said to be metres: reprojected they would lie in the Gulf of Guinea."""
    if crs.is_projected and coordinates.size and (np.abs(coordinates) <= 180).all():
        message = f"{path}: states {crs.name}, which is in metres, but holds degrees; save it as EPSG:4326"
        raise ControlError("unknown-crs", message)


def _reprojected(path: Path, crs: pyproj.CRS, polygons: Polygons) -> Polygons:
    try:
        transformer = pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    except (CRSError, ProjError) as error:
        message = f"{path}: states a CRS that has no place on Earth ({crs.name}); save it as EPSG:4326"
        raise ControlError("unknown-crs", message) from error

    def turned(pairs: np.ndarray) -> np.ndarray:
        try:
            return np.column_stack(transformer.transform(pairs[:, 0], pairs[:, 1]))
        except ProjError:
            return np.full_like(pairs, np.inf)

    moved: Polygons = shapely.transform(polygons, turned)
    return moved


def _check_degrees(path: Path, coordinates: np.ndarray, stated: str | None) -> None:
    if not np.isfinite(coordinates).all():
        raise ControlError("not-degrees", f"{path}: coordinates that are no numbers; export it again")
    sizes = np.abs(coordinates)
    if (sizes > 180).any() or (sizes.min(axis=1) > 90).any():  # whichever of the two is the latitude
        west, south = coordinates.min(axis=0)
        east, north = coordinates.max(axis=0)
        raise ControlError(
            "not-degrees",
            f"{path}: coordinates run from {west:g} {south:g} to {east:g} {north:g}, which are not degrees, and "
            f"{'no CRS is stated' if stated is None else 'no other CRS is stated'}; save it as longitude, latitude "
            "(EPSG:4326)",
        )


def _are_swapped(path: Path, polygons: Polygons, coordinates: np.ndarray) -> bool:
    """Whether all is in the order latitude, longitude: nothing lies in Ukraine as it is, and something does mirrored.

    What lies in Ukraine in neither way, such as other countries, decides nothing.
    """
    inside = shapely.contains_xy(UKRAINE, coordinates[:, 0], coordinates[:, 1])
    mirrored = shapely.contains_xy(UKRAINE, coordinates[:, 1], coordinates[:, 0])
    counts = shapely.get_num_coordinates(polygons)
    parts = [slice(end - count, end) for end, count in zip(np.cumsum(counts), counts, strict=True) if count]
    right = sum(bool(inside[part].any()) for part in parts)
    turned = sum(bool(mirrored[part].mean() > MOSTLY) for part in parts)
    if right and turned:
        raise ControlError(
            "swapped-axes",
            f"{path}: polygons in Ukraine with longitude first ({right:,}) and with latitude first ({turned:,}); put "
            "all of them in one order, or take out what is not Ukraine",
        )
    swapped = not right and bool(mirrored.any())
    if not swapped and np.abs(coordinates[:, 1]).max() > 90:
        raise ControlError("not-degrees", f"{path}: latitudes beyond 90 degrees; look at the order of coordinates")
    return swapped

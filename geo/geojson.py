"""Reading GeoJSON strictly and writing it as in RFC 7946.

Written files have right-hand rings, coordinates with 6 decimals, a ``bbox``, no ``crs`` member and the same bytes for
the same input.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError
from geo.overlay import GRID_DEG

SHAPES_KEPT = 128
DECIMALS = 6
COLLECTION = frozenset({"type", "bbox", "features"})


@dataclass(frozen=True)
class Feature:
    """A feature: id, properties, and a geometry in degrees, WGS 84."""

    id: str
    properties: Mapping[str, Any]
    geometry: BaseGeometry


def feature_collection(features: Iterable[Feature], members: Mapping[str, Any] | None = None) -> bytes:
    """Return features as the bytes of a FeatureCollection (RFC 7946), one feature per line.

    Parameters
    ----------
    features
        Features in the order in which they are written.
    members
        Foreign members of the collection (RFC 7946, section 6.1), such as ``name``, which other programs show as the
        name of the layer; None for no such member.

    Returns
    -------
    UTF-8 text, equal for equal features.

    Examples
    --------
    >>> from shapely import box
    >>> written = feature_collection([Feature("a", {"held_by": "russia"}, box(35, 48, 36, 49))])
    >>> written.splitlines()[0]
    b'{"type":"FeatureCollection","bbox":[35.0,48.0,36.0,49.0],"features":['
    """
    return join_features([write_feature(feature) for feature in features], members)


@dataclass(frozen=True)
class WrittenFeature:
    """A feature as JSON text, with its west, south, east and north in degrees."""

    text: str
    bounds: tuple[float, float, float, float]


def write_feature(feature: Feature) -> WrittenFeature:
    """Return a feature as the text that every file with it contains.

    >>> from shapely import Point
    >>> write_feature(Feature("a", {}, Point(35, 48))).bounds
    (35.0, 48.0, 35.0, 48.0)
    """
    properties, (geometry, bounds) = _compact(dict(feature.properties)), _written(feature.geometry)
    text = (
        f'{{"type":"Feature","id":{json.dumps(feature.id)},"bbox":{_bbox_text(bounds)},'
        f'"properties":{properties},"geometry":{geometry}}}'
    )
    return WrittenFeature(text, bounds)


@lru_cache(maxsize=SHAPES_KEPT)
def _written(geometry: BaseGeometry) -> tuple[str, tuple[float, float, float, float]]:
    """A geometry as text, with its bounds; cached because proposals share most of their zones."""
    written = canonical(geometry)
    return shapely.to_geojson(written), written.bounds


def join_features(features: Sequence[WrittenFeature], members: Mapping[str, Any] | None = None) -> bytes:
    """Return written features as the bytes of a FeatureCollection.

    Parameters
    ----------
    features
        Features in the order in which they are written.
    members
        Foreign members of the collection, such as ``name``; None for no such member.

    Returns
    -------
    UTF-8 text, the same bytes that ``feature_collection`` gives for the same features.

    Examples
    --------
    >>> from shapely import Point
    >>> one = write_feature(Feature("a", {}, Point(35, 48)))
    >>> join_features([one], {"name": "places"}).splitlines()[1]
    b'"features":['
    """
    body = ",\n".join(feature.text for feature in features)
    bbox = ""
    if features:
        west, south, east, north = zip(*(feature.bounds for feature in features), strict=True)
        bbox = f'"bbox":{_bbox_text([min(west), min(south), max(east), max(north)])},'
    beside = "".join(f"{json.dumps(name)}:{_compact(value)},\n" for name, value in (members or {}).items())
    return f'{{"type":"FeatureCollection",{bbox}{beside}"features":[\n{body}\n]}}\n'.encode()


def canonical(geometry: BaseGeometry) -> BaseGeometry:
    """Return the geometry as it is written: rounded to 1e-6°, in a fixed order, with right-hand rings.

    >>> from shapely import Point
    >>> canonical(Point(35.12345678, 48)).wkt
    'POINT (35.123457 48)'
    """
    coordinates = shapely.get_coordinates(geometry)
    if not np.array_equal(np.round(coordinates, DECIMALS), coordinates):
        geometry = shapely.set_precision(geometry, GRID_DEG)
    return shapely.orient_polygons(shapely.normalize(geometry))


def read_features(path: Path) -> list[Feature]:
    """Read a GeoJSON FeatureCollection or Feature strictly, without repairs.

    Raises GeometryError that names file and feature: not JSON (truncated), not a FeatureCollection, a missing or empty
    geometry, a ring that crosses itself, a polygon whose mainland is a hole, coordinates that are not degrees.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "points.geojson"
    ...     _ = file.write_bytes(feature_collection([Feature("a", {}, shapely.Point(35, 48))]))
    ...     read_features(file)
    [Feature(id='a', properties={}, geometry=<POINT (35 48)>)]
    """
    return parse_features(_read_bytes(path), path)


def parse_features(content: bytes, path: Path) -> list[Feature]:
    """Return the features in the bytes of a GeoJSON file, which may be one Feature or a FeatureCollection.

    Parameters
    ----------
    content
        Bytes of the file, in UTF-8.
    path
        Path of the file, for error messages.

    Returns
    -------
    The features in the order of the file, geometries in degrees, WGS 84.

    Raises
    ------
    GeometryError
        As ``read_features`` does.

    Examples
    --------
    >>> content = feature_collection([Feature("origin", {}, shapely.Point(0, 0))])
    >>> [feature.id for feature in parse_features(content, Path("points.geojson"))]
    ['origin']
    """
    document = _parse(content, path)
    if isinstance(document, dict) and document.get("type") == "Feature":
        document = {"type": "FeatureCollection", "features": [document]}
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise GeometryError(f"{path}: not a GeoJSON FeatureCollection; export it as one")
    if "crs" in document:
        raise GeometryError(f"{path}: has a 'crs' member; save it as RFC 7946, longitude, latitude")
    features = document.get("features")
    if not isinstance(features, list) or not features:
        raise GeometryError(f"{path}: has no features; nothing can be read from it")
    read = [_read_feature(path, number, item) for number, item in enumerate(features, 1)]
    repeated = [name for name, count in Counter(feature.id for feature in read).items() if count > 1]
    if repeated:
        raise GeometryError(f"{path}: the id {repeated[0]} is used more than once; every feature needs its own")
    return read


def read_members(path: Path) -> dict[str, Any]:
    """Return the foreign members of a collection, such as ``name``. Raises GeometryError if it is not JSON.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "points.geojson"
    ...     _ = file.write_bytes(feature_collection([], {"name": "places"}))
    ...     read_members(file)
    {'name': 'places'}
    """
    return parse_members(_read_bytes(path), path)


def parse_members(content: bytes, path: Path) -> dict[str, Any]:
    """Return the foreign members in the bytes of a GeoJSON file.

    Parameters
    ----------
    content
        Bytes of the file, in UTF-8.
    path
        Path of the file, for error messages.

    Raises
    ------
    GeometryError
        As ``read_members`` does.

    Examples
    --------
    >>> parse_members(feature_collection([], {"name": "places"}), Path("points.geojson"))
    {'name': 'places'}
    """
    return {name: value for name, value in _parse(content, path).items() if name not in COLLECTION}


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise GeometryError(f"{path}: cannot be read ({error.strerror}); restore it") from error


def _parse(content: bytes, path: Path) -> Any:
    try:
        return json.loads(content.decode())
    except (ValueError, RecursionError) as error:
        raise GeometryError(f"{path}: not JSON ({error}); the file is damaged or cut off, get it again") from error


def _read_feature(path: Path, number: int, item: Any) -> Feature:
    where = f"{path}: feature {number}"
    if not isinstance(item, dict) or not isinstance(item.get("geometry"), dict):
        raise GeometryError(f"{where}: has no geometry; draw it or take the feature out")
    properties = item.get("properties") or {}
    if not isinstance(properties, dict):
        raise GeometryError(f"{where}: properties are no object; mend them")
    name = item.get("id") or properties.get("id") or properties.get("iso") or number
    where = f"{where} ({name})"
    try:
        geometry = shapely.from_geojson(json.dumps(item["geometry"]))
    except shapely.errors.GEOSException as error:
        raise GeometryError(f"{where}: geometry cannot be read ({error}); mend it") from error
    check_geometry(geometry, where)
    return Feature(str(name), properties, geometry)


def check_geometry(geometry: BaseGeometry, where: str) -> None:
    """Refuse a geometry that is empty, invalid or not in degrees.

    Parameters
    ----------
    geometry
        Geometry of any type, expected in degrees, WGS 84.
    where
        Its name in error messages, such as the file and the number of the feature.

    Raises
    ------
    GeometryError
        If the geometry cannot be used; the message says why.

    Examples
    --------
    >>> check_geometry(shapely.Point(), "towns.geojson: feature 1")
    Traceback (most recent call last):
        ...
    geo.errors.GeometryError: towns.geojson: feature 1: the geometry is empty; draw it or take the feature out
    """
    if geometry.is_empty:
        raise GeometryError(f"{where}: the geometry is empty; draw it or take the feature out")
    west, south, east, north = geometry.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise GeometryError(
            f"{where}: coordinates run from {west:g} {south:g} to {east:g} {north:g}, "
            "which are not degrees; reproject to longitude, latitude (EPSG:4326)"
        )
    if not geometry.is_valid:
        reason = shapely.is_valid_reason(geometry)
        if reason.startswith("Hole lies outside shell"):
            reason = f"the mainland is a hole of another ring: {reason}"
        raise GeometryError(f"{where}: {reason}; mend the outline, it is not repaired here")


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _bbox_text(bounds: Iterable[float]) -> str:
    return json.dumps([round(float(value), 6) for value in bounds], separators=(",", ":"))

"""GeoPackage and Shapefile, read by GDAL from a copy in a temporary folder, so that the original stays untouched."""

import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.errors import ControlError
from layers.readers.document import Document, Item
from layers.readers.limits import check_vertices, read_bytes
from layers.readers.shapes import Shape

GEOPACKAGE = b"SQLite format 3\x00"
SHAPEFILE = b"\x00\x00\x27\x0a"
SIDECARS = (".shx", ".dbf", ".prj", ".cpg")
POLYGONAL = ("Polygon", "Unknown", "Collection", "Surface")


def read_geopackage(path: Path, content: bytes) -> Document:
    """The one layer of a GeoPackage that has polygons. Raises ControlError: ``unreadable``, ``several-layers``."""
    return _read(path, "geopackage", {"map.gpkg": content})


def read_shapefile(path: Path, content: bytes, beside: Mapping[str, bytes]) -> Document:
    """A Shapefile; ``beside`` holds its other parts by ending (``.dbf``). Raises ControlError: ``unreadable``."""
    parts = {f"map{ending}": part for ending, part in beside.items() if ending in SIDECARS}
    return _read(path, "shapefile", {"map.shp": content, **parts})


def sidecars_of(path: Path) -> dict[str, bytes]:
    """The files beside a .shp that belong to it, by ending in lower case."""
    found = {}
    for candidate in path.parent.glob("*"):
        if candidate.stem == path.stem and candidate.suffix.lower() in SIDECARS:
            found[candidate.suffix.lower()] = read_bytes(candidate)
    return found


def sidecars_in(files: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """The members of a zip that belong to a .shp in it, by ending in lower case."""
    stem = PurePosixPath(name).with_suffix("")
    return {
        PurePosixPath(other).suffix.lower(): content
        for other, content in files.items()
        if PurePosixPath(other).with_suffix("") == stem
    }


def _read(path: Path, kind: str, files: Mapping[str, bytes]) -> Document:
    from pyogrio.errors import DataLayerError, DataSourceError, FieldError, GeometryError

    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        try:
            return _read_layer(path, kind, Path(folder) / next(iter(files)))
        except (DataSourceError, DataLayerError, FieldError, GeometryError, shapely.errors.GEOSException) as error:
            reason = str(error).replace(folder, "").splitlines()[0]
            raise ControlError("unreadable", f"{path}: cannot be read as {kind} ({reason}); export it again") from error


def _read_layer(path: Path, kind: str, copy: Path) -> Document:
    from pyogrio import list_layers
    from pyogrio.raw import read

    layers = [str(name) for name, shape in list_layers(copy) if shape and any(word in shape for word in POLYGONAL)]
    if len(layers) > 1:
        names = ", ".join(layers)
        message = f"{path}: has several layers with polygons ({names}); save the one that is meant in a file of its own"
        raise ControlError("several-layers", message)
    if not layers:
        return Document(kind, ())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a missing .dbf and the like, which the checks that follow tell
        meta, _, blobs, columns = read(copy, layer=layers[0])
    shapes = _shapes(path, blobs)
    fields = [str(name) for name in meta["fields"]]
    items = tuple(Item(_row(fields, columns, row), shape) for row, shape in enumerate(shapes))
    return Document(kind, items, layers[0], meta["crs"] and str(meta["crs"]))


def _row(fields: list[str], columns: list[Any], row: int) -> dict[str, str]:
    values = {name: column[row] for name, column in zip(fields, columns, strict=True)}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _shapes(path: Path, blobs: np.ndarray) -> list[Shape | None]:
    geometries = shapely.from_wkb(blobs)
    check_vertices(path, int(shapely.get_num_coordinates(geometries).sum()))
    return [None if geometry is None or geometry.is_empty else _shape(geometry) for geometry in geometries]


def _shape(geometry: BaseGeometry) -> Shape:
    flat = shapely.force_2d(geometry)
    parts = shapely.get_parts(flat)
    while any(part.geom_type in {"MultiPolygon", "GeometryCollection"} for part in parts):
        parts = shapely.get_parts(parts)
    polygons = tuple(part for part in parts if part.geom_type == "Polygon" and not part.is_empty)
    return Shape(
        flat.geom_type,
        polygons,
        int(shapely.get_num_coordinates(flat)),
        bool(geometry.has_z),
        passed_over=len(parts) - len(polygons),
    )

"""GeoPackage, Shapefile, File Geodatabase and FlatGeobuf: read by GDAL from a copy in a folder of its own.

The original stays untouched, and no word of GDAL's reaches a reader.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.errors import ControlError
from layers.findings import Finding, some_of
from layers.readers.document import Document, Item
from layers.readers.files.databases import damaged, settle
from layers.readers.files.dbf import encoding_of_table
from layers.readers.files.gdal import failures, is_polygonal, silent
from layers.readers.files.limits import check_features, check_vertices
from layers.readers.shapes import ReadShape

SHAPEFILE = b"\x00\x00\x27\x0a"
FLATGEOBUF = b"fgb"
SHOWN = 6  # layers that a message names
MOST_GEODATABASE_BYTES = 60 * 2**20  # its coordinates are packed, to two bytes and more
BYTE_FOR_BYTE = "ISO-8859-1"
NAMES = {
    "geopackage": "GeoPackage", "shapefile": "Shapefile", "filegdb": "File Geodatabase", "flatgeobuf": "FlatGeobuf",
}  # fmt: skip


def read_geopackage(path: Path, content: bytes, beside: Mapping[str, bytes]) -> Document:
    """Read the layer of a GeoPackage that has polygons.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    content
        Bytes of the file.
    beside
        Bytes of its ``-wal`` or ``-journal``, by ending; empty if it was closed.

    Raises
    ------
    ControlError
        ``unreadable``, ``unknown-format`` (other SQLite), ``several-layers`` or ``too-many-vertices``.
    """
    pending = {ending: part for ending, part in beside.items() if part}
    files = {"map.gpkg": content, **{f"map.gpkg{ending}": part for ending, part in pending.items()}}
    told = [_open_elsewhere(ending) for ending in pending]
    with _copied(files) as folder:
        settle(path, folder / "map.gpkg")
        return _read(path, "geopackage", folder / "map.gpkg", told)


def read_shapefile(path: Path, content: bytes, beside: Mapping[str, bytes]) -> Document:
    """Read a Shapefile.

    A missing .shx is restored, and the encoding of a .dbf that states none is guessed.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    content
        Bytes of the ``.shp``.
    beside
        Bytes of its other parts by ending, such as ``.dbf``.

    Raises
    ------
    ControlError
        ``unreadable`` or ``too-many-vertices``.
    """
    if int.from_bytes(content[24:28], "big") * 2 > len(content):
        raise damaged(path, NAMES["shapefile"])
    told = [_missing_part(ending) for ending in (".shx", ".dbf") if ending not in beside]
    files = {"map.shp": content} | {f"map{end}": beside[end] for end in (".shx", ".dbf") if end in beside}
    projection = beside.get(".prj", beside.get(".qpj"))
    if projection is not None:
        files["map.prj"] = projection
    encoding = "utf-8"
    if ".dbf" in beside:
        encoding, guessed = encoding_of_table(beside[".dbf"], beside.get(".cpg", beside.get(".cst")))
        told += [_guessed(encoding)] if guessed else []
    with _copied(files) as folder, _restoring():
        return _read(path, "shapefile", folder / "map.shp", told, encoding)


def read_geodatabase(path: Path, files: Mapping[str, bytes]) -> Document:
    """Read the layer of a File Geodatabase that has polygons.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    files
        Bytes of the files of its folder, by name.

    Raises
    ------
    ControlError
        ``unreadable``, ``several-layers``, ``too-large`` or ``too-many-vertices``.
    """
    if sum(map(len, files.values())) > MOST_GEODATABASE_BYTES:
        most = MOST_GEODATABASE_BYTES // 2**20
        raise ControlError("too-large", f"{path}: a File Geodatabase of over {most} MB; save its layer as GeoPackage")
    with _copied({f"map.gdb/{name}": content for name, content in files.items()}) as folder:
        return _read(path, "filegdb", folder / "map.gdb")


def read_flatgeobuf(path: Path, content: bytes) -> Document:
    """Read a FlatGeobuf.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    content
        Bytes of the file.

    Raises
    ------
    ControlError
        ``unreadable`` or ``too-many-vertices``.
    """
    with _copied({"map.fgb": content}) as folder:
        return _read(path, "flatgeobuf", folder / "map.fgb")


@contextmanager
def _copied(files: Mapping[str, bytes]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        for file, content in files.items():
            target = Path(name) / file
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)
        yield Path(name)


@contextmanager
def _restoring() -> Iterator[None]:
    """Let GDAL make a missing .shx; only while a copy is read, since it would write beside any other."""
    from pyogrio import set_gdal_config_options

    set_gdal_config_options({"SHAPE_RESTORE_SHX": True})
    try:
        yield
    finally:
        set_gdal_config_options({"SHAPE_RESTORE_SHX": None})


@contextmanager
def _quiet(path: Path, kind: str) -> Iterator[None]:
    """Suppress GDAL's messages, and raise its errors as the project's."""
    try:
        with silent():
            yield
    except failures() as error:
        raise damaged(path, NAMES[kind]) from error


def _read(
    path: Path, kind: str, copy: Path, told: Sequence[Finding] = (), encoding: str | None = None
) -> Document:  # fmt: skip
    """The one layer that has polygons: an empty one, or one of points, is none."""
    from pyogrio import list_layers

    found: list[Document] = []
    vertices = 0
    with _quiet(path, kind):
        listed = list_layers(copy)
        if kind == "flatgeobuf" and not len(listed):  # what GDAL makes of one that is cut off
            raise damaged(path, NAMES[kind])
        layers = [str(name) for name, shape in listed if is_polygonal(shape)]
        for name in layers:
            document, size = _layer(path, kind, copy, name, encoding)
            vertices += size
            check_vertices(path, vertices)
            if any(item.shape and (item.shape.polygons or item.shape.broken_rings) for item in document.items):
                found.append(document)
    if len(found) > 1:
        raise several_layers(path, [document.name for document in found])
    if len(listed) and not found:
        raise _without_polygons(path, [f"{name}: {shape or 'no geometry'}" for name, shape in listed])
    chosen = found[0] if found else Document(kind, ())
    return Document(kind, chosen.items, chosen.name, chosen.crs, findings=tuple(told))


def several_layers(path: Path, names: Sequence[str]) -> ControlError:
    """Return the error for a file that holds several maps.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    names
        Names of its layers with polygons.
    """
    message = (
        f"{path}: has several layers with polygons ({some_of(names, SHOWN)}); save the one that is meant in a file of "
        "its own"
    )
    return ControlError("several-layers", message)


def _without_polygons(path: Path, layers: Sequence[str]) -> ControlError:
    shown = some_of(layers, SHOWN, "; ")
    message = f"{path}: has no layer with polygons in it ({shown}); save the area that is held as polygons"
    return ControlError("no-polygons", message)


def _layer(path: Path, kind: str, copy: Path, name: str, encoding: str | None) -> tuple[Document, int]:
    """A layer as a document, and how many vertices it has. Raises ControlError where that is too many."""
    from pyogrio import read_info
    from pyogrio.raw import read

    as_bytes = {} if encoding is None else {"encoding": BYTE_FOR_BYTE}
    check_features(path, int(read_info(copy, layer=name, **as_bytes)["features"]))
    meta, _, blobs, columns = read(copy, layer=name, **as_bytes)
    geometries = shapely.from_wkb(blobs)
    vertices = int(shapely.get_num_coordinates(geometries).sum())
    check_vertices(path, vertices)
    fields = [_text(field, encoding) for field in meta["fields"]]
    shapes = [shape_of_geometry(geometry) for geometry in geometries]
    items = tuple(Item(_row(fields, columns, row, encoding), shape) for row, shape in enumerate(shapes))
    return Document(kind, items, name if kind != "shapefile" else "", meta["crs"] and str(meta["crs"])), vertices


def _row(fields: list[str], columns: list[Any], row: int, encoding: str | None) -> dict[str, str]:
    return {name: _text(column[row], encoding) for name, column in zip(fields, columns, strict=True)}


def _text(value: Any, encoding: str | None) -> str:
    """A value as text; of a .dbf its bytes are read in the encoding that was found for it."""
    if value is None or isinstance(value, bytes) or str(value) in {"nan", "NaT"}:
        return ""
    if isinstance(value, str) and encoding is not None:
        return value.encode(BYTE_FOR_BYTE, "replace").decode(encoding, "ignore")
    return str(value)


def shape_of_geometry(geometry: BaseGeometry | None) -> ReadShape | None:
    """A geometry of shapely's as a Shape; None where there is nothing in it."""
    if geometry is None or geometry.is_empty:
        return None
    flat = shapely.force_2d(geometry)
    parts = shapely.get_parts(flat)
    while any(part.geom_type in {"MultiPolygon", "GeometryCollection"} for part in parts):
        parts = shapely.get_parts(parts)
    polygons = tuple(part for part in parts if part.geom_type == "Polygon" and not part.is_empty)
    return ReadShape(
        flat.geom_type,
        polygons,
        int(shapely.get_num_coordinates(flat)),
        bool(np.any(shapely.has_z(geometry))),
        passed_over=len(parts) - len(polygons),
    )


def _open_elsewhere(ending: str) -> Finding:
    message = f"read together with its {ending}: it is open elsewhere or was not closed; edits may follow"
    return Finding("open-elsewhere", "told", message)


def _missing_part(ending: str) -> Finding:
    if ending == ".shx":
        return Finding("missing-part", "repaired", "its .shx is missing and was made again")
    return Finding("missing-part", "told", "its .dbf is missing: nothing is known of its features but their shape")


def _guessed(encoding: str) -> Finding:
    return Finding("guessed-encoding", "told", f"its .dbf names no encoding; read as {encoding}")

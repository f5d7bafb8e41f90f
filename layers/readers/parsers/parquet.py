"""GeoParquet, where pyarrow is installed (the optional extra ``parquet``)."""

import io
import json
from pathlib import Path
from typing import Any

from layers.readers.document import Document, Item
from layers.readers.files.databases import damaged
from layers.readers.files.kinds import AS_GEOJSON, not_read
from layers.readers.files.limits import MOST_BYTES, check_features, check_vertices, too_large
from layers.readers.parsers.gdal_files import shape_of_geometry

PARQUET = b"PAR1"
KIND = "geoparquet"
ROWS_AT_ONCE = 256


def read_parquet(path: Path, content: bytes) -> Document:
    """Read a GeoParquet as a document.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    content
        Bytes of the file.

    Raises
    ------
    ControlError
        ``unknown-format`` if pyarrow is not installed or the file has no geometry, ``unreadable``, or ``too-large`` if
        it unpacks to more than 200 MB.
    """
    try:
        import pyarrow
    except ImportError as error:
        advice = f"install pyarrow (pip install 'clausemap[parquet]'), or {AS_GEOJSON}"
        raise not_read(path, "GeoParquet, for which pyarrow is needed", advice) from error
    try:
        return _document(path, content)
    except (pyarrow.ArrowException, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged(path, "GeoParquet") from error


def _document(path: Path, content: bytes) -> Document:
    import shapely
    from pyarrow.parquet import ParquetFile

    with ParquetFile(io.BytesIO(content)) as file:
        column, crs = _geometry(path, file)
        table = _bounded(path, file)
    names = [name for name in table.column_names if name != column]
    geometries = shapely.from_wkb(table.column(column).to_numpy(zero_copy_only=False))
    check_vertices(path, int(shapely.get_num_coordinates(geometries).sum()))
    rows = table.select(names).to_pylist() if names else [{} for _ in geometries]
    items = tuple(
        Item(
            {key: "" if value is None else value for key, value in row.items()},
            shape_of_geometry(geometry),
        )
        for row, geometry in zip(rows, geometries, strict=True)
    )
    return Document(KIND, items, crs=crs)


def _geometry(path: Path, file: Any) -> tuple[str, str | None]:
    """The column of geometries and its CRS; GeoParquet without one is longitude, latitude."""
    about = (file.schema_arrow.metadata or {}).get(b"geo")
    if about is None:
        raise not_read(path, "Parquet without geometries", AS_GEOJSON)
    geo = json.loads(about)
    column = str(geo["primary_column"])
    if geo["columns"][column]["encoding"] != "WKB":
        raise not_read(path, "GeoParquet whose geometries are not WKB", AS_GEOJSON)
    crs = geo["columns"][column].get("crs", "OGC:CRS84")
    return column, json.dumps(crs) if isinstance(crs, dict) else crs


def _bounded(path: Path, file: Any) -> Any:
    """All rows as a table, piece by piece and never beyond 200 MB, whatever the head says."""
    import pyarrow

    check_features(path, file.metadata.num_rows)
    pieces, size = [], 0
    for piece in file.iter_batches(batch_size=ROWS_AT_ONCE):
        size += piece.nbytes
        if size > MOST_BYTES:
            raise too_large(path)
        pieces.append(piece)
    return pyarrow.Table.from_batches(pieces, schema=file.schema_arrow)

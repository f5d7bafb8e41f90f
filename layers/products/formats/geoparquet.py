"""GeoParquet 1.1: a column of geometry, and one of bounding boxes by which programs read a part of it."""

import io
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.reference_systems import WGS84_EPSG
from layers.errors import MissingPackageError
from layers.products.edition import EditionContent
from layers.products.formats.zone_table import ZoneTable, zone_table

if TYPE_CHECKING:
    import pyarrow

GEOMETRY, BOX = "geometry", "bbox"
CORNERS = ("xmin", "ymin", "xmax", "ymax")


def geoparquet(edition: EditionContent) -> bytes:
    """Return the zones as GeoParquet. Raises MissingPackageError where pyarrow is not installed."""
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise MissingPackageError("GeoParquet", "pyarrow", "parquet") from error
    written = io.BytesIO()
    parquet.write_table(_table(zone_table(edition)), written)
    return written.getvalue()


def _table(zones: ZoneTable) -> "pyarrow.Table":
    import pyarrow

    columns = {name: pyarrow.array(values, _arrow_type(values), from_pandas=True) for name, values in _columns(zones)}
    shapes = [zone.geometry for zone in zones.zones]
    corners = shapely.bounds(shapes)
    boxes = pyarrow.StructArray.from_arrays([pyarrow.array(side) for side in corners.T], list(CORNERS))
    table = pyarrow.table({**columns, BOX: boxes, GEOMETRY: pyarrow.array(zones.wkb, pyarrow.binary())})
    return table.replace_schema_metadata({"geo": json.dumps(_about(zones, corners))})


def _columns(zones: ZoneTable) -> Any:
    return zones.columns.items()


def _arrow_type(values: np.ndarray) -> "pyarrow.DataType":
    """Text where a column holds objects: one in which nothing is known would have no type."""
    import pyarrow

    return pyarrow.string() if values.dtype == object else pyarrow.from_numpy_dtype(values.dtype)


def _about(zones: ZoneTable, corners: np.ndarray) -> dict[str, Any]:
    """What the file says of its geometry."""
    box = [*corners[:, :2].min(axis=0).tolist(), *corners[:, 2:].max(axis=0).tolist()]
    column = {
        "encoding": "WKB",
        "geometry_types": sorted({zone.geometry.geom_type for zone in zones.zones}),
        "orientation": "counterclockwise",
        "edges": "planar",
        "bbox": box,
        "covering": {BOX: {corner: [BOX, corner] for corner in CORNERS}},
        **_system(zones.crs),
    }
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}


def _system(epsg: int) -> dict[str, Any]:
    """The reference system; none is longitude and latitude on WGS 84."""
    from pyproj import CRS

    return {} if epsg == WGS84_EPSG else {"crs": CRS.from_epsg(epsg).to_json_dict()}

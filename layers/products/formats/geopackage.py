"""GeoPackage: a layer for each shape, each with the style that QGIS draws it with when it is opened."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from pyogrio import raw

from layers.products.edition import EditionContent
from layers.products.formats.gdal_files import written_file
from layers.products.formats.qgis_style import qml
from layers.products.formats.zone_table import ZoneTable, tables_by_shape

STYLES = "layer_styles"  # where QGIS looks for them


def geopackage(edition: EditionContent) -> bytes:
    """Return the zones as a GeoPackage with the layers ``areas``, ``lines`` and ``points``, and their styles."""
    tables = tables_by_shape(edition)
    finish = partial(_write_styles, [_style(table, edition) for table in tables])
    return written_file("GPKG", "zones.gpkg", edition.as_of, tables, finish)


def _write_styles(rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    columns = {name: np.array([row[name] for row in rows], dtype=_type(rows[0][name])) for name in rows[0]}
    raw.write(
        path, None, list(columns.values()), np.array(list(columns), dtype=object), driver="GPKG", layer=STYLES,
        append=True, FID="id",
    )  # fmt: skip


def _type(value: object) -> Any:
    return {bool: bool, np.datetime64: "datetime64[ms]"}.get(type(value), object)


def _style(table: ZoneTable, edition: EditionContent) -> dict[str, Any]:
    """A row of the table of styles as QGIS writes it."""
    return {
        "f_table_catalog": "",
        "f_table_schema": "",
        "f_table_name": table.name,
        "f_geometry_column": "geom",
        "styleName": table.name,
        "styleQML": qml(table.zones),
        "styleSLD": "",
        "useAsDefault": True,
        "description": edition.members["description"],
        "owner": "",
        "ui": "",
        "update_time": np.datetime64(f"{edition.as_of}T00:00:00", "ms"),
    }

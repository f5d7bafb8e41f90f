"""Files written by GDAL: equal zones give equal bytes, since the date of creation is set."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import pyogrio
from pyogrio import raw

from layers.products.formats.zone_table import ZoneTable

_ONE_AT_A_TIME = Lock()  # the clock of GDAL is that of the process


def written_file(
    driver: str,
    name: str,
    as_of: str,
    tables: Sequence[ZoneTable],
    finish: Callable[[Path], None] | None = None,
    **options: Any,
) -> bytes:
    """Return the bytes of a file with one layer per table; ``options`` are passed to the GDAL driver.

    Parameters
    ----------
    driver
        GDAL's short name of the format, such as ``GPKG``.
    name
        Name of the file, which some drivers write into it.
    as_of
        ISO date that GDAL writes as the date of creation, so that equal layers give equal bytes.
    tables
        The layers, in their order.
    finish
        Called with the path of the file before its bytes are read; None for nothing more.
    """
    with tempfile.TemporaryDirectory(prefix="clausemap-") as folder, gdal_date(as_of):
        path = Path(folder) / name
        for number, table in enumerate(tables):
            write_table(path, driver, table, append=number > 0, **options)
        if finish:
            finish(path)
        return path.read_bytes()


def write_table(path: Path, driver: str, table: ZoneTable, *, append: bool = False, **options: Any) -> None:
    """Write a table as a layer of a file; ``options`` are passed to the GDAL driver.

    Parameters
    ----------
    path
        The file to write.
    driver
        GDAL's short name of the format, such as ``GPKG``.
    table
        Name, columns, geometries and CRS of the layer.
    append
        Whether the file exists and gets a further layer.
    """
    columns = table.columns
    raw.write(
        path, table.wkb, list(columns.values()), np.array(list(columns), dtype=object), driver=driver,
        layer=table.name, crs=f"EPSG:{table.crs}", geometry_type=table.shape, append=append, **options,
    )  # fmt: skip


@contextmanager
def gdal_date(as_of: str) -> Iterator[None]:
    """Let GDAL use an ISO date as the current date, for one thread at a time."""
    with _ONE_AT_A_TIME:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{as_of}T00:00:00Z"})
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})

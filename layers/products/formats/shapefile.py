"""Zipped Shapefile: one per geometry type, with field names of ten characters and a table of the full names.

A text may have 254 bytes there: the long ones are in a table of their own.
"""

import csv
import io
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from layers.files import cell
from layers.products.edition import EditionContent
from layers.products.formats.gdal_files import gdal_date, write_table
from layers.products.formats.qgis_style import qml
from layers.products.formats.zone_table import ZoneTable, tables_by_shape
from layers.text.languages import Languages, suffix
from layers.zip_files import zipped

LONGEST = 10  # letters of a name
LONG_TEXTS = ("says", "open")
FIELDS, TEXTS = "fields.csv", "texts.csv"
# Names that are longer, without their language.
SHORT = {
    "oblast_name": "obl_name",
    "also_clauses": "also_claus",
    "requested_as_of": "req_as_of",
    "legal_status": "legal_stat",
    "recognition_mode": "recog_mode",
    "recognition_by": "recog_by",
    "area_low_km2": "low_km2",
    "area_high_km2": "high_km2",
    "inland_water_km2": "water_km2",
    "drained_bed_km2": "bed_km2",
    "share_of_oblast_pct": "obl_pct",
    "share_of_ukraine_pct": "ukr_pct",
    "share_of_oblast_official_pct": "obloff_pct",
    "control_source": "ctrl_src",
    "control_sha256": "ctrl_sha",
    "boundary_source": "bound_src",
    "data_version": "data_ver",
}


def shapefile(edition: EditionContent) -> bytes:
    """Return the zones as a zip file with ``areas.shp``, ``lines.shp``, ``points.shp``, their styles and tables."""
    tables = tables_by_shape(edition)
    names = list(tables[0].zones[0].properties)
    long = [name for name in names if name.startswith(LONG_TEXTS)]
    short = short_names([name for name in names if name not in long], edition.languages)
    files = _shapes([_shortened(table, short) for table in tables], edition.as_of)
    texts = ([zone.id, *(zone.properties[name] for name in long)] for table in tables for zone in table.zones)
    files |= {f"{table.name}.qml": qml(table.zones).encode() for table in tables}
    files[FIELDS] = _table(("field", "property"), ((field, name) for name, field in short.items()))
    files[TEXTS] = _table(("id", *long), texts)
    return zipped(files)


def short_names(names: Sequence[str], languages: Languages) -> dict[str, str]:
    """Return a name of at most ten characters for each property, none of them twice.

    Parameters
    ----------
    names
        Names of the properties, in their order.
    languages
        Languages whose tags end some of the names.
    """
    found: dict[str, str] = {}
    for name in names:
        found[name] = _free(_short_name(name, languages), set(found.values()))
    return found


def _short_name(name: str, languages: Languages) -> str:
    """``name_zh`` for ``name_zh_hant``, else as the list of short names has it."""
    tag = next((tag for tag in languages.tags if name.endswith(f"_{suffix(tag)}")), "")
    stem = name.removesuffix(f"_{suffix(tag)}") if tag else name
    short = SHORT.get(stem, stem)
    return f"{short[: LONGEST - 1 - len(_stem(tag))]}_{_stem(tag)}" if tag else short[:LONGEST]


def _stem(tag: str) -> str:
    return tag.partition("-")[0]


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number at its end where it is taken."""
    numbered = (f"{name[: LONGEST - len(str(number))]}{number}" for number in range(1, len(taken) + 2))
    return next(one for one in (name, *numbered) if one not in taken)


def _shortened(table: ZoneTable, short: Mapping[str, str]) -> ZoneTable:
    """The table with short names, without what has none."""
    zones = [
        replace(zone, properties={short[name]: value for name, value in zone.properties.items() if name in short})
        for zone in table.zones
    ]
    return replace(table, zones=zones)


def _shapes(tables: Sequence[ZoneTable], as_of: str) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory(prefix="clausemap-") as name, gdal_date(as_of):
        folder = Path(name)
        for table in tables:
            path = folder / f"{table.name}.shp"
            write_table(path, "ESRI Shapefile", table, ENCODING="UTF-8", DBF_DATE_LAST_UPDATE=as_of)
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def _table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(map(cell, row) for row in rows)
    return text.getvalue().encode()

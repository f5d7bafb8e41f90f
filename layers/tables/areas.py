"""The areas of an edition as rows: CSV, and what a spreadsheet takes."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from layers.embedded import EMBEDDED_MAPS
from layers.files import cell
from layers.text.figures import zone_sentence
from layers.text.languages import LANGUAGES, suffix
from layers.zone_properties import ZoneProperties

NAMES = tuple(f"name_{suffix(tag)}" for tag in LANGUAGES)
COLUMNS = (
    "id", *NAMES, "clause", "also_clauses", "kind", "partition",
    "oblast", "oblast_name_en", "held_by", "legal_status", "recognition_mode", "recognition_by",
    "area_km2", "area_low_km2", "area_high_km2", "inland_water_km2", "drained_bed_km2", "share_of_oblast_pct",
    "share_of_oblast_official_pct", "share_of_ukraine_pct", "length_km", "proposal", "status",
    "requested_as_of", "as_of", "control_source", "boundary_source", "data_version", "licence",
)  # fmt: skip
SENTENCES = {f"figure_{suffix(language)}": language for language in LANGUAGES}
AREA_COLUMNS = (*COLUMNS, *SENTENCES)


def areas_csv(zones: Iterable[ZoneProperties], maps: int = EMBEDDED_MAPS) -> bytes:
    """Return one row per zone, empty where a value does not apply; UTF-8 without a byte-order mark.

    Columns are the properties of ``COLUMNS`` and then, one per language, the area as a sentence ready for print. For
    spreadsheets that need a byte-order mark there is ``layers.tables.spreadsheets``.

    Parameters
    ----------
    zones
        The zones of an edition.
    maps
        How many control maps the figures come from.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(AREA_COLUMNS)
    writer.writerows(map(cell, row) for row in area_rows(zones, maps))
    return text.getvalue().encode()


def area_rows(zones: Iterable[ZoneProperties], maps: int = EMBEDDED_MAPS) -> Iterator[list[Any]]:
    """Return the values of ``AREA_COLUMNS`` for each zone; None where one does not apply.

    Parameters
    ----------
    zones
        Properties of the zones.
    maps
        How many control maps the figures come from.
    """
    for zone in zones:
        sentences = (zone_sentence(language, zone, maps) or None for language in SENTENCES.values())
        values = cast(Mapping[str, Any], zone)
        yield [*(values[column] for column in COLUMNS), *sentences]

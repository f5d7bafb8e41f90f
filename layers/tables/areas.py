"""The areas of an edition as tables: JSON with every property, CSV with what a spreadsheet needs."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from layers.embedded import EMBEDDED_MAPS
from layers.files import cell, json_bytes
from layers.text.figures import zone_sentence
from layers.text.languages import LANGUAGES, suffix

if TYPE_CHECKING:
    from geo.geojson import Feature

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


def areas_json(proposal_id: str, as_of: str, control_source: str, zones: "Sequence[Feature]") -> bytes:
    """Return all zones of an edition with their properties, as JSON bytes.

    Parameters
    ----------
    proposal_id
        Id of the proposal.
    as_of
        ISO date of the control map.
    control_source
        Citation of the control map.
    zones
        The zones.
    """
    document = {
        "proposal": proposal_id,
        "requested_as_of": as_of,
        "as_of": as_of,
        "control_source": control_source,
        "zones": [dict(zone.properties) for zone in zones],
    }
    return json_bytes(document)


def areas_csv(zones: "Sequence[Feature]", maps: int = EMBEDDED_MAPS) -> bytes:
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
    writer.writerows(map(cell, row) for row in area_rows((zone.properties for zone in zones), maps))
    return text.getvalue().encode()


def area_rows(zones: Iterable[Mapping[str, Any]], maps: int = EMBEDDED_MAPS) -> Iterator[list[Any]]:
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
        yield [*(zone[column] for column in COLUMNS), *sentences]

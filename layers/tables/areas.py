"""The areas of an edition as rows: CSV, and what a spreadsheet takes."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from layers.embedded import EMBEDDED_MAPS
from layers.files import cell
from layers.text.figures import zone_sentence
from layers.text.languages import DEFAULT, Languages, in_language, suffix
from layers.zone_properties import ZoneProperties

OBLAST_NAME = f"oblast_name_{DEFAULT}"
# The properties that are columns; after the id stand the names in each language.
COLUMNS = (
    "id", "clause", "also_clauses", "kind", "partition",
    "oblast", OBLAST_NAME, "held_by", "legal_status", "recognition_mode", "recognition_by",
    "area_km2", "area_low_km2", "area_high_km2", "inland_water_km2", "drained_bed_km2", "share_of_oblast_pct",
    "share_of_oblast_official_pct", "share_of_ukraine_pct", "length_km", "proposal", "status",
    "requested_as_of", "as_of", "control_source", "boundary_source", "data_version", "licence",
)  # fmt: skip


def name_columns(languages: Languages) -> tuple[str, ...]:
    """Return the columns with the names: ``name_en``, ``name_uk``, ``name_zh_hant``."""
    return tuple(f"name_{suffix(tag)}" for tag in languages.tags)


def sentence_columns(languages: Languages) -> tuple[str, ...]:
    """Return the columns with the areas as sentences: ``figure_en``, ``figure_uk``, ``figure_zh_hant``."""
    return tuple(f"figure_{suffix(tag)}" for tag in languages.tags)


def area_columns(languages: Languages, lang: str = "") -> tuple[str, ...]:
    """Return the columns of the table: the properties of ``COLUMNS`` with the names, then the areas as sentences.

    Parameters
    ----------
    languages
        Languages of the names and sentences.
    lang
        Tag of the only one to keep, whose columns then have no ending; empty for all.
    """
    kept = _kept(languages, lang)
    columns = (*_property_columns(kept, lang), *sentence_columns(kept))
    return tuple(in_language(dict.fromkeys(columns), languages, lang))


def areas_csv(
    zones: Iterable[ZoneProperties], languages: Languages, maps: int = EMBEDDED_MAPS, lang: str = ""
) -> bytes:
    """Return one row per zone, empty where a value does not apply; UTF-8 without a byte-order mark.

    Columns are those of ``area_columns``. For spreadsheets that need a byte-order mark there is
    ``layers.tables.spreadsheets``.

    Parameters
    ----------
    zones
        Properties of the zones, one row each.
    languages
        Languages of the names and sentences.
    maps
        Number of control maps behind the figures; 1 means that there is no interval.
    lang
        Tag of the only language to keep; empty for all.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(area_columns(languages, lang))
    writer.writerows(map(cell, row) for row in area_rows(zones, languages, maps, lang))
    return text.getvalue().encode()


def area_rows(
    zones: Iterable[ZoneProperties], languages: Languages, maps: int = EMBEDDED_MAPS, lang: str = ""
) -> Iterator[list[Any]]:
    """Return the values of ``area_columns`` for each zone; None where one does not apply.

    Parameters
    ----------
    zones
        Properties of the zones.
    languages
        Languages of the names and sentences.
    maps
        Number of control maps behind the figures; 1 means that there is no interval.
    lang
        Tag of the only language to keep; empty for all.
    """
    kept = _kept(languages, lang)
    columns = _property_columns(kept, lang)
    for zone in zones:
        sentences = (zone_sentence(language, zone, maps) or None for language in kept)
        values = cast(Mapping[str, Any], zone)
        yield [*(values[column] for column in columns), *sentences]


def _kept(languages: Languages, lang: str) -> Languages:
    return languages.only((lang,)) if lang else languages


def _property_columns(languages: Languages, lang: str) -> tuple[str, ...]:
    own = {OBLAST_NAME: f"oblast_name_{suffix(lang or DEFAULT)}"}
    return (*COLUMNS[:1], *name_columns(languages), *(own.get(column, column) for column in COLUMNS[1:]))

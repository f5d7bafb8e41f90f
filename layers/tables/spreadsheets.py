"""The tables of areas as .xlsx, for spreadsheets that take a CSV in UTF-8 for another encoding.

The rows are those of the CSV; numbers, dates, true and false are typed, everything else is text and never a formula.
The same rows give the same bytes: the creation time of a workbook is the date that it covers.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from layers.tables.areas import area_columns, area_rows
from layers.tables.timeline import Timeline, timeline_columns, timeline_rows
from layers.text.languages import DEFAULT, Languages, suffix
from layers.text.width import columns_of
from layers.zone_properties import ZoneProperties

AUTHOR = "Clausemap contributors"
DATES = frozenset({"as_of", "requested_as_of"})
FORMATS = {"_km2": "#,##0.0", "_km": "#,##0.0", "_pct": "0.00"}  # of figures, by the end of the column's name
WIDEST = 48  # width of a column, in characters; sentences are longer
SETTINGS = {
    "in_memory": True,
    "default_date_format": "yyyy-mm-dd",
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True)
class About:
    """Document properties of a workbook: title, control maps and boundaries, and the last ISO date that it covers."""

    title: str
    control_source: str
    boundary_source: str
    as_of: str

    @property
    def properties(self) -> dict[str, Any]:
        """Return them by the names of xlsxwriter."""
        sources = f"Control: {self.control_source}. Outlines: {self.boundary_source}."
        return {
            "title": self.title,
            "author": AUTHOR,
            "comments": f"A proposal, not in force. {sources}",
            "created": datetime.fromisoformat(self.as_of),
        }


def areas_xlsx(zones: Sequence[ZoneProperties], languages: Languages, maps: int, lang: str = "") -> bytes:
    """Return one row per zone, as ``layers.tables.areas.areas_csv`` does; at least one zone.

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

    Returns
    -------
    An XLSX file, equal for equal zones.
    """
    one = zones[0]
    title = f"{cast(Mapping[str, str], one)[f'title_{suffix(DEFAULT)}']}: areas"
    about = About(title, one["control_source"], one["boundary_source"], one["as_of"])
    return workbook("areas", area_columns(languages, lang), area_rows(zones, languages, maps, lang), about)


def timeline_xlsx(timeline: Timeline) -> bytes:
    """Return one row per zone and date, as ``layers.tables.timeline.timeline_csv`` does."""
    title = f"{timeline.proposal}: areas over time"
    about = About(title, timeline.control_source, timeline.boundary_source, timeline.dates[-1])
    columns = timeline_columns(timeline)
    rows = ([row[column] for column in columns] for row in timeline_rows(timeline))
    return workbook("timeline", columns, rows, about)


def workbook(sheet: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], about: About) -> bytes:
    """Return a workbook of one sheet, with the column names as a fixed first row.

    Parameters
    ----------
    sheet
        Name of the sheet.
    columns
        Names of the columns.
    rows
        At least one row of values, each as long as ``columns``.
    about
        Title, sources and date of the document.

    Returns
    -------
    An XLSX file without the date at which it was made.
    """
    from xlsxwriter import Workbook

    written = io.BytesIO()
    with Workbook(written, SETTINGS) as book:
        book.set_properties(about.properties)
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # a clause such as 19 is no number
        heading = book.add_format({"bold": True})
        figures = {ending: book.add_format({"num_format": shown}) for ending, shown in FORMATS.items()}
        for place, (column, values) in enumerate(zip(columns, zip(*rows, strict=True), strict=True)):
            page.set_column(place, place, _width([column, *values]), figures.get(_ending(column)))
            page.write(0, place, column, heading)
            page.write_column(1, place, map(date.fromisoformat, values) if column in DATES else values)
    return written.getvalue()


def _ending(column: str) -> str:
    found = re.search(r"_(km2|km|pct)$", column)
    return found[0] if found else ""


def _width(values: Iterable[object]) -> int:
    """The width of a column, in characters."""
    longest = max(columns_of(str(value)) for value in values)
    return min(longest + 2, WIDEST)

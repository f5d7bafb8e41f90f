"""Tables for spreadsheets: the rows of the CSV with typed values, the same bytes each time, text that stays text."""

import csv
import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from openpyxl.worksheet.worksheet import Worksheet

from layers.catalogue.model import Catalogue, find_edition
from layers.products.registry import PRODUCTS
from layers.products.stored import StoredEdition, read_product
from layers.tables.spreadsheets import About, areas_xlsx, timeline_xlsx, workbook
from layers.tables.timeline import read_timeline
from webapp.cli import main
from webapp.setup import ROOT

US, DAY, LATER = "us-28-points", "2025-11-20", "2025-11-22"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AREAS, TIMELINE = f"/areas/{US}/{DAY}.xlsx", f"/timelines/{US}.xlsx"
ABOUT = About("Made", "a map", "outlines", DAY)
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def opened(content: bytes) -> Worksheet:
    """The only sheet of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    (sheet,) = book.worksheets
    return sheet


def as_text(value: Any) -> str:
    """A value of a spreadsheet as the CSV has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value)


@pytest.mark.parametrize("path", [AREAS, TIMELINE, f"/areas/{US}/{LATER}.xlsx", f"{TIMELINE}?from=2025-11-01"])
def test_the_rows_are_those_of_the_csv(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.content_type) == (200, MEDIA_TYPE)
    rows = list(csv.reader(io.StringIO(client.get(path.replace(".xlsx", ".csv")).text)))
    found = [list(map(as_text, row)) for row in opened(answer.data).iter_rows(values_only=True)]
    assert found[0] == rows[0]
    numbers = {place for place, name in enumerate(rows[0]) if name.endswith(("_km2", "_km", "_pct"))}
    for row, wanted in zip(found[1:], rows[1:], strict=True):
        for place, (cell, text) in enumerate(zip(row, wanted, strict=True)):
            assert (float(cell) == float(text)) if place in numbers and text else cell == text


def test_the_csv_has_no_mark_at_its_beginning(client: FlaskClient) -> None:
    for path in (AREAS, TIMELINE):
        assert client.get(path.replace(".xlsx", ".csv")).data[:3] in (b"id,", b"pro")


def test_values_are_typed_and_the_heading_stays_in_view(client: FlaskClient) -> None:
    sheet = opened(client.get(AREAS).data)
    assert (sheet.title, sheet.freeze_panes) == ("areas", "A2")
    heading = [cell.value for cell in sheet[1]]
    assert all(cell.font.bold for cell in sheet[1])
    buffer = dict(zip(heading, next(row for row in sheet.iter_rows() if row[0].value == "donetsk-buffer"), strict=True))
    area = buffer["area_km2"]
    assert area.value == pytest.approx(5978, abs=1)
    assert (area.data_type, area.number_format) == ("n", "#,##0.0")
    assert (buffer["as_of"].value, buffer["as_of"].number_format) == (datetime(2025, 11, 20), "yyyy-mm-dd")
    assert buffer["partition"].value is True
    assert buffer["clause"].data_type == "s"
    assert str(buffer["figure_uk"].value).startswith("близько 5")
    widths = [dimension.width for dimension in sheet.column_dimensions.values()]
    assert 8 < min(widths) < 20 < max(widths) < 60


def test_what_it_is_stands_in_its_properties(client: FlaskClient, catalogue: Catalogue) -> None:
    for path, title in ((AREAS, "The 28-point draft peace plan: areas"), (TIMELINE, f"{US}: areas over time")):
        about = openpyxl.load_workbook(io.BytesIO(client.get(path).data)).properties
        assert about.title == title
        assert "A proposal, not in force." in (about.description or "")
        assert catalogue.control_source in (about.description or "")


@pytest.mark.parametrize("path", [AREAS, TIMELINE])
def test_the_same_rows_give_the_same_bytes(client: FlaskClient, catalogue: Catalogue, path: str) -> None:
    proposal = catalogue.proposal(US)
    if path == AREAS:
        edition = StoredEdition(catalogue, find_edition(proposal, DAY)[1], US, DAY)
        again = read_product(edition, PRODUCTS["areas_xlsx"])
    else:
        again = timeline_xlsx(read_timeline(catalogue, proposal))
    assert client.get(path).data == again
    with zipfile.ZipFile(io.BytesIO(again)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {part.create_system for part in parts.infolist()} == {3}


@pytest.mark.slow
def test_the_bytes_do_not_depend_on_the_process(tmp_path: Path) -> None:
    code = (
        "import sys; from layers.catalogue.model import COMMITTED, find_edition, load_catalogue;"
        "from layers.products.registry import PRODUCTS; from layers.products.stored import StoredEdition;"
        "found = load_catalogue(COMMITTED);"
        f"edition = find_edition(found.proposal('{US}'), '{DAY}')[1];"
        f"stored = StoredEdition(found, edition, '{US}', '{DAY}');"
        "sys.stdout.buffer.write(PRODUCTS['areas_xlsx'].write(stored));"
        "assert not {'pandas', 'geopandas', 'shapely'} & set(sys.modules)"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Taipei"))
    ]
    assert made[0] == made[1]


TEXTS = ("=1+1", "{=SUM(A1:A2)}", "", "+1", "-2", "@x", "19", "1e5", "TRUE", "https://example.org", "a\nb", "\u0301")


def test_text_stays_text() -> None:
    content = workbook("made", ["clause", "name_en"], [[words, words] for words in TEXTS], ABOUT)
    for cell, words in zip(opened(content)["A"][1:], TEXTS, strict=True):
        assert cell.value == (words or None)
        assert cell.data_type == "s" if words else cell.value is None
        assert cell.hyperlink is None
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_pandas_reads_the_types(client: FlaskClient) -> None:
    frame = pandas.read_excel(io.BytesIO(client.get(AREAS).data))
    assert frame["area_km2"].dtype == "float64"
    assert frame["partition"].dtype == "bool"
    assert frame["as_of"].eq(pandas.Timestamp(DAY)).all()
    areas = frame.set_index("id")["area_km2"]
    assert areas["donetsk-buffer"] == pytest.approx(5978, abs=1)
    timeline = pandas.read_excel(io.BytesIO(client.get(TIMELINE).data))
    assert timeline.groupby("zone")["as_of"].nunique()["donetsk-buffer"] == 57


@pytest.mark.slow
@pytest.mark.skipif(
    OFFICE is None, reason="no LibreOffice on this machine; `apt-get install libreoffice-calc` brings it"
)
def test_libreoffice_opens_it(client: FlaskClient, tmp_path: Path) -> None:
    (tmp_path / "areas.xlsx").write_bytes(client.get(AREAS).data)
    command = [str(OFFICE), "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    utf_8 = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false"
    done = [*command, "--convert-to", utf_8, "areas.xlsx"]
    subprocess.run(done, cwd=tmp_path, check=True, capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    rows = list(csv.DictReader(io.StringIO((tmp_path / "areas.csv").read_text("utf-8"))))
    wanted = list(csv.DictReader(io.StringIO(client.get(AREAS.replace(".xlsx", ".csv")).text)))
    for name in ("id", "name_uk", "name_zh_hant", "clause", "figure_uk"):
        assert [row[name] for row in rows] == [row[name] for row in wanted]
    areas = [[float(row["area_km2"].replace(",", "") or 0) for row in table] for table in (rows, wanted)]
    assert areas[0] == areas[1]


def test_it_is_linked_and_listed(client: FlaskClient, catalogue: Catalogue) -> None:
    edition = find_edition(catalogue.proposal(US), DAY)[1]
    (entry,) = (one for one in client.get("/catalog.json").json["proposals"] if one["id"] == US)  # type: ignore[index]
    assert next(one for one in entry["editions"] if one["as_of"] == edition.as_of)["areas_xlsx"]["url"] == AREAS
    for page in (f"/en/map/{US}", f"/uk/areas/{US}"):
        assert f'href="{AREAS}"' in client.get(page).text
    assert f'href="{TIMELINE}"' in client.get(f"/zh-Hant/timeline/{US}").text


def test_an_unknown_ending_is_told_what_there_is(client: FlaskClient) -> None:
    for path in (AREAS, TIMELINE):
        assert ".xlsx" in client.get(path.replace(".xlsx", ".xls")).json["known"]  # type: ignore[index]


def run(*arguments: str) -> tuple[int, bytes, str]:
    done = CliRunner().invoke(main, arguments)
    return done.exit_code, done.stdout_bytes, done.stderr


def test_the_command_line_writes_the_same(client: FlaskClient, tmp_path: Path) -> None:
    written = tmp_path / "areas.xlsx"
    assert run("areas", US, "--as-of", LATER, "-o", str(written))[0] == 0
    assert written.read_bytes() == client.get(f"/areas/{US}/{LATER}.xlsx").data
    assert run("areas", US, "--format", "xlsx")[1] == client.get(AREAS).data
    assert run("areas", US, "-o", str(tmp_path / "areas.csv"))[0] == 0
    assert (tmp_path / "areas.csv").read_bytes() == client.get(AREAS.replace(".xlsx", ".csv")).data
    assert run("timeline", US, "-o", str(tmp_path / "t.xlsx"))[0] == 0
    assert (tmp_path / "t.xlsx").read_bytes() == client.get(TIMELINE).data


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-o", "areas.ods"), "name the file with .csv, .json, .xlsx"),
        (("--format", "csv", "-o", "areas.xlsx"), "name the file with .csv"),
    ],
)
def test_a_file_of_another_form_is_refused(arguments: Sequence[str], words: str) -> None:
    code, _, told = run("areas", US, *arguments)
    assert code == 2
    assert words in told


def test_the_effect_of_outlines_as_a_spreadsheet() -> None:
    from layers.zones.outline_effect import Effect, effect_xlsx

    sheet = opened(effect_xlsx([Effect(US, DAY, "crimea", "UA-43", 1.5, 2.0, 0.5)], "other.geojson"))
    assert [cell.value for cell in sheet[2]] == [US, datetime(2025, 11, 20), "crimea", "UA-43", 1.5, 2.0, 0.5]
    assert isinstance(sheet["B2"].value, date)


def test_a_zone_without_area_has_empty_cells(catalogue: Catalogue) -> None:
    zones = [zone for zone in catalogue.areas(find_edition(catalogue.proposal(US), DAY)[1]) if zone["area_km2"] is None]
    sheet = opened(areas_xlsx(zones, catalogue.languages, 3))
    place = [cell.value for cell in sheet[1]].index("area_km2") + 1
    assert {cell.value for (cell,) in sheet.iter_rows(min_row=2, min_col=place, max_col=place)} == {None}

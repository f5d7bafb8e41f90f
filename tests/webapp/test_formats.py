"""Layers in other formats over HTTP and from the command line: options, refusals, made once by the pool."""

import io
import sys
import zipfile
from pathlib import Path

import openpyxl
import pyogrio
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from layers.products.product import Product
from layers.products.registry import PRODUCTS
from webapp.cli import main

PLAN, DAY = "us-28-points", "2025-11-20"
LAYER = f"/layers/{PLAN}/{DAY}"
FORMATS = [product for product in PRODUCTS.values() if product.varies]
AREAS = 15


def test_a_layer_is_given_in_the_system_and_language_that_is_asked_for(client: FlaskClient, tmp_path: Path) -> None:
    answer = client.get(f"{LAYER}/areas.fgb?crs=EPSG:3035&lang=uk")
    assert (answer.status_code, answer.content_type) == (200, "application/flatgeobuf")
    assert answer.headers["Content-Disposition"] == f'inline; filename="{PLAN}_{DAY}_areas_3035_uk.fgb"'
    path = tmp_path / "zones.fgb"
    path.write_bytes(answer.data)
    about = pyogrio.read_info(path)
    assert (about["crs"], about["features"]) == ("EPSG:3035", AREAS)
    assert "name" in about["fields"]
    assert client.get(f"{LAYER}/areas.fgb?crs=3035&lang=uk").headers["ETag"] == answer.headers["ETag"]


def test_a_layer_that_is_built_has_areas_alone_and_one_language_too(client: FlaskClient) -> None:
    layer = client.get(f"{LAYER}/areas.geojson?lang=zh-Hant").get_json()
    assert len(layer["features"]) == AREAS
    assert layer["name"] == f"{PLAN}_{DAY}_areas"
    assert "all zones with an area on the control map" in layer["description"]
    assert layer["features"][0]["properties"]["name"] == "克里米亞"


@pytest.mark.parametrize(
    ("query", "known"),
    [
        (".kml?crs=3857", ["4326"]),
        (".gpkg?crs=32636", ["4326", "3857", "3035"]),
        (".geojson?lang=pl", ["en", "uk", "zh-Hant"]),
        (".fgb?srs=3857", ["crs", "lang"]),
    ],
)
def test_what_a_format_does_not_have_is_refused_with_what_there_is(
    client: FlaskClient, query: str, known: list[str]
) -> None:
    answer = client.get(LAYER + query)
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert answer.get_json()["known"] == known


@pytest.mark.parametrize("product", FORMATS, ids=lambda product: product.name)
def test_one_zone_is_given_in_every_format(client: FlaskClient, product: Product, tmp_path: Path) -> None:
    url = f"{LAYER}/crimea{product.ending}"
    answer = client.get(url)
    assert (answer.status_code, answer.content_type) == (200, product.media_type)
    assert answer.headers["Content-Disposition"] == f'inline; filename="{PLAN}_crimea_{DAY}{product.ending}"'
    file = tmp_path / f"zone{product.ending}"
    assert CliRunner().invoke(main, ["export", PLAN, "--zone", "crimea", "-o", str(file)]).exit_code == 0
    assert file.read_bytes() == answer.data
    assert client.get(url.replace("crimea", "nowhere")).status_code == 404


def test_all_files_come_in_one(client: FlaskClient) -> None:
    answer = client.get(f"/data/{PLAN}/{DAY}.zip")
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        assert f"{PLAN}_{DAY}.gpkg" in archive.namelist()


@pytest.mark.slow
def test_all_files_come_in_a_system_and_a_language(client: FlaskClient, tmp_path: Path) -> None:
    answer = client.get(f"/data/{PLAN}/{DAY}.zip?crs=3035&lang=uk")
    assert f'filename="{PLAN}_{DAY}_3035_uk.zip"' in answer.headers["Content-Disposition"]
    path = tmp_path / "all.zip"
    path.write_bytes(answer.data)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert b"metres of EPSG:3035" in archive.read("README.txt")
    assert {f"{PLAN}_{DAY}_uk.geojson", f"{PLAN}_{DAY}_3035_uk.fgb", f"areas/{PLAN}_{DAY}_3035_uk.qml"} <= {*names}
    about = pyogrio.read_info(f"/vsizip/{path}/{PLAN}_{DAY}_3035_uk.fgb")
    assert about["crs"] == "EPSG:3035"
    assert "name" in about["fields"]


def test_tables_have_one_language_too(client: FlaskClient) -> None:
    areas = f"/areas/{PLAN}/{DAY}"
    heading, first = client.get(f"{areas}.csv?lang=uk").text.splitlines()[:2]
    assert heading.startswith("id,name,clause")
    assert heading.endswith("licence,figure")
    assert "oblast_name," in heading
    assert "Крим" in first
    assert client.get(f"{areas}.json?lang=zh-Hant").json["zones"][0]["name"] == "克里米亞"  # type: ignore[index]
    workbook = client.get(f"{areas}.xlsx?lang=uk")
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.data)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == heading.split(",")
    assert client.get(f"{areas}.csv?lang=pl").get_json()["known"] == ["en", "uk", "zh-Hant"]
    assert client.get(f"{areas}.csv?crs=3035").get_json()["known"] == ["lang"]


def test_a_package_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = CliRunner().invoke(main, ["export", PLAN, "-o", str(tmp_path / "zones.parquet")])
    assert done.exit_code == 1
    assert "pip install 'clausemap[parquet]'" in done.output
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("ending", [one for product in FORMATS for one in product.exports])
def test_a_file_is_written_by_its_ending(client: FlaskClient, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"zones{ending}"
    assert CliRunner().invoke(main, ["export", PLAN, "-o", str(path), "--areas-only"]).exit_code == 0
    served = ".geojson" if ending == ".json" else ending
    assert path.read_bytes() == client.get(f"{LAYER}/areas{served}").data


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["-o", "x.kml", "--crs", "3857"], "--crs 3857: .kml has 4326"),
        (["-o", "x.gml"], ".shp.zip"),
        (["-o", "x.fgb", "--zone", "contact-line", "--areas-only"], "none of the zones has an area"),
    ],
)
def test_what_cannot_be_written_is_told(given: list[str], said: str) -> None:
    done = CliRunner().invoke(main, ["export", PLAN, *given])
    assert done.exit_code != 0
    assert said in done.output

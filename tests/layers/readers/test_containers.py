"""How files are opened: what they are packed in, what lies beside them, encodings, wrappers, CRS."""

import bz2
import gzip
import io
import json
import lzma
import os
import shutil
import socket
import sqlite3
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely

from layers.control.checks.cleaning import clean
from layers.readers import is_there, read_control
from layers.readers.files.limits import MOST_BYTES
from layers.reference.study_data import StudyData, load_study_data
from tests.layers.readers.made import collection, feature, kml, kml_polygon, polygon, square, zipped
from tests.layers.readers.opened import MAP, codes, frame, is_box, refusal, written

BASE_KM2 = 106_937
NAME = "Окуповано"


@pytest.fixture(scope="module")
def study() -> StudyData:
    return load_study_data()


@pytest.fixture
def faults(shared: Path) -> Path:
    return shared / "samples/faults"


@pytest.fixture(autouse=True)
def silence(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No word of GDAL's reaches a reader."""
    yield
    assert capfd.readouterr() == ("", "")
    assert not caplog.records


@pytest.mark.parametrize(
    ("name", "where", "kind", "told"),
    [
        ("00_good_base.geojson", None, "geojson", set()),
        ("t02_wal.gpkg", None, "geopackage", {"open-elsewhere"}),
        ("j33_deepstate_api_last.json", None, "deepstate-dump", set()),
        ("j12_map.geojson.gz", None, "geojson", set()),
        ("k14_utf16.kml", None, "deepstate-dump", {"three-dimensional"}),
        ("j10_geojsonseq.geojsonl", None, "geojson", set()),
        ("j34_topojson.json", None, "topojson", set()),
        ("t04_no_shx.shp", None, "shapefile", {"missing-part"}),
        ("t24_second_empty.gpkg", None, "geopackage", set()),
        ("t15_shp_and_readme_html.zip", None, "shapefile", set()),
        ("j26_crs_in_geometry_3857.geojson", None, "geojson", {"reprojected"}),
        ("t03_no_cpg.shp", f"status={NAME}", "shapefile", {"guessed-encoding"}),
        ("j77_armenia_and_held.geojson", None, "geojson", set()),
    ],
)
def test_a_row_of_the_faults_gives_its_figure(
    faults: Path, study: StudyData, name: str, where: str | None, kind: str, told: set[str]
) -> None:
    raw = read_control(faults / name, where=where)
    assert (raw.format, codes(raw)) == (kind, told)
    assert clean(raw, study.reference.ukraine).inside_km2 == pytest.approx(BASE_KM2, abs=1)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("j31_exceeded_top.geojson", "partial-answer: the server says that there is more (exceededTransferLimit)"),
        ("t11_map.sqlite", "unknown-format: is SQLite, but no GeoPackage; save it as GeoPackage"),
    ],
)
def test_a_row_of_the_faults_gives_its_message(faults: Path, name: str, words: str) -> None:
    assert refusal(faults / name).startswith(words)


# files that belong to a file


def edited(folder: Path, mode: str) -> Path:
    """A GeoPackage whose last edit, which moved its polygon into the box, lies in a file beside it."""
    path, other = folder / "there.gpkg", folder / "Map.gpkg"
    moved = frame()
    moved.geometry = [shapely.box(30, 48, 31, 49)]
    moved.to_file(path)
    frame().to_file(folder / "right.gpkg")
    with sqlite3.connect(folder / "right.gpkg") as right:
        (blob,) = right.execute("SELECT geom FROM 'right'").fetchone()
    right.close()
    database = sqlite3.connect(path, isolation_level=None)
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute(f'DROP TRIGGER "{name}"')
    database.execute(f"PRAGMA journal_mode={mode}")
    database.execute("PRAGMA wal_autocheckpoint=0")
    database.execute("UPDATE there SET geom = ?", (blob,))
    for ending in ("", "-wal"):
        shutil.copyfile(f"{path}{ending}", f"{other}{ending}")
    database.close()
    return other


def test_edits_in_a_wal_are_read_along_in_any_case_and_in_a_zip(tmp_path: Path) -> None:
    path = edited(tmp_path, "WAL")
    wal = tmp_path / "Map.gpkg-wal"
    assert is_box(read_control(path))
    zipped(tmp_path / "a.zip", {"a/Map.gpkg": path.read_bytes(), "a/MAP.GPKG-WAL": wal.read_bytes()})
    assert is_box(read_control(tmp_path / "a.zip"))
    with_edits = read_control(path).sha256
    wal.rename(tmp_path / "MAP.gpkg-WAL")
    (tmp_path / "link.gpkg").symlink_to(path)
    for name in ("Map.gpkg", "link.gpkg"):
        raw = read_control(tmp_path / name)
        assert is_box(raw)
        assert codes(raw) == {"open-elsewhere"}
    before = {file.name: file.read_bytes() for file in tmp_path.glob("*[lg]")}
    (tmp_path / "MAP.gpkg-WAL").unlink()
    assert not is_box(read_control(path))
    assert read_control(path).sha256 != with_edits
    assert path.read_bytes() == before["Map.gpkg"]


def test_a_journal_takes_back_what_was_not_finished(tmp_path: Path) -> None:
    frame().to_file(tmp_path / "a.gpkg")
    database = sqlite3.connect(tmp_path / "a.gpkg", isolation_level=None)
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute(f'DROP TRIGGER "{name}"')
    database.execute("PRAGMA cache_size=1")
    database.execute("BEGIN")
    database.execute("DELETE FROM a")
    database.execute("CREATE TABLE more (a)")
    database.executemany("INSERT INTO more VALUES (?)", (("x" * 5000,) for _ in range(50)))
    for ending in ("", "-journal"):
        shutil.copyfile(tmp_path / f"a.gpkg{ending}", tmp_path / f"b.gpkg{ending}")
    database.execute("ROLLBACK")
    database.close()
    assert (tmp_path / "b.gpkg-journal").stat().st_size > 0
    assert is_box(read_control(tmp_path / "b.gpkg"))


def test_parts_of_a_shapefile_in_any_case(tmp_path: Path) -> None:
    frame(status=[NAME]).to_crs(32637).to_file(tmp_path / "made.shp", encoding="utf-8")
    names = {"shp": "Карта.SHP", "shx": "Карта.shx", "dbf": "КАРТА.DBF", "prj": "карта.Prj", "cpg": "Карта.CPG"}
    for ending, name in names.items():
        (tmp_path / f"made.{ending}").rename(tmp_path / name)
    raw = read_control(tmp_path / "Карта.SHP", where=f"status={NAME}")
    assert is_box(raw)
    assert codes(raw) == {"reprojected"}


def test_a_shapefile_whose_parts_are_missing(tmp_path: Path) -> None:
    frame().to_file(tmp_path / "a.shp")
    (tmp_path / "a.dbf").unlink()
    raw = read_control(tmp_path / "a.shp")
    assert is_box(raw)
    assert codes(raw) == {"missing-part"}
    for ending in ("shx", "prj", "cpg"):
        (tmp_path / f"a.{ending}").unlink()
    raw = read_control(tmp_path / "a.shp")
    assert is_box(raw)
    assert codes(raw) == {"missing-part", "no-crs"}
    assert [path.name for path in tmp_path.iterdir()] == ["a.shp"]
    written(tmp_path / "b.shp", (tmp_path / "a.shp").read_bytes()[:-20])
    assert refusal(tmp_path / "b.shp").startswith("unreadable: is damaged or cut off (Shapefile)")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Окупована територія"),
        ("cp1251", "так"),
        ("cp1251", "ОКУПОВАНО"),
        ("cp866", "Окупована зона Донецька область"),
        ("cp1125", "Окупована територія України"),
        ("koi8-u", "Окупована територія України"),
        ("utf-8", "Окупована територія"),
        ("latin-1", "Région de Zaporijjia, occupée"),
    ],
)
def test_a_dbf_that_names_no_encoding(tmp_path: Path, encoding: str, text: str) -> None:
    path = dbf_in(tmp_path, text.encode(encoding), language=0)
    raw = read_control(path, where=f"status={text}")
    assert is_box(raw)
    assert codes(raw) == {"guessed-encoding"}
    written(tmp_path / "a.cpg", b"system")  # says nothing
    assert is_box(read_control(path, where=f"status={text}"))


@pytest.mark.parametrize(
    ("code_page", "language", "encoding"),
    [
        (b"1251", 0, "cp1251"), (b"ANSI 1251", 0, "cp1251"), (b"windows-1251\n", 0, "cp1251"), (b"OEM 866", 0, "cp866"),
        (b"\xef\xbb\xbfUTF-8", 0, "utf-8"), (b"65001", 0, "utf-8"), (b"88595", 0, "iso8859-5"),
        (None, 0xC9, "cp1251"), (None, 0x65, "cp866"), (b"KOI8-U", 0xC9, "koi8-u"),
    ],
)  # fmt: skip
def test_a_dbf_that_names_its_encoding(tmp_path: Path, code_page: bytes | None, language: int, encoding: str) -> None:
    path = dbf_in(tmp_path, "взято".encode(encoding), language)
    if code_page is not None:
        written(tmp_path / "a.cpg", code_page)
    raw = read_control(path, where="status=взято")
    assert codes(raw) == set()


def dbf_in(folder: Path, value: bytes, language: int) -> Path:
    """A Shapefile with one column of text, its bytes as given."""
    frame(status=["x" * 60]).to_file(folder / "a.shp")
    (folder / "a.cpg").unlink()
    table = (folder / "a.dbf").read_bytes().replace(b"x" * 60, value.ljust(60))
    written(folder / "a.dbf", table[:29] + bytes([language]) + table[30:])
    return folder / "a.shp"


# containers


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed_files_are_unpacked_with_a_bound(tmp_path: Path, pack: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    content = json.dumps(MAP).encode()
    assert is_box(read_control(written(tmp_path / "map.geojson.packed", pack(content))))
    text = kml(kml_polygon(square())).encode("utf-16")
    assert is_box(read_control(written(tmp_path / "map.kml.packed", pack(text))))
    assert is_box(read_control(zipped(tmp_path / "a.zip", {"a.geojson.packed": pack(content)})))
    assert refusal(written(tmp_path / "cut", pack(content * 9)[:-30])).startswith("unreadable: is packed by ")
    assert refusal(written(tmp_path / "twice", pack(pack(content)))).startswith("zip-bomb: is packed twice")
    monkeypatch.setattr("layers.readers.files.limits.MOST_BYTES", 50_000)
    assert refusal(written(tmp_path / "bomb", pack(b" " * 60_000))).startswith("zip-bomb: unpacks to more than")


def test_a_bomb_of_gzip_takes_no_memory(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1) as file:
        for _ in range(MOST_BYTES // 2**20 + 1):
            file.write(bytes(2**20))
    assert refusal(written(tmp_path / "bomb.geojson.gz", packed.getvalue())).startswith("zip-bomb")


def test_papers_beside_the_map_are_no_maps(tmp_path: Path) -> None:
    papers = {
        "README.html": b"<!DOCTYPE html><html></html>",
        "metadata.xml": b"<?xml version='1.0'?><metadata/>",
        "datapackage.json": json.dumps({"resources": [{"path": "map.geojson"}]}).encode(),
        "style.qml": b"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'><qgis/>",
        "style.sld": b"<StyledLayerDescriptor/>",
        "metadata.json": json.dumps({"spatial": polygon(square(20, 40, 20))}).encode(),
        "licence.pdf": b"%PDF-1.7",
        "._map.geojson": b"\x00\x05\x16\x07",
    }
    content = json.dumps(MAP).encode()
    assert is_box(read_control(zipped(tmp_path / "one.zip", {**papers, "map.geojson": content})))
    both = zipped(tmp_path / "two.zip", {**papers, "a.geojson": content, "b.kml": kml(kml_polygon(square())).encode()})
    assert "one map is wanted in a zip, found: a.geojson, b.kml" in refusal(both)
    assert "a zip without a map (" in refusal(zipped(tmp_path / "none.zip", papers | {"metadata.json": b"{}"}))
    assert "an Office document" in refusal(zipped(tmp_path / "a.docx", {"[Content_Types].xml": b"<Types/>"}))


def test_a_kmz_opens_what_it_links_to_in_itself(tmp_path: Path) -> None:
    def linking(*targets: str) -> bytes:
        links = "".join(f"<NetworkLink><Link><href>{target}</href></Link></NetworkLink>" for target in targets)
        return f"<kml><Document>{links}</Document></kml>".encode()

    held = kml(f"<name>a</name>{kml_polygon(square())}").encode()
    inner = {"files/Held layer.kml": held, "files/more.kml": linking("held%20layer.kml", "../doc.kml")}
    path = zipped(tmp_path / "a.kmz", {"doc.kml": linking("files/more.kml"), **inner})
    assert is_box(read_control(path))
    path = zipped(
        tmp_path / "b.kmz", {"doc.kml": linking("files/Held%20layer.kml", "https://example.org/b.kml"), **inner}
    )
    assert codes(read_control(path)) == {"three-dimensional", "network-link"}
    assert refusal(zipped(tmp_path / "c.kmz", {"doc.kml": linking("gone.kml")})).startswith("network-link")


def test_geodatabase_flatgeobuf_and_geoparquet_also_zipped(tmp_path: Path) -> None:
    frame().to_crs(32637).to_file(tmp_path / "a.gdb", driver="OpenFileGDB")
    frame().to_file(tmp_path / "a.fgb")
    frame().to_crs(3857).to_parquet(tmp_path / "a.parquet")
    parts = {f"out/a.gdb/{part.name}": part.read_bytes() for part in (tmp_path / "a.gdb").iterdir()}
    zipped(tmp_path / "gdb.zip", {**parts, "out/metadata.xml": b"<metadata/>"})
    zipped(tmp_path / "fgb.zip", {"a.fgb": (tmp_path / "a.fgb").read_bytes()})
    for name, kind, projected in (
        ("a.gdb", "filegdb", True), ("gdb.zip", "filegdb", True), ("a.fgb", "flatgeobuf", False),
        ("fgb.zip", "flatgeobuf", False), ("a.parquet", "geoparquet", True),
    ):  # fmt: skip
        raw = read_control(tmp_path / name, where="status=held")
        assert (raw.format, is_box(raw)) == (kind, True)
        assert codes(raw) == ({"reprojected"} if projected else set())
        assert is_there(tmp_path / name)
    content = (tmp_path / "a.fgb").read_bytes()
    for length in (200, len(content) // 2, len(content) - 10):
        assert "is damaged or cut off (FlatGeobuf)" in refusal(written(tmp_path / "cut.fgb", content[:length]))


def test_geoparquet_without_pyarrow_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frame().drop(columns="geometry").to_parquet(tmp_path / "plain.parquet")
    assert "is Parquet without geometries" in refusal(tmp_path / "plain.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "install pyarrow (pip install 'clausemap[parquet]'), or save it" in refusal(tmp_path / "plain.parquet")


def test_layers_without_polygons_are_none(tmp_path: Path) -> None:
    points = geopandas.GeoDataFrame({"a": ["x"]}, geometry=[shapely.Point(35, 48)], crs=4326)
    points.to_file(tmp_path / "a.gpkg", layer="towns")
    frame().to_file(tmp_path / "a.gpkg", layer="held")
    points.to_file(tmp_path / "a.gpkg", layer="mixed", geometry_type="Unknown")
    frame().iloc[:0].to_file(tmp_path / "a.gpkg", layer="draft")
    geopandas.GeoDataFrame(geometry=[shapely.Polygon()], crs=4326).to_file(tmp_path / "a.gpkg", layer="nothing")
    assert is_box(read_control(tmp_path / "a.gpkg"))
    frame().to_file(tmp_path / "a.gpkg", layer="free")
    assert refusal(tmp_path / "a.gpkg").startswith("several-layers: has several layers with polygons (held, free)")
    points.to_file(tmp_path / "b.gpkg", layer="towns")
    assert refusal(tmp_path / "b.gpkg").startswith("no-polygons: has no layer with polygons in it (towns: Point)")


# encodings


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "utf-8-sig", "cp1251"])
def test_json_and_kml_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    text = json.dumps(collection(feature(polygon(square()), status=NAME)), ensure_ascii=False)
    raw = read_control(written(tmp_path / "a.geojson", text.encode(encoding)), where=f"status={NAME}")
    assert is_box(raw)
    assert ("guessed-encoding" in codes(raw)) == (encoding == "cp1251")
    xml = kml(f"<name>{NAME}</name>{kml_polygon(square())}").replace("'1.0'", f"'1.0' encoding='{encoding}'")
    for number, content in enumerate((xml.encode(encoding), xml.encode(), xml.replace(encoding, "UTF-16").encode())):
        if number == 1 and encoding == "cp1251":
            continue  # what is declared counts, also where it is wrong
        path = written(tmp_path / f"{number}.kml", content)
        assert is_box(read_control(path, where=f"name={NAME}"))


def test_text_that_is_damaged_is_no_other_encoding(tmp_path: Path) -> None:
    text = json.dumps(collection(feature(polygon(square()), status=NAME)), ensure_ascii=False).encode()
    broken = text.replace("О".encode(), b"\xd0\xff", 1)
    assert refusal(written(tmp_path / "a.geojson", broken)).startswith("unreadable: text with bytes that are no UTF-8")


# what is no file, and what is no map


def test_pipes_devices_and_folders_are_refused_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "is a named pipe" in refusal(tmp_path / "pipe")
    assert "is a device" in refusal(Path("/dev/zero"))
    assert "is a folder" in refusal(tmp_path)
    with socket.socket(socket.AF_UNIX) as made:
        monkeypatch.chdir(tmp_path)  # the name of a socket may have about a hundred letters
        made.bind("s")
        assert "is a socket" in refusal(tmp_path / "s")
    frame().to_file(tmp_path / "a.gpkg")
    os.mkfifo(tmp_path / "a.gpkg-wal")
    assert is_box(read_control(tmp_path / "a.gpkg"))
    assert not is_there(tmp_path / ("a" * 300))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"II*\x00" + bytes(99), "is a picture or grid (TIFF"),
        (b"%PDF-1.7", "is a PDF"),
        (b"7z\xbc\xaf\x27\x1c", "is a 7z archive; unpack it"),
        (b"Rar!\x1a\x07\x00", "is a RAR archive; unpack it"),
        (b"x" * 257 + b"ustar" + bytes(99), "is a tar archive; unpack it"),
        (b"\x28\xb5\x2f\xfd0", "is packed by Zstandard; unpack it"),
        (b"\x37\x7f\x06\x82", "is the -wal of a database; name the .gpkg"),
        (b"<?xml version='1.0'?>\n<gpx xmlns='x'/>", "is GPX"),
        (b"<osm version='0.6'/>", "is OpenStreetMap data"),
        (b"<wfs:FeatureCollection xmlns:gml='x'/>", "is GML"),
        (b"<svg/>", "is a picture (SVG)"),
        (b"<ows:ExceptionReport/>", "is an error message of a server"),
        (b"\n<!-- 404 -->\n<!DOCTYPE HTML PUBLIC '-//W3C'>\n<HTML>", "is a web page (HTML)"),
        (b"<br />\n<b>Warning</b>: fopen", "is a web page (HTML)"),
        (b"POLYGON ((30 10, 40 40, 20 40, 30 10))", "is WKT; save it as GeoJSON"),
        (b"SRID=4326;MultiPolygon Z (((30 10 0)))", "is WKT"),
        (b"0106000020E610000001000000", "is WKB in hexadecimal digits"),
        (b"id;wkt\n1;\"POLYGON ((30 10))\"\n", "is a table (CSV) with geometries"),
        (b"oblast,km2\nDonetsk,12\n", "is a table (CSV)"),
        (b"  0\nSECTION\n  2\nHEADER\n", "is a drawing (DXF)"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "is a pointer of Git LFS"),
        (b"var map = {\"type\": \"FeatureCollection\"};", "is a script (JavaScript)"),
        (b'{"error": {"code": 499, "message": "Token Required"}}', "is an error message of a server (Token Required)"),
        (b'{"version": 0.6, "generator": "Overpass API", "elements": []}', "is OpenStreetMap data (Overpass)"),
        (b'{"tilejson": "3.0.0"}', "is the head of map tiles"),
        (b"{\\rtf1\\ansi}", "is a text document (RTF)"),
        (b"GEOGCS[\"GCS_WGS_1984\"]", "is the .prj of a Shapefile; name the .shp"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_called_by_its_name(tmp_path: Path, content: bytes, words: str) -> None:
    message = refusal(written(tmp_path / "map.geojson", content))
    assert message.startswith(f"unknown-format: {words}")
    assert ";" in message
    assert "damaged" not in message


def test_parts_of_a_shapefile_and_other_databases_are_called_by_their_name(tmp_path: Path) -> None:
    frame().to_file(tmp_path / "a.shp")
    for part in ("shx", "dbf"):
        assert f"is the .{part} of a Shapefile; name the .shp" in refusal(tmp_path / f"a.{part}")
    for name, tables, words in (
        ("a.mbtiles", ("tiles", "metadata"), "is MBTiles"),
        ("a.db", ("a",), "is SQLite, but no"),
    ):
        database = sqlite3.connect(tmp_path / name)
        for table in tables:
            database.execute(f"CREATE TABLE {table} (a)")
        database.close()
        assert words in refusal(tmp_path / name)
    frame().to_file(tmp_path / "a.gpkg")
    content = (tmp_path / "a.gpkg").read_bytes()
    for length in (5000, len(content) // 2, len(content) - 4096):
        assert refusal(written(tmp_path / "cut.gpkg", content[:length])).startswith("unreadable: is damaged or cut off")


def test_zips_that_cannot_be_unpacked_say_why(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.geojson": json.dumps(MAP).encode()})
    content = bytearray(path.read_bytes())
    entry = content.index(b"PK\x01\x02")
    for place, value, words in ((8, 1, "needs a password"), (10, 93, "packed in a way that is not read")):
        changed = content.copy()
        changed[entry + place] = value
        assert words in refusal(written(tmp_path / "b.zip", bytes(changed)))
    assert "is damaged or cut off" in refusal(written(tmp_path / "c.zip", bytes(content[:-30])))
    assert zipfile.is_zipfile(path)

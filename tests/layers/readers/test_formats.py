"""Formats by made files: spellings, plain files of every kind, and the choice of a class."""

import io
import zipfile
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely

from layers.errors import ControlError
from layers.readers import RawMap, read_control
from tests.layers.readers.made import collection, feature, kml, kml_polygon, polygon, saved, square

BOX = shapely.box(35, 48, 36, 49)
HELD_NAMES = (
    "Окуповано",
    "Occupied",
    "Окуповано /// Occupied\u00a0/// geoJSON.status.occupied\n",
    "ОКУПОВАНО\n///\nOCCUPIED",
    "CADR and CALR",
    "ОРДЛО /// CADR and CALR\u00a0/// geoJSON.territories.ordlo",
    "ОРДЛО",
    "Occupied Crimea",
    "Окупований Крим /// Occupied\u00a0Crimea",
    "Острів Тузла /// Occupied Tuzla Island /// geoJSON.territories.tuzla",
    "Щось нове /// Something new /// geoJSON.status.occupied",
)
OTHER_NAMES = (
    "Звільнено 25.03 /// Liberated 25.03\u00a0/// geoJSON.status.dismissed_at {{at:25.03}}",
    "Окупована область Петсамо\n///\nOccupied Petsamo\n/// geoJSON.territories.petsamo\n",
    "Occupied /// geoJSON.territories.abkhazia",
    "Придністров'я/// Transnistria /// geoJSON.territories.transnistria",
)


def read(folder: Path, document: Any, name: str = "map.geojson", where: str | None = None) -> RawMap:
    return read_control(saved(folder, document, name), where=where)


def codes(raw: RawMap) -> set[str]:
    return {finding.code for finding in raw.findings}


@pytest.mark.parametrize("name", HELD_NAMES)
def test_every_spelling_of_held_ground(tmp_path: Path, name: str) -> None:
    raw = read(tmp_path, collection(feature(polygon(square()), name=name)))
    assert (raw.format, len(raw.held), len(raw.contested)) == ("deepstate-dump", 1, 0)


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_other_classes_are_left_out_and_told(tmp_path: Path, name: str) -> None:
    raw = read(tmp_path, collection(feature(polygon(square()), name=name)))
    assert (raw.format, raw.held, raw.contested) == ("deepstate-dump", (), ())
    assert "left-out" in codes(raw)


def test_contested_ground(tmp_path: Path) -> None:
    name = "Статус невідомий /// Unknown status\u00a0/// geoJSON.status.unknown"
    raw = read(tmp_path, collection(feature(polygon(square()), name=name)))
    assert (raw.held, len(raw.contested)) == ((), 1)


def test_uacontrolmap_is_latitude_first(tmp_path: Path) -> None:
    ring = [[lat, lon] for lon, lat in square()]
    raw = read(tmp_path, {"areas": [ring], "areas_ua": [ring], "frontline": [ring]})
    assert raw.format == "uacontrolmap"
    assert raw.held[0].equals(BOX)
    assert [(part.name, part.role) for part in raw.classes] == [("areas", "held"), ("areas_ua", "left out")]


def test_nzz_bare_and_inside_value(tmp_path: Path) -> None:
    inner = collection(*(feature(polygon(square()), type=kind) for kind in ("nochange", "gains", "losses")))
    for document in (inner, {"value": inner}):
        raw = read(tmp_path, document)
        assert (raw.format, len(raw.held)) == ("nzz", 2)
        assert "missing-before-2022" in codes(raw)


def test_a_lone_multipolygon_is_the_mirror_but_nobody_is_named(tmp_path: Path) -> None:
    document = collection(feature({"type": "MultiPolygon", "coordinates": [[square()]]}))
    raw = read(tmp_path, document, "mine 2025-11-20.geojson")
    assert (raw.format, raw.publisher, raw.as_of, raw.slug) == ("deepstate-mirror", None, "2025-11-20", "mine")
    raw = read(tmp_path, document, "deepstate_2025-11-20.geojson")
    assert (raw.publisher, raw.as_of) == ("DeepState", "2025-11-19")


def test_isw_by_its_name(tmp_path: Path) -> None:
    name = "Assessed_Russian_Control_in_Ukraine"
    raw = read(tmp_path, collection(feature(polygon(square()), id=1), name=name))
    assert (raw.format, raw.publisher) == ("isw", "ISW")


@pytest.mark.parametrize(
    "document", [polygon(square()), feature(polygon(square())), collection(feature(polygon(square())))]
)
def test_plain_geojson_in_its_three_forms(tmp_path: Path, document: Any) -> None:
    raw = read(tmp_path, document, "Карта 北 x-1.geojson")
    assert (raw.format, raw.publisher, raw.slug, raw.file_date) == ("geojson", None, "karta-x-1-6db7ac", None)
    assert raw.held[0].equals(BOX)


def test_plain_kml_and_kmz(tmp_path: Path) -> None:
    text = kml(
        f"<name>held</name>{kml_polygon(square())}", "<name>x</name><Point><coordinates>1,2</coordinates></Point>"
    )
    raw = read(tmp_path, text, "a.kml")
    assert (raw.format, raw.publisher, len(raw.held)) == ("kml", None, 1)
    assert raw.held[0].equals(BOX)
    assert codes(raw) == {"not-polygons", "three-dimensional"}
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as archive:
        archive.writestr("doc.kml", text)
        archive.writestr("files/icon.png", b"\x89PNG")
    assert read_control(tmp_path / "a.kmz").held[0].equals(BOX)
    assert read(tmp_path, text, "a.kml", where="name=held").vertices == 5


def test_geopackage_and_shapefile_also_zipped_and_projected(tmp_path: Path) -> None:
    frame = geopandas.GeoDataFrame({"status": ["held", "free"]}, geometry=[BOX, shapely.box(30, 48, 31, 49)], crs=4326)
    frame.to_file(tmp_path / "a.gpkg")
    frame.to_crs(32637).to_file(tmp_path / "metres.gpkg")
    frame.to_file(tmp_path / "a.shp")
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        for part in tmp_path.glob("a.[sdpc]*"):
            archive.write(part, f"folder/{part.name}")
    (tmp_path / "a.zip").write_bytes(zipped.getvalue())
    for name, kind in (
        ("a.gpkg", "geopackage"),
        ("metres.gpkg", "geopackage"),
        ("a.shp", "shapefile"),
        ("a.zip", "shapefile"),
    ):
        raw = read_control(tmp_path / name, where="status=held")
        assert (raw.format, len(raw.held)) == (kind, 1)
        assert raw.held[0].symmetric_difference(BOX).area < 1e-6
        assert codes(raw) == ({"reprojected"} if name == "metres.gpkg" else set())


def test_a_shapefile_without_its_projection_is_told(tmp_path: Path) -> None:
    geopandas.GeoDataFrame({"a": [1]}, geometry=[BOX], crs=4326).to_file(tmp_path / "a.shp")
    (tmp_path / "a.prj").unlink()
    assert "no-crs" in codes(read_control(tmp_path / "a.shp"))


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("class=held", "no column 'class'; there are: status"),
        ("status=no", "no value 'no' in the column 'status'; there are: free, held"),
        ("status", "write it as column=value"),
    ],
)
def test_a_wrong_choice_lists_what_there_is(tmp_path: Path, where: str, words: str) -> None:
    document = collection(*(feature(polygon(square()), status=status) for status in ("held", "free")))
    with pytest.raises(ControlError, match=words) as refused:
        read(tmp_path, document, where=where)
    assert refused.value.code == "unknown-class"
    assert len(read(tmp_path, document, where="status=held").held) == 1


def test_formats_with_classes_of_their_own_take_no_choice(tmp_path: Path) -> None:
    with pytest.raises(ControlError, match="need no --where"):
        read(tmp_path, collection(feature(polygon(square()), name="CADR and CALR")), where="name=CADR and CALR")


def test_names_that_others_may_use_as_well_name_no_publisher(tmp_path: Path) -> None:
    raw = read(tmp_path, collection(*(feature(polygon(square()), name=name) for name in ("Occupied", "Liberated"))))
    assert (raw.format, raw.publisher, len(raw.held)) == ("deepstate-dump", None, 1)
    raw = read(tmp_path, collection(feature(polygon(square()), name="Окуповано /// Occupied")))
    assert raw.publisher == "DeepState"


def test_a_type_that_nzz_has_not_used_yet_is_left_out(tmp_path: Path) -> None:
    raw = read(tmp_path, collection(*(feature(polygon(square()), type=kind) for kind in ("nochange", "new"))))
    assert (raw.format, len(raw.held)) == ("nzz", 1)
    assert "left-out" in codes(raw)

"""GDAL's driver of OGC API - Features, through pyogrio, which geopandas reads with."""

import re
from collections.abc import Iterator
from typing import Any

import geopandas
import pyogrio
import pytest
from shapely import box
from shapely.geometry import shape

from tests.clients.conftest import COLLECTION
from tests.documentation.pages import inline_code

DAY = "2025-11-20"


@pytest.fixture
def source(api: str) -> str:
    if "OAPIF" not in pyogrio.list_drivers():
        pytest.skip("this GDAL has no driver OAPIF")
    return f"OAPIF:{api}/collections/{COLLECTION}"


@pytest.fixture
def asked(capfd: pytest.CaptureFixture[str]) -> Iterator[Any]:
    """The addresses that GDAL has asked for so far."""
    pyogrio.set_gdal_config_options({"CPL_DEBUG": "HTTP"})
    yield lambda: [line for line in capfd.readouterr().err.splitlines() if "Fetch(" in line]
    pyogrio.set_gdal_config_options({"CPL_DEBUG": None})


@pytest.mark.slow
def test_it_lists_the_collections(api: str) -> None:
    layers = dict(pyogrio.list_layers(f"OAPIF:{api}"))
    assert layers[COLLECTION] == "MultiPolygon"
    assert layers["us-28-points_site"] == "Point"
    assert layers["us-28-points_line"] == "MultiLineString"


def test_it_reads_every_feature(source: str, features: list[dict[str, Any]]) -> None:
    said, frame = pyogrio.read_info(source), pyogrio.read_dataframe(source)
    assert said["features"] == len(frame) == len(features)
    assert (said["crs"], said["geometry_type"]) == ("EPSG:4326", "MultiPolygon")
    assert frame["id"].tolist() == [one["id"] for one in features]
    assert frame["area_km2"].tolist() == [one["properties"]["area_km2"] for one in features]
    assert all(read.equals(shape(one["geometry"])) for read, one in zip(frame.geometry, features, strict=True))


def test_it_follows_pages(source: str, features: list[dict[str, Any]], asked: Any) -> None:
    frame = pyogrio.read_dataframe(source, PAGE_SIZE=5)
    assert frame["id"].tolist() == [one["id"] for one in features]
    assert [line for line in asked() if "limit=5&offset=5" in line]


@pytest.mark.parametrize(
    ("where", "sent"),
    [
        ("oblast = 'UA-43'", "oblast=UA-43"),
        ("zone = 'crimea'", "zone=crimea"),
        (f"as_of = '{DAY}'", f"datetime={DAY}T"),
        (f"as_of >= '{DAY}' AND as_of <= '2026-01-15'", f"datetime={DAY}T%2F2026-01-15T"),
    ],
)
def test_the_service_applies_its_filters(
    source: str, features: list[dict[str, Any]], asked: Any, where: str, sent: str
) -> None:
    frame = pyogrio.read_dataframe(source, where=where)
    assert [line for line in asked() if sent in line]
    assert 0 < len(frame) < len(features)


def test_the_service_applies_the_box(source: str, features: list[dict[str, Any]], asked: Any) -> None:
    sides = (33.0, 45.0, 33.5, 45.2)
    frame = pyogrio.read_dataframe(source, bbox=sides)
    assert [line for line in asked() if "bbox=33,45,33.5,45.2" in line]
    met = [one["id"] for one in features if shape(one["geometry"]).intersects(box(*sides))]
    assert frame["id"].tolist() == met


def test_it_reads_one_feature(source: str, features: list[dict[str, Any]], asked: Any) -> None:
    name = features[-1]["id"]
    frame = pyogrio.read_dataframe(source, where=f"id = '{name}'")
    assert frame["id"].tolist() == [name]
    assert [line for line in asked() if f"/items/{name}" in line]


def test_the_line_of_the_documentation_reads_a_layer(api: str) -> None:
    (line,) = (code for code in inline_code() if code.startswith('geopandas.read_file("OAPIF'))
    written = re.fullmatch(r'geopandas\.read_file\("OAPIF:http://127\.0\.0\.1:8000/ogc", layer="(.*)"\)', line)
    assert written
    frame = geopandas.read_file(f"OAPIF:{api}", layer=written[1])
    assert set(frame["kind"]) == {"buffer"}

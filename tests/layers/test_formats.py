"""Every format of a layer is read back by GDAL (GeoParquet by pyarrow): the same zones, properties and areas."""

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from pyogrio import raw
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geo.measure import area_km2
from layers.catalogue.model import COMMITTED, find_edition, load_catalogue
from layers.products.formats.shapefile import LONGEST, short_names
from layers.products.registry import PRODUCTS
from layers.products.stored import StoredEdition
from layers.products.wanted import PLAIN, WantedLayer
from layers.text.languages import Languages, read_languages

CATALOGUE = load_catalogue(COMMITTED)
PLAN = "us-28-points"
FORMATS = {name: product for name, product in PRODUCTS.items() if product.varies}
PROJECTED = [(name, crs) for name, product in FORMATS.items() for crs in product.projections if crs != PLAIN.crs]
BY_SHAPE = {"areas", "lines", "points"}
OF_KML = {"Name", "description"}  # which stand beside the properties
WITHIN = 1e-4


@dataclass(frozen=True)
class Read:
    """A zone as another program reads it: properties by their full names, geometry as it stands in the file."""

    properties: Mapping[str, Any]
    geometry: BaseGeometry


def edition_of(proposal_id: str = PLAN, wanted: WantedLayer = PLAIN) -> StoredEdition:
    """A committed edition on the proposal's own date."""
    asked, entry = find_edition(CATALOGUE.proposal(proposal_id))
    return StoredEdition(CATALOGUE, entry, proposal_id, asked, wanted=wanted)


def read_back(name: str, content: bytes, folder: Path) -> dict[str, Read]:
    """The zones of a file by their ids."""
    path = folder / f"zones{FORMATS[name].ending}"
    path.write_bytes(data_of_style(content) if name == "maplibre" else content)
    rows = list(from_parquet(path) if name == "geoparquet" else from_gdal(path))
    found = {row.properties["id"]: row for row in rows}
    assert len(found) == len(rows)
    return with_full_names(found, path) if name == "shapefile" else found


def data_of_style(content: bytes) -> bytes:
    """The layer that a style for MapLibre has in it."""
    return json.dumps(json.loads(content)["sources"]["zones"]["data"]).encode()


def from_gdal(path: Path) -> Iterator[Read]:
    """The rows of all layers with geometry."""
    for layer, shape in pyogrio.list_layers(path):
        if shape is None:
            continue
        about, _, shapes, columns = raw.read(path, layer=layer)
        for number, geometry in enumerate(shapely.from_wkb(shapes)):
            row = {name: column[number] for name, column in zip(about["fields"], columns, strict=True)}
            yield Read(row, geometry)


def from_parquet(path: Path) -> Iterator[Read]:
    """The rows of a GeoParquet."""
    parquet = pytest.importorskip("pyarrow.parquet")
    for row in parquet.read_table(path).to_pylist():
        geometry = shapely.from_wkb(row.pop("geometry"))
        assert tuple(row.pop("bbox").values()) == geometry.bounds
        yield Read(row, geometry)


def with_full_names(found: Mapping[str, Read], path: Path) -> dict[str, Read]:
    """What the tables in the zip say of the short names, with the long texts."""
    with zipfile.ZipFile(path) as archive:
        fields, texts = (
            list(csv.reader(io.StringIO(archive.read(name).decode()))) for name in ("fields.csv", "texts.csv")
        )
    full, heading = dict(fields[1:]), texts[0]
    long = {row[0]: dict(zip(heading, row, strict=True)) for row in texts[1:]}
    return {
        zone: replace(row, properties={full[name]: value for name, value in row.properties.items()} | long[zone])
        for zone, row in found.items()
    }


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if value is None or value == "" or (isinstance(value, float | np.floating) and np.isnan(value)):
        return None
    if isinstance(value, np.bool_):
        return bool(value)
    return str(value)[:10] if isinstance(value, np.datetime64) else value


def in_degrees(geometry: BaseGeometry, crs: int) -> BaseGeometry:
    """A geometry of a file in degrees again."""
    back = Transformer.from_crs(crs, 4326, always_xy=True)
    return shapely.transform(geometry, lambda places: np.column_stack(back.transform(*places.T)))


def check_same(name: str, found: Mapping[str, Read], edition: StoredEdition) -> None:
    """The zones of a file are those of the edition, with their properties and, within 0.01 %, their areas."""
    zones = {zone.id: zone for zone in edition.zones}
    assert found.keys() == zones.keys()
    for zone_id, read in found.items():
        wanted = zones[zone_id].properties
        got = {field: plain(value) for field, value in read.properties.items()}
        if name == "kml":
            assert got.keys() >= {*wanted, *OF_KML}
        else:
            assert got.keys() == wanted.keys()
        assert {field: got[field] for field in wanted} == {field: plain(value) for field, value in wanted.items()}
        shape = in_degrees(read.geometry, edition.wanted.crs)
        assert area_km2(shape) == pytest.approx(area_km2(zones[zone_id].geometry), rel=WITHIN)


@pytest.mark.parametrize("proposal", [PLAN, *(name for name in CATALOGUE.proposals if name != PLAN)])
@pytest.mark.costly
def test_every_format_is_read_back(proposal: str, tmp_path: Path) -> None:
    edition = edition_of(proposal)
    for name, product in FORMATS.items():
        check_same(name, read_back(name, product.write(edition), tmp_path), edition)


@pytest.mark.parametrize("proposal", CATALOGUE.proposals)
@pytest.mark.costly
def test_the_topojson_of_areas_is_a_base_map_for_datawrapper(proposal: str) -> None:
    content = PRODUCTS["topojson"].write(edition_of(proposal, WantedLayer(areas=True)))
    objects = json.loads(content)["objects"]
    zones = objects["areas"]["geometries"]
    assert list(objects) == ["areas"]
    assert {zone["type"] for zone in zones} <= {"Polygon", "MultiPolygon"}
    assert len({zone["id"] for zone in zones}) == len(zones)
    assert len(content) < 200_000


@pytest.mark.parametrize(("name", "crs"), PROJECTED)
def test_a_format_is_read_back_in_metres(name: str, crs: int, tmp_path: Path) -> None:
    edition = edition_of(wanted=WantedLayer(areas=True, crs=crs))
    found = read_back(name, FORMATS[name].write(edition), tmp_path)
    check_same(name, found, edition)
    if crs == 3035:  # of equal areas: the plane has those of the ellipsoid
        for read in found.values():
            assert read.geometry.area / 1e6 == pytest.approx(read.properties["area_km2"], rel=WITHIN, abs=0.06)
    if name != "geoparquet":
        path = tmp_path / f"zones{FORMATS[name].ending}"
        assert pyogrio.read_info(path, layer=pyogrio.list_layers(path)[0][0])["crs"] == f"EPSG:{crs}"


@pytest.mark.parametrize("name", ["flatgeobuf", "topojson"])
def test_areas_alone_and_one_language(name: str, tmp_path: Path) -> None:
    found = read_back(name, FORMATS[name].write(edition_of(wanted=WantedLayer(areas=True, lang="uk"))), tmp_path)
    assert all(read.properties["area_km2"] > 0 for read in found.values())
    assert found["crimea"].properties["name"] == "Крим"
    assert not {field for read in found.values() for field in read.properties if field.endswith(("_en", "_uk"))}


def test_a_sequence_has_the_features_of_the_layer() -> None:
    edition = edition_of()
    records = FORMATS["geojson_sequence"].write(edition).split(b"\x1e")
    assert records[0] == b""
    layer = json.loads(FORMATS["layer"].write(edition))
    assert [json.loads(record) for record in records[1:]] == layer["features"]


def test_topojson_runs_clockwise_and_has_every_edge_once() -> None:
    edition = edition_of()
    topology = json.loads(FORMATS["topojson"].write(edition))
    scale, corner = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + corner for arc in topology["arcs"]]
    edges = [frozenset(map(tuple, np.round(pair, 6))) for arc in arcs for pair in pairwise(arc)]
    assert len(set(edges)) == len(edges)
    layer = {zone.id: zone.geometry for zone in edition.zones}
    for zone in topology["objects"]["areas"]["geometries"]:
        rings = [[joined(arcs, ring) for ring in polygon] for polygon in zone["arcs"]]
        assert not any(shapely.is_ccw(shapely.LinearRing(outer)) for outer, *_ in rings)
        built = shapely.MultiPolygon([(outer, inner) for outer, *inner in rings])
        assert shapely.equals(shapely.set_precision(built, 1e-6), layer[zone["id"]])


def joined(arcs: list[np.ndarray], course: list[int]) -> np.ndarray:
    """A ring from its arcs; each begins where the one before it ends."""
    pieces = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in course]
    assert all(np.allclose(one[-1], other[0]) for one, other in pairwise(pieces))
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def test_a_geopackage_has_a_style_for_each_layer_and_a_rule_for_each_zone(tmp_path: Path) -> None:
    edition = edition_of()
    path = tmp_path / "zones.gpkg"
    path.write_bytes(FORMATS["geopackage"].write(edition))
    about, _, _, columns = raw.read(path, layer="layer_styles", read_geometry=False)
    styles = dict(zip(about["fields"], columns, strict=True))
    assert {*styles["f_table_name"]} == BY_SHAPE
    assert styles["useAsDefault"].all()
    rules = "".join(styles["styleQML"])
    assert all(rules.count(f"'{zone.id}'") == 1 for zone in edition.zones)
    assert all(mark in rules for mark in ("LinePatternFill", "PointPatternFill", "customdash", "#7f66a8"))


def test_kml_has_names_descriptions_and_fills() -> None:
    written = FORMATS["kml"].write(edition_of(wanted=WantedLayer(lang="zh-Hant"))).decode()
    assert "<name>克里米亞</name>" in written
    assert "<color>a6dab1c3</color>" in written  # #c3b1da, from the last to the first
    assert written.count("<description>") == 1 + len(edition_of().properties)
    assert "OGR_STYLE" not in written


def test_short_names_are_short_and_no_two_alike() -> None:
    languages = read_languages()
    several = Languages((*languages.read, replace(languages.read[-1], tag="zh-Hans")))
    names = [*edition_of().properties[0], "name_zh_hans", "title_zh_hans", "oblast_name_zh_hans"]
    short = short_names(names, several)
    assert len({*short.values()}) == len(names)
    assert max(map(len, short.values())) <= LONGEST
    assert short["name_zh_hant"] == "name_zh"


def test_geoparquet_says_what_its_geometry_is(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "zones.parquet"
    path.write_bytes(FORMATS["geoparquet"].write(edition_of(wanted=WantedLayer(crs=3035))))
    about = json.loads(parquet.read_schema(path).metadata[b"geo"])
    column = about["columns"][about["primary_column"]]
    assert (about["version"], column["crs"]["id"]["code"]) == ("1.1.0", 3035)
    assert column["covering"]["bbox"]["xmax"] == ["bbox", "xmax"]
    assert {*column["geometry_types"]} >= {"MultiPolygon", "Point"}


def test_the_bundle_has_every_file_with_its_hash() -> None:
    with zipfile.ZipFile(io.BytesIO(PRODUCTS["bundle"].write(edition_of()))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    sums = dict(line.split("  ")[::-1] for line in files.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    for product in FORMATS.values():
        assert {f"{PLAN}_2025-11-20{product.ending}", f"areas/{PLAN}_2025-11-20{product.ending}"} <= files.keys()
    assert {
        "README.txt",
        "LICENCE.txt",
        "CITATION.cff",
        "proposal.toml",
        f"areas/{PLAN}_2025-11-20.qml",
    } <= files.keys()
    with zipfile.ZipFile(io.BytesIO(files[f"{PLAN}_2025-11-20.shp.zip"])) as shapes:
        assert {f"{name}.qml" for name in BY_SHAPE} <= {*shapes.namelist()}
    assert json.loads(files["CITATION.cff"])["license"] == "CC-BY-4.0"


@pytest.mark.slow
def test_the_bytes_depend_on_no_clock_and_no_process() -> None:
    code = (
        "import hashlib; from tests.layers.test_formats import FORMATS, PRODUCTS, edition_of;"
        "rows = [*FORMATS.values(), PRODUCTS['bundle']];"
        "print([hashlib.sha256(row.write(edition_of())).hexdigest() for row in rows])"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Taipei"))
    ]
    assert made[0] == made[1]

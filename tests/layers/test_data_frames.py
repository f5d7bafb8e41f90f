"""``import layers`` gives what a notebook needs: the values of the files, for every date, loaded when first used."""

import csv
import inspect
import io
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
import shapely

import layers
from geo.errors import ClausemapError
from geo.geojson import Feature, feature_collection, read_features
from geo.measure import area_km2
from layers.catalogue.model import Catalogue
from layers.control_map import LEVELS
from layers.errors import ControlError, DateError, UnknownError
from layers.files import cell
from layers.tables.areas import area_columns
from tests.layers.conftest import DATES, SOME_DATES, cached_study, derived, proposals
from tests.words import INSTALLED

US, DAY = "us-28-points", "2025-11-20"
HEAVY = ("geopandas", "pandas", "shapely", "pyproj", "numpy", "pyogrio")


def loaded_after(code: str) -> list[str]:
    """Which heavy packages a Python has loaded after some code."""
    asked = f"{code}\nimport sys; print(*(name for name in {HEAVY} if name in sys.modules))"
    return subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()


def test_nothing_heavy_is_loaded_before_a_function_is_used() -> None:
    assert loaded_after("import layers; dir(layers); layers.__all__") == []
    assert loaded_after("from layers.catalogue.model import load_catalogue; load_catalogue()") == []
    assert "shapely" in loaded_after("import layers; layers.load_zones")


def test_every_function_is_documented_typed_and_a_verb() -> None:
    assert set(layers.__all__) <= set(dir(layers))
    for name in layers.__all__:
        function = getattr(layers, name)
        signature = inspect.signature(function)
        assert name.partition("_")[0] in {"compare", "list", "load", "measure", "read"}
        assert inspect.getdoc(function)
        assert re.search("DataFrame|Measurement", str(signature.return_annotation))
        assert all(one.annotation is not one.empty for one in signature.parameters.values())
        assert not (Path(layers.__file__).parent / name).exists()
    with pytest.raises(AttributeError, match="no attribute 'load_nothing'"):
        layers.load_nothing  # noqa: B018


def test_proposals_are_listed_by_date(committed: Catalogue) -> None:
    frame = layers.list_proposals()
    assert set(frame["id"]) == set(committed.proposals)
    assert list(frame["date"]) == sorted(frame["date"])
    for row in frame.to_dict("records"):
        built = committed.proposals[row["id"]]
        assert (row["date"], row["status"], row["by"]) == (built.date, built.status, ",".join(built.by))
        assert row["as_of"] == built.dates[0]
        assert row["title_zh_hant"] == built.texts["title"]["zh-Hant"]


@pytest.mark.parametrize("proposal_id", proposals())
def test_zones_are_those_of_the_file(committed: Catalogue, proposal_id: str) -> None:
    (edition,) = committed.proposals[proposal_id].editions.values()
    features = read_features(committed.root / edition.products["layer"].path)
    requested = committed.proposals[proposal_id].own_date
    frame = layers.load_zones(proposal_id)
    assert frame.crs == "EPSG:4326"
    assert list(frame.columns) == [*features[0].properties, "geometry"]
    assert len(frame) == len(features)
    for row, feature in zip(frame.to_dict("records"), features, strict=True):
        assert shapely.equals_exact(row.pop("geometry"), feature.geometry)
        known = {name: None if pd.isna(value) else value for name, value in row.items()}
        assert known == {**feature.properties, "requested_as_of": requested}


@pytest.mark.parametrize("as_of", SOME_DATES)
def test_every_date_can_be_asked_for(as_of: str) -> None:
    frame = layers.load_zones(US, as_of)
    zones = derived(US, as_of).features
    assert list(frame["id"]) == [zone.id for zone in zones]
    assert frame["area_km2"].dropna().tolist() == [
        zone.properties["area_km2"] for zone in zones if zone.properties["area_km2"] is not None
    ]


def test_areas_are_those_of_the_table(committed: Catalogue) -> None:
    edition = committed.proposals[US].editions[DAY]
    rows = list(csv.reader(io.StringIO(committed.read(edition.products["areas_csv"]).decode())))
    frame = layers.load_areas(US, DAY)
    assert list(frame.columns) == list(area_columns(INSTALLED)) == rows[0]
    shown = [[str(cell(None if pd.isna(value) else value)) for value in row] for row in frame.itertuples(index=False)]
    assert shown == rows[1:]


@pytest.mark.parametrize(
    "given", ["2025-11-25", date(2025, 11, 25), datetime(2025, 11, 25, 23, 59), pd.Timestamp("2025-11-25")]
)
def test_a_date_is_a_text_or_a_date_and_takes_the_map_before_it(given: str | date) -> None:
    before = max(day for day in DATES if day <= "2025-11-25")
    for frame in (layers.load_zones(US, given), layers.load_areas(US, given), layers.load_control(given)):
        assert set(frame["requested_as_of"]) == {"2025-11-25"}
        assert set(frame["as_of"]) == {before}


def test_the_levels_of_control_lie_in_one_another() -> None:
    frame = layers.load_control(DAY)
    assert frame.crs == "EPSG:4326"
    assert tuple(frame["level"]) == LEVELS
    areas = [area_km2(geometry) for geometry in frame.geometry]
    assert areas == sorted(areas)
    ukraine = cached_study().reference.ukraine
    assert area_km2(frame.geometry[1].intersection(ukraine)) == pytest.approx(115_200, abs=100)
    assert set(layers.load_control()["as_of"]) == {DATES[-1]}


def test_a_control_map_of_any_publisher_is_read(shared: Path) -> None:
    path = shared / "samples/control/deepstate-mirror_2025-11-20.geojson"
    frame = layers.read_control_map(path)
    assert list(frame.columns) == list(layers.load_control().columns)
    assert frame["level"][0] == "held"
    assert set(frame["as_of"]) == {"2025-11-19"}  # a map of 03:00 in the morning covers the date before
    assert area_km2(frame.geometry[0]) == pytest.approx(115_000, rel=0.02)
    assert all(isinstance(finding, str) for finding in frame.attrs["findings"])


@pytest.mark.parametrize(
    ("asked", "error", "said"),
    [
        (lambda: layers.load_zones("nope"), UnknownError, "unknown proposal 'nope'; known: "),
        (lambda: layers.load_areas("../nope"), UnknownError, "unknown proposal '../nope'; known: "),
        (lambda: layers.load_zones(US, "2024-07-31"), DateError, "the first is of 2024-08-01"),
        (lambda: layers.load_zones(US, "20 November"), DateError, "'20 November' is not a date"),
        (lambda: layers.load_areas(US, 20251120), DateError, "'20251120' is not a date"),  # type: ignore[arg-type]
        (lambda: layers.load_control(date(2020, 1, 1)), DateError, "the first is of 2024-08-01"),
        (lambda: layers.read_control_map("nope.geojson"), ControlError, "nope.geojson: cannot be read"),
        (lambda: layers.read_control_map("nope.geojson", "x"), DateError, "'x' is not a date"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(asked: Callable[[], object], error: type[ClausemapError], said: str) -> None:
    with pytest.raises(error) as raised:
        asked()
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_map_that_names_no_date_is_given_one(tmp_path: Path) -> None:
    path = tmp_path / "map.geojson"
    held = Feature("1", {"status": "occupied"}, layers.load_control(DAY).geometry[1])
    path.write_bytes(feature_collection([held]))
    with pytest.raises(ControlError, match="names no date; give it as as_of='YYYY-MM-DD'"):
        layers.read_control_map(path)
    assert set(layers.read_control_map(path, date.fromisoformat(DAY))["as_of"]) == {DAY}

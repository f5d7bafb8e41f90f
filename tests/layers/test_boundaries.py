"""Outlines of oblasts from elsewhere: matched by code or by name, checked, and what they would change."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import geopandas
import pytest
import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from geo.measure import area_km2
from layers.boundaries.names import known_names, match_rows
from layers.boundaries.reading import Boundaries, Examined, examine_boundaries, read_boundaries
from layers.dates import own_control_date
from layers.errors import BoundaryError
from layers.reference.register import SOURCES, read_rows
from layers.reference.study_data import StudyData
from layers.zones.outline_effect import effect_csv, outline_effect
from tests.layers.conftest import cached_study, proposals

EMBEDDED = cached_study().reference.oblasts
OUTLINES = {iso: oblast.outline for iso, oblast in EMBEDDED.items()}
Outlines = dict[str, BaseGeometry]


def written(folder: Path, outlines: Outlines, ending: str = "geojson") -> Path:
    """A file of these outlines, in the reverse order."""
    rows = {"iso": list(outlines)[::-1]}
    frame = geopandas.GeoDataFrame(rows, geometry=list(outlines.values())[::-1], crs="EPSG:4326")
    frame.to_file(folder / f"outlines.{ending}")
    return folder / f"outlines.{ending}"


def verdicts(examined: Examined | Boundaries) -> dict[str, str]:
    """The verdict of each finding by its code; of several with one code the last."""
    return {finding.code: finding.verdict for finding in examined.findings}


def said(examined: Examined, code: str) -> str:
    """The message of a finding."""
    return next(finding.message for finding in examined.findings if finding.code == code)


@pytest.fixture(scope="session")
def osm(shared: Path) -> Boundaries:
    return read_boundaries(shared / "samples/boundaries/adm1_osm_land.geojson", EMBEDDED)


@pytest.mark.slow
def test_real_outlines_pass_as_they_are(osm: Boundaries, shared: Path) -> None:
    path = shared / "samples/boundaries/adm1_osm_land.geojson"
    frame = geopandas.read_file(path).set_index("iso")
    assert osm.findings == ()
    assert list(osm.oblasts) == list(EMBEDDED)
    for iso, oblast in osm.oblasts.items():
        assert oblast.area_km2 == area_km2(frame.geometry[iso])
        assert (oblast.names, oblast.official_km2) == (EMBEDDED[iso].names, EMBEDDED[iso].official_km2)
    assert osm.oblasts["UA-65"].area_km2 == pytest.approx(26_314.9, abs=0.05)
    assert osm.source_name == "adm1_osm_land.geojson"
    started = time.monotonic()
    read_boundaries(path, EMBEDDED)
    assert time.monotonic() - started < 10


def test_a_mainland_that_is_a_hole_is_refused_by_name(shared: Path) -> None:
    examined = examine_boundaries(shared / "samples/boundaries/kherson_mainland-as-hole.geojson", EMBEDDED)
    assert verdicts(examined) == {"mainland-is-hole": "refused", "unit-lacking": "refused"}
    assert said(examined, "mainland-is-hole").startswith("Kherson (UA-65): ")
    assert "Kherson" not in said(examined, "unit-lacking")
    assert examined.units == {}


def test_the_embedded_outlines_have_two_units_far_from_the_official_area() -> None:
    examined = examine_boundaries(SOURCES / "oblasts.geojson", EMBEDDED)
    assert verdicts(examined) == {"unit-off": "told"}
    assert [finding.message.split(" (")[0] for finding in examined.findings] == ["Sevastopol", "Kyiv City"]


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "shp"])
def test_each_format_gives_the_same_outlines(ending: str, tmp_path: Path) -> None:
    boundaries = read_boundaries(written(tmp_path, OUTLINES, ending), EMBEDDED)
    assert list(boundaries.oblasts) == list(EMBEDDED)
    for iso, oblast in boundaries.oblasts.items():
        assert oblast.area_km2 == pytest.approx(EMBEDDED[iso].area_km2, rel=1e-6)


def without_one(outlines: Outlines) -> None:
    del outlines["UA-07"]


def overlapping(outlines: Outlines) -> None:
    outlines["UA-65"] = shapely.union(outlines["UA-65"], shapely.box(32.0, 47.0, 32.5, 47.3))


def city_in_its_oblast_twice(outlines: Outlines) -> None:
    outlines["UA-32"] = shapely.union(outlines["UA-32"], outlines["UA-30"])


def with_a_gap(outlines: Outlines) -> None:
    outlines["UA-53"] = shapely.difference(outlines["UA-53"], shapely.box(33.5, 49.5, 33.9, 49.7))


def with_a_strip_to_the_border(outlines: Outlines) -> None:
    outlines["UA-59"] = shapely.difference(outlines["UA-59"], shapely.box(33.0, 51.0, 36.0, 51.01))


def far_too_large(outlines: Outlines) -> None:
    outlines["UA-43"] = shapely.union(outlines["UA-43"], shapely.box(30, 43.5, 36, 44))


def elsewhere(outlines: Outlines) -> None:
    for iso in outlines:
        outlines[iso] = affinity.translate(outlines[iso], 60)


def crossing_itself(outlines: Outlines) -> None:
    outlines["UA-30"] = shapely.Polygon([(30.2, 50.2), (30.9, 50.6), (30.9, 50.2), (30.2, 50.6)])


def without_ground(outlines: Outlines) -> None:
    outlines["UA-30"] = shapely.Point(30.5, 50.4)


@pytest.mark.parametrize(
    ("damage", "code", "words"),
    [
        (without_one, "unit-lacking", "lacks Volyn (UA-07)"),
        (overlapping, "units-overlap", "of Kherson and Mykolaiv at 32."),
        (city_in_its_oblast_twice, "units-overlap", "of Kyiv and Kyiv City"),
        (with_a_gap, "gaps-between-units", "of Poltava at 33.7"),
        (with_a_strip_to_the_border, "gaps-between-units", "of Sumy and Chernihiv at 33."),
        (far_too_large, "sum-off", "from the official 603,543 km²"),
        (elsewhere, "out-of-range", "not Ukraine in degrees"),
        (crossing_itself, "self-crossing-rings", "mend the outline by hand"),
        (without_ground, "no-polygons", "is a Point without ground"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_outlines_that_cannot_be_used_are_refused_with_what_and_where(
    damage: Callable[[Outlines], None], code: str, words: str, tmp_path: Path
) -> None:
    outlines = dict(OUTLINES)
    damage(outlines)
    path = written(tmp_path, outlines)
    examined = examine_boundaries(path, EMBEDDED)
    assert verdicts(examined)[code] == "refused"
    assert words in said(examined, code)
    with pytest.raises(BoundaryError, match=code):
        read_boundaries(path, EMBEDDED)


def test_the_same_unit_twice_and_a_code_against_its_name_are_refused(tmp_path: Path) -> None:
    frame = geopandas.GeoDataFrame(
        {"iso": list(OUTLINES), "name": [EMBEDDED[iso].names["en"] for iso in OUTLINES]},
        geometry=list(OUTLINES.values()),
        crs="EPSG:4326",
    )
    frame.loc[frame["iso"] == "UA-07", "iso"] = "UA-46"
    frame.to_file(tmp_path / "codes.geojson")
    examined = examine_boundaries(tmp_path / "codes.geojson", EMBEDDED)
    assert verdicts(examined)["unit-twice"] == verdicts(examined)["code-and-name-differ"] == "refused"
    assert "has the code UA-46 and is called Volyn" in said(examined, "code-and-name-differ")
    assert "Volyn (UA-07)" in said(examined, "unit-lacking")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda shape: shapely.force_3d(shape, 5.0), "three-dimensions"),
        (lambda shape: shapely.transform(shape, lambda xy: xy[:, ::-1]), "swapped-axes"),
    ],
)
def test_what_can_be_repaired_is_repaired_and_told(
    change: Callable[[BaseGeometry], BaseGeometry], code: str, tmp_path: Path
) -> None:
    path = written(tmp_path, {iso: change(outline) for iso, outline in OUTLINES.items()})
    boundaries = read_boundaries(path, EMBEDDED)
    assert verdicts(boundaries)[code] == "repaired"
    for iso, oblast in boundaries.oblasts.items():
        assert oblast.area_km2 == pytest.approx(EMBEDDED[iso].area_km2, rel=1e-6)
        assert not oblast.outline.has_z


def test_another_crs_is_reprojected_and_told(tmp_path: Path) -> None:
    frame = geopandas.GeoDataFrame({"iso": list(OUTLINES)}, geometry=list(OUTLINES.values()), crs="EPSG:4326")
    frame.to_crs("EPSG:32636").to_file(tmp_path / "utm.gpkg")
    boundaries = read_boundaries(tmp_path / "utm.gpkg", EMBEDDED)
    assert verdicts(boundaries)["other-crs"] == "repaired"
    assert boundaries.oblasts["UA-14"].area_km2 == pytest.approx(EMBEDDED["UA-14"].area_km2, rel=1e-4)


def test_clockwise_rings_are_turned_and_told(tmp_path: Path) -> None:
    turned = {iso: shapely.orient_polygons(outline, exterior_cw=True) for iso, outline in OUTLINES.items()}
    boundaries = read_boundaries(written(tmp_path, turned), EMBEDDED)
    assert verdicts(boundaries)["clockwise-rings"] == "repaired"
    assert all(part.exterior.is_ccw for part in shapely.get_parts(boundaries.oblasts["UA-14"].outline))


def test_slivers_are_cleaned_and_told(tmp_path: Path) -> None:
    outlines = dict(OUTLINES)
    outlines["UA-53"] = shapely.set_precision(outlines["UA-53"], 1e-4)
    boundaries = read_boundaries(written(tmp_path, outlines), EMBEDDED)
    assert verdicts(boundaries)["slivers-between-units"] == "repaired"
    assert shapely.coverage_is_valid([oblast.outline for oblast in boundaries.oblasts.values()])
    assert boundaries.oblasts["UA-53"].area_km2 == pytest.approx(EMBEDDED["UA-53"].area_km2, abs=1)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "none of them"),
        (b"PK\x03\x04", "an archive unpacked"),
        (b"<OGRVRTDataSource/>", "none of them"),
        (b'{"type":"FeatureCollection","features":[{"type":', "damaged"),
        (b'{"type":"FeatureCollection","features":[]}', "no outlines"),
    ],
)
def test_what_is_no_file_of_outlines_is_told(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "outlines.geojson"
    path.write_bytes(content)
    with pytest.raises(BoundaryError, match=words):
        examine_boundaries(path, EMBEDDED)
    with pytest.raises(BoundaryError, match="cannot be read"):
        examine_boundaries(tmp_path / "absent.geojson", EMBEDDED)


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("Zaporizhia Oblast", "UA-23"), ("Donets'k", "UA-14"), ("Mykolayiv", "UA-48"), ("Luhans'ka oblast", "UA-09"),
        ("Krym", "UA-43"), ("Republic of Crimea", "UA-43"), ("Avtonomna Respublika Krym", "UA-43"),
        ("АР Крим", "UA-43"), ("Sevastopol City", "UA-40"), ("Sevastopol'", "UA-40"), ("город Севастополь", "UA-40"),
        ("м. Київ", "UA-30"), ("Kyiv City", "UA-30"), ("Kyiv Oblast", "UA-32"), ("Kyyivs'ka", "UA-32"),
        ("Київська область", "UA-32"), ("Киевская область", "UA-32"), ("基輔州", "UA-32"), ("基輔市", "UA-30"),
        ("Khmel'nyts'kyy", "UA-68"), ("L'viv", "UA-46"), ("Дніпропетровська обл.", "UA-12"), ("Odessa", "UA-51"),
        ("Chernihivs’ka", "UA-74"), ("Transcarpathia", "UA-21"), ("Ивано-Франковская область", "UA-26"),
        ("赫爾松州", "UA-65"), ("扎波罗热州", "UA-23"), ("UA-65", "UA-65"), ("UP08", "UA-65"), ("UA80", "UA-30"),
    ],
)  # fmt: skip
def test_units_are_matched_by_code_and_by_any_common_spelling(name: str, iso: str) -> None:
    assert match_rows([{"name": name}], known_names())[0].iso == iso


def test_no_spelling_means_two_units_but_kyiv() -> None:
    assert {isos for isos in known_names().names.values() if len(isos) > 1} == {frozenset({"UA-30", "UA-32"})}


@pytest.mark.parametrize(
    ("names", "isos"),
    [
        (["Kiev", "Kiev City"], ["UA-32", "UA-30"]),
        (["Київ", "Київська"], ["UA-30", "UA-32"]),
        (["Kyiv", "Kyiv"], [None, None]),
        (["Podolia", "Volyn"], [None, "UA-07"]),
    ],
)
def test_kyiv_without_more_words_is_the_one_that_no_other_is(names: list[str], isos: list[str | None]) -> None:
    assert [match.iso for match in match_rows([{"n": name} for name in names], known_names())] == isos


@pytest.mark.slow
def test_the_effect_of_other_outlines_is_what_the_table_says(osm: Boundaries, study: StudyData, tmp_path: Path) -> None:
    other = replace(study, reference=replace(study.reference, oblasts=osm.oblasts))
    table = read_rows(SOURCES / "outline-effect.csv")
    days = {row["proposal"]: row["as_of"] for row in table}
    own = {name: own_control_date(one.date.isoformat(), study.control.dates) for name, one in proposals().items()}
    assert days == own
    effects = [effect for name, day in days.items() for effect in outline_effect(study, other, proposals()[name], day)]
    (tmp_path / "effect.csv").write_bytes(effect_csv(effects))
    computed = read_rows(tmp_path / "effect.csv")
    assert [list(row.values())[:4] for row in computed] == [list(row.values())[:4] for row in table]
    for row, shown in zip(computed, table, strict=True):
        for key in ("embedded_km2", "other_km2"):
            assert float(shown[key]) == pytest.approx(float(row[key]), rel=0.001, abs=0.5)
        difference = float(shown["other_km2"]) - float(shown["embedded_km2"])
        assert float(shown["difference_km2"]) == pytest.approx(difference, abs=0.051)


def test_the_same_outlines_change_nothing(study: StudyData) -> None:
    effects = outline_effect(study, study, proposals()["us-28-points"], "2025-11-20")
    assert {effect.difference_km2 for effect in effects} == {0.0}

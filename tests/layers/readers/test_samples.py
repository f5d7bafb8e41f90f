"""The real files beside the repository, each told by its content and read in full."""

import shutil
from pathlib import Path

import pytest

from layers.readers import RawMap, read_control

EXPECTED = {
    "deepstate-mirror_2025-11-20.geojson": ("deepstate-mirror", "DeepState", "deepstate", "2025-11-20", "2025-11-19"),
    "deepstate-dump_2025-08-03.geojson": ("deepstate-dump", "DeepState", "deepstate", "2025-08-03", "2025-08-03"),
    "uacontrolmap_2025-11-20.json": ("uacontrolmap", "UA Control Map", "uacontrolmap", "2025-11-20", "2025-11-20"),
    "uacontrolmap_2025-12-30_empty.json": (
        "uacontrolmap", "UA Control Map", "uacontrolmap", "2025-12-30", "2025-12-30"
    ),
    "nzz_2025-11-20.json": ("nzz", "NZZ", "nzz", "2025-11-19", "2025-11-19"),
    "creamycaprice_2025-11-18.kml": ("kml", "Creamy Caprice", "kml", "2025-11-18", "2025-11-18"),
    "isw_2025-11-19_null-and-invalid.geojson": ("isw", "ISW", "isw", "2025-11-19", "2025-11-19"),
    "isw_2202-02-02_impossible-date.geojson": ("isw", "ISW", "isw", "2202-02-02", "2202-02-02"),
}  # fmt: skip


def sample(shared: Path, name: str) -> RawMap:
    return read_control(shared / "samples/control" / name)


def codes(raw: RawMap) -> set[str]:
    return {finding.code for finding in raw.findings}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_is_told_by_its_content(shared: Path, name: str) -> None:
    raw = sample(shared, name)
    assert (raw.format, raw.publisher, raw.slug, raw.file_date, raw.as_of) == EXPECTED[name]
    assert len(raw.sha256) == 64


@pytest.mark.parametrize("name", EXPECTED)
def test_the_name_of_a_file_does_not_tell_its_format(shared: Path, tmp_path: Path, name: str) -> None:
    other = tmp_path / "map.txt"
    shutil.copyfile(shared / "samples/control" / name, other)
    raw = read_control(other)
    assert (raw.format, raw.publisher) == EXPECTED[name][:2]


def test_the_dump_is_taken_by_class(shared: Path) -> None:
    raw = sample(shared, "deepstate-dump_2025-08-03.geojson")
    by_role = {role: {part.name for part in raw.classes if part.role == role} for role in ("held", "contested")}
    assert by_role["held"] == {"Occupied", "CADR and CALR", "Occupied Crimea", "Occupied Tuzla Island"}
    assert by_role["contested"] == {"Unknown status"}
    left_out = {part.name for part in raw.classes if part.role == "left out"}
    assert {"Occupied Petsamo", "Occupied Abkhazia", "Transnistria", "Occupied Southern Kuril islands"} <= left_out
    assert codes(raw) == {"not-polygons", "left-out", "three-dimensional"}


def test_nzz_says_loudly_what_it_leaves_out(shared: Path) -> None:
    raw = sample(shared, "nzz_2025-11-20.json")
    assert {part.name: part.role for part in raw.classes} == {
        "nochange": "held", "gains": "held", "losses": "left out"
    }  # fmt: skip
    told = next(finding for finding in raw.findings if finding.code == "missing-before-2022")
    assert "--add" in told.message
    assert sum(part.area_km2 or 0 for part in raw.classes) == pytest.approx(72_000, rel=0.02)


def test_isw_tells_its_null_geometries(shared: Path) -> None:
    raw = sample(shared, "isw_2025-11-19_null-and-invalid.geojson")
    assert len(raw.held) == 8
    told = next(finding for finding in raw.findings if finding.code == "null-geometry")
    assert "3 of 11" in told.message


def test_kml_takes_the_style_ru(shared: Path) -> None:
    raw = sample(shared, "creamycaprice_2025-11-18.kml")
    assert [(part.name, part.role) for part in raw.classes] == [("style ru", "held"), ("style ua", "left out")]
    assert raw.vertices == 26_284

"""Files of outlines as people have them: several layers, Cyrillic tables, damaged, no files at all, tangled."""

import os
import warnings
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from layers.boundaries.reading import examine_boundaries, read_boundaries
from layers.errors import BoundaryError
from tests.layers.test_boundaries import EMBEDDED, OUTLINES, said, verdicts, written


def test_the_layer_with_polygons_is_taken_in_one_line(shared: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = shared / "samples/faults/b01_two_layers.gpkg"
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        examined = examine_boundaries(path, EMBEDDED)
    assert list(examined.units) == list(EMBEDDED)  # 27 squares, which are no outlines
    assert warned == []
    assert capfd.readouterr() == ("", "")


def test_an_empty_layer_is_none_and_two_with_polygons_are_named(tmp_path: Path) -> None:
    path = written(tmp_path, OUTLINES, "gpkg")
    frame = geopandas.read_file(path)
    frame.iloc[:0].to_file(path, layer="draft")
    assert list(read_boundaries(path, EMBEDDED).oblasts) == list(EMBEDDED)
    frame.iloc[:3].to_file(path, layer="three")
    with pytest.raises(BoundaryError, match=r"several layers with polygons \(outlines, three\); save the one"):
        examine_boundaries(path, EMBEDDED)


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8"])
@pytest.mark.parametrize("stated", [True, False])
def test_names_of_a_shapefile_in_cyrillic(tmp_path: Path, encoding: str, stated: bool) -> None:
    rows = {"NAZVA": [EMBEDDED[iso].names["uk"] for iso in OUTLINES]}
    frame = geopandas.GeoDataFrame(rows, geometry=list(OUTLINES.values()), crs="EPSG:4326")
    frame.to_file(tmp_path / "oblasti.shp", encoding=encoding)
    if not stated:
        (tmp_path / "oblasti.cpg").unlink()
    assert list(read_boundaries(tmp_path / "oblasti.shp", EMBEDDED).oblasts) == list(EMBEDDED)


def refusal(path: Path) -> str | None:
    """The message where a file is refused."""
    try:
        read_boundaries(path, EMBEDDED)
    except BoundaryError as error:
        return str(error)
    return None


@pytest.mark.parametrize("damage", ["cut", "no-shx", "zeros"])
@pytest.mark.parametrize("ending", ["gpkg", "shp", "geojson"])
def test_damaged_files_are_told_in_one_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], ending: str, damage: str
) -> None:
    path = written(tmp_path, OUTLINES, ending)
    whole = path.read_bytes()
    if damage == "no-shx":
        path.with_suffix(".shx").unlink(missing_ok=True)
    path.write_bytes({"cut": whole[:5_000], "no-shx": whole, "zeros": whole[:4_000] + bytes(9_000)}[damage])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        message = refusal(path)
    assert message is None or message.startswith(f"{path}: ")
    assert "SHAPE_RESTORE_SHX" not in str(message)
    assert capfd.readouterr() == ("", "")


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.geojson")
    for path, what in (
        (tmp_path / "pipe.geojson", "a named pipe"),
        (Path("/dev/zero"), "a device"),
        (tmp_path, "a fo"),
    ):
        with pytest.raises(BoundaryError, match=what):
            examine_boundaries(path, EMBEDDED)


def test_a_tangled_outline_is_refused(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    ring = np.column_stack([random.uniform(30.2, 30.9, 5_000), random.uniform(50.2, 50.6, 5_000)])
    examined = examine_boundaries(written(tmp_path, OUTLINES | {"UA-30": shapely.Polygon(ring)}), EMBEDDED)
    assert verdicts(examined)["self-crossing-rings"] == "refused"
    assert said(examined, "self-crossing-rings").startswith(
        "Kyiv City (UA-30): rings cross themselves more than 20,000"
    )


def test_a_speck_of_a_hole_outside_is_dropped_and_told(tmp_path: Path) -> None:
    volyn = shapely.get_parts(OUTLINES["UA-07"])[0]
    speck = shapely.box(30, 45, 30.0005, 45.0005).exterior
    with_speck = shapely.Polygon(volyn.exterior, [*volyn.interiors, speck])
    boundaries = read_boundaries(written(tmp_path, OUTLINES | {"UA-07": with_speck}), EMBEDDED)
    assert verdicts(boundaries)["stray-holes"] == "repaired"
    assert boundaries.oblasts["UA-07"].area_km2 == pytest.approx(EMBEDDED["UA-07"].area_km2, rel=1e-6)

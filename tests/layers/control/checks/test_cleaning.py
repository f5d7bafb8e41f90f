"""Every check of cleaning on a made file: what is mended and told, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from layers.errors import ControlError
from tests.layers.control.checks.conftest import Cleaning, is_sound
from tests.layers.readers.made import Ring, collection, feature, polygon, square

BOX = shapely.box(35, 48, 36, 49)
BOWTIE = [[35.0, 48.0], [36.0, 49.0], [36.0, 48.0], [35.0, 49.0], [35.0, 48.0]]
NICK = [[35.5, 49.0], [35.49, 49.01], [35.5, 49.01], [35.49, 49.0]]  # crosses itself in a corner


def nicked() -> Ring:
    ring = square()
    return [*ring[:3], *NICK, *ring[3:]]


def flipped(ring: Ring) -> Ring:
    return [[lat, lon] for lon, lat in ring]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (collection(feature(polygon(square()[::-1]))), "clockwise"),
        (collection(feature(polygon(nicked()))), "self-crossing"),
        (collection(feature(polygon(square())), feature(polygon(square()))), "duplicate"),
        (collection(feature(polygon(square())), feature(polygon(square()[2:] + square()[1:3]))), "duplicate"),
        (collection(feature({"type": "GeometryCollection", "geometries": [polygon(square())]})), "geometry-collection"),
        (collection(feature(polygon([[*position, 7.0] for position in square()]))), "three-dimensional"),
        (collection(feature(polygon(flipped(square())))), "swapped-axes"),
        (collection(feature(polygon(square())), feature(polygon(square(36.5, 48.5, 0.0005)))), "sliver"),
        (collection(feature(polygon(square())), feature(polygon(square(42, 48)))), "outside-ukraine"),
        (collection(feature(polygon(square(), [[35.1, 48.1], [35.2, 48.1]]))), "broken-ring"),
    ],
)
def test_what_can_be_mended_is_mended_and_told(cleaned: Cleaning, document: Any, code: str) -> None:
    result = cleaned(document)
    assert code in {finding.code for finding in result.findings if finding.verdict == "repaired"}
    assert is_sound(result.held)
    assert result.held.symmetric_difference(BOX).area < 1e-3
    assert result.raw.held == ()


def test_a_null_geometry_is_told(cleaned: Cleaning) -> None:
    result = cleaned(collection(feature(None), feature(polygon(square()))))
    assert ("null-geometry", "told") in {(finding.code, finding.verdict) for finding in result.findings}


def test_a_sound_map_has_no_findings(cleaned: Cleaning) -> None:
    result = cleaned(collection(feature(polygon(square()), id=1)))
    assert result.findings == ()
    assert result.area_before_km2 == pytest.approx(result.area_after_km2, rel=1e-6)
    assert result.inside_km2 == pytest.approx(result.area_after_km2, rel=1e-6)


@pytest.mark.parametrize("name", ["EPSG:3857", "urn:ogc:def:crs:EPSG::3857", "EPSG:32637"])
def test_a_crs_in_metres_is_turned_to_degrees(cleaned: Cleaning, name: str) -> None:
    import pyproj

    there = pyproj.Transformer.from_crs(4326, name.rpartition(":")[2], always_xy=True)
    ring = [list(there.transform(lon, lat)) for lon, lat in square()]
    result = cleaned(collection(feature(polygon(ring)), crs={"type": "name", "properties": {"name": name}}))
    assert result.findings[0].code == "reprojected"
    assert result.held.symmetric_difference(BOX).area < 1e-5


@pytest.mark.parametrize("name", ["EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326"])
def test_a_crs_in_degrees_changes_nothing(cleaned: Cleaning, name: str) -> None:
    result = cleaned(collection(feature(polygon(square())), crs={"type": "name", "properties": {"name": name}}))
    assert result.findings == ()


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (collection(), "no-polygons"),
        (collection(feature(None)), "no-polygons"),
        (collection(feature({"type": "Point", "coordinates": [35, 48]})), "no-polygons"),
        (collection(feature(polygon(square()), name="Liberated")), "no-polygons"),
        ({"areas": [], "units": {}}, "empty-day"),
        (collection(feature(polygon(BOWTIE))), "repair-too-large"),
        (collection(feature(polygon(square(2, 46)))), "outside-ukraine"),
        (collection(feature(polygon(square(35, 48, 0.01), square(36, 48)))), "mainland-is-hole"),
    ],
)
def test_what_cannot_be_mended_is_refused(cleaned: Cleaning, tmp_path: Path, document: Any, code: str) -> None:
    with pytest.raises(ControlError) as refused:
        cleaned(document)
    assert refused.value.code == code
    assert str(refused.value).startswith(f"{tmp_path / 'map.geojson'}: ")


def test_the_real_outline_whose_mainland_is_a_hole(cleaned: Cleaning, shared: Path) -> None:
    text = (shared / "samples/boundaries/kherson_mainland-as-hole.geojson").read_text("utf-8")
    with pytest.raises(ControlError) as refused:
        cleaned(json.loads(text))
    assert refused.value.code == "mainland-is-hole"


def test_contested_ground_that_is_held_counts_as_held(cleaned: Cleaning) -> None:
    document = collection(
        feature(polygon(square()), name="Occupied"), feature(polygon(square(35.5)), name="Unknown status")
    )
    result = cleaned(document)
    assert "contested-and-held" in {finding.code for finding in result.findings}
    assert result.contested.equals(shapely.box(36, 48, 36.5, 49))


def test_ground_near_the_border_is_kept_but_not_counted(cleaned: Cleaning) -> None:
    result = cleaned(collection(feature(polygon(square(39.5, 49, 1.5)))))
    assert result.inside_km2 < result.area_after_km2 < result.area_before_km2
    assert result.outside_km2 == pytest.approx(result.area_before_km2 - result.inside_km2, rel=1e-6)

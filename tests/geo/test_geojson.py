"""Written GeoJSON follows RFC 7946; what is read is read strictly."""

import json
from pathlib import Path

import pyogrio
import pytest
import shapely

from geo.errors import GeometryError
from geo.geojson import Feature, canonical, feature_collection, read_features, read_members

CLOCKWISE = shapely.Polygon(
    [(30, 50), (30, 51), (31.12345678, 51), (31, 50)], [[(30.2, 50.2), (30.4, 50.2), (30.4, 50.4)]]
)


def test_rings_are_right_handed_rounded_and_boxed() -> None:
    written = json.loads(feature_collection([Feature("a", {"id": "a"}, CLOCKWISE)]))
    assert set(written) == {"type", "bbox", "features"}
    assert written["bbox"] == written["features"][0]["bbox"] == [30.0, 50.0, 31.123457, 51.0]
    outer, hole = written["features"][0]["geometry"]["coordinates"]
    assert shapely.LinearRing(outer).is_ccw
    assert not shapely.LinearRing(hole).is_ccw
    assert [31.123457, 51.0] in outer


def test_a_collection_can_have_a_name_beside_its_features(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    members = {"name": "a_2025-11-20", "description": 'Що це; "a".'}
    path.write_bytes(feature_collection([Feature("a", {"id": "a"}, CLOCKWISE)], members))
    assert list(json.loads(path.read_bytes())) == ["type", "bbox", "name", "description", "features"]
    assert read_members(path) == members
    assert [feature.id for feature in read_features(path)] == ["a"]
    info = pyogrio.read_info(path)
    assert (info["layer_name"], info["layer_metadata"]["DESCRIPTION"]) == tuple(members.values())


def test_same_shape_same_bytes_wherever_its_rings_begin() -> None:
    turned = shapely.Polygon([(30, 51), (31.12345678, 51), (31, 50), (30, 50)], [list(CLOCKWISE.interiors[0].coords)])
    one, other = (feature_collection([Feature("a", {}, shape)]) for shape in (CLOCKWISE, turned))
    assert one == other


def test_what_was_written_is_read_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_bytes(feature_collection([Feature("a", {"id": "a", "名": "é"}, CLOCKWISE)]))
    (feature,) = read_features(path)
    assert feature.id == "a"
    assert feature.properties["名"] == "é"
    assert feature.geometry.equals_exact(canonical(CLOCKWISE), 0)
    assert feature_collection([feature]) == path.read_bytes()


def document(geometry: object, **members: object) -> str:
    feature = {"type": "Feature", "properties": {"id": "kherson"}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature], **members})


SQUARE = {"type": "Polygon", "coordinates": [[[30, 50], [31, 50], [31, 51], [30, 51], [30, 50]]]}
BOWTIE = {"type": "Polygon", "coordinates": [[[30, 50], [31, 51], [31, 50], [30, 51], [30, 50]]]}
METRES = {"type": "Point", "coordinates": [3_600_000, 6_000_000]}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (document(SQUARE)[:-20], r"not JSON .* damaged or cut off"),
        ('{"type": "Topology", "objects": {}}', "not a GeoJSON FeatureCollection"),
        ("[]", "not a GeoJSON FeatureCollection"),
        ('{"type": "FeatureCollection", "features": []}', "no features"),
        (document(None), r"feature 1: has no geometry"),
        (document({"type": "Polygon", "coordinates": []}), r"feature 1 \(kherson\): the geometry is empty"),
        (document({"type": "Polygon", "coordinates": [[[30, 50], [31, 50]]]}), r"feature 1 \(kherson\): .* mend it"),
        (document(BOWTIE), r"feature 1 \(kherson\): Self-intersection.* not repaired"),
        (document(METRES), "not degrees; reproject"),
        (document(SQUARE, crs={"type": "name"}), "RFC 7946"),
    ],
)
def test_bad_files_are_refused_with_file_feature_and_remedy(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "bad.geojson"
    path.write_text(text)
    with pytest.raises(GeometryError, match=words) as refusal:
        read_features(path)
    assert str(path) in str(refusal.value)


def test_an_outline_whose_mainland_is_a_hole_is_refused(shared: Path) -> None:
    with pytest.raises(GeometryError, match="the mainland is a hole of another ring"):
        read_features(shared / "samples/boundaries/kherson_mainland-as-hole.geojson")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GeometryError, match="cannot be read"):
        read_features(tmp_path / "none.geojson")

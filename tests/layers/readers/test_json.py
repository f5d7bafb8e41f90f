"""JSON in its forms and wrappers: what is opened, what says that it is cut off, what it states of its CRS."""

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from layers.readers import read_control
from tests.layers.readers.made import collection, feature, polygon, saved, square
from tests.layers.readers.opened import BOX, HELD, MAP, codes, frame, is_box, refusal


@pytest.mark.parametrize(
    "document",
    [
        {"status": "ok", "data": MAP},
        {"result": {"items": [MAP]}},
        {"value": MAP},
        {"geojson": MAP},
        {"response": {"body": json.dumps(MAP)}},
        [HELD],
        {"features": [HELD]},
        collection(MAP),
        [MAP],
        [{"id": 1, "status": "held", "geom": polygon(square())}],
        [{"st_asgeojson": json.dumps(polygon(square()))}],
        {"rows": [{"status": "held", "the_geom": polygon(square())}, {"status": "held", "the_geom": None}][:1]},
        {"map": MAP, "points": collection(feature({"type": "Point", "coordinates": [35, 48]}))},
        {"extent": polygon(square(20, 40, 20)), "geojson": MAP},
    ],
)
def test_wrappers_are_opened(tmp_path: Path, document: Any) -> None:
    raw = read_control(saved(tmp_path, document))
    assert (raw.format, is_box(raw)) == ("geojson", True)


@pytest.mark.parametrize(
    ("document", "day"),
    [
        ({"id": 1763668800, "map": MAP, "datetime": "20 лис 2025"}, "2025-11-20"),
        ({"id": 1763676000, "map": MAP}, "2025-11-21"),  # midnight in Kyiv, 22:00 UTC
        ({"id": 1753995600, "map": MAP}, "2025-08-01"),  # midnight of summer time
        ({"date": "2025-11-20", "result": MAP}, "2025-11-20"),
        ({**MAP, "metadata": {"as_of": "20.11.2025"}}, "2025-11-20"),
        ({**MAP, "timeStamp": "2026-03-03T00:00:00Z"}, None),  # when a server was asked
    ],
)
def test_wrappers_say_their_day(tmp_path: Path, document: Any, day: str | None) -> None:
    raw = read_control(saved(tmp_path, document, "map.json"))
    assert raw.as_of == day
    assert is_box(raw)


def test_wrappers_of_several_maps(tmp_path: Path) -> None:
    other = collection(feature(polygon(square(30))))
    two = saved(tmp_path, {"held": MAP, "free": other})
    assert refusal(two).startswith("several-layers: has several layers with polygons (held, free)")
    days = saved(tmp_path, {"2025-11-19": other, "2025-11-20": MAP})
    assert refusal(days).startswith("several-days")
    assert is_box(read_control(days, day="2025-11-20"))
    history = saved(tmp_path, [{"id": 1763582400, "map": other}, {"id": 1763668800, "map": MAP}])
    assert refusal(history).startswith("several-days")
    assert is_box(read_control(history, day="2025-11-20"))
    nested = collection(*({**map_, "name": day} for day, map_ in (("2025-11-19", other), ("2025-11-20", MAP))))
    assert is_box(read_control(saved(tmp_path, nested), day="2025-11-20"))


def test_sequences_of_texts(tmp_path: Path) -> None:
    west, east = feature(polygon(square(35, 48, 0.5))), feature(polygon(square(35.5, 48, 0.5)))
    for name, content in (
        ("a.geojsonl", "\n".join(map(json.dumps, (west, east)))),
        ("a.geojsons", "".join(f"\x1e{json.dumps(one, indent=1)}\n" for one in (west, east))),
        ("a.ndjson", "\r\n".join(json.dumps(one["geometry"]) for one in (west, east)) + "\r\n\r\n"),
        ("a.json", json.dumps(collection(west)) + json.dumps(collection(east))),
    ):
        raw = read_control(saved(tmp_path, content, name))
        assert shapely.union_all(raw.held).area == pytest.approx(0.5)
    cut = saved(tmp_path, "\n".join(map(json.dumps, (west, east)))[:-30], "a.geojsonl")
    assert refusal(cut).startswith("unreadable: cannot be read as JSON")


# answers that are cut off


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"exceededTransferLimit": True}, "(exceededTransferLimit)"),
        ({"properties": {"exceededTransferLimit": True}}, "(properties: exceededTransferLimit)"),
        ({"numberMatched": 30, "numberReturned": 1}, "(numberMatched 30, here 1)"),
        ({"totalFeatures": 2}, "(totalFeatures 2, here 1)"),
        ({"links": [{"rel": "self", "href": "a"}, {"rel": "next", "href": "b"}]}, "(links: next)"),
        ({"next": "https://example.org/?page=2"}, "(next)"),
        ({"@odata.nextLink": "https://example.org/"}, "(@odata.nextLink)"),
        ({"pagination": {"total": 12}}, "(pagination: total 12, here 1)"),
        ({"hasMore": True}, "(hasMore)"),
    ],
)
def test_an_answer_that_says_that_it_is_cut_off(tmp_path: Path, members: Any, words: str) -> None:
    for document in ({**MAP, **members}, {"data": MAP, **members}):
        message = refusal(saved(tmp_path, document))
        assert message.startswith(f"partial-answer: the server says that there is more {words}")


@pytest.mark.parametrize(
    "members",
    [
        {"exceededTransferLimit": False, "next": None},
        {"numberMatched": 1, "numberReturned": 1, "links": [{"rel": "self", "href": "a"}]},
        {"numberMatched": "unknown", "totalFeatures": "unknown"},
        {"total": 115_000, "count": 3},  # of something else
    ],
)
def test_an_answer_that_is_whole(tmp_path: Path, members: Any) -> None:
    assert is_box(read_control(saved(tmp_path, {**MAP, **members})))


# other forms of JSON


def test_topojson(tmp_path: Path) -> None:
    arcs = [[[0, 0], [100, 0], [0, 100]], [[100, 100], [-100, 0], [0, -100]]]
    transform = {"scale": [0.01, 0.01], "translate": [35, 48]}
    held = {"type": "Polygon", "arcs": [[0, 1]], "properties": {"status": "held"}}
    turned = {"type": "MultiPolygon", "arcs": [[[~1, ~0]]]}
    for geometry in (
        held,
        turned,
        {"type": "GeometryCollection", "geometries": [{"type": "GeometryCollection", "geometries": [held]}]},
        {"type": "GeometryCollection", "geometries": [held, {"type": "Point", "coordinates": [1, 1]}, {"type": None}]},
    ):
        document = {"arcs": arcs, "transform": transform, "objects": {"a": geometry}, "type": "Topology"}
        assert is_box(read_control(saved(tmp_path, document)))
        assert is_box(read_control(saved(tmp_path, {"data": document})))
    document["objects"] = {"held": held, "free": held, "towns": {"type": "MultiPoint", "coordinates": [[1, 1]]}}
    assert "several-layers: has several layers with polygons (held, free)" in refusal(saved(tmp_path, document))
    document["objects"] = {"a": {"type": "Polygon", "arcs": [[0, 7]]}}
    assert refusal(saved(tmp_path, document)).startswith("unreadable")


def test_arcs_that_are_used_again_and_again_are_counted(tmp_path: Path) -> None:
    arcs = [[[35 + place / 1e6, 48 + place % 2] for place in range(100_000)]]
    objects = {"a": {"type": "MultiPolygon", "arcs": [[[0]]] * 1000}}
    path = saved(tmp_path, {"type": "Topology", "arcs": arcs, "objects": objects})
    assert refusal(path).startswith("too-many-vertices")


def test_esri_json(tmp_path: Path) -> None:
    outer, hole = square()[::-1], square(35.2, 48.2, 0.2)
    far = [[east + 2, north] for east, north in outer]
    attributes = {"status": "held", "stand": 1763640000000}
    document = {
        "geometryType": "esriGeometryPolygon",
        "spatialReference": {"wkid": 4326},
        "fields": [{"name": "stand", "type": "esriFieldTypeDate"}],
        "features": [{"attributes": attributes, "geometry": {"rings": [far, hole, outer]}}],
    }
    raw = read_control(saved(tmp_path, document), where="status=held")
    assert (raw.format, raw.as_of) == ("esrijson", "2025-11-20")
    assert sorted(round(part.area, 3) for part in raw.held) == [0.96, 1.0]
    assert refusal(saved(tmp_path, {**document, "exceededTransferLimit": True})).startswith("partial-answer")
    assert is_box(
        read_control(saved(tmp_path, {**document, "features": [{"attributes": {}, "geometry": {"rings": [square()]}}]}))
    )
    metres = json.loads(frame().to_crs(3857).to_json())["features"][0]["geometry"]["coordinates"]
    features = [
        {"attributes": {}, "geometry": {"rings": metres, "spatialReference": {"wkid": 102100}}},
        {"geometry": {}, "attributes": {}},
    ]
    assert is_box(read_control(saved(tmp_path, {"layers": [{"featureSet": {"features": features}}]})))
    curved = [{"attributes": {}, "geometry": {"curveRings": [[[35, 48]]]}}]
    assert "is Esri JSON with curves" in refusal(saved(tmp_path, {"features": curved}))


# what is stated of the CRS


def in_metres(**members: Any) -> dict[str, Any]:
    geometry = json.loads(frame().to_crs(3857).to_json())["features"][0]["geometry"]
    return collection(feature({**geometry, **members.pop("geometry", {})}) | members.pop("feature", {}), **members)


@pytest.mark.parametrize(
    "members",
    [
        {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}},
        {"crs": {"type": "EPSG", "properties": {"code": 3857}}},
        {"crs": {"type": "link", "properties": {"href": "http://spatialreference.org/ref/epsg/3857/proj4/"}}},
        {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::900913"}}},
        {"crs": "EPSG:3857"},
        {"crs": "SRID=3857"},
        {"crs": "3857"},
        {"crs": "http://www.opengis.net/def/crs/EPSG/0/3857"},
        {"coordRefSys": "http://www.opengis.net/def/crs/EPSG/0/3857"},
        {"crs": "WGS 84 / Pseudo-Mercator"},
        {"srid": 3857},
        {"spatialReference": {"wkid": 102100, "latestWkid": 3857}},
        {"feature": {"crs": "EPSG:3857"}},
        {"geometry": {"crs": {"type": "name", "properties": {"name": "EPSG:3857"}}}},
        {"geometry": {"srid": 3857}},
    ],
)
def test_a_crs_is_seen_wherever_it_is_stated(tmp_path: Path, members: Any) -> None:
    raw = read_control(saved(tmp_path, in_metres(**members)))
    assert is_box(raw)
    assert codes(raw) == {"reprojected"}
    assert is_box(read_control(saved(tmp_path, {"data": in_metres(**members)})))


@pytest.mark.parametrize(
    "crs",
    [
        None, "WGS84", "EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG:6.9:4326", {},
        {"type": "name", "properties": {"name": "OGC:CRS84"}}, "undefined",
        "https://www.opengis.net/def/crs/OGC/0/CRS84",
    ],
)  # fmt: skip
def test_longitude_and_latitude_in_any_spelling(tmp_path: Path, crs: Any) -> None:
    raw = read_control(saved(tmp_path, {**MAP, "crs": crs}))
    assert is_box(raw)
    assert codes(raw) == set()


def test_a_crs_that_cannot_be(tmp_path: Path) -> None:
    assert "in metres, but holds degrees" in refusal(saved(tmp_path, {**MAP, "crs": "EPSG:3857"}))
    mixed = collection(*in_metres(feature={"crs": "EPSG:3857"})["features"], HELD)
    assert "its features state several CRSs (EPSG:3857, none)" in refusal(saved(tmp_path, mixed))
    assert refusal(saved(tmp_path, in_metres(crs="EPSG:4326"))).startswith("not-degrees")


# the order of coordinates


def test_other_countries_are_no_swapped_coordinates(tmp_path: Path) -> None:
    others = [feature(polygon(square(west, south, 2))) for west, south in ((45, 39), (48, 39), (52, 45), (100, 30))]
    raw = read_control(saved(tmp_path, collection(HELD, *others)))
    assert "swapped-axes" not in codes(raw)
    assert any(part.equals(BOX) for part in raw.held)
    turned = collection(
        *(feature(polygon([[y, x] for x, y in square(west, south)])) for west, south in ((35, 48), (45, 39)))
    )
    raw = read_control(saved(tmp_path, turned))
    assert codes(raw) == {"swapped-axes"}
    assert any(part.equals(BOX) for part in raw.held)
    mixed = collection(HELD, feature(polygon([[y, x] for x, y in square(33, 47)])), *others)
    assert refusal(saved(tmp_path, mixed)).startswith("swapped-axes: polygons in Ukraine with longitude first (1)")

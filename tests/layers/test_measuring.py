"""Drawn lines and polygons: what they divide, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely
from shapely import LineString, MultiLineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

import layers
from geo.measure import area_km2
from layers.errors import DrawingError
from layers.measuring.drawing_file import MOST_BYTES, parse_drawing, read_drawing
from layers.measuring.measuring import Measurement

US = "us-28-points"
ACROSS = LineString([(31, 44), (33, 48), (36, 49), (38, 53)])


@pytest.fixture(scope="module")
def across() -> Measurement:
    return layers.measure_geometry(ACROSS, US, buffer_km=20)


def test_the_two_sides_make_up_the_whole(across: Measurement) -> None:
    whole = sum(area_km2(geometry) for geometry in layers.load_zones(US).query("partition").geometry)
    assert sum(sum(row.km2) for row in across.zones) == pytest.approx(whole, rel=1e-9)
    assert sum(across.km2) == pytest.approx(sum(sum(row.km2) for row in across.oblasts), rel=1e-12)
    assert across.rest_km2 is not None
    assert across.rest_km2[0] == pytest.approx(across.km2[0] - sum(row.km2[0] for row in across.zones), abs=1e-6)


def test_left_is_seen_from_the_first_point(across: Measurement) -> None:
    back = layers.measure_geometry(ACROSS.reverse(), US, buffer_km=20)
    assert across.km2[0] > across.km2[1]  # from south to north: the west
    assert back.km2 == pytest.approx(across.km2[::-1], rel=1e-7)
    assert across.buffer
    assert back.buffer
    assert back.buffer.km2 == pytest.approx(across.buffer.km2[::-1], rel=1e-6)
    assert [side.registered_before_war for side in back.settled] == [
        side.registered_before_war for side in reversed(across.settled)
    ]


def test_the_line_of_contact_lies_on_itself() -> None:
    zones = layers.load_zones(US)
    line = shapely.line_merge(shapely.union_all(zones[zones["kind"] == "line"].geometry.to_numpy()))
    longest = max(shapely.get_parts(line), key=lambda part: part.length)
    found = layers.measure_geometry(longest, US)
    assert found.contact_km == pytest.approx((0, 0), abs=0.01)
    held = {row.id: row.km2 for row in found.zones}
    assert held["donetsk-held"][0] == pytest.approx(0, abs=0.1)
    assert held["donetsk-buffer"][1] == pytest.approx(0, abs=0.1)


def test_an_area_has_an_inside() -> None:
    found = layers.measure_geometry(box(37, 47.5, 38, 48.5), US)
    assert found.sides == ("inside", "outside")
    assert found.km2[0] == pytest.approx(area_km2(box(37, 47.5, 38, 48.5)), rel=1e-6)
    assert "Donetsk" in [place.names["en"] for place in found.settled[0].places]


def test_without_a_proposal_there_are_oblasts_alone() -> None:
    found = layers.measure_geometry(ACROSS)
    assert (found.zones, found.rest_km2, found.contact_km, found.buffer) == ((), None, None, None)


def test_every_person_is_on_one_side(across: Measurement) -> None:
    whole = layers.measure_geometry(box(20.5, 41.5, 45, 53.5).difference(box(29.9, 50, 30, 50.1)))
    assert sum(side.registered_before_war for side in across.settled) == sum(
        side.registered_before_war for side in whole.settled
    )


def test_an_end_that_stops_just_short_of_the_border_is_lengthened() -> None:
    whole = layers.measure_geometry(LineString([(30, 44), (30, 53)])).km2
    border = LineString([(30, 44), (30, 53)]).intersection(shapely.union_all(_oblasts()))
    ends = shapely.get_coordinates(border)
    short = LineString([(30, ends[:, 1].min() + 0.01), (30, ends[:, 1].max() - 0.01)])
    assert layers.measure_geometry(short).km2 == pytest.approx(whole, abs=60)


def _oblasts() -> list[BaseGeometry]:
    sources = Path(layers.__file__).parent / "sources/oblasts.geojson"
    return [shapely.geometry.shape(one["geometry"]) for one in json.loads(sources.read_text("utf-8"))["features"]]


@pytest.mark.parametrize(
    ("drawn", "code"),
    [
        (LineString([(31, 44), (33, 48), (31, 48), (33, 46), (38, 53)]), "crosses-itself"),
        (Polygon([(31, 47), (33, 49), (33, 47), (31, 49)]), "crosses-itself"),
        (LineString([(31, 48), (36, 53)]), "ends-inside"),
        (LineString([(30, 43), (34, 43)]), "divides-nothing"),
        (box(30, 42, 31, 43), "divides-nothing"),
        (LineString([(10, 48), (36, 53)]), "outside-map"),
        (LineString([(44, 31), (53, 38)]), "outside-map"),
        (Point(31, 48), "no-geometry"),
        (shapely.GeometryCollection(), "no-geometry"),
        (MultiLineString([[(31, 44), (31, 53)], [(33, 44), (33, 53)]]), "several-lines"),
        (shapely.GeometryCollection([ACROSS, box(37, 47, 38, 48)]), "mixed"),
        (LineString([(31 + place * 1e-5, 44) for place in range(20_001)]), "too-many-points"),
    ],
)
def test_what_cannot_be_measured_is_refused(drawn: BaseGeometry, code: str) -> None:
    with pytest.raises(DrawingError) as refused:
        layers.measure_geometry(drawn)
    assert refused.value.code == code


@pytest.mark.parametrize("depth_km", [0, -1, 1000, float("nan")])
def test_a_buffer_has_a_depth(depth_km: float) -> None:
    with pytest.raises(DrawingError, match="buffer"):
        layers.measure_geometry(ACROSS, buffer_km=depth_km)


PLACES = "31,44 33,48 36,49 38,53"
KML = "<kml xmlns='http://www.opengis.net/kml/2.2'><Placemark><name>%s</name>%s</Placemark></kml>"
POINTS = "".join(f"<%s lat='{lat}' lon='{lon}'/>" for lon, lat in ACROSS.coords)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"type": "LineString", "coordinates": list(ACROSS.coords)}),
        json.dumps({"type": "Feature", "properties": None, "geometry": json.loads(shapely.to_geojson(ACROSS))}),
        KML % ("a line", f"<LineString><coordinates>{PLACES}</coordinates></LineString>"),
        f"<?xml version='1.0'?><gpx><trk><name>a</name><trkseg>{POINTS.replace('%s', 'trkpt')}</trkseg></trk></gpx>",
        f"<gpx><rte>{POINTS.replace('%s', 'rtept')}</rte></gpx>",
    ],
)
def test_lines_are_read_from_every_format(text: str) -> None:
    (line,) = shapely.get_parts(parse_drawing(text.encode()))
    assert line.equals(ACROSS)


def test_polygons_of_kml_keep_their_holes() -> None:
    ring = "<LinearRing><coordinates>%s</coordinates></LinearRing>"
    outer, hole = ring % "36,47 38,47 38,49 36,49 36,47", ring % "36.5,47.5 37,47.5 37,48 36.5,47.5"
    polygon = f"<outerBoundaryIs>{outer}</outerBoundaryIs><innerBoundaryIs>{hole}</innerBoundaryIs>"
    (found,) = shapely.get_parts(parse_drawing((KML % ("a", f"<Polygon>{polygon}</Polygon>")).encode()))
    assert len(found.interiors) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "unreadable"),
        ("no map", "unreadable"),
        ("{}", "unreadable"),
        ("[" * 50_000, "unreadable"),
        ('{"type": "LineString", "coordinates": [[31, NaN], [33, 48]]}', "unreadable"),
        ('{"type": "LineString", "coordinates": [[31, "x"], [33, 48]]}', "unreadable"),
        ("<html></html>", "unreadable"),
        ("<!DOCTYPE kml [<!ENTITY a 'b'>]><kml>&a;</kml>", "xml-entities"),
        (KML % ("&lt;script&gt;", ""), "markup"),
        ('{"type": "Feature", "properties": {"name": "<img src=x>"}, "geometry": null}', "markup"),
        ("[" * 500_000, "too-many-points"),
        (" " * (MOST_BYTES + 1), "too-large"),
    ],
)
def test_files_that_draw_nothing_are_refused(text: str, code: str) -> None:
    with pytest.raises(DrawingError) as refused:
        parse_drawing(text.encode())
    assert refused.value.code == code


def test_a_refusal_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(DrawingError, match=r"nothing\.kml"):
        read_drawing(tmp_path / "nothing.kml")

"""What the map page draws: the same ground with fewer vertices, without gap or overlap, nothing left out."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from geo.edge_network import SCREEN_GRID_DEG
from layers.catalogue.model import Catalogue
from layers.control.selection import with_outlines
from layers.products.display import TOLERANCE_DEG, draw_day, draw_ground, draw_zones, ground_layer
from layers.reference.study_data import StudyData
from layers.zones.derive import derive_zones, split_day
from tests.layers.conftest import SOME_DATES, cached_study, day, derived, proposals
from tests.words import LANGUAGES
from webapp.responses.compression import CODINGS

OFF_DEG = TOLERANCE_DEG + SCREEN_GRID_DEG
PROPOSALS = tuple(proposals())
LINES = ("oblasts", "coast", "border")


def features(catalogue: Catalogue, path: str) -> dict[str, tuple[Mapping[str, Any], BaseGeometry]]:
    """Properties and shapes of a built layer by id."""
    return {one.id: (one.properties, one.geometry) for one in catalogue.store.features(path)}


def edge(shape: BaseGeometry) -> BaseGeometry:
    """What is seen of a shape: the edge of an area, a line or a point as it is."""
    return shapely.boundary(shape) if shape.geom_type.endswith("Polygon") else shape


def farthest(one: BaseGeometry, other: BaseGeometry, within_deg: float) -> float:
    """How far the first shape's edge lies off the other's, 0 where that is less than a limit; degrees."""
    line = edge(other)
    shapely.prepare(line)
    places = np.array(shapely.points(shapely.get_coordinates(shapely.segmentize(edge(one), 0.05))), dtype=object)
    off = places[~shapely.dwithin(line, places, within_deg)]
    return float(shapely.distance(line, off).max()) if off.size else 0.0


def coverage(shapes: list[BaseGeometry]) -> bool:
    """Whether shapes are valid and neither overlap nor fail to share their vertices."""
    listed = np.array(shapes, dtype=object)
    return bool(shapely.is_valid(listed).all() and shapely.coverage_is_valid(listed))


@pytest.fixture(scope="module")
def drawn_ground(every_date: Catalogue) -> dict[str, tuple[Mapping[str, Any], BaseGeometry]]:
    return features(every_date, "display/ground.geojson")


@pytest.mark.sweep(15)
@pytest.mark.parametrize("proposal", PROPOSALS)
@pytest.mark.parametrize("as_of", SOME_DATES)
def test_zones_are_drawn_where_they_are(every_date: Catalogue, proposal: str, as_of: str) -> None:
    exact = features(every_date, f"{proposal}/{as_of}.geojson")
    drawn = features(every_date, f"display/{proposal}/{as_of}.geojson")
    assert list(drawn) == list(exact)
    parts = [shape for properties, shape in drawn.values() if properties["partition"]]
    assert len(parts) > 5
    assert coverage(parts)
    for name, (properties, shape) in exact.items():
        shown = drawn[name][1]
        assert not shown.is_empty
        assert drawn[name][0].items() >= {key: properties[key] for key in ("kind", "clause", "partition")}.items()
        assert farthest(shape, shown, OFF_DEG) == farthest(shown, shape, OFF_DEG) == 0, name
        assert shown.geom_type.removeprefix("Multi") == shape.geom_type.removeprefix("Multi")


@pytest.fixture(scope="module")
def outlines(drawn_ground: dict[str, Any]) -> tuple[BaseGeometry, BaseGeometry]:
    """Around the outlines of oblasts, as they are and as they are drawn."""
    exact = shapely.union_all([edge(oblast.outline) for oblast in cached_study().reference.oblasts.values()])
    drawn = shapely.union_all([drawn_ground[name][1] for name in LINES])
    return shapely.buffer(exact, 1e-5, quad_segs=1), shapely.buffer(drawn, SCREEN_GRID_DEG, quad_segs=2)


@pytest.mark.parametrize("proposal", PROPOSALS)
@pytest.mark.parametrize("as_of", ["2025-11-20", SOME_DATES[-1]])
def test_zones_fit_the_ground_and_lines_run_along_zones(
    every_date: Catalogue, outlines: tuple[BaseGeometry, BaseGeometry], proposal: str, as_of: str
) -> None:
    exact = features(every_date, f"{proposal}/{as_of}.geojson")
    drawn = features(every_date, f"display/{proposal}/{as_of}.geojson")
    parts = {name: shape for name, (properties, shape) in drawn.items() if properties["partition"]}
    for name, shape in parts.items():
        on_outline = shapely.intersection(edge(exact[name][1]), outlines[0]).length
        shown = shapely.intersection(edge(shape), outlines[1]).length
        assert shown == pytest.approx(on_outline, abs=0.02), name
    edges = shapely.union_all([edge(shape) for shape in parts.values()])
    for name in ("contact-line", "contact-line-elsewhere"):
        if name in drawn:
            beside = shapely.intersection(drawn[name][1], shapely.buffer(edges, SCREEN_GRID_DEG, quad_segs=2)).length
            whole = shapely.intersection(exact[name][1], shapely.buffer(edges, OFF_DEG, quad_segs=2)).length
            assert beside == pytest.approx(whole, rel=0.01), name


def check_held(catalogue: Catalogue, proposal: str, as_of: str) -> None:
    """What is Russian-held on a date is drawn as the control map has it, the same for all proposals."""
    members = catalogue.store.members(f"display/{proposal}/{as_of}.geojson")
    drawn = shapely.from_geojson(json.dumps(members["held"]))
    cuts = day(as_of).splits[day(as_of).control.drawn].values()
    exact = shapely.union_all([cut.held.ground for cut in cuts])
    assert drawn.is_valid
    assert shapely.difference(exact, shapely.buffer(drawn, OFF_DEG)).is_empty
    assert shapely.difference(drawn, shapely.buffer(exact, OFF_DEG)).is_empty
    assert drawn.area == pytest.approx(exact.area, rel=0.002)


def test_what_is_held_is_drawn_whole(every_date: Catalogue) -> None:
    check_held(every_date, "ukraine-20-points", "2025-11-20")


@pytest.mark.slow
@pytest.mark.parametrize("as_of", SOME_DATES)
def test_what_is_held_is_drawn_whole_on_every_map(every_date: Catalogue, as_of: str) -> None:
    check_held(every_date, PROPOSALS[0], as_of)
    first, *others = [every_date.store.members(f"display/{one}/{as_of}.geojson")["held"] for one in PROPOSALS]
    assert all(held == first for held in others)


def test_waters_are_drawn_where_they_are(drawn_ground: dict[str, Any]) -> None:
    waters = {name: one for name, one in drawn_ground.items() if one[0]["part"] == "water"}
    exact = {one.id: one.geometry for one in cached_study().reference.hydrography}
    land = shapely.union_all([oblast.outline for oblast in cached_study().reference.oblasts.values()])
    for name, (properties, shape) in waters.items():
        assert farthest(shape, exact[name], 0.012) == 0 or not shapely.boundary(exact[name]).is_empty, name
        assert shapely.dwithin(shape, land, 0.2), name
        for place in properties["label"]:
            assert shapely.dwithin(shape, shapely.Point(place), 0.005), name
    first = {name for name, (properties, _) in waters.items() if properties["level"] == 0}
    assert first >= {"dnipro", "kakhovka-reservoir", "siverskyi-donets", "oskil", "kremenchuk-reservoir", "syvash"}
    assert waters["kakhovka-reservoir"][0]["kind"] == "reservoir-bed"
    river = waters["dnipro"][1]
    assert river.bounds[1] < 46.75  # down to its mouth
    assert river.length > 8


def test_the_base_map_is_light(every_date: Catalogue) -> None:
    written = every_date.store.read("display/ground.geojson")
    assert len(CODINGS["br"].small(written)) < 75_000


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_a_label_stands_inside_each_part_of_the_ground(every_date: Catalogue, proposal: str) -> None:
    for properties, shape in features(every_date, f"display/{proposal}/2025-11-20.geojson").values():
        assert (properties["label"] is not None) == properties["partition"]
        if properties["label"]:
            place = shapely.Point(properties["label"])
            largest = max(shapely.get_parts(shape), key=lambda part: part.area)
            assert largest.contains(place)
            assert place.distance(largest.boundary) > 0.6 * shapely.maximum_inscribed_circle(largest).length


def test_the_ground_is_one_coverage_of_the_frame(drawn_ground: dict[str, Any]) -> None:
    areas = [shape for properties, shape in drawn_ground.values() if properties["part"] in {"sea", "land", "neighbour"}]
    assert len(areas) == 13
    assert coverage(areas)
    assert shapely.union_all(areas).equals(shapely.box(20, 41.2, 45.5, 53.85))
    assert [name for name, (properties, _) in drawn_ground.items() if properties["part"] == "neighbour"] == [
        feature.id for feature in cached_study().reference.neighbours
    ]


def test_the_ground_is_drawn_where_it_is(drawn_ground: dict[str, Any]) -> None:
    study = cached_study()
    for feature in (*study.reference.neighbours, study.reference.sea):
        other = shapely.symmetric_difference(feature.geometry, drawn_ground[feature.id][1])
        assert shapely.buffer(other, -OFF_DEG / 2).is_empty, feature.id
    units = shapely.union_all([edge(oblast.outline) for oblast in study.reference.oblasts.values()])
    lines = shapely.union_all([drawn_ground[name][1] for name in LINES])
    assert farthest(units, lines, OFF_DEG) == farthest(lines, units, OFF_DEG) == 0


def test_the_lines_of_the_ground_are_what_they_are_called(drawn_ground: dict[str, Any]) -> None:
    sea, land = drawn_ground["sea"][1], drawn_ground["land"][1]
    around = {name: drawn_ground[name][1] for name in LINES}
    assert all(shape.geom_type == "MultiLineString" for shape in around.values())
    at_sea = shapely.intersection(around["coast"], shapely.buffer(edge(sea), SCREEN_GRID_DEG)).length
    assert at_sea == pytest.approx(around["coast"].length, abs=0.02)  # a bay narrower than the grid is a line
    assert farthest(around["border"], land, 2 * SCREEN_GRID_DEG) == 0
    assert shapely.union(around["coast"], around["border"]).length == pytest.approx(edge(land).length, abs=0.02)
    inside = shapely.intersection(around["oblasts"], shapely.buffer(land, -0.001)).length
    assert inside == pytest.approx(around["oblasts"].length, rel=0.01)
    assert [len(shapely.get_parts(around[name])) < 10 for name in ("coast", "border")] == [True, True]  # joined


def test_names_of_regions_stand_inside_them(drawn_ground: dict[str, Any]) -> None:
    regions = {name: one for name, one in drawn_ground.items() if one[0]["part"] == "region"}
    assert list(regions) == list(cached_study().reference.oblasts)
    for iso, oblast in cached_study().reference.oblasts.items():
        properties, place = regions[iso]
        assert oblast.outline.contains(place)
        assert [properties[f"name_{key}"] for key in ("en", "uk", "zh_hant")] == [*oblast.names.values()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_towns_are_those_of_the_context_in_their_order(every_date: Catalogue, language: str) -> None:
    towns = json.loads(every_date.read(every_date.display[f"towns-{language}"]))["towns"]
    context = [(one[0], one[1]) for one in features(every_date, "context/towns.geojson").values()]
    key = f"name_{language.lower().replace('-', '_')}"
    assert [town[2:5] for town in towns] == [
        [about[key], about["min_zoom"], int(about["population"] > 250_000)] for about, _ in context
    ]
    assert all(
        shapely.Point(town[:2]).distance(place) < SCREEN_GRID_DEG
        for town, (_, place) in zip(towns, context, strict=True)
    )
    own = {town[2]: town[5] for town in towns}
    assert own["Kyiv" if language == "en" else "Київ" if language == "uk" else "基輔"] == 1
    assert {town[5] for town in towns} == ({0, 1} if language == "zh-Hant" else {1})


def test_what_is_drawn_is_small(every_date: Catalogue) -> None:
    def packed(path: str) -> int:
        return len(CODINGS["br"].small(every_date.store.read(path)))

    assert packed("display/ground.geojson") < 45_000
    assert packed("display/us-28-points/2025-11-20.geojson") < 14_000
    assert packed("display/ukraine-20-points/2025-12-24.geojson") < 17_000
    assert all(packed(f"display/towns-{language}.json") < 15_000 for language in LANGUAGES)


def test_a_zone_too_narrow_to_draw_is_not_left_out(study: StudyData) -> None:
    zones = derived("us-28-points", "2025-11-20").features
    narrow = shapely.box(36.1, 49, 36.100_02, 49.4)
    changed = [replace(zone, geometry=narrow) if zone.id == "luhansk-unheld" else zone for zone in zones]
    drawn = draw_zones(
        changed, study.reference, draw_day(study.reference, day("2025-11-20"), draw_ground(study.reference))
    )
    assert not drawn["luhansk-unheld"].is_empty
    assert farthest(drawn["luhansk-unheld"], narrow, 2 * SCREEN_GRID_DEG) == 0
    assert all(not shape.is_empty for shape in drawn.values())


def test_the_same_ground_gives_the_same_bytes(study: StudyData) -> None:
    assert ground_layer(study.reference, draw_ground(study.reference)) == ground_layer(
        study.reference, draw_ground(study.reference)
    )


@pytest.mark.slow
def test_outlines_of_many_vertices_are_simplified_as_one(study: StudyData, shared: Path) -> None:
    finer = with_outlines(study.reference, shared / "samples/boundaries/adm1_osm_land.geojson")
    on_finer = replace(study, reference=finer)
    screen = draw_ground(finer)
    assert coverage(list(screen.units.values()))
    exact, drawn = (
        sum(len(shapely.get_coordinates(shape)) for shape in shapes)
        for shapes in ([one.outline for one in finer.oblasts.values()], [screen.units[iso] for iso in finer.oblasts])
    )
    assert drawn < exact / 3
    plan = proposals()["us-28-points"]
    split = split_day(on_finer, "2025-11-20")
    zones = derive_zones(on_finer, plan, split, "test").features
    shapes = draw_zones(zones, finer, draw_day(finer, split, screen))
    assert coverage([shapes[zone.id] for zone in zones if zone.properties["partition"]])
    for zone in zones:
        assert farthest(zone.geometry, shapes[zone.id], 2 * OFF_DEG) == 0, zone.id
        assert farthest(shapes[zone.id], zone.geometry, 2 * OFF_DEG) == 0, zone.id


@pytest.mark.parametrize("kept", [("crimea",), ("zaporizhzhia-npp",), ("poland", "dnipro"), ("contact-line",), ()])
def test_few_zones_are_drawn_as_all_are(study: StudyData, kept: tuple[str, ...]) -> None:
    zones = [zone for zone in derived("us-28-points", "2025-11-20").features if zone.id in kept]
    drawn = draw_zones(
        zones, study.reference, draw_day(study.reference, day("2025-11-20"), draw_ground(study.reference))
    )
    assert set(drawn) == set(kept)
    for zone in zones:
        assert farthest(zone.geometry, drawn[zone.id], OFF_DEG) == farthest(drawn[zone.id], zone.geometry, OFF_DEG) == 0

"""GeoJSON beside an image: what it draws, cut to its frame, by RFC 7946."""

import json

import shapely

from geo.geojson import parse_features
from layers.catalogue.model import load_catalogue
from tests.words import LANGUAGES
from webapp.images.options.options import read_options
from webapp.images.order import GEOJSON, LABELS, Order, draw_from
from webapp.setup import ROOT

EXTENT = "36.5,47.5,38.5,49"


def test_it_has_what_is_drawn_and_nothing_beyond_the_frame() -> None:
    catalogue = load_catalogue()
    options = read_options({"extent": EXTENT, "note": "37.18,48.28:Here", "lang": "uk"}, LANGUAGES)
    order = Order(catalogue.root, catalogue.languages, "us-28-points", "2025-11-20", GEOJSON, options)
    written = draw_from(catalogue, order)
    features = parse_features(written, ROOT / "map.geojson")  # strict: no ring crosses itself, no id twice
    listed = json.loads(draw_from(catalogue, Order(**{**vars(order), "form": LABELS})))
    labels = [one.properties for one in features if one.properties["layer"] == "labels"]
    assert [(one["text"], one["kind"], one["zone"]) for one in labels] == [
        (one["text"], one["kind"], one["zone"]) for one in listed
    ]
    west, south, east, north = json.loads(written)["bbox"]
    assert (east - west, north - south) < (4, 3)
    polygons = [one.geometry for one in features if one.geometry.geom_type.endswith("Polygon")]
    rings = [part.exterior for shape in polygons for part in shapely.get_parts(shape)]
    assert rings
    assert all(ring.is_ccw for ring in rings)
    cut = {one.id: one.properties["cut"] for one in features if one.properties["layer"] == "zones"}
    assert any(cut.values())

"""The rivals of bench/page.py: the same zones on the same ground, without names, written as files for a web server.

Both pages take Leaflet from the project's own copy. What else stock Folium loads, jQuery, Bootstrap and fonts of icons,
is left out in its favour. Every file is gzipped once, as a server with finished files has it.
"""

import gzip
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import folium

from layers.catalogue.model import Catalogue, Edition
from webapp.static_files import read_asset
from webapp.style.light import CONTEXT, zone_styles

# Each with the style that it has in the table
GROUND = {"sea": "sea", "oblasts": "land", "neighbours": "neighbours", "hydrography": "waterway"}
LEAFLET = ("leaflet.js", "leaflet.css")
VIEW = [[44.0, 29.0], [52.0, 41.0]]
_FOREIGN = re.compile(r'<script src="http[^>]*></script>|<link[^>]*href="http[^>]*/>')
_LOCAL = '<script src="leaflet.js"></script><link rel="stylesheet" href="leaflet.css"/>'
_DONE = "<script>document.body.dataset.drawn = 'true'</script>"

Layers = Mapping[str, dict[str, Any]]
Look = dict[str, Any]

_CANVAS = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Canvas</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="leaflet.css">
<style>html, body, #map { height: 100%; margin: 0 }</style></head><body><div id="map"></div>
<script src="leaflet.js"></script><script>
const map = L.map("map", {preferCanvas: true}).fitBounds(VIEW), looks = LOOKS;
Promise.all(NAMES.map(name => fetch(name + ".geojson").then(answer => answer.json()))).then(all => {
  all.forEach((data, place) => L.geoJSON(data, {
    style: feature => looks[feature.id] || looks[NAMES[place]],
    pointToLayer: (feature, at) => L.circleMarker(at, {...looks[feature.id], radius: 4}),
  }).addTo(map));
  requestAnimationFrame(() => document.body.dataset.drawn = "true");
});
</script></body></html>"""


def write_rivals(catalogue: Catalogue, edition: Edition, folder: Path) -> dict[str, str]:
    """Write both pages with their files into a folder; the path of each page by the rival's name."""
    layers = {name: json.loads(catalogue.read(catalogue.context[name])) for name in GROUND}
    layers["zones"] = json.loads(catalogue.read(edition.products["layer"]))
    looks = _looks(edition, layers["zones"])
    for name in LEAFLET:
        _write(folder / name, read_asset(f"vendor/leaflet/{name}"))
    for name, layer in layers.items():
        _write(folder / f"{name}.geojson", json.dumps(layer, separators=(",", ":")).encode())
    _write(folder / "folium.html", with_folium(layers, looks).encode())
    _write(folder / "canvas.html", with_canvas(layers, looks).encode())
    return {"stock Folium, inlined layers": "/folium.html", "Leaflet canvas, fetched layers": "/canvas.html"}


def with_folium(layers: Layers, looks: Mapping[str, Look]) -> str:
    """A page as Folium writes it, its layers within it."""
    drawn = folium.Map(tiles=None)
    for name, layer in layers.items():

        def look(feature: dict[str, Any], name: str = name) -> Look:
            return dict(looks.get(str(feature.get("id")), looks.get(name, {})))

        folium.GeoJson(layer, name=name, style_function=look, marker=folium.CircleMarker(radius=4)).add_to(drawn)
    drawn.fit_bounds(VIEW)
    page: str = drawn.get_root().render()
    return _FOREIGN.sub("", page).replace("<head>", f"<head>{_LOCAL}", 1).replace("</html>", f"{_DONE}</html>")


def with_canvas(layers: Layers, looks: Mapping[str, Look]) -> str:
    """A page that fetches its layers and draws them on one canvas."""
    page = _CANVAS.replace("VIEW", json.dumps(VIEW)).replace("LOOKS", json.dumps(looks))
    return page.replace("NAMES", json.dumps(list(layers)))


def _looks(edition: Edition, zones: dict[str, Any]) -> dict[str, Look]:
    """Leaflet's path options by layer and by zone; neither rival has hatches."""
    of_zones = zone_styles([feature["properties"] for feature in zones["features"]])
    named = {name: CONTEXT[style] for name, style in GROUND.items()} | of_zones
    return {
        name: {
            "fill": style.fill is not None, "fillColor": style.fill, "fillOpacity": 1,
            "stroke": style.stroke is not None, "color": style.stroke, "weight": style.stroke_width_px,
            "dashArray": " ".join(map(str, style.dash_px)) or None,
        }
        for name, style in named.items()
    }  # fmt: skip


def _write(path: Path, plain: bytes) -> None:
    path.write_bytes(gzip.compress(plain, compresslevel=9, mtime=0))

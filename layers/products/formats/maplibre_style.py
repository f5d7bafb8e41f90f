"""A style for MapLibre with the zones in it: the fills, hatches, lines and dots of the map page, in one file.

A style may name pictures by a whole URL alone, which a file does not know. Its ``metadata`` therefore has the hatches
as ``data:`` URLs, and a page gives them to the map when it asks for one (``styleimagemissing``).
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from geo.geojson import feature_collection
from layers.files import json_bytes
from layers.kinds.kind import Properties
from layers.kinds.style import Style
from layers.kinds.table import ids_by_style, kind_of
from layers.products.edition import EditionContent
from layers.products.formats.hatch_image import hatch_url
from layers.products.formats.zone_table import wanted_zones

SOURCE = "zones"
HATCHES = "clausemap:hatches"
PIXEL_RATIO = 2  # of the pictures, for screens that have more than one pixel in a pixel of CSS
SHAPES = ("area", "line", "place")  # from below

Json = dict[str, Any]


def maplibre_style(edition: EditionContent) -> bytes:
    """Return the zones with a style, layers of one look together, those that lie over others above them."""
    looks = ids_by_style(sorted(edition.properties, key=_height))
    shapes = {zone["id"]: kind_of(zone).shape for zone in edition.properties}
    hatches = {style.key: hatch_url(style.hatch, PIXEL_RATIO) for style in looks if style.hatch}
    data = json.loads(feature_collection(wanted_zones(edition), edition.members))
    return json_bytes(
        {
            "version": 8,
            "name": edition.members["name"],
            "metadata": {HATCHES: {"pixelRatio": PIXEL_RATIO, "images": hatches}},
            "sources": {SOURCE: {"type": "geojson", "data": data, "attribution": _credit(edition)}},
            "layers": [layer for style, ids in looks.items() for layer in _layers(style, ids, shapes[ids[0]])],
        }
    )


def _height(zone: Properties) -> tuple[int, bool, int]:
    """What has more lies above: lines and places over areas, what does not divide the territory over what does."""
    kind = kind_of(zone)
    return SHAPES.index(kind.shape), not zone["partition"], kind.draw_order


def _credit(edition: EditionContent) -> str:
    about = edition.properties[0]
    return f"Clausemap. Control: {about['control_source']}. Outlines: {about['boundary_source']}."


def _layers(style: Style, ids: Iterable[str], shape: str) -> Iterator[Json]:
    """The layers of a look, from below."""
    drawn = {"area": _area, "line": _line, "place": _place}[shape](style)
    chosen = ["in", ["get", "id"], ["literal", list(ids)]]
    for part, kind, paint in drawn:
        yield {"id": f"{style.key}-{part}", "type": kind, "source": SOURCE, "filter": chosen, "paint": paint}


def _area(style: Style) -> Iterator[tuple[str, str, Json]]:
    if style.fill:
        yield "fill", "fill", {"fill-color": style.fill, "fill-antialias": False}
    if style.hatch:
        yield "hatch", "fill", {"fill-pattern": style.key, "fill-antialias": False}
    yield "outline", "line", _stroke(style.stroke, style.stroke_width_px, style.dash_px)


def _line(style: Style) -> Iterator[tuple[str, str, Json]]:
    if style.halo:
        yield "halo", "line", _stroke(style.halo, style.halo_width_px)
    yield "line", "line", _stroke(style.stroke, style.stroke_width_px, style.dash_px)


def _place(style: Style) -> Iterator[tuple[str, str, Json]]:
    outline = {"circle-stroke-color": style.stroke, "circle-stroke-width": style.stroke_width_px}
    yield "dot", "circle", {"circle-radius": style.radius_px, "circle-color": style.fill, **outline}


def _stroke(colour: str | None, width_px: float, dash_px: tuple[float, ...] = ()) -> Json:
    """The paint of a line; MapLibre counts dashes in widths of the line."""
    dashes = {"line-dasharray": [round(length / width_px, 2) for length in dash_px]} if dash_px else {}
    return {"line-color": colour, "line-width": width_px, **dashes}

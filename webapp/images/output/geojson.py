"""The maps of an image as GeoJSON, for those who redraw: what is drawn and nothing else, cut as the image cuts it."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geojson import Feature, feature_collection
from layers.catalogue.model import Catalogue, find_edition
from layers.kinds.style import Style
from webapp.images.description.description import describe
from webapp.images.drawing import Drawing
from webapp.images.labels.placement import Label
from webapp.images.layout.style import Look, look_of
from webapp.images.map.projection_frame import Frame
from webapp.images.map.scene import Shape
from webapp.images.options.options import Options
from webapp.images.output.label_list import LISTED_AS
from webapp.images.output.svg import composed, words_of
from webapp.images.sides import sides_of

STEP_PX = 40.0  # between places on an edge: a straight line of the image is none in degrees


def image_features(catalogue: Catalogue, proposal_id: str, requested: str, options: Options) -> bytes:
    """Return the zones, lines, places, towns and labels of an image's maps, in degrees.

    A zone has the properties of its layer, its colours, and ``cut`` if the map does not show it whole: its area is
    always that of the whole zone. A label is a point, the middle of its text, with ``text`` and ``kind``.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal_id
        Id of the proposal.
    requested
        ISO date or ``latest``.
    options
        Options of the image.

    Raises
    ------
    UnknownError, DateError, OptionError, LimitError, PanelError, FontError
        As ``svg_text`` does.
    """
    proposal = catalogue.proposal(proposal_id)
    asked, edition = find_edition(proposal, requested)
    sides = sides_of(catalogue, proposal, edition, options)
    _, drawings = composed(catalogue, sides, words_of(catalogue, sides, options), options)
    features: list[Feature] = []
    for number, (side, drawing) in enumerate(zip(sides, drawings, strict=True), 1):
        look = look_of(options, side.catalogue.areas(side.edition), side.chosen)
        end = "" if number == 1 else f"-{number}"
        features += [
            Feature(one.id + end, {"map": number, **one.properties}, one.geometry) for one in _drawn(drawing, look)
        ]
    words = describe(catalogue, proposal, asked, edition, options)
    told = {"description": words.caption, "credit": words.credit, "licence": words.licence}
    return feature_collection(features, {"name": f"{proposal.id}_{edition.as_of}", "title": words.title, **told})


def _drawn(drawing: Drawing, look: Look) -> Iterator[Feature]:
    """What one map shows, from the ground up."""
    scene, frame = drawing.scene, drawing.scene.frame
    held = {"layer": "held-ground", "fill": look.context["held-ground"].fill}
    yield from _cut("held-ground", held, scene.held, frame)
    for layer, shapes in (("zones", scene.zones), ("overlays", scene.overlays), ("line-of-contact", scene.lines)):
        for one in shapes:
            yield from _cut(one.id, _zone(layer, one, look, frame), one.shape, frame)
    for one in scene.sites:
        yield from _cut(one.id, _zone("sites", one, look, frame), one.shape, frame)
    for town in drawing.towns:
        properties = {"layer": "towns", **town.properties}
        yield Feature(f"town-{town.id}", properties, _lonlat(shapely.Point(town.x, town.y), frame))
    for number, label in enumerate(drawing.labels, 1):
        yield Feature(f"label-{number}", _label(label, frame), _lonlat(shapely.Point(label.box.middle), frame))


def _cut(name: str, properties: dict[str, Any], shape: BaseGeometry, frame: Frame) -> Iterator[Feature]:
    """A shape as far as the frame shows it, if it does."""
    seen = frame.clip(shape)
    parts = [part for part in shapely.get_parts(seen) if shapely.get_dimensions(part) == shapely.get_dimensions(shape)]
    if parts:
        yield Feature(name, properties, _lonlat(parts[0] if len(parts) == 1 else shapely.union_all(parts), frame))


def _lonlat(shape: BaseGeometry, frame: Frame) -> BaseGeometry:
    return shapely.transform(shapely.segmentize(shape, STEP_PX), frame.to_lonlat)


def _zone(layer: str, one: Shape, look: Look, frame: Frame) -> dict[str, Any]:
    area = frame.rectangle
    cut = not shapely.contains(shapely.box(area.x, area.y, area.right, area.bottom), shapely.envelope(one.shape))
    return {"layer": layer, **one.properties, "cut": bool(cut), **_colours(look.zone(one.id))}


def _colours(style: Style) -> dict[str, Any]:
    """Fill and line as other programs read them."""
    return {"fill": style.fill, "stroke": style.stroke, "stroke-width": style.stroke_width_px}


def _label(label: Label, frame: Frame) -> dict[str, Any]:
    setting, kind = label.spot.setting, LISTED_AS.get(label.wanted.kind, label.wanted.kind)
    leader = label.spot.leader and frame.to_lonlat(np.array(label.spot.leader.coords)).round(5).tolist()
    return {
        "layer": "labels",
        "text": setting.words,
        "kind": kind,
        "zone": label.wanted.id if kind in ("zone", "site") else None,
        "leader": leader,
    }

"""The labels of an image as a list, for those who draw it again and for tests."""

from typing import Any

import shapely

from layers.catalogue.model import Catalogue, find_edition
from webapp.images.drawing import Drawing
from webapp.images.labels.others_ground import group_of
from webapp.images.labels.placement import Label
from webapp.images.options.options import Options
from webapp.images.output.svg import composed, words_of
from webapp.images.sides import sides_of

# What each kind of label is called in the list.
LISTED_AS = {"band": "zone", "country": "region", "sea": "water"}


def listed_labels(catalogue: Catalogue, proposal_id: str, requested: str, options: Options) -> list[Any]:
    """Return every label on the maps of an image, for tests and graphics desks.

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

    Returns
    -------
    Text, kind, zone, box (left, top, right, bottom), leader (two places) and the share of the box on zones of other
    clauses, kinds or changes; in pixels at scale 1.
    """
    proposal = catalogue.proposal(proposal_id)
    _, edition = find_edition(proposal, requested)
    sides = sides_of(catalogue, proposal, edition, options)
    layout, drawings = composed(catalogue, sides, words_of(catalogue, sides, options), options)
    pixels = options.size[0] / layout.width
    return [_listed(label, drawing, pixels) for drawing in drawings for label in drawing.labels]


def foreign_share(label: Label, drawing: Drawing) -> float:
    """Return the share of a zone's label that lies on zones of other clauses or kinds, from 0 to 1; 0 for other labels.

    Parameters
    ----------
    label
        A label that is placed.
    drawing
        The map that it is on.
    """
    zones = (*drawing.scene.zones, *drawing.scene.overlays)
    own = next((zone for zone in zones if zone.id == label.wanted.id), None)
    if own is None or label.wanted.kind != "zone":
        return 0.0
    group = group_of(own.properties)
    others = [zone.shape for zone in drawing.scene.zones if group_of(zone.properties) != group]
    box = shapely.box(label.box.left, label.box.top, label.box.right, label.box.bottom)
    beside = shapely.difference(shapely.union_all(others), own.shape)  # it may lie over some
    foreign = shapely.intersection(box, beside)
    return round(float(shapely.area(foreign) / box.area), 3)


def _listed(label: Label, drawing: Drawing, pixels: float) -> dict[str, Any]:
    kind, box, leader = LISTED_AS.get(label.wanted.kind, label.wanted.kind), label.box, label.spot.leader
    setting = label.spot.setting
    return {
        "text": setting.words,
        "kind": kind,
        "zone": label.wanted.id if kind in ("zone", "site") else None,
        "box": [round(edge * pixels, 1) for edge in (box.left, box.top, box.right, box.bottom)],
        "leader": [[round(x * pixels, 1), round(y * pixels, 1)] for x, y in leader.coords] if leader else None,
        "foreign_share": foreign_share(label, drawing),
    }

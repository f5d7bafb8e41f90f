"""What a map shows at first, read from a layer without geometry."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from layers.catalogue.model import Catalogue, Proposal, find_edition

Bounds = list[list[float]]  # [[south, west], [north, east]] in degrees


def first_view(catalogue: Catalogue, proposal: Proposal) -> Bounds:
    """Return what the map of a proposal shows at first, on every date: the zones of its own date.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal
        A proposal of the catalogue.

    Returns
    -------
    South-west and north-east corner, in degrees.
    """
    _, edition = find_edition(proposal)
    return view_bounds(json.loads(catalogue.read(edition.products["layer"]))["features"])


def view_bounds(features: Sequence[Mapping[str, Any]]) -> Bounds:
    """Return the bounds of the partition zones and all sites, or of all zones if there are none of these."""
    shown = [one for one in features if one["properties"]["partition"] or one["geometry"]["type"] == "Point"]
    boxes = [feature["bbox"] for feature in shown]
    boxes = boxes or [feature["bbox"] for feature in features]
    west, south, east, north = zip(*boxes, strict=True)
    return [[min(south), min(west)], [max(north), max(east)]]

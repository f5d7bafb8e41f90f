"""Neighbours and sea fitted to other boundaries of Ukraine, so that a map drawn on them has no gap."""

from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geojson import Feature
from geo.overlay import multipolygon, subtract
from layers.reference.extent import EAST_DEG, NORTH_DEG, SOUTH_DEG, WEST_DEG
from layers.reference.reference_data import ReferenceData

FRAME = shapely.box(WEST_DEG, SOUTH_DEG, EAST_DEG, NORTH_DEG)
ON_EDGE_DEG = 1e-5


def refitted(reference: ReferenceData) -> ReferenceData:
    """Return the reference data with neighbours and sea that end where its oblasts begin.

    What other boundaries cover is taken off them; what they uncover goes to the neighbour or the sea with the longest
    common edge.
    """
    around = [*reference.neighbours, reference.sea]
    cut = [subtract(feature.geometry, reference.ukraine) for feature in around]
    uncovered = subtract(FRAME, shapely.union_all([reference.ukraine, *cut], grid_size=1e-6))
    units: list[BaseGeometry] = list(cut)
    taken: dict[int, list[BaseGeometry]] = {}
    for part in uncovered.geoms:
        taken.setdefault(_longest_touching(part, units), []).append(part)
    for index, parts in taken.items():
        units[index] = multipolygon(shapely.union_all([units[index], *parts], grid_size=1e-6))
    features = [replace(feature, geometry=unit) for feature, unit in zip(around, units, strict=True)]
    return _with(reference, features)


def _with(reference: ReferenceData, features: list[Feature]) -> ReferenceData:
    *neighbours, sea = features
    countries = {feature.id: feature.geometry for feature in neighbours}
    return replace(reference, neighbours=tuple(neighbours), sea=sea, countries=countries)


def _longest_touching(part: BaseGeometry, units: list[BaseGeometry]) -> int:
    around = shapely.buffer(part, ON_EDGE_DEG, quad_segs=1)
    shared = [shapely.length(shapely.intersection(around, unit.boundary)) for unit in units]
    return int(np.argmax(shared))

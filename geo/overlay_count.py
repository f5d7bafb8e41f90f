"""How many of several grounds cover a place: an exact overlay, vertex for vertex."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.overlay import GRID_DEG, multipolygon


def by_votes(grounds: Sequence[BaseGeometry], least: Sequence[int]) -> list[shapely.MultiPolygon]:
    """For each number in ``least``, the ground that at least so many of the given grounds cover.

    The outlines of all grounds are noded together once on a grid of 1e-6 degrees and cut into faces; a face counts the
    grounds that it lies in. Results for a higher number lie exactly in those for a lower one. Degrees, WGS 84.
    """
    edges = shapely.union_all([ground.boundary for ground in grounds], grid_size=GRID_DEG)
    faces = np.array(shapely.get_parts(shapely.polygonize(shapely.get_parts(edges))), dtype=object)
    inside = shapely.point_on_surface(faces)
    votes = np.zeros(len(faces), dtype=int)
    for ground in grounds:
        shapely.prepare(ground)
        votes += shapely.contains(ground, inside)
    return [multipolygon(shapely.coverage_union_all(faces[votes >= number])) for number in least]

"""How many of several areas cover a place: an exact overlay, vertex for vertex."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.overlay import GRID_DEG, multipolygon


def by_votes(grounds: Sequence[BaseGeometry], least: Sequence[int]) -> list[shapely.MultiPolygon]:
    """Return, for each number in ``least``, the area that at least that many of the given areas cover.

    The boundaries of all areas are noded together once on a grid of 1e-6° and divided into faces; a face counts the
    areas that contain it. Results for a higher number lie exactly within those for a lower one.

    Parameters
    ----------
    grounds
        Areas in degrees, WGS 84, at least one.
    least
        Numbers of areas, each from 1 to ``len(grounds)``.

    Returns
    -------
    An area for each number, in their order, in degrees, WGS 84.

    Examples
    --------
    >>> from shapely import box
    >>> any_of_them, both = by_votes([box(0, 0, 2, 1), box(1, 0, 3, 1)], [1, 2])
    >>> any_of_them.area, both.area
    (3.0, 1.0)
    """
    edges = shapely.union_all([ground.boundary for ground in grounds], grid_size=GRID_DEG)
    faces = np.array(shapely.get_parts(shapely.polygonize(shapely.get_parts(edges))), dtype=object)
    inside = shapely.point_on_surface(faces)
    votes = np.zeros(len(faces), dtype=int)
    for ground in grounds:
        shapely.prepare(ground)
        votes += shapely.contains(ground, inside)
    return [multipolygon(shapely.coverage_union_all(faces[votes >= number])) for number in least]

"""Which of several areas cover a place: an exact overlay, vertex for vertex."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.overlay import GRID_DEG, multipolygon
from geo.segments import drawn_once


@dataclass(frozen=True)
class Division:
    """Areas divided where their boundaries cross: ``faces`` lie side by side, in degrees, WGS 84.

    ``covered`` has a row for each area and a column for each face: whether the area contains the face.
    """

    faces: np.ndarray
    covered: np.ndarray

    def united(self, chosen: np.ndarray) -> shapely.MultiPolygon:
        """Return the chosen faces, a truth value each, as one area."""
        if np.count_nonzero(chosen) == 1:
            return multipolygon(self.faces[chosen][0])
        united = shapely.coverage_union_all(self.faces[chosen])
        return united if isinstance(united, shapely.MultiPolygon) else multipolygon(united)


def divide(grounds: Sequence[BaseGeometry]) -> Division:
    """Return the faces into which the boundaries of several areas divide them.

    The boundaries are noded together once on a grid of 1e-6°, so that the faces make up the areas and none lies over
    another.

    Parameters
    ----------
    grounds
        Areas in degrees, WGS 84, at least one.

    Returns
    -------
    The faces, and which of the areas cover each.

    Examples
    --------
    >>> from shapely import box
    >>> divided = divide([box(0, 0, 2, 1), box(1, 0, 3, 1)])
    >>> len(divided.faces), divided.covered.sum(axis=1).tolist()
    (3, [2, 2])
    """
    boundaries = drawn_once(np.array([ground.boundary for ground in grounds], dtype=object))
    edges = shapely.union_all(boundaries, grid_size=GRID_DEG)
    faces = np.array(shapely.get_parts(shapely.polygonize([edges])), dtype=object)
    inside = shapely.point_on_surface(faces)
    covered = np.zeros((len(grounds), len(faces)), dtype=bool)
    for row, ground in zip(covered, grounds, strict=True):
        shapely.prepare(ground)
        row[:] = shapely.contains(ground, inside)
    return Division(faces, covered)


def by_votes(grounds: Sequence[BaseGeometry], least: Sequence[int]) -> list[shapely.MultiPolygon]:
    """Return, for each number in ``least``, the area that at least that many of the given areas cover.

    Results for a higher number lie exactly within those for a lower one.

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
    divided = divide(grounds)
    votes = divided.covered.sum(axis=0)
    return [divided.united(votes >= number) for number in least]
